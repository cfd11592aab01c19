"""How many rounds of inspection a plan asks for, with its words."""

from collections.abc import Iterator

from models.plan.reading.text.patterns import pattern
from models.plan.schema import Plan, Target
from models.rules.visits.words import FEWEST_ROUNDS, MOST_ROUNDS

_ABOUT = "{巡查}"
_UNITS = ("次", "轮", "轮次", "遍")


def rounds_in_plan(plan: Plan) -> tuple[int, str]:
    """Return how many rounds ``plan`` asks for, at least two, and the words that say so ("" where none do).

    曾都 (2023): 督导检查组要轮次督导 … 轮次安排原则上不少于2次. Of several such numbers the largest counts.
    """
    asked = [(round(one.value), _words(one)) for one in _targets(plan) if _is_of_rounds(one)]
    count, words = max(asked, default=(0, ""))
    return (count, words) if count >= FEWEST_ROUNDS else (FEWEST_ROUNDS, "")


def _targets(plan: Plan) -> Iterator[Target]:
    yield from plan.other_targets
    for stage in plan.stages:
        yield from stage.targets
    for task in plan.tasks:
        yield from task.targets


def _is_of_rounds(one: Target) -> bool:
    counts = one.unit in _UNITS and one.op in (">=", ">", "==") and not one.implicit
    inspects = pattern(_ABOUT).search(one.metric_hint) or (
        "轮" in _words(one) and pattern(_ABOUT).search(_words(one))
    )
    return bool(counts and inspects and one.value <= MOST_ROUNDS)


def _words(one: Target) -> str:
    return one.source.sentence if one.source and one.source.sentence else one.raw
