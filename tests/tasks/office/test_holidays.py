"""The turn of the year: a year whose holidays are not published is said to be so, and taken in once."""

import json
from datetime import date

import pytest
from sqlmodel import select

from deployments.cli import run
from flows.running import clock
from models.database import open_session
from models.notices.notice import Notice
from models.rules.notices.rule_words import HOLIDAYS_UNKNOWN
from models.settings import moment_of
from models.units.unit import Post
from tasks.notices.delivery import deliver
from tasks.office.holidays import set_one_day
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.summary import summary
from tasks.patrol.view import view_campaign
from tests.conftest import NOW, TODAY
from tests.support.alerts import at, every_tag, only, robots
from tests.support.notices import MADE_UP
from tests.tools.fake_provider import FakeProvider

DECEMBER = date(2026, 12, 31)


@pytest.fixture
def shifan(one_database, capsys, monkeypatch):
    """Run a command on 27 November 2026; return its exit code, what it said, what it complained of."""
    day = date(2026, 11, 27)
    monkeypatch.setattr(clock, "now", lambda: at(day))
    monkeypatch.setattr(clock, "today", lambda: day)

    def command(*words) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return command


def asked(day: date) -> list[str]:
    """Return what the office was told on ``day`` about holidays that are not known."""
    with open_session(read_only=True) as session:
        query = select(Notice.words, Post.title, Notice.state).join(Post)
        rows = session.exec(query.where(Notice.rule == HOLIDAYS_UNKNOWN, Notice.day == day))
        return [f"{title}：{words}" for words, title, state in rows if state == "waiting"]


def test_a_plan_that_reaches_into_an_unpublished_year_says_so_when_it_is_loaded(shifan):
    late = shifan("plan", "load", "jinchang-2025", "--slug", "jc", "--start", "2026-09-01")
    early = shifan("plan", "load", "zengdu-2023", "--slug", "zd", "--start", "2025-01-06")

    assert (late[0], early[0]) == (0, 0)
    assert "2027 年放假安排尚未录入" in late[1]
    assert "holidays load" in late[1]
    assert "尚未录入" not in early[1]


def test_status_says_so_while_counting_reaches_the_year(shifan, campaign):
    only("S2.1", date(2026, 12, 18))
    assert "尚未录入" not in shifan("status")[1]
    only("S2.1", date(2027, 1, 8))
    assert "2027 年放假安排尚未录入" in shifan("status")[1]
    [seen] = json.loads(shifan("status", "--json")[1])["campaigns"]
    assert seen["holidays_unknown"] == [2027]


def test_the_office_reads_it_every_morning_from_november_on(campaign, tmp_path):
    only("S2.1", date(2026, 12, 18))
    for day in (date(2026, 10, 30), date(2026, 11, 2), date(2026, 11, 3)):
        patrol_campaign(campaign, moment_of(at(day), day))
        patrol_campaign(campaign, moment_of(at(day, 10), day))

    assert asked(date(2026, 10, 30)) == []
    [line] = asked(date(2026, 11, 2))
    assert line.startswith("创建办：2027 年放假安排尚未录入")
    assert len(asked(date(2026, 11, 3))) == 1


def test_a_single_day_leaves_the_year_unknown(campaign):
    only("S2.1", date(2027, 1, 8))
    said = set_one_day(date(2027, 1, 4), "放假", "当地", "创建办", moment_of(NOW, TODAY))

    assert said == (
        "2027-01-04 已改为放假，这一天休息；2027 年放假安排尚未录入，先按周一至周五、"
        "减去法定节假日计算（调休未计）；国务院公布后请用 shifan holidays load 或界面上的“录入放假安排”装入"
    )
    assert list(view_campaign(campaign, DECEMBER).unknown_years) == [2027]


def test_nothing_is_asked_on_a_day_that_regulation_fixes(campaign):
    first = date(2027, 1, 1)
    only("S2.1", first)
    seen = patrol_campaign(campaign, moment_of(at(first), first))

    assert (seen.working_day, seen.notices_created) == (False, 0)
    assert "休息日" in summary(seen)


def test_nothing_is_sent_on_a_day_that_regulation_fixes(campaign, tmp_path, monkeypatch):
    only("S2.1", date(2027, 1, 4))
    with FakeProvider() as provider:
        robots(tmp_path, monkeypatch, provider.base, every_tag())
        patrol_campaign(campaign, moment_of(at(DECEMBER, 19), DECEMBER))
        for day in (DECEMBER, date(2027, 1, 1), date(2027, 1, 3)):
            assert deliver(lambda day=day: at(day, 20 if day == DECEMBER else 9, 1)).sent == 0
        assert deliver(lambda: at(date(2027, 1, 4), 9, 1)).sent > 0


def test_a_notice_is_taken_in_by_command_listed_and_taken_in_again(shifan, campaign, tmp_path):
    only("S2.1", date(2027, 1, 8))
    patrol_campaign(campaign, moment_of(at(date(2026, 11, 27)), date(2026, 11, 27)))
    path = tmp_path / "通知.txt"
    path.write_text(MADE_UP, encoding="utf-8")
    torn = tmp_path / "残缺.txt"
    torn.write_text(MADE_UP.replace("1月31日（周日）", "1月31日（周一）"), encoding="utf-8")

    code, _, complaint = shifan("holidays", "load", torn)
    assert (code, "1月31日写的是周一，2027 年这一天是周日" in complaint) == (1, True)
    assert len(asked(date(2026, 11, 27))) == 1

    code, said, _ = shifan("holidays", "load", path)
    assert (code, "2027-01-31 放假→上班" in said) == (0, True)
    assert asked(date(2026, 11, 27)) == []  # nobody is asked for what is there
    assert shifan("holidays", "load", path)[1].endswith("此前已装入，0 处变更")
    assert "尚未录入" not in shifan("status")[1]
    listed = json.loads(shifan("holidays", "list", "--json")[1])["years"]
    assert [year["year"] for year in listed] == [2026, 2027]
    names = [[one["name"] for one in year["holidays"]] for year in listed]
    assert names[0][:4] == names[1][:4] == ["元旦", "春节", "清明节", "劳动节"]
    assert listed[1]["basis"].startswith("国办发明电〔2026〕9号，2026-11-27 由创建办装入")
    assert listed[1]["holidays"][1]["worked"] == ["2027-01-31", "2027-02-20"]


def test_one_day_is_set_and_given_back_by_command(shifan):
    words = ["holidays", "set", "2026-12-25", "放假", "--reason", "当地通知"]

    assert shifan(*words)[1] == "2026-12-25 已改为放假，这一天休息"
    assert shifan(*words)[1] == "2026-12-25 此前就是这样（休息），0 处变更"
    assert "另外：2026-12-25 放假（当地通知）" in shifan("holidays", "list")[1]
    assert shifan("holidays", "set", "2026-12-25", "照通知")[1].endswith("这一天上班")
    assert "没有写明理由" in shifan("holidays", "set", "2026-12-25", "放假")[2]
    assert "只能是放假、上班、照通知" in shifan("holidays", "set", "2026-12-25", "补休")[2]
