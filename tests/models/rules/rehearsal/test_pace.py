"""The pace of a rehearsal: when an item is done, and what a file of it may say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar.workdays import WorkCalendar
from models.rules.rehearsal.pace import (
    FEWEST,
    NEVER,
    NOBODY,
    ON_TIME,
    Deciding,
    Pace,
    as_so_far,
    lateness,
    moved,
)
from models.rules.rehearsal.pace_file import parse_pace

WEEKDAYS = WorkCalendar()
FRIDAY, SATURDAY, MONDAY = date(2025, 6, 6), date(2025, 6, 7), date(2025, 6, 9)


@pytest.mark.parametrize(
    ("pace", "due", "done"),
    [
        (NOBODY, FRIDAY, NEVER),
        (ON_TIME, FRIDAY, FRIDAY),
        (ON_TIME, SATURDAY, FRIDAY),  # on the last day worked before a day off
        (Pace("", whole=1), SATURDAY, MONDAY),
        (Pace("", whole=1), FRIDAY, MONDAY),
        (Pace("", whole=-1), MONDAY, FRIDAY),
        (Pace("", whole=0, units={"甲": 2}), FRIDAY, date(2025, 6, 10)),
        (Pace("", whole=0, units={"甲": None}), FRIDAY, NEVER),
        (Pace("", whole=0, items={"W1": MONDAY}), FRIDAY, MONDAY),
        (Pace("", whole=0, items={"W1": MONDAY, "W1/甲": NEVER}), FRIDAY, NEVER),
        (Pace("", items={"W1": SATURDAY}), MONDAY, FRIDAY),
    ],
)
def test_an_item_is_done_when_its_pace_says(pace, due, done):
    assert pace.done_on("W1", "甲", due, WEEKDAYS) == done


@given(
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.integers(-30, 30),
)
def test_a_day_that_was_moved_is_a_working_day_as_late_as_was_said(day, late):
    there = moved(day, late, WEEKDAYS)

    assert WEEKDAYS.is_workday(there)
    worked = WEEKDAYS.last_workday(day)
    assert lateness(worked, there, WEEKDAYS) == late


def test_too_few_items_say_nothing_of_a_pace():
    pace = as_so_far({"甲": [3] * (FEWEST - 1)}, 1.0, [0])

    assert pace.whole is None
    assert not pace.acknowledges
    assert "样本不足" in pace.name


def test_a_unit_with_too_few_items_goes_at_the_pace_of_all():
    pace = as_so_far({"甲": [10] * FEWEST, "乙": [0] * (FEWEST - 1), "丙": [1, 1, 1]}, 0.4, [])

    assert dict(pace.units) == {"甲": 10}
    assert pace.whole == 1  # of 0 0 0 0 1 1 1 10 10 10 10 10 the middle
    assert not pace.acknowledges


@pytest.mark.parametrize(
    ("waits", "deciding"),
    [
        ([], Deciding.AT_ONCE),
        ([0, 1], Deciding.AT_ONCE),
        ([0, 5, 5], Deciding.LAST_DAY),
        ([None, None], Deciding.NEVER),
        ([None, 0], Deciding.AT_ONCE),
    ],
)
def test_questions_are_answered_as_they_were(waits, deciding):
    assert as_so_far({"甲": [0] * FEWEST}, None, waits).deciding is deciding


def test_a_file_says_everything():
    table = {
        "version": 1,
        "pace": "on-time",
        "decisions": "last-day",
        "acknowledge": False,
        "units": {"甲": 3, "乙": "never"},
        "items": {"w5": date(2025, 7, 21), "W6/甲": "never"},
    }

    pace, faults = parse_pace(table, "按文件")

    assert faults == []
    assert (pace.whole, pace.deciding, pace.acknowledges) == (0, Deciding.LAST_DAY, False)
    assert dict(pace.units) == {"甲": 3, "乙": None}
    assert dict(pace.items) == {"W5": date(2025, 7, 21), "W6/甲": NEVER}


def test_every_fault_of_a_file_is_said_at_once():
    table = {
        "pace": "快",
        "decisions": 3,
        "acknowledge": "是",
        "units": {"甲": 1.5, "乙": 9999, "丙": True},
        "items": {"W1": "明天", "": "never"},
        "更多": 1,
    }

    pace, faults = parse_pace(table, "按文件")

    assert pace is NOBODY
    assert len(faults) == 10
    assert any("version" in one for one in faults)


@pytest.mark.parametrize("table", [None, [], "on-time", 1])
def test_what_is_no_file_of_a_pace_is_said(table):
    assert parse_pace(table, "按文件")[1]
