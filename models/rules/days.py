"""The days a campaign can speak of; a day outside is a slip of the pen, and reckoning with it fails."""

from datetime import date

FIRST_DAY, LAST_DAY = date(1949, 1, 1), date(2199, 12, 31)
IN_WORDS = " 1949 年到 2199 年之间"


def is_possible(day: date) -> bool:
    """Say whether ``day`` can be a day of a campaign; also takes a point in time."""
    return FIRST_DAY.year <= day.year <= LAST_DAY.year
