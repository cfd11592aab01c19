"""One point in time as it is printed, before it is known which year it is in."""

import calendar
from dataclasses import dataclass
from datetime import date

from models.calendar.festivals import festival_day


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
    if day == 0:
        day = longest
    return date(year, month, day) if 1 <= day <= longest else None
