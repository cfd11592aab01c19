"""Working days: what a calendar of days off says, and counting along it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked.

    ``exceptions`` maps a day to True (a make-up workday) or False (a day off); every other day is
    worked from Monday to Friday. ``known_years`` are the years whose official notice is in it.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Say whether ``day`` is worked."""
        return self.exceptions.get(day, day.weekday() < SATURDAY)

    def next_workday(self, day: date) -> date:
        """Return the first working day on or after ``day``."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def last_workday(self, day: date) -> date:
        """Return the last working day on or before ``day``."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def count(self, after: date, until: date) -> int:
        """Return the working days in (``after``, ``until``]; 0 when ``until`` is not later."""
        span = (until - after).days
        return sum(self.is_workday(after + timedelta(days=n)) for n in range(1, span + 1))

    def due_within(self, today: date, workdays: int) -> date:
        """Return the last due day that is at most ``workdays`` working days after ``today``.

        A due day on a day off counts with the working day before it: what is due on Sunday must be
        ready on Friday.
        """
        return self._nth(today, workdays + 1, ONE_DAY) - ONE_DAY

    def late_since(self, today: date, workdays: int) -> date:
        """Return the last due day that is at least ``workdays`` working days before ``today``.

        ``workdays`` is 1 or more. What was due on Friday is one working day late on Monday; what was
        due on Saturday too.
        """
        return self._nth(today + ONE_DAY, workdays, -ONE_DAY) - ONE_DAY

    def _nth(self, start: date, n: int, step: timedelta) -> date:
        """Return the ``n``-th working day after ``start`` in the direction of ``step``."""
        days: Iterator[date] = self._walk(start, step)
        return next(day for i, day in enumerate(days, 1) if i == n)

    def _walk(self, start: date, step: timedelta) -> Iterator[date]:
        day = start
        while True:
            day += step
            if self.is_workday(day):
                yield day
