"""Windows: from one working morning to the next."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.rules.calendar.hours import window_of
from models.rules.calendar.workdays import WorkCalendar

HERE = ZoneInfo("Asia/Shanghai")
PLAIN = WorkCalendar()


@pytest.mark.parametrize(
    ("local", "day", "ends"),
    [
        (datetime(2025, 7, 21, 8, 30), date(2025, 7, 21), date(2025, 7, 22)),  # it begins
        (datetime(2025, 7, 21, 8, 29), date(2025, 7, 18), date(2025, 7, 21)),  # still Friday's
        (datetime(2025, 7, 25, 17, 0), date(2025, 7, 25), date(2025, 7, 28)),  # over the week-end
        (datetime(2025, 7, 27, 12, 0), date(2025, 7, 25), date(2025, 7, 28)),  # Sunday
    ],
)
def test_a_window_runs_from_a_working_morning_to_the_next(local, day, ends):
    window = window_of(local.replace(tzinfo=HERE), PLAIN)

    assert (window.day, window.ends.date(), window.ends.hour) == (day, ends, 8)


def test_a_make_up_workday_begins_a_window():
    calendar = WorkCalendar({date(2025, 9, 28): True})
    assert window_of(datetime(2025, 9, 28, 9, 0, tzinfo=HERE), calendar).day == date(2025, 9, 28)
