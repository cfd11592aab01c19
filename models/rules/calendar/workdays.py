"""Working days: what a calendar of days off says, and counting along it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from models.rules.calendar.days import days_after

SATURDAY = 5


def nothing_fixed(_year: int) -> Mapping[date, str]:
    """Return no day at all: a calendar without holidays."""
    return {}


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked.

    ``exceptions`` maps a day to True (a make-up workday) or False (a day off). ``known_years`` are the
    years whose official arrangement is in it; in every other year the days that ``fixed`` gives for it
    (those fixed by regulation, with their names) are off. Every other day is worked from Monday to
    Friday. What would lie beyond the first or last day there is (years 1 and 9999) is that day.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    fixed: Callable[[int], Mapping[date, str]] = nothing_fixed

    def is_workday(self, day: date) -> bool:
        """Say whether ``day`` is worked."""
        said = self.exceptions.get(day)
        if said is not None:
            return said
        if day.weekday() >= SATURDAY:
            return False
        return day.year in self.known_years or day not in self.fixed(day.year)

    def unknown_years(self, first: date, last: date) -> list[int]:
        """Return the years from ``first`` to ``last`` whose arrangement is not in it, in order."""
        years = range(first.year, last.year + 1)
        return [year for year in years if year not in self.known_years]

    def next_workday(self, day: date) -> date:
        """Return the first working day on or after ``day``."""
        while not self.is_workday(day) and day < date.max:
            day = days_after(day, 1)
        return day

    def last_workday(self, day: date) -> date:
        """Return the last working day on or before ``day``."""
        while not self.is_workday(day) and day > date.min:
            day = days_after(day, -1)
        return day

    def count(self, after: date, until: date) -> int:
        """Return the working days in (``after``, ``until``]; 0 when ``until`` is not later."""
        span = (until - after).days
        return sum(self.is_workday(days_after(after, n)) for n in range(1, span + 1))

    def due_within(self, today: date, workdays: int) -> date:
        """Return the last due day that is at most ``workdays`` working days after ``today``.

        A due day on a day off counts with the working day before it: what is due on Sunday must be
        ready on Friday.
        """
        return days_after(self._nth(today, workdays + 1, 1), -1)

    def late_since(self, today: date, workdays: int) -> date:
        """Return the last due day that is at least ``workdays`` working days before ``today``.

        ``workdays`` is 1 or more. What was due on Friday is one working day late on Monday; what was
        due on Saturday too.
        """
        return days_after(self._nth(days_after(today, 1), workdays, -1), -1)

    def _nth(self, start: date, n: int, step: int) -> date:
        """Return the ``n``-th working day after ``start``, before it when ``step`` is -1."""
        day, end = start, date.max if step > 0 else date.min
        while n and day != end:
            day = days_after(day, step)
            n -= self.is_workday(day)
        return day
