"""Gates: what still stands between a stage and its close.

An empty list of obstacles over all rules of a kind means that the gate is open.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.rules.gates.checks import Rule, remaining
from models.rules.gates.plan import PlanGates
from models.rules.gates.table import GATES
from models.rules.gates.values import Confirmed, Effort, GateFacts, GateReport, Obstacle
from models.rules.words import StageKind


def judge(kind: StageKind, facts: GateFacts, plan: PlanGates | None = None) -> GateReport:
    """Return what the gate of a stage of ``kind`` says; ``plan`` switches rules off and sets thresholds.

    What the tables measure is what counts. A rule that nothing can measure is met when the office
    vouches for it, and else counts as an obstacle only if the plan requires it by name.
    """
    plan = plan or PlanGates()
    obstacles: list[Obstacle] = []
    unmeasured: list[Obstacle] = []
    confirmed: list[Confirmed] = []
    for rule, own in _with_steps(GATES[kind], facts):
        if plan.switches_off(rule.id, facts.ordinal):
            continue
        found = rule.check(own, rule, plan)
        said = facts.confirmed.get(rule.id)
        if said:
            confirmed.append(replace(said, demand=rule.demand, stands=not found))
        elif found is None:
            missing = rule.obstacle(f"{rule.demand}：尚不能衡量", facts)
            (obstacles if plan.demands(rule.id, facts.ordinal) else unmeasured).append(missing)
        obstacles += found or []
    return GateReport(obstacles, unmeasured, confirmed)


def obstacles(
    kind: StageKind, facts: GateFacts, plan: PlanGates | None = None
) -> Sequence[Obstacle]:
    """Return what stands in the way of closing a stage of ``kind``; empty when the gate is open."""
    return judge(kind, facts, plan).obstacles


def cheapest(one: Obstacle) -> tuple[Effort, date]:
    """Return by what an office should order obstacles: the least effort, then the earliest due day."""
    return one.effort, one.due or date.max


def _with_steps(rules: Sequence[Rule], facts: GateFacts) -> list[tuple[Rule, GateFacts]]:
    """Give each rule the steps it speaks for, and what nobody claims to the rule for the rest."""
    left = list(facts.steps)
    given = []
    for rule in rules:
        own = [step for step in left if rule.owns(step)]
        left = [step for step in left if step not in own]
        given.append((rule, own))
    return [
        (rule, replace(facts, steps=left if rule.check is remaining else own))
        for rule, own in given
    ]
