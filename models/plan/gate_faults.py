"""What is wrong in a plan's section ``gates``: unknown conditions, numbers that mean nothing."""

from collections.abc import Iterable, Iterator
from math import isfinite

from models.plan.schema import Plan
from models.rules.gates.checks import LARGEST_BOUND, Rule
from models.rules.gates.table import GATES, RULE_IDS, rule_of
from models.rules.words import StageKind

NAMES = "名称见 shifan gate --rules"


def gate_faults(plan: Plan) -> Iterator[str]:
    """Return one line per fault, each with its place; nothing that was written is ignored."""
    if plan.gates is None:
        return
    kinds = {f"S{stage.ordinal}": stage.kind for stage in plan.stages}
    listed: tuple[tuple[str, Iterable[str]], ...] = (
        ("skip", plan.gates.skip),
        ("required", plan.gates.required),
        ("thresholds", plan.gates.thresholds),
    )
    for where, rules in listed:
        for written in rules:
            yield from _named(f"推进条件（gates.{where}）", written, kinds)
    for written in plan.gates.skip:
        if written in plan.gates.required:
            yield f"推进条件（gates.skip）：{written} 同时写在 required 里，只能写一处"
    for written, number in plan.gates.thresholds.items():
        yield from _number(
            f"推进条件（gates.thresholds.{written}）", written.rpartition(":")[2], number
        )


def _named(where: str, written: str, kinds: dict[str, StageKind | None]) -> Iterator[str]:
    stage, colon, rule = written.rpartition(":")
    if rule not in RULE_IDS:
        yield f"{where}：没有名为 {rule or '（空）'} 的推进条件，{NAMES}"
    elif colon and stage not in kinds:
        yield f"{where}：{written} 所指的阶段 {stage or '（空）'} 不在方案里"
    elif colon and (kind := kinds[stage]) and rule_of(kind, rule) is None:
        yield f"{where}：{written} 所指的阶段没有 {rule} 这一条，{NAMES}"


def _number(where: str, rule: str, number: float) -> Iterator[str]:
    known = _rule(rule)
    if known is None:
        return  # said already
    if known.bound is None:
        yield f"{where}：{rule} 不按数量计，不能设数量，可以设的见 shifan gate --rules"
    elif not isfinite(number) or number != int(number):
        yield f"{where}：写的是 {number:g}，应为整数"
    elif not known.bound.smallest <= number <= LARGEST_BOUND:
        least = known.bound.smallest
        yield f"{where}：写的是 {number:g}，应为 {least} 到 {LARGEST_BOUND} 的整数"


def _rule(id_: str) -> Rule | None:
    return next((rule for rules in GATES.values() for rule in rules if rule.id == id_), None)
