"""Find items that together leave no area, trade or unit out, where so many items can do that."""

from collections.abc import Iterable, Sequence

from models.rules.assessment.sample_item import STRATA, SampleItem

Values = set[tuple[str, str]]  # of strata: ("area", "永昌县")
MOST_TRIED = (
    20_000  # items that are tried before it is given up; counted, so that it is the same everywhere
)


def values_of(item: SampleItem) -> Values:
    """Return what ``item`` brings into a sample."""
    return {(name, value) for name, _ in STRATA if (value := getattr(item, name))}


def brought(items: Iterable[SampleItem]) -> Values:
    """Return what ``items`` bring into a sample together."""
    return {value for one in items for value in values_of(one)}


def full_cover(waiting: Sequence[SampleItem], needed: Values, size: int) -> list[SampleItem] | None:
    """Return at most ``size`` of ``waiting`` that bring all that is ``needed``, None where none are found.

    What the fewest items bring is sought first, its items in their order; an item that leads nowhere is
    given up for the next. Small lists are looked through whole: None means that there are none.
    """
    return _Search(waiting, needed).within(frozenset(needed), size)


class _Search:
    """Goes through the items, each value's in their order, until nothing is missing."""

    def __init__(self, waiting: Sequence[SampleItem], needed: Values) -> None:
        bringing: dict[tuple[str, str], list[tuple[SampleItem, frozenset[tuple[str, str]]]]] = {}
        for one in waiting:
            brings = frozenset(values_of(one) & needed)
            for value in brings:
                bringing.setdefault(value, []).append((one, brings))
        self._bringing = bringing
        self._order = sorted(needed, key=lambda value: (len(bringing[value]), value))
        self._tried = 0

    def within(self, missing: frozenset[tuple[str, str]], left: int) -> list[SampleItem] | None:
        """Return what brings ``missing`` in at most ``left`` items; an item brings one value of a stratum."""
        if not missing:
            return []
        if any(sum(one[0] == name for one in missing) > left for name, _ in STRATA):
            return None
        rarest = next(value for value in self._order if value in missing)
        for item, brings in self._bringing[rarest]:
            if self._tried >= MOST_TRIED:
                return None
            self._tried += 1
            rest = self.within(missing - brings, left - 1)
            if rest is not None:
                return [item, *rest]
        return None
