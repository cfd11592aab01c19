"""Working days as numbers, and the phases of an item's time: where in it people finish at which rate."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from models.rules.calendar.workdays import WorkCalendar
from models.rules.foresight.values import PacedItem, StageDays

Numbers = NDArray[np.float64]
HORIZON = 250  # working days ahead that are foreseen; beyond it nothing is said
LONGEST = 1500  # days before today that are looked back on
# The ends of an item's phases: thirds of its time, then days before its day, the day itself, days after.
NEAR = (8, 5, 3, 2, 1)  # working days before the day, at which a phase begins
PHASES = 3 + len(NEAR) + 3
LATE, LATER = 5, 20  # after it
ONE_DAY = timedelta(days=1)


class Timeline:
    """The working days around ``day``: a date is how many of them lie between it and ``day``, negative before it."""

    def __init__(self, day: date, calendar: WorkCalendar) -> None:
        self.day = day
        first = day - LONGEST * ONE_DAY
        worked, count = [0], 0
        self._days: list[date] = []
        self._first = first
        span = LONGEST + 2 * HORIZON
        for n in range(1, span + 1):
            one = first + n * ONE_DAY
            if calendar.is_workday(one):
                count += 1
                self._days.append(one)
            worked.append(count)
        self._worked = worked
        self._today = worked[LONGEST]

    def at(self, day: date | None, without: float) -> float:
        """Return the place of ``day``: that of the last working day on or before it; ``without`` one that value."""
        if day is None:
            return without
        n = min(max((day - self._first).days, 0), len(self._worked) - 1)
        return float(self._worked[n] - self._today)

    def day_at(self, place: float) -> date | None:
        """Return the working day at a place, the first not before it; None beyond the horizon."""
        if not place < HORIZON:
            return None
        n = self._today + max(int(np.ceil(place)), 0) - 1
        if n < self._today:  # today itself, worked or the next day that is
            n = self._today - 1 if self._days[self._today - 1] == self.day else self._today
        return self._days[n] if n < len(self._days) else None


def bounds_of(begin: Numbers, due: Numbers) -> Numbers:
    """Return where the phases of items begin and end, (items, PHASES + 1) places; the last has no end.

    An item without a day (``due`` is not a number) has one phase for all its time, the last.
    """
    span = np.maximum(due - begin, 1)
    edges = np.stack(
        [
            begin,
            begin + span / 3,
            begin + 2 * span / 3,
            *(due - days for days in NEAR),
            due,
            due + LATE,
            due + LATER,
            np.full_like(begin, np.inf),
        ],
        axis=1,
    )
    edges[np.isnan(due), :PHASES] = begin[np.isnan(due), None]
    # The thirds of a short time give way to the days before its day.
    nearest = np.maximum(edges[:, 3:4], begin[:, None])
    edges[:, 1:3] = np.minimum(edges[:, 1:3], nearest)
    return np.maximum.accumulate(np.maximum(edges, begin[:, None]), axis=1)


def begins_of(items: Sequence[PacedItem], stages: Sequence[StageDays], line: Timeline) -> Numbers:
    """Return from which place on each item can be worked on: its own beginning, never before its stage opens."""
    opens = {one.ordinal: line.at(one.opened or one.start, -float(LONGEST)) for one in stages}
    known = [line.at(one.begin, np.nan) for one in items]
    first = np.nanmin(known) if np.isfinite(known).any() else 0.0
    found = []
    for one, own in zip(items, known, strict=True):
        stage = opens.get(one.stage, -float(LONGEST))
        begin = own if np.isfinite(own) else (stage if stage > -LONGEST else min(first, 0.0))
        unopened = stage > 0  # who can begin before that may, once the stage is under way
        found.append(max(begin, stage) if unopened else begin)
    return np.array(found, dtype=float)
