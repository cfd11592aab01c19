"""How a condition of a gate is checked, from the figures that SQL delivers.

A check returns obstacles, an empty list when the condition is met, None when nothing in the tables can
measure it yet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.rules.gates.plan import PlanGates
from models.rules.gates.values import Effort, GateFacts, Obstacle, Step
from models.rules.words import OFFICE, Worded

SHOWN = 5  # names listed in an obstacle before 等 N 个

Found = list[Obstacle] | None


class Bound(Worded):
    """Which number a plan may set for a rule."""

    AT_MOST = "at-most", "最多（默认0）"
    AT_LEAST = "at-least", "至少（默认1）"

    @property
    def smallest(self) -> int:
        """Return the smallest number that makes sense."""
        return int(self is Bound.AT_LEAST)


LARGEST_BOUND = 100_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition: its name in a plan's YAML, the demand in Chinese, and how it is checked.

    ``bound`` says which number a plan may set for it.
    """

    id: str
    demand: str
    check: Callable[[GateFacts, "Rule", PlanGates], Found]
    effort: Effort = Effort.DAYS
    owner: str = OFFICE
    words: tuple[str, ...] = ()  # steps of the plan that this rule speaks for
    bound: Bound | None = None
    vouched: bool = False  # by the office, as long as the tables do not measure it

    @property
    def confirmable(self) -> bool:
        """Say whether the office may vouch for it: whatever the tables do not always measure."""
        return self.vouched or self.check in CONFIRMABLE

    def obstacle(self, text: str, facts: GateFacts, owner: str = "") -> Obstacle:
        """Return an obstacle of this rule, due when the stage ends."""
        return Obstacle(self.id, text, owner or self.owner, facts.end, self.effort)

    def owns(self, step: Step) -> bool:
        """Say whether ``step`` is one that this rule speaks for."""
        return any(word in step.title for word in self.words)

    def allows(self, count: int, facts: GateFacts, plan: PlanGates) -> bool:
        """Say whether ``count`` is no more than the plan lets pass."""
        return count <= (plan.threshold(self.id, facts.ordinal) or 0)


def names(found: Sequence[str]) -> str:
    """Return a list of names as an office writes it, cut after a few."""
    shown = "、".join(found[:SHOWN])
    return f"{shown}等 {len(found)} 个" if len(found) > SHOWN else shown


def _unfinished_step(step: Step, rule: Rule) -> Obstacle:
    return Obstacle(rule.id, f"{step.code} {step.title}尚未完成", step.owner, step.due, rule.effort)


def of_steps(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check the steps that ``rule`` speaks for; a plan without such a step cannot be measured."""
    own = [step for step in facts.steps if rule.owns(step)]
    return [_unfinished_step(step, rule) for step in own if not step.done] if own else None


def times(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check steps as `of_steps`, and how many there are where the plan names a number.

    Steps done count, or the number that the office vouches for, and finished mock assessments besides.
    """
    found = of_steps(facts, rule, plan)
    least = plan.threshold(rule.id, facts.ordinal)
    drills = facts.rehearsed.get(rule.id, 0)
    if least is None:
        return [] if found is None and drills else found
    said = facts.confirmed.get(rule.id)
    done = sum(rule.owns(step) and step.done and not step.dropped for step in facts.steps)
    have = drills + max(done, (said.amount or 1) if said else 0)
    if have < least:
        text = f"{rule.demand}：已有 {have} 个，方案要求至少 {least} 个"
        return [*(found or []), rule.obstacle(text, facts)]
    return found or []


def issued(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if facts.issued or rule.id in facts.confirmed:
        return []
    return [rule.obstacle("方案没有成文日期和文号，不能确认已经印发", facts)]


def groups(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    text = f"单位类别还没有明确成员：{names(facts.open_groups)}"
    return [rule.obstacle(text, facts)] if facts.open_groups else []


def liaisons(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    text = f"没有联络员的单位：{names(facts.units_without_liaison)}"
    return [rule.obstacle(text, facts)] if facts.units_without_liaison else []


def reachable(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    text = f"牵头单位的联络员没有可用通道：{names(facts.unreachable)}"
    return [rule.obstacle(text, facts)] if facts.unreachable else []


def ledgers(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check that a ledger went out to every unit; the office may vouch for one that it gave by hand."""
    if not facts.without_ledger or rule.id in facts.confirmed:
        return []
    text = f"还没有发给台账的单位：{names(facts.without_ledger)}"
    return [rule.obstacle(text, facts)]


def children(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check the launch of all campaigns below; where demanded, that each county and department has a plan.

    The office may vouch for plans that are not in this system; a launch below is as it is there.
    """
    texts = [("下级还没有完成部署启动", facts.below.not_ready)]
    texts += [] if rule.id in facts.confirmed else facts.below.lacking
    found = [rule.obstacle(f"{text}：{names(who)}", facts) for text, who in texts if who]
    return found if facts.below.children or found else None


def _parts(
    by_unit: Mapping[str, int], missing: str, facts: GateFacts, rule: Rule, plan: PlanGates
) -> Found:
    if rule.allows(sum(by_unit.values()), facts, plan):
        return []
    return [
        rule.obstacle(f"{unit}还有 {count} 项责任分解{missing}", facts, unit)
        for unit, count in by_unit.items()
    ]


def checked(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    return _parts(facts.unchecked, "没有自查登记", facts, rule, plan)


def finished(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    return _parts(facts.unfinished, "没有完成", facts, rule, plan)


def proved(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check that parts have evidence; before the first piece came in, only the office can say."""
    if facts.unproved is None:
        return None
    return _parts(facts.unproved, "没有已报或通过的证明材料", facts, rule, plan)


def accepted(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check that demands have evidence that was accepted; before the first piece, only the office can say."""
    found = facts.unreviewed_demands
    if found is None:
        return None
    if rule.allows(len(found), facts, plan):
        return []
    text = f"没有通过的证明材料的要求：{names(found)}，全部见证明材料缺项清单"
    return [rule.obstacle(text, facts)]


def _counted(count: int, what: str, facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if rule.allows(count, facts, plan):
        return []
    most = plan.threshold(rule.id, facts.ordinal)
    allowed = f"，最多允许 {most} 个" if most else ""
    return [rule.obstacle(f"有 {count} {what}{allowed}", facts)]


def overdue(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    return _counted(facts.overdue, "个事项逾期", facts, rule, plan)


def _of_parts(count: int) -> str:
    return f"（涉及 {count} 条责任分解）" if count else ""


def scored(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if not facts.indicators:
        return [rule.obstacle("还没有装入指标表，无法逐项自评", facts)]
    said = f"项指标没有自评分{_of_parts(facts.unscored_parts)}"
    return _counted(facts.unscored, said, facts, rule, plan)


def reviewed(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if not facts.indicators:
        return None
    said = f"项指标没有初审分{_of_parts(facts.unreviewed_parts)}"
    return _counted(facts.unreviewed, said, facts, rule, plan)


def reached(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if not facts.indicators:
        return None
    said = f"项指标没有达到 100%{_of_parts(facts.unreached_parts)}"
    return _counted(facts.unreached, said, facts, rule, plan)


def report_whole(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if facts.report_blanks is None:
        if rule.id in facts.confirmed:  # written elsewhere, and the office vouches for it
            return []
        return [rule.obstacle("自评报告还没有形成，请创建办形成", facts)]
    text = f"自评报告还有 {facts.report_blanks} 处空白，见报告末尾的待补内容清单，补齐后重新生成"
    return [rule.obstacle(text, facts)] if facts.report_blanks else []


def earlier(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    text = f"前面的阶段还没有结束：{names(facts.earlier_open)}"
    return [rule.obstacle(text, facts)] if facts.earlier_open else []


def remaining(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check the steps that no other rule speaks for."""
    return [_unfinished_step(step, rule) for step in facts.steps if not step.done]


CONFIRMABLE = (
    of_steps,
    times,
    issued,
    ledgers,
    children,
    reviewed,
    reached,
    report_whole,
    proved,
    accepted,
)
