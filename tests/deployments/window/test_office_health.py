"""The last examination in the window: on the office's first page in one line, and on a page of its own."""

from datetime import timedelta

import pytest

from models.rules.window.sight import VisitorRole
from models.rules.words import Level
from tasks.doctor.diagnosis import bad, to_look_at, under_name, well
from tasks.doctor.examining import Examination
from tasks.doctor.kept import keep_examination
from tests.support.alerts import MONDAY, at
from tests.support.machines import examined_elsewhere
from tests.support.visitors import post_of
from tests.support.windows import Client, account, holder, is_page, words_in

NOW = at(MONDAY, 10)
PAGE = "/c/jc/o/doctor"


@pytest.fixture(autouse=True)
def at_work(campaign, clock_at):
    clock_at(NOW)


def kept(*lines, before=timedelta(hours=2)):
    named = [under_name(line, f"第 {n} 项") for n, line in enumerate(lines, start=1)]
    keep_examination(Examination(NOW - before, named), [])


def test_before_the_first_there_is_nothing_to_say():
    office = Client(account(NOW))
    assert "体检" not in words_in(office.get("/c/jc/o")).split("还可以办的")[0]
    assert "还没有体检过" in words_in(office.get(PAGE))


def test_what_is_bad_is_said_on_the_first_page_and_shown_first_on_its_own():
    kept(
        well("没事"),
        to_look_at("旧了", "换新的"),
        bad("坏了；请运行 shifan db restore 备份文件", "", "shifan x"),
    )
    office = Client(account(NOW))
    assert "1 项坏了，1 项要看一看" in words_in(office.get("/c/jc/o"))
    answer = office.get(PAGE)
    said = words_in(answer)

    is_page(answer)
    assert said.index("第 3 项") < said.index("第 2 项") < said.index("第 1 项")
    assert "7月21日" in said and "08:00 看的：1 项坏，1 项要看一看，1 项好" in said
    assert "请管这台电脑的同事处理" in said
    assert "shifan" not in said


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_what_another_machine_found_is_shown_with_its_name(campaign, any_database):
    for hours, name, line in ((30, "旧的<b>", well("没事")), (3, "worker-2", bad("满了"))):
        lines = [under_name(line, "磁盘")]
        examined_elsewhere(name, Examination(NOW - timedelta(hours=hours), lines))
    office = Client(account(NOW))

    assert "体检：1 项坏了（看的是电脑 worker-2）" in words_in(office.get("/c/jc"))
    said = words_in(is_page(office.get(PAGE)))
    assert "07:00 看的是电脑 worker-2：1 项坏。" in said
    assert said.index("满了") < said.index("电脑 旧的<b>") < said.index("04:00 看的：1 项好。")

    kept(well("没事"), before=timedelta(hours=1))
    said = words_in(is_page(office.get(PAGE)))
    assert "09:00 看的：1 项好" in said
    assert "磁盘 （坏）：满了" in said
    assert "体检：都好" in words_in(office.get("/c/jc"))


def test_a_page_of_hostile_words_is_a_page():
    kept(bad("<script>alert(1)</script>" * 300))
    answer = Client(account(NOW)).get(PAGE)
    assert "<script>" not in answer.text
    assert len(answer.content) < 80_000


def test_an_examination_that_is_not_made_any_more_is_said():
    kept(well("没事"), before=timedelta(days=3))
    assert "体检有两天没有做了" in words_in(Client(account(NOW)).get("/c/jc/o"))


def test_the_board_says_it_in_one_line_to_the_office_and_auditors_alone():
    office = Client(account(NOW))
    assert "体检" not in office.get("/c/jc").text
    kept(bad("坏了"), to_look_at("旧了"))
    auditor = Client(account(NOW, "审计", VisitorRole.AUDITOR))
    for one in (office, auditor):
        board = one.get("/c/jc")
        assert "体检：1 项坏了，1 项要看一看" in words_in(board)
        assert f'href="{PAGE}"' in board.text
    kept(well("没事"))
    assert "体检：都好" in words_in(office.get("/c/jc"))
    leader = Client(holder(post_of("", Level.GROUP_HEAD), NOW))
    assert "体检" not in leader.get("/c/jc").text


def test_auditors_look_leaders_and_units_do_not():
    kept(well("没事"))
    auditor = Client(account(NOW, "审计", VisitorRole.AUDITOR)).get(PAGE)
    assert "第 1 项" in words_in(auditor)
    assert "现在再看一遍" not in auditor.text
    assert "现在再看一遍" in Client(account(NOW)).get(PAGE).text
    for one in (post_of("", Level.GROUP_HEAD), post_of("市司法局")):
        assert Client(holder(one, NOW)).get(PAGE).status_code == 403
