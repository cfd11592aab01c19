"""The bar of stages: where each stands on one line of time, and where today is on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

OPEN_TAIL = timedelta(days=30)  # how much of an open end is drawn
NEAR = timedelta(days=120)  # today so far outside the plan still stretches the line
WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class StageSpan:
    """A stage by its number and its days; what is open is None."""

    ordinal: int
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Where a stage stands, in hundredths of the line; those that overlap stand in lanes of their own.

    An ``open`` one has no end in the plan.
    """

    ordinal: int
    left: float
    width: float
    lane: int
    open: bool


@dataclass(frozen=True, slots=True)
class StageBar:
    """The line: its segments, how many lanes they take, where today is, and whether that is past an edge."""

    segments: Sequence[Segment] = ()
    lanes: int = 1
    today: float = 0.0
    outside: bool = False


def stage_bar(spans: Sequence[StageSpan], today: date) -> StageBar:
    """Return where stages stand; one without any day is left out. Without any there is no segment."""
    dated = [(one, *ends) for one in spans if (ends := _ends(one))]
    if not dated:
        return StageBar()
    first = min(start for _, start, _ in dated)
    last = max(end for _, _, end in dated)
    if first - NEAR <= today <= last + NEAR:
        first, last = min(first, today), max(last, today)
    days = max(1, (last - first).days + 1)

    def at(day: date) -> float:
        return round(WHOLE * min(max((day - first).days, 0), days) / days, 2)

    free: list[date] = []  # in each lane, the last day that is taken
    segments = []
    for one, start, end in sorted(dated, key=lambda found: (found[1], found[0].ordinal)):
        lane = next((n for n, taken in enumerate(free) if taken < start), len(free))
        free[lane : lane + 1] = [end]
        width = round(at(end + timedelta(days=1)) - at(start), 2)
        segments.append(Segment(one.ordinal, at(start), width, lane, one.end is None))
    return StageBar(segments, len(free), at(today), not first <= today <= last)


def _ends(one: StageSpan) -> tuple[date, date] | None:
    """Return the days between which a stage is drawn; a plan's end before its start is its start."""
    if one.start is None and one.end is None:
        return None
    end = one.end or (one.start or date.min) + OPEN_TAIL
    start = one.start or end - OPEN_TAIL
    return start, max(start, end)
