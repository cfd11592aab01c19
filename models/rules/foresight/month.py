"""The month that a forecast speaks of."""

from calendar import monthrange
from datetime import date


def end_of_month(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])
