"""Read the demands in an item's text with their targets, by what the reader of plans can already do."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.evidence.demands import demand_doubts, period_of, shares_of, split_demands
from models.rules.text import squeeze


@dataclass(frozen=True, slots=True)
class ReadDemand:
    """One demand as it was read: its words, its target where it names one, and what is in doubt."""

    text: str
    op: str = ""
    value: float | None = None
    unit_of_value: str = ""
    per: str = ""
    counted: str = ""
    out_of: str = ""
    doubts: Sequence[str] = ()


def read_demands(text: str) -> list[ReadDemand]:
    """Return the demands of a text in its order, each with the first target it names."""
    whole = squeeze(text)
    numbers = [(start, end) for start, end, *_ in _targets(whole)]
    return [read_demand(one) for one in split_demands(whole, numbers)]


def read_demand(text: str) -> ReadDemand:
    """Return one demand with its target, not parted any further."""
    targets = _targets(text)
    compared = any(change for *_, change in targets)
    doubts = demand_doubts(text, len(targets), has_target=bool(targets), compared=compared)
    if not targets:
        return ReadDemand(text, per="", doubts=doubts)
    _, _, op, value, unit, _ = targets[0]
    counted, out_of = shares_of(text, unit)
    return ReadDemand(text, op, value, unit, period_of(text), counted, out_of, doubts)


_Target = tuple[int, int, str, float, str, str | None]


def _targets(text: str) -> list[_Target]:
    """Return the numbers in ``text`` that must be reached: start, end, operator, value, unit, change."""
    text = text.translate(_HALF)
    if not any(char.isdecimal() or char in _IN_WORDS for char in text):
        return []
    # The reader's vocabulary is heavy, and most pieces come in without a new demand.
    from models.plan.reading.targets.targets import find_targets
    from models.plan.reading.text.passages import Passage
    from models.plan.vocabulary import in_force

    found: list[_Target] = []
    at = 0
    for target in find_targets(Passage(text, ()), in_force()):
        start = text.find(target.raw, at)
        if start < 0 or target.implicit:
            continue  # 全覆盖 fixes no number that an office measures
        at = start + len(target.raw)
        found.append((start, at, target.op, float(target.value), target.unit, target.change))
    return found


# What a number is written with on a Chinese keyboard; as long in half width, so that places stay.
_HALF = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *map(ord, "％．＞＜＝"))}
_IN_WORDS = frozenset("零一二两三四五六七八九十百千半")
