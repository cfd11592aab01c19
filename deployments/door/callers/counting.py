"""Count refused calls, to write few rows of a flood.

``at`` is in seconds of any clock that only goes on.
"""

from collections import OrderedDict
from dataclasses import dataclass

WINDOW = 600.0  # seconds in which the same source is refused for the same reason in one row
MOST_KINDS = 500
MOST_ROWS = 200  # of one window, from however many sources


@dataclass(slots=True)
class _Count:
    since: float
    unsaid: int = 0


class Tally:
    """Says which refusals are written down: at most ``most`` rows of a window."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self._most = most
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
        if self._rows.unsaid >= self._most:
            return None
        self._rows.unsaid += 1
        unsaid = known.unsaid if known else 0
        self._counts[source, reason] = _Count(at)
        self._counts.move_to_end((source, reason))
        while len(self._counts) > max(MOST_KINDS, self._most):
            self._counts.popitem(last=False)
        return unsaid + 1
