"""The pace of a rehearsal: when what is due gets done, who acknowledges, and when questions are answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import Worded

NEVER = date.max  # of an item that nobody finishes
FEWEST = 5  # items done or overdue from which a unit's own pace is taken; fewer say nothing of it
WIDEST = 250  # working days: a pace further off says that nobody works
STEP = timedelta(days=1)


class PaceKind(Worded):
    """A pace that needs no file."""

    NONE = "none", "谁也不办"
    ON_TIME = "on-time", "按期办结"
    AS_SO_FAR = "as-so-far", "照目前的进度"


class Deciding(Worded):
    """When questions are answered."""

    AT_ONCE = "at-once", "当天答复"
    LAST_DAY = "last-day", "最后一天答复"
    NEVER = "never", "不答复"


@dataclass(frozen=True, slots=True)
class Pace:
    """Who does what, and when.

    An item is done ``late`` working days after its day (before it, where negative): its unit's number in
    ``units`` (by name, "" for the office), else ``whole``'s; None for never. ``items`` names days of single
    items by code, or code/unit, before all else. ``name`` is how it is called.
    """

    name: str
    whole: int | None = None
    units: Mapping[str, int | None] = field(default_factory=dict)
    items: Mapping[str, date] = field(default_factory=dict)
    deciding: Deciding = Deciding.NEVER
    acknowledges: bool = False

    def done_on(self, code: str, unit: str, due: date, calendar: WorkCalendar) -> date:
        """Return the working day on which an item is reported done; `NEVER` where nobody does it."""
        said = self.items.get(f"{code}/{unit}") or self.items.get(code)
        if said is not None:
            return calendar.last_workday(said) if said != NEVER else NEVER
        late = self.units.get(unit, self.whole)
        return NEVER if late is None else moved(due, late, calendar)

    @property
    def reach(self) -> int:
        """Return how many working days ahead of its day the earliest item may be done."""
        known = [n for n in (self.whole, *self.units.values()) if n is not None]
        return max(0, -min(known, default=0))


NOBODY = Pace(PaceKind.NONE.chinese)
ON_TIME = Pace(PaceKind.ON_TIME.chinese, whole=0, deciding=Deciding.AT_ONCE, acknowledges=True)


def moved(day: date, workdays: int, calendar: WorkCalendar) -> date:
    """Return the working day that lies ``workdays`` after the last one on or before ``day``."""
    day, step = calendar.last_workday(day), STEP if workdays > 0 else -STEP
    for _ in range(abs(workdays)):
        day += step
        while not calendar.is_workday(day):
            day += step
    return day


def lateness(due: date, done: date, calendar: WorkCalendar) -> int:
    """Return how many working days after its day something was done; negative before it."""
    if done >= due:
        return calendar.count(due, done)
    return -calendar.count(done, due)


def as_so_far(
    lates: Mapping[str, Sequence[int]], acknowledged: float | None, waits: Sequence[int | None]
) -> Pace:
    """Return the pace of what was done so far.

    ``lates`` are working days late by unit, ``acknowledged`` the share of messages that were, ``waits`` the
    working days that each question waited, None for one that nobody answered. The middle one counts: of a unit
    with fewer than `FEWEST` that of all. With fewer than `FEWEST` in all nobody is taken to do anything.
    """
    every = sorted(late for of_unit in lates.values() for late in of_unit)
    name = PaceKind.AS_SO_FAR.chinese
    if len(every) < FEWEST:
        return Pace(f"{name}（样本不足，当作{PaceKind.NONE.chinese}）")
    own = {unit: _middle(found) for unit, found in sorted(lates.items()) if len(found) >= FEWEST}
    answered = [one for one in waits if one is not None]
    deciding = (
        Deciding.AT_ONCE if not waits or median(answered or [WIDEST]) <= 1 else Deciding.LAST_DAY
    )
    if waits and not answered:
        deciding = Deciding.NEVER
    return Pace(
        name,
        whole=_middle(every),
        units=own,
        deciding=deciding,
        acknowledges=(acknowledged or 0) >= 0.5,
    )


def _middle(found: Sequence[int]) -> int:
    return max(-WIDEST, min(WIDEST, round(median(found))))
