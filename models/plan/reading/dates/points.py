"""One point in time as it is printed, and the days it means once it is known which year it is in."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.calendar.festivals import festival_day

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """A point in time as printed; ``year`` and ``month`` are None when they are left out."""

    year: int | None
    month: int | None = None
    first: int = (
        1  # first and last day it may mean; 0 stands for the last of the month, -1 for a day 0
    )
    last: int = 0
    months: int = 1  # how many months it spans
    shift: int = 0  # years after the year of its context (次年)
    end: int = 0  # offset behind it in the text
    fuzzy: str = ""  # why its days are doubtful
    named: bool = False  # a word stands in place of the year: 今年
    of_issue: bool = False  # which counts from the issue, whatever year the dates before are in
    festivals: tuple[str, ...] = ()
    fault: str = ""  # why there is no such time at all: 13月

    @property
    def without_year(self) -> bool:
        """Say whether nothing printed says which year it is in."""
        return self.year is None and not self.named

    def start_on(self, year: int, month: int) -> date | None:
        """Return the first day it means in ``year`` (used when its own is left out)."""
        return self._festival(year) if self.festivals else _day_of(year, month, self.first)

    def end_on(self, year: int, month: int) -> date | None:
        """Return the last day it means."""
        if self.festivals:
            return self._festival(year)
        years, index = divmod(month + self.months - 2, 12)
        return _day_of(year + years, index + 1, self.last)

    def lacking(self, year: int | None, month: int | None) -> str:
        """Return why ``year`` has no such day, with the two days that may be meant; else empty."""
        month = self.month or month
        if self.fault or month is None or self.festivals or not self.last:
            return self.fault
        longest = calendar.monthrange(year or 2024, month)[1]
        if 1 <= self.last <= longest:
            return ""
        if self.last < 0:
            return f"{month}月0日不存在"
        printed = f"{year}年" if year and month == 2 else ""
        following = f"{month + 1}月1日" if month < 12 else "次年1月1日"
        either = f"{month}月{longest}日或{following}"
        return f"{printed}{month}月{self.last}日不存在，可能是{either}"

    def _festival(self, year: int) -> date | None:
        days = [day for name in self.festivals if (day := festival_day(name, year))]
        return min(days, default=None)


def _day_of(year: int, month: int, day: int) -> date | None:
    if not (1949 <= year <= 2199 and 1 <= month <= 12):
        return None
    longest = calendar.monthrange(year, month)[1]
    day = day or longest
    return date(year, month, day) if 1 <= day <= longest else None


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

    def year_of(self, point: Point) -> int | None:
        """Return the year that ``point`` is in, None when nothing says so."""
        if point.year is not None:
            return point.year
        year = self.issued.year if point.of_issue and self.issued else self.known_year
        return None if year is None else year + point.shift

    def first_day_of(self, point: Point) -> date | None:
        """Return the day on which ``point`` begins, as the start of a period."""
        year, month = self.year_of(point), point.month or 1
        if year is None or point.fault:
            return None
        found = point.start_on(year, month)
        if found is None or self.not_before is None or not point.without_year:
            return found
        last = point.end_on(year, month) or found
        # 上半年 behind a stage of March is what is left of it, not the next year's.
        return found if last >= self.not_before else point.start_on(year + 1, month)

    def last_day_of(self, point: Point, month: int | None, start: date | None) -> date | None:
        """Return the day on which ``point`` ends, as the end of a period that begins on ``start``."""
        year, own = self.year_of(point), point.month or month
        if year is None or own is None or point.fault:
            return None
        found = point.end_on(year, own)
        early = start and (found is None or found < start)  # 12月1日至2月29日
        return point.end_on(year + 1, own) if early and point.without_year else found


def day_in_words(day: date) -> str:
    """Return a day as a document writes it: 2027年3月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` later, the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))
