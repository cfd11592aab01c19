"""The clock: the only place that reads it, for flows and commands.

A test puts another function in the place of `now`. There is no setting and no option that does so:
a day that somebody asks for is looked at, never lived (`tasks.patrol.patrol.patrol_all`).
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from models.rules.calendar.moment import Moment
from models.settings import local_day, moment_of, settings


def now() -> datetime:
    """Return this instant in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's day where the office is."""
    return local_day(now())


def moment(day: date | None = None) -> Moment:
    """Return this moment where the office is; ``day`` where another day is looked at."""
    return moment_of(now(), day)


def asked(day: date | None) -> tuple[date, bool]:
    """Return the day that somebody asked for, today without one, and whether it is only a preview."""
    now_day = today()
    return day or now_day, day not in (None, now_day)


def local(instant: datetime) -> datetime:
    """Return ``instant`` in UTC; one without a zone is the office's own time."""
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo(settings().time_zone))
    return instant.astimezone(UTC)
