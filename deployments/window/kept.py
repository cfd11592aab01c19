"""Blocks of pages, kept as long as the tables stand as they did: what is shown is true when it is opened."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from markupsafe import Markup

MOST = 64  # blocks; each some ten kilobytes


class Kept:
    """The last blocks that were made, each under the mark of what it was made from.

    Many that ask at once for a block that is not there wait for the one that makes it. The mark is read
    before the block is made: a change in between makes it another mark, and the block anew.
    """

    def __init__(self) -> None:
        self._blocks: OrderedDict[Hashable, tuple[str, Markup]] = OrderedDict()
        self._lock = Lock()

    def block(self, name: Hashable, mark: str, make: Callable[[], Markup]) -> Markup:
        """Return the block ``name`` as it was made under ``mark``, or make it."""
        with self._lock:
            kept = self._blocks.get(name)
            if kept is None or kept[0] != mark:
                kept = self._blocks[name] = (mark, make())
            self._blocks.move_to_end(name)
            while len(self._blocks) > MOST:
                self._blocks.popitem(last=False)
            return kept[1]
