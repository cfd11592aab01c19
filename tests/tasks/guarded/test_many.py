"""File after file in one process: what breaks on one is said of that one, and the others go on."""

import time

import pytest

from tasks.guarded.many import FileLimits, ManyWorker, look_at_each

LOOK = "tests.support.odd_looks:length"
SMALL = FileLimits(memory=300 * 2**20, seconds=1, wall=3)


def test_files_are_answered_for_in_order_by_one_process():
    files = [(str(n), bytes(n * 1000)) for n in range(50)]

    answers = list(look_at_each(LOOK, files, SMALL))

    assert [answer.found[:2] for answer in answers] == [(name, len(c)) for name, c in files]
    assert len({answer.found[2] for answer in answers}) == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("dies", "太复杂或已损坏"),
        ("works", "读了太久"),
        ("sleeps", "读了太久"),
        ("raises", "已损坏，打不开"),
        ("wants", "内存不够"),
    ],
)
def test_what_breaks_on_one_file_is_said_of_that_one(name, says):
    start = time.monotonic()

    first, broken, last = look_at_each(LOOK, [("a", b"1"), (name, b"2"), ("b", b"3")], SMALL)

    assert says in broken.fault and broken.found is None
    assert (first.found[:2], last.found[:2]) == (("a", 1), ("b", 1))
    assert time.monotonic() - start < 30


def test_a_new_process_takes_over_after_so_many_files():
    limits = FileLimits(memory=300 * 2**20, files=3)

    answers = list(look_at_each(LOOK, [("a", b"")] * 7, limits))

    assert len({answer.found[2] for answer in answers}) == 3


def test_each_file_has_its_own_time():
    with ManyWorker(LOOK, SMALL) as process:
        started = time.monotonic()
        assert process.look("a", b"").found
        while time.monotonic() < started + SMALL.wall + 1:  # longer than one file may take
            time.sleep(0.1)
        assert process.look("b", b"").found


def test_the_process_is_gone_behind_the_with():
    with ManyWorker(LOOK, SMALL) as process:
        pid = process.look("a", b"").found[2]
    from tests.tasks.guarded.test_guard import gone

    assert gone(pid)


def test_a_file_larger_than_any_pipe_arrives_whole():
    [answer] = look_at_each(LOOK, [("a", bytes(20_000_000))], SMALL)

    assert answer.found[1] == 20_000_000
