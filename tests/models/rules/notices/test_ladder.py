"""Which rung an item stands on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar.workdays import WorkCalendar
from models.rules.notices.ladder import LADDER, brackets
from models.rules.words import Level

PLAIN = WorkCalendar()
MONDAY = date(2025, 7, 21)


def rule_of(due: date, today: date = MONDAY) -> str | None:
    return next((b.rung.rule for b in brackets(today, PLAIN) if b.first <= due <= b.last), None)


@pytest.mark.parametrize(
    ("due", "rule"),
    [
        (date(2025, 7, 4), "overdue_10"),  # eleven working days ago
        (date(2025, 7, 7), "overdue_10"),  # ten
        (date(2025, 7, 8), "overdue_5"),  # nine
        (date(2025, 7, 16), "overdue_3"),  # three
        (date(2025, 7, 17), "overdue_1"),  # two
        (date(2025, 7, 19), "overdue_1"),  # Saturday: Monday is the first working day after it
        (MONDAY, "due_today"),  # due today is not overdue
        (date(2025, 7, 22), "before_1"),
        (date(2025, 7, 24), "before_3"),
        (date(2025, 7, 30), "before_7"),  # the seventh working day from today
        (date(2025, 7, 31), "before_30"),
        (date(2025, 9, 1), "before_30"),  # the thirtieth
        (date(2025, 9, 2), None),  # further away: silence
    ],
)
def test_an_item_stands_on_the_rung_of_its_due_day(due, rule):
    assert rule_of(due) == rule


def test_a_slip_climbs_one_level_at_a_time_and_the_lower_levels_hear_again():
    levels = [rung.levels for rung in LADDER if rung.workdays > 0]

    assert [max(told) for told in levels] == [
        Level.UNIT_HEAD,
        Level.OFFICE,
        Level.LEADER,
        Level.GROUP_HEAD,
    ]
    assert all(set(low) < set(high) for low, high in zip(levels, levels[1:], strict=False))


OCTOBER = WorkCalendar({date(2025, 10, d): False for d in range(1, 9)} | {date(2025, 9, 28): True})
FRIDAY, SATURDAY = date(2025, 7, 25), date(2025, 7, 26)


@pytest.mark.parametrize(
    ("due", "today", "rule"),
    [
        (SATURDAY, FRIDAY, "due_today"),  # nobody patrols on Saturday
        (date(2025, 7, 27), FRIDAY, "due_today"),
        (date(2025, 7, 28), FRIDAY, "before_1"),  # Monday is a day of its own
        (SATURDAY, date(2025, 7, 24), "before_1"),
        (SATURDAY, date(2025, 7, 28), "overdue_1"),
        (date(2025, 10, 4), date(2025, 9, 30), "due_today"),  # within the National Day week
        (date(2025, 10, 8), date(2025, 9, 30), "due_today"),
        (date(2025, 10, 9), date(2025, 9, 30), "before_1"),
        (date(2025, 9, 27), date(2025, 9, 26), "due_today"),  # its Sunday is worked, it is not
        (date(2025, 9, 28), date(2025, 9, 26), "before_1"),
        (date(2025, 9, 28), date(2025, 9, 28), "due_today"),
    ],
)
def test_a_due_day_off_is_told_as_due_on_the_last_working_day_before_it(due, today, rule):
    found = [b.rung.rule for b in brackets(today, OCTOBER) if b.first <= due <= b.last]

    assert found == [rule]


def test_a_ladder_without_the_day_itself_still_tells_of_the_week_end_before_it():
    early = tuple(rung for rung in LADDER if rung.workdays)
    found = [b.rung.rule for b in brackets(FRIDAY, PLAIN, early) if b.first <= SATURDAY <= b.last]

    assert found == ["before_1"]


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(-400, 60))
def test_no_due_day_stands_on_two_rungs(today, distance):
    due = today + timedelta(days=distance)
    found = [b for b in brackets(today, PLAIN) if b.first <= due <= b.last]

    assert len(found) <= 1
    if due < today and PLAIN.count(due, today):
        assert found  # whatever is late is on the ladder
