"""Counting along the work calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar.workdays import WorkCalendar

PLAIN = WorkCalendar()
# National Day 2025: 1 to 8 October off; the Sunday before and the Saturday after are worked.
OCTOBER = WorkCalendar(
    {date(2025, 10, d): False for d in range(1, 9)}
    | {date(2025, 9, 28): True, date(2025, 10, 11): True},
    frozenset({2025}),
)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 9, 26), True),  # a Friday
        (date(2025, 9, 27), False),  # the Saturday of that week stays off
        (date(2025, 9, 28), True),  # its Sunday is a make-up workday
        (date(2025, 10, 8), False),  # a Wednesday within the holiday
        (date(2025, 10, 9), True),  # the first day back
    ],
)
def test_a_make_up_workday_is_worked_and_a_holiday_is_not(day, worked):
    assert OCTOBER.is_workday(day) is worked


@pytest.mark.parametrize(
    ("workdays", "last"),
    [
        (0, date(2025, 7, 20)),  # the week-end has no working day of its own
        (1, date(2025, 7, 21)),  # Friday's next working day is Monday; the week-end counts with it
        (2, date(2025, 7, 22)),
        (5, date(2025, 7, 27)),  # the fifth is Friday the 25th, and its week-end
    ],
)
def test_due_within_takes_the_week_end_before_the_next_working_day(workdays, last):
    friday = date(2025, 7, 18)
    assert PLAIN.due_within(friday, workdays) == last


@pytest.mark.parametrize(
    ("workdays", "last"),
    [
        (
            1,
            date(2025, 7, 20),
        ),  # what was due on Friday, Saturday or Sunday is a day late on Monday
        (2, date(2025, 7, 17)),  # two: due on Thursday
        (5, date(2025, 7, 14)),
    ],
)
def test_late_since_counts_back_over_the_week_end(workdays, last):
    assert PLAIN.late_since(date(2025, 7, 21), workdays) == last


@given(DAYS, st.integers(0, 40))
def test_due_within_is_exactly_the_days_with_so_few_working_days_before_them(today, workdays):
    last = PLAIN.due_within(today, workdays)

    assert PLAIN.count(today, last) == workdays
    assert PLAIN.count(today, last + timedelta(days=1)) == workdays + 1


@given(DAYS, st.integers(1, 30))
def test_late_since_is_exactly_the_days_with_so_many_working_days_behind_them(today, workdays):
    last = PLAIN.late_since(today, workdays)

    assert PLAIN.count(last, today) >= workdays
    assert PLAIN.count(last + timedelta(days=1), today) < workdays


@given(DAYS)
def test_next_and_last_workday_enclose_the_day(day):
    assert OCTOBER.last_workday(day) <= day <= OCTOBER.next_workday(day)
    assert OCTOBER.is_workday(OCTOBER.next_workday(day))
    assert OCTOBER.is_workday(OCTOBER.last_workday(day))
