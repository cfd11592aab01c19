"""When the draft of the week is made, and which days it is about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.briefings.weekly import briefing_days, draft_is_due
from models.rules.calendar.workdays import WorkCalendar

PLAIN = WorkCalendar()
OFF = WorkCalendar({date(2025, 7, 4): False, date(2025, 7, 6): True})  # Friday off, Sunday worked
FRIDAY = date(2025, 7, 4)


@pytest.mark.parametrize(
    ("today", "calendar", "drafted", "due"),
    [
        (FRIDAY, PLAIN, None, True),
        (date(2025, 7, 3), PLAIN, None, False),  # Thursday: Friday is still to come
        (date(2025, 7, 5), PLAIN, None, False),  # a day off
        (FRIDAY, PLAIN, FRIDAY, False),  # made today
        (FRIDAY, PLAIN, date(2025, 6, 30), False),  # by hand on Monday of this week
        (FRIDAY, PLAIN, date(2025, 6, 27), True),
        (date(2025, 7, 3), OFF, None, False),  # Sunday is worked and is the last
        (FRIDAY, OFF, None, False),
        (date(2025, 7, 6), OFF, None, True),
        (date(2025, 7, 1), PLAIN, date(2025, 6, 13), True),  # a whole week went by without
        (date(2025, 7, 1), PLAIN, date(2025, 6, 27), False),
    ],
)
def test_a_week_is_drafted_on_its_last_working_day(today, calendar, drafted, due):
    assert draft_is_due(today, calendar, drafted) is due


@given(st.integers(0, 60))
def test_a_week_is_never_drafted_twice(days):
    drafted = None
    made = []
    for n in range(days):
        today = date(2025, 7, 1) + timedelta(days=n)
        if draft_is_due(today, PLAIN, drafted):
            drafted = today
            made.append(today.isocalendar()[:2])

    assert len(made) == len(set(made))


@pytest.mark.parametrize(
    ("last", "since", "first"),
    [
        (None, None, date(2025, 6, 28)),
        (None, date(2025, 6, 1), date(2025, 6, 1)),
        (
            date(2025, 6, 27),
            date(2025, 6, 1),
            date(2025, 6, 28),
        ),  # goes on where the last one ended
        (FRIDAY, None, FRIDAY),  # a second issue of a day
    ],
)
def test_a_briefing_goes_on_where_the_last_one_ended(last, since, first):
    assert briefing_days(FRIDAY, last, since) == (first, FRIDAY)
