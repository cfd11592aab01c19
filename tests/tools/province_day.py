"""The day of `make province`: a working morning, on whatever day and at whatever hour the tool is run.

PROVINCE_AHEAD in a worker's environment says by how many seconds the office's clock is put forward; no
setting of the product can do that.
"""

import os
from datetime import UTC, date, datetime, timedelta

AFTER = 9  # o'clock


def a_working_morning() -> tuple[date, timedelta]:
    """Return the next working day and by how much the clock is put forward to be at its morning."""
    from models.rules.calendar.workdays import WorkCalendar
    from models.settings import office_zone

    now = datetime.now(office_zone())
    day, calendar = now.date(), WorkCalendar()
    if calendar.is_workday(day) and AFTER <= now.hour < AFTER + 6:
        return day, timedelta()
    morning = now.replace(hour=AFTER, minute=0, second=0, microsecond=0)
    while morning < now or not calendar.is_workday(morning.date()):
        morning += timedelta(days=1)
    return morning.date(), morning - now


def put_forward() -> None:
    """Let `clock.now` be later than it is; runs are forks and inherit it."""
    from flows.running import clock

    ahead = timedelta(seconds=float(os.environ["PROVINCE_AHEAD"]))
    clock.now = lambda: datetime.now(UTC) + ahead
