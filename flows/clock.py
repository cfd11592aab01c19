"""The clock: the only place that reads it, for flows and commands."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from models.settings import settings


def now() -> datetime:
    """Return this instant in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's day where the office is."""
    return now().astimezone(ZoneInfo(settings().time_zone)).date()


def local(instant: datetime) -> datetime:
    """Return ``instant`` in UTC; one without a zone is the office's own time."""
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo(settings().time_zone))
    return instant.astimezone(UTC)
