"""Office hours and windows: when a message may go out, and how many."""

from dataclasses import dataclass
from datetime import date, datetime, time

from models.rules.calendar.days import days_after
from models.rules.calendar.workdays import WorkCalendar

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
        day = days_after(day, 1)
    return datetime.combine(calendar.next_workday(day), MORNING, tzinfo=local.tzinfo)


@dataclass(frozen=True, slots=True)
class Window:
    """From one working morning to the next: a recipient gets one message in it.

    ``day`` is the day of the morning it began with, ``ends`` the next working morning.
    """

    day: date
    ends: datetime


def window_of(local: datetime, calendar: WorkCalendar) -> Window:
    """Return the window that ``local`` lies in, in the same zone."""
    day = days_after(local.date(), 0 if local.time() >= MORNING else -1)
    morning = calendar.last_workday(day)
    following = calendar.next_workday(days_after(morning, 1))
    return Window(morning, datetime.combine(following, MORNING, tzinfo=local.tzinfo))
