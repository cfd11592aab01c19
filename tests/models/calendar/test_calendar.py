"""Which arrangement holds in a year: the library's, a notice's, a single day's, or regulation's."""

import json
from datetime import date

from sqlmodel import select

from models.audit.chain import AuditEntry
from models.calendar.calendar import HolidayYear, work_calendar
from models.calendar.year import set_day, store_arrangement
from models.database import open_session
from models.rules.calendar.arrangement_text import read_arrangement
from models.settings import moment_of
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.notices import MADE_UP

FIRST, WORKED = date(2027, 1, 1), date(2027, 1, 31)  # a Friday off; a Sunday worked for 春节


def take_in(text: str) -> list[str] | None:
    found = read_arrangement(text).found
    assert found
    with open_session() as session:
        return store_arrangement(session, found, "通知.txt", "创建办", moment_of(NOW, TODAY))


def calendar():
    with open_session(read_only=True) as session:
        return work_calendar(session)


@ON_BOTH
def test_a_notice_makes_its_year_known_and_is_kept_with_its_source():
    assert not calendar().is_workday(FIRST)  # by regulation
    assert not calendar().is_workday(WORKED)

    changed = take_in(MADE_UP)

    assert 2027 in calendar().known_years
    assert calendar().is_workday(WORKED)
    assert not calendar().is_workday(date(2027, 2, 12))
    assert changed and changed[0] == "2027-01-31 放假→上班"
    assert take_in(MADE_UP) is None
    with open_session(read_only=True) as session:
        [row] = session.exec(select(HolidayYear)).all()
        [entry] = session.exec(select(AuditEntry)).all()
        assert (row.number, row.source) == ("国办发明电〔2026〕9号", "通知.txt")
        assert (entry.what, entry.subject, entry.id) == ("holidays-loaded", "2027", row.audit_id)
        assert json.loads(entry.facts)["days"] == json.loads(row.days)


def test_a_notice_loaded_again_replaces_the_whole_year_and_says_what_changed(database):
    take_in(MADE_UP)
    better = MADE_UP.replace("1月31日（周日）", "1月30日（周六）").replace("9号", "10号")

    assert take_in(better) == ["2027-01-30 放假→上班", "2027-01-31 上班→放假"]
    assert not calendar().is_workday(WORKED)
    with open_session(read_only=True) as session:
        [_, entry] = session.exec(select(AuditEntry)).all()
        assert json.loads(entry.facts)["replaced"] == "国办发明电〔2026〕9号"


@ON_BOTH
def test_a_single_day_counts_most_and_makes_no_year_known():
    for _ in range(2):
        with open_session() as session:
            set_day(session, date(2027, 3, 1), False, "当地", "创建办", moment_of(NOW, TODAY))
    assert not calendar().is_workday(date(2027, 3, 1))
    assert 2027 not in calendar().known_years
    assert not calendar().is_workday(FIRST)  # still by regulation

    take_in(MADE_UP)
    assert not calendar().is_workday(date(2027, 3, 1))
    with open_session() as session:
        assert set_day(session, date(2027, 3, 1), None, "", "创建办", moment_of(NOW, TODAY))
    assert calendar().is_workday(date(2027, 3, 1))
    with open_session(read_only=True) as session:
        assert [e.what for e in session.exec(select(AuditEntry))] == [
            "holiday-set",
            "holidays-loaded",
            "holiday-set",
        ]


def test_a_notice_for_a_year_the_library_knows_counts_instead_of_it(database):
    from tests.support.notices import PUBLISHED

    assert take_in(PUBLISHED[2026]) == []  # the same days
    moved = PUBLISHED[2026].replace("2月28日（周六）", "3月1日（周日）").replace("7号", "8号")
    assert take_in(moved) == ["2026-02-28 上班→放假", "2026-03-01 放假→上班"]
