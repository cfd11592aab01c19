"""Office hours: when a message may go out."""

from datetime import datetime, time, timedelta

from models.rules.workdays import WorkCalendar

MORNING = time(8, 30)
EVENING = time(18, 0)


def may_go_at(local: datetime, calendar: WorkCalendar) -> datetime:
    """Return ``local`` within office hours, else the next working morning at half past eight.

    ``local`` is an aware instant in the office's time zone; the answer is in the same zone.
    """
    day = local.date()
    if calendar.is_workday(day) and MORNING <= local.time() < EVENING:
        return local
    if local.time() >= MORNING:
        day += timedelta(days=1)
    return datetime.combine(calendar.next_workday(day), MORNING, tzinfo=local.tzinfo)
