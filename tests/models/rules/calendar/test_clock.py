"""When a clock can be believed: nights, week-ends and the longest holidays are no jump."""

from datetime import date, datetime, timedelta, timezone

import pytest

from models.rules.calendar.clock import Jump, jump
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar

CHINA = timezone(timedelta(hours=8))
# The Spring Festival of 2026: nine days off, with a make-up Saturday before and after.
SPRING = WorkCalendar(
    {date(2026, 2, d): False for d in range(15, 24)}
    | {date(2026, 2, 14): True, date(2026, 2, 28): True},
    frozenset({2026}),
)


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("seen", "now", "found"),
    [
        (at(3, 6), at(3, 6, 9, 5), None),  # five minutes later
        (at(3, 6), at(3, 9), None),  # Friday and Monday
        (at(2, 14), at(2, 24), None),  # over the nine days of the Spring Festival
        (at(3, 6), at(3, 17), None),  # off for seven working days
        (at(3, 6), at(3, 18), Jump.AHEAD),  # for eight
        (at(3, 6), at(4, 15), Jump.AHEAD),  # 40 days
        (at(3, 6), datetime(9999, 12, 31, tzinfo=CHINA), Jump.AHEAD),
        (at(3, 6), at(3, 6, 1), None),  # the same day
        (at(3, 6, 1), at(3, 5, 23), None),  # two hours, over midnight
        (at(3, 6, 3), at(3, 5, 19), Jump.BACK),  # eight: a zone taken for another
        (at(3, 6), at(3, 5), Jump.BACK),
        (at(3, 6), datetime(2000, 1, 1, tzinfo=CHINA), Jump.BACK),  # an empty battery
    ],
)
def test_a_clock_is_believed_while_it_can_follow_what_was_seen(seen, now, found):
    assert jump(seen, Moment(now, CHINA, SPRING)) is found


def test_in_a_year_whose_holidays_are_not_published_the_longest_are_no_jump():
    assert jump(at(2, 14), Moment(at(2, 24), CHINA, WorkCalendar())) is None
