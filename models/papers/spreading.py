"""Which of many things a paper names: over units and then over items, so that no unit fills it alone."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol, TypeVar


class OfUnit(Protocol):
    """A thing of a unit."""

    @property
    def unit(self) -> str:
        """Return whose it is."""

    @property
    def code(self) -> str:
        """Return which item it is of."""


Thing = TypeVar("Thing", bound=OfUnit)


def over_units(things: Sequence[Thing], most: int) -> list[Thing]:
    """Return at most ``most`` of ``things`` in their order, each unit once before any twice, then each item."""
    units: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    left = list(enumerate(things))
    chosen: list[tuple[int, Thing]] = []
    while left and len(chosen) < most:
        found = min(left, key=lambda one: (units[one[1].unit], codes[one[1].code], one[0]))
        left.remove(found)
        chosen.append(found)
        units[found[1].unit] += 1
        codes[found[1].code] += 1
    return [thing for _, thing in sorted(chosen, key=lambda one: one[0])]
