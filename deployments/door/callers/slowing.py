"""Slow down whoever tries passwords: each wrong one of an address makes its next answer later."""

from collections import OrderedDict
from dataclasses import dataclass

FREE = 3  # a person mistypes
LONGEST_WAIT = 300.0  # seconds
FORGET_AFTER = 3600.0
MOST_SOURCES = 10_000  # more addresses at once than an intranet has; the oldest are forgotten


@dataclass(slots=True)
class _Tries:
    wrong: int = 0
    until: float = 0
    last: float = 0


class Slowing:
    """Counts of wrong passwords per source; ``at`` is in seconds of any clock that only goes on."""

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
