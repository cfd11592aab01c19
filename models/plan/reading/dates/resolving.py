"""Points in time as days: which year a date is in that leaves its year out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.plan.reading.dates.points import Point


@dataclass(frozen=True, slots=True)
class Context:
    """What dates are read against: the issue, the date before, and the ends of earlier stages."""

    issued: date | None = None
    year: int | None = None
    not_before: date | None = None
    stage_ends: Mapping[str, date | None] | None = None
    running: tuple[date, date] | None = None  # the first and last day of the stages

    @property
    def known_year(self) -> int | None:
        """Return the year that dates without one are in, None when there is none."""
        return self.year or (self.issued.year if self.issued else None)


def year_of(point: Point, context: Context) -> int | None:
    """Return the year that ``point`` is in, None when nothing says so."""
    if point.year is not None:
        return point.year
    year = context.known_year
    if point.of_issue and context.issued:
        year = context.issued.year
    return None if year is None else year + point.shift


def first_day_of(point: Point, context: Context) -> date | None:
    """Return the day on which ``point`` begins, as the start of a period."""
    year, month = year_of(point, context), point.month or 1
    if year is None or point.fault:
        return None
    found = point.start_on(year, month)
    if found is None or context.not_before is None or not point.without_year:
        return found
    last = point.end_on(year, month) or found
    # 上半年 behind a stage of March is what is left of it, not the next year's.
    return found if last >= context.not_before else point.start_on(year + 1, month)


def last_day_of(
    point: Point, context: Context, month: int | None, start: date | None
) -> date | None:
    """Return the day on which ``point`` ends, as the end of a period that begins on ``start``."""
    year, own = year_of(point, context), point.month or month
    if year is None or own is None or point.fault:
        return None
    found = point.end_on(year, own)
    early = start and (found is None or found < start)  # 12月1日至2月29日
    return point.end_on(year + 1, own) if early and point.without_year else found


def day_before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)
