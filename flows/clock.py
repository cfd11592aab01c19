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
