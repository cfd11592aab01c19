"""The doctor goes on: a check that fails, hangs or cannot begin has its own line, and the others theirs."""

import errno
import threading
import time

from models.errors import DatabaseError
from tasks.doctor.diagnosis import Check, Health, bad, to_look_at, well
from tasks.doctor.every import CHECKS
from tasks.doctor.examining import examine_all
from tests.conftest import NOW


def fails(error):
    def look(_now):
        raise error

    return look


def seen(*checks, **limits):
    return {line.name: line for line in examine_all(NOW, checks, **limits).lines}


def test_a_check_that_fails_says_so_and_the_others_go_on():
    secret = "token=0000"
    found = seen(
        Check("坏的库", fails(DatabaseError("数据库打不开"))),
        Check("坏的盘", fails(OSError(errno.EIO, "bad disk"))),
        Check("毛病", fails(KeyError(secret))),
        Check("好的", lambda _now: well("没事")),
    )

    assert found["坏的库"].words == "数据库打不开"
    assert found["坏的盘"].words == "读不出来（磁盘读写出错）"
    assert "KeyError，test_examining.py 第" in found["毛病"].words
    assert secret not in found["毛病"].words
    assert found["好的"].health is Health.WELL


def test_a_check_that_hangs_is_left_behind_in_its_time():
    released = threading.Event()
    slow = Check("慢", lambda _now: well(str(released.wait(30))), seconds=0.1)
    vital = Check("要紧", lambda _now: well(str(released.wait(30))), seconds=0.1, vital=True)
    began = time.monotonic()
    found = seen(slow, vital, Check("好的", lambda _now: well("没事")))

    assert time.monotonic() - began < 2
    released.set()
    assert (found["慢"].health, found["慢"].words) == (Health.LOOK, "等了 0.1 秒没有结果")
    assert found["要紧"].health is Health.BAD
    assert found["好的"].health is Health.WELL


def test_all_together_take_no_longer_than_they_may():
    released = threading.Event()
    hanging = [
        Check(str(n), lambda _now: well(str(released.wait(30))), seconds=9) for n in range(5)
    ]
    began = time.monotonic()
    found = seen(*hanging, longest=0.2)

    assert time.monotonic() - began < 2
    released.set()
    assert {line.health for line in found.values()} == {Health.LOOK}


def test_what_needs_a_thing_that_is_bad_is_left_out_and_says_so():
    asked = []
    found = seen(
        Check("用库的", lambda _now: asked.append(1) or well("没事"), needs=("库",)),
        Check("看库的", lambda _now: asked.append(2) or well("没事"), after=("库",)),
        Check("库", lambda _now: bad("打不开")),
    )

    assert (found["用库的"].words, found["用库的"].mend) == (
        "没有看",
        "先把“库”一项修好，再体检一次",
    )
    assert asked == [2]


def test_a_check_waits_for_what_it_comes_after():
    order = []
    seen(
        Check("后", lambda _now: order.append("后") or well(""), after=("先",)),
        Check("先", lambda _now: time.sleep(0.05) or order.append("先") or well("")),
    )
    assert order == ["先", "后"]


def test_the_page_begins_with_what_is_bad_and_counts_all():
    found = examine_all(
        NOW,
        [
            Check("甲", lambda _now: well("没事")),
            Check("乙", lambda _now: to_look_at("旧了")),
            Check("丙", lambda _now: bad("坏了")),
            Check("丁", lambda _now: well("没事")),
        ],
    )
    assert [line.name for line in found.worst_first] == ["丙", "乙", "甲", "丁"]
    assert found.in_words == "1 项坏，1 项要看一看，2 项好"


def test_every_check_is_named_once_and_needs_what_there_is():
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))
    assert all({*check.needs, *check.after} <= set(names) for check in CHECKS)


def test_no_check_may_take_longer_than_all_together():
    assert all(check.seconds < 10 for check in CHECKS)
