"""Draw a sample that anyone can draw again: no area, trade or unit left out where the sample allows.

Source: 曾都 2023, 模拟评估阶段: 不漏地域、不掉行业、不丢部门. No generator of a library is used, whose
numbers may differ between versions: the order is that of SHA-256 over the seed and an item's key, which
any tool can compute.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from models.rules.assessment.covering import Values, brought, full_cover
from models.rules.assessment.sample_item import STRATA, SampleItem


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample in the order of the population, and per stratum what had no room in it."""

    items: Sequence[SampleItem]
    left_out: Sequence[tuple[str, tuple[str, ...]]] = ()

    @property
    def words(self) -> str:
        """Return what had no room, in words; empty where nothing was left out."""
        return "；".join(f"{word}：{'、'.join(names)}" for word, names in self.left_out)


def rank(seed: str, key: str) -> str:
    """Return by what an item is ordered: the SHA-256, in hex, of the seed, a colon and its key."""
    return sha256(f"{seed}:{key}".encode()).hexdigest()


def drawn(population: Sequence[SampleItem], size: int, seed: str) -> Drawn:
    """Return ``size`` items of ``population`` (all of them where there are no more).

    First one item after another that brings in the most areas, trades and units that are not yet in,
    by `rank` where several bring as many. Where that leaves something out although other items would not,
    those are sought (`full_cover`): with every area, trade and unit, else every area and trade, else every
    area. Then the rest so that each unit has its share, by `rank` within it. The same for the same
    population, size and seed, in whatever order the population stands.
    """
    if size >= len(population):
        return Drawn(list(population))
    waiting = sorted(population, key=lambda one: rank(seed, one.key))
    wanted = {(name, getattr(one, name)) for one in population for name, _ in STRATA} - {
        (name, "") for name, _ in STRATA
    }
    chosen = _best_cover(waiting, wanted, size)
    taken = {one.key for one in chosen}
    chosen += _shared([one for one in waiting if one.key not in taken], chosen, population, size)
    keys = {one.key for one in chosen}
    return Drawn([one for one in population if one.key in keys], _left_out(wanted, chosen))


def _best_cover(waiting: Sequence[SampleItem], wanted: Values, size: int) -> list[SampleItem]:
    chosen = _covering(waiting, set(wanted), size)
    for strata in (STRATA, STRATA[:2], STRATA[:1]):
        names = {name for name, _ in strata}
        needed = {one for one in wanted if one[0] in names}
        if needed <= brought(chosen):
            return chosen
        if found := full_cover(waiting, needed, size):
            left = [one for one in waiting if one not in found]
            return found + _covering(left, wanted - brought(found), size - len(found))
    return chosen


def _covering(
    waiting: Sequence[SampleItem], missing: set[tuple[str, str]], size: int
) -> list[SampleItem]:
    chosen: list[SampleItem] = []
    left = list(waiting)
    while missing and left and len(chosen) < size:
        best = max(left, key=lambda one: _brings(one, missing))
        gained = _brings(best, missing)
        if not any(gained):
            break
        chosen.append(best)
        left.remove(best)
        missing -= {(name, getattr(best, name)) for name, _ in STRATA}
        left = [one for one in left if any(_brings(one, missing))]
    return chosen


def _brings(one: SampleItem, missing: set[tuple[str, str]]) -> tuple[bool, ...]:
    """Return which strata ``one`` brings something new of; an area counts before a trade, a trade before a unit."""
    return tuple((name, getattr(one, name)) in missing for name, _ in STRATA)


def _shared(
    waiting: Sequence[SampleItem],
    chosen: Sequence[SampleItem],
    population: Sequence[SampleItem],
    size: int,
) -> list[SampleItem]:
    """Return who fills the sample up: always of the unit that lacks most of its share."""
    whole = Counter(one.unit for one in population)
    have = Counter(one.unit for one in chosen)
    left: dict[str, list[SampleItem]] = {}
    for one in waiting:
        left.setdefault(one.unit, []).append(one)
    more: list[SampleItem] = []
    while len(chosen) + len(more) < size:
        lacking = max(
            sorted(left), key=lambda unit: size * whole[unit] / len(population) - have[unit]
        )
        more.append(left[lacking].pop(0))
        have[lacking] += 1
        if not left[lacking]:
            del left[lacking]
    return more


def _left_out(
    wanted: set[tuple[str, str]], chosen: Sequence[SampleItem]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for name, word in STRATA:
        missing = {value for stratum, value in wanted if stratum == name}
        missing -= {getattr(one, name) for one in chosen}
        if missing:
            found.append((word, tuple(sorted(missing))))
    return tuple(found)
