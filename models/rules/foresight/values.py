"""What foresight (预计) is made from and what it says: items with their days, chances, and days to expect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

FEWEST, FEWEST_DONE = 10, 3  # items done or overdue, and done: with fewer nothing is foreseen
SEED = 20250603  # of the draws: the same facts give the same forecast


@dataclass(frozen=True, slots=True)
class PacedItem:
    """One item with what is known of its pace; ``done`` is None while it is open.

    ``part`` tells an assignment from a milestone, whose ``id`` it is. ``unit`` is 0 for what the office owns.
    ``stage`` is the ordinal of the stage that it belongs to, 0 for none. ``kind`` groups what goes at one pace.
    ``started`` is the day on which it was first reported as begun.
    """

    id: int
    part: bool
    unit: int
    kind: str
    stage: int
    begin: date | None
    due: date | None
    started: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class StageDays:
    """A stage that is not closed: its planned days, and the day it was opened; ``end`` None while it is open."""

    ordinal: int
    start: date | None
    end: date | None
    opened: date | None = None


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The days within which something will probably be done; ``last`` None where it lies beyond what is foreseen."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One open item, a stage (``id`` its ordinal) or the campaign: the chance to be late (0 to 1), and the days to expect."""

    id: int
    part: bool
    late: float
    half: DaySpan  # 50 %
    most: DaySpan  # 80 %


@dataclass(frozen=True, slots=True)
class Help:
    """An open item, and by how much (0 to 1) its completion within a week raises the chance of the ``stage``'s."""

    id: int
    part: bool
    stage: int
    gain: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is foreseen on ``day``; where ``enough`` is False too little is known, and nothing is said but that.

    ``items`` are the open ones with a day that has not passed, most probably late first. ``known`` is how many
    finished or overdue items the pace was learnt from.
    """

    day: date
    enough: bool
    known: int
    items: Sequence[Foreseen] = ()
    stages: Sequence[Foreseen] = ()
    campaign: Foreseen | None = None
    helps: Sequence[Help] = ()
