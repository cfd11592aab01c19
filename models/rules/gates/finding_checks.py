"""How the conditions about findings are checked; where none was ever raised, only the office can say."""

from collections.abc import Callable, Mapping

from models.rules.gates.checks import Found, Rule, of_steps
from models.rules.gates.plan import PlanGates
from models.rules.gates.values import FindingCounts, GateFacts
from models.rules.words import OFFICE

Count = Callable[[FindingCounts], int]


def in_time(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check that no problem is past its day and not mended."""
    return _by_unit(facts, rule, plan, _late, "{unit}有 {count} 个问题逾期没有整改")


def all_closed(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check that every problem is closed, or ended by a decision."""
    return _by_unit(facts, rule, plan, _unclosed, "{unit}还有 {count} 个问题没有销号{more}")


def looked_back(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check that every closed problem was looked back at, and the steps of the plan that say so."""
    steps = of_steps(facts, rule, plan)
    if facts.findings is None:
        return steps
    found = _by_unit(facts, rule, plan, _unlooked, "{unit}有 {count} 个已销号的问题还没有回头看")
    return [*(steps or []), *(found or [])]


def _late(counts: FindingCounts) -> int:
    return counts.late


def _unclosed(counts: FindingCounts) -> int:
    return counts.unclosed


def _unlooked(counts: FindingCounts) -> int:
    return counts.unlooked


def _by_unit(facts: GateFacts, rule: Rule, plan: PlanGates, count: Count, words: str) -> Found:
    findings: Mapping[str, FindingCounts] | None = facts.findings
    if findings is None:
        return None
    counted = {unit: count(counts) for unit, counts in findings.items()}
    if rule.allows(sum(counted.values()), facts, plan):
        return []
    return [
        rule.obstacle(
            words.format(unit=unit, count=number, more=_elsewhere(findings[unit])),
            facts,
            OFFICE if count is _unlooked else unit,
        )
        for unit, number in counted.items()
        if number
    ]


def _elsewhere(counts: FindingCounts) -> str:
    return f"，其中 {counts.elsewhere} 个在核实或观察" if counts.elsewhere else ""
