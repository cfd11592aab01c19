"""Gates: what still stands between a stage and its close.

An empty list of obstacles over all rules of a kind means that the gate is open.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.rules.gates.checks import Rule, checked, finished, of_steps, overdue, remaining
from models.rules.gates.plan import PlanGates
from models.rules.gates.table import GATES, rule_of
from models.rules.gates.values import Confirmed, Effort, GateFacts, GateReport, Obstacle
from models.rules.words import StageKind

SEEN_AT_ONCE = (remaining, of_steps, checked, finished, overdue)
STILL, UNKNOWN = "还差：", "尚不能衡量，办好后请登记确认"


def judge(kind: StageKind, facts: GateFacts, plan: PlanGates | None = None) -> GateReport:
    """Return what the gate of a stage of ``kind`` says; ``plan`` switches rules off and sets thresholds.

    What the tables measure is what counts. A rule that nothing can measure is met when the office
    vouches for it, and else counts as an obstacle only if the plan requires it by name.
    """
    plan = plan or PlanGates()
    obstacles: list[Obstacle] = []
    unmeasured: list[Obstacle] = []
    confirmed: list[Confirmed] = []
    skipped: list[str] = []
    for rule, own in _with_steps(GATES[kind], facts):
        if plan.switches_off(rule.id, facts.ordinal):
            skipped.append(rule.id)
            continue
        found = rule.check(own, rule, plan)
        said = facts.confirmed.get(rule.id)
        if said:
            confirmed.append(replace(said, demand=rule.demand, stands=not found))
        elif found is None:
            missing = rule.obstacle(f"{rule.demand}：尚不能衡量", facts)
            (obstacles if plan.demands(rule.id, facts.ordinal) else unmeasured).append(missing)
        obstacles += found or []
    return GateReport(obstacles, unmeasured, confirmed, skipped)


def surely_shut(kind: StageKind, facts: GateFacts, plan: PlanGates) -> bool:
    """Say whether the steps, the work and what is overdue alone keep a gate shut, whatever the rest says.

    Of ``facts`` it asks for no more than these. False says nothing: `judge` must be asked.
    """
    return any(
        rule.check in SEEN_AT_ONCE
        and not plan.switches_off(rule.id, facts.ordinal)
        and bool(rule.check(own, rule, plan))
        for rule, own in _with_steps(GATES[kind], facts)
    )


def standing_in_words(kind: StageKind, report: GateReport, id_: str) -> tuple[str, str] | None:
    """Return what the rule ``id_`` demands and how it stands; None where this gate does not count it."""
    rule = rule_of(kind, id_)
    if rule is None or id_ in report.skipped:
        return None
    if found := [one.text for one in report.obstacles if one.rule == id_]:
        return rule.demand, f"{STILL}{'；'.join(found)}"
    if said := [one for one in report.confirmed if one.rule == id_]:
        return rule.demand, f"已办，{said[0].by} {said[0].day} 确认"
    open_ = any(one.rule == id_ for one in report.unmeasured)
    return rule.demand, UNKNOWN if open_ else "已办"


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
        # What was rehearsed in a mock assessment is; the plan's own step is still to be taken.
        drilled = facts.rehearsed.get(rule.id, 0) > 0
        own = [step for step in left if rule.owns(step) and (step.done or not drilled)]
        left = [step for step in left if step not in own]
        given.append((rule, own))
    return [
        (rule, replace(facts, steps=left if rule.check is remaining else own))
        for rule, own in given
    ]
