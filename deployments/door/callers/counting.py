"""Count wrong passwords, to slow down who tries them, and refused calls, to write few rows of a flood.

Each wrong password of an address makes its next answer later. ``at`` is in seconds of any clock that
only goes on.
"""

from collections import OrderedDict
from dataclasses import dataclass

FREE = 3  # a person mistypes
LONGEST_WAIT = 300.0  # seconds
FORGET_AFTER = 3600.0
MOST_SOURCES = 10_000  # more addresses at once than an intranet has; the oldest are forgotten
WINDOW = 600.0  # seconds in which the same source is refused for the same reason in one row
MOST_KINDS = 500
MOST_ROWS = 200  # of one window, from however many sources


@dataclass(slots=True)
class _Tries:
    wrong: int = 0
    until: float = 0
    last: float = 0


class Slowing:
    """Counts of wrong passwords per source."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, _Tries] = OrderedDict()

    def wait(self, source: str, at: float) -> float:
        """Return how many seconds ``source`` has still to wait; 0 when it may try."""
        tries = self._tries.get(source)
        return max(0.0, tries.until - at) if tries else 0.0

    def wrong(self, source: str, at: float) -> int:
        """Count a wrong password and return how many there were; after three, waits double from 2 s."""
        tries = self._tries.pop(source, None)
        if tries is None or at - tries.last > FORGET_AFTER:
            tries = _Tries()
        tries.wrong, tries.last = tries.wrong + 1, at
        if tries.wrong > FREE:
            tries.until = at + min(LONGEST_WAIT, 2.0 ** (tries.wrong - FREE))
        self._tries[source] = tries
        while len(self._tries) > MOST_SOURCES:
            self._tries.popitem(last=False)
        return tries.wrong

    def right(self, source: str) -> None:
        """Forget the wrong ones of ``source``."""
        self._tries.pop(source, None)


@dataclass(slots=True)
class _Count:
    since: float
    unsaid: int = 0


class Tally:
    """Says which refusals are written down."""

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[str, str], _Count] = OrderedDict()
        self._rows = _Count(0)

    def count(self, source: str, reason: str, at: float) -> int | None:
        """Count one refusal; return how many a row written now stands for, None when none is written.

        The first of a source and reason is written at once, the others of ten minutes with the next.
        """
        known = self._counts.get((source, reason))
        if known and at - known.since < WINDOW:
            known.unsaid += 1
            return None
        if at - self._rows.since >= WINDOW:
            self._rows = _Count(at)
        if self._rows.unsaid >= MOST_ROWS:
            return None
        self._rows.unsaid += 1
        unsaid = known.unsaid if known else 0
        self._counts[source, reason] = _Count(at)
        self._counts.move_to_end((source, reason))
        while len(self._counts) > MOST_KINDS:
            self._counts.popitem(last=False)
        return unsaid + 1
