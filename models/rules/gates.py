"""Gates: what still stands between a stage and its close, as rules over figures.

Sources: the launch and the four stages after it as the plans lay them out (实施步骤, 工作步骤). A rule
returns obstacles, an empty list when it is met, None when nothing in the tables can measure it yet;
an empty list of obstacles over all rules of a kind means that the gate is open.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from models.plan.schema import PlanGates, StageKind

SHOWN = 5  # names listed in an obstacle before 等 N 个
OFFICE = "创建办"


class Effort(IntEnum):
    """How much it takes to clear an obstacle; the cheapest are listed first."""

    MINUTES = 1
    DAYS = 2
    WEEKS = 3

    @property
    def chinese(self) -> str:
        """Return the effort in words."""
        return EFFORT_WORDS[self]


EFFORT_WORDS = {Effort.MINUTES: "当天可办", Effort.DAYS: "几天可办", Effort.WEEKS: "需要几周"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the stage, done or not."""

    code: str
    title: str
    owner: str
    due: date | None
    done: bool = False


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What SQL delivers of a stage and its campaign, for the rules to judge."""

    ordinal: int = 0
    end: date | None = None
    issued: bool = True  # the plan has its day or number
    steps: Sequence[Step] = ()
    open_groups: Sequence[str] = ()
    units_without_liaison: Sequence[str] = ()
    unreachable: Sequence[str] = ()  # lead units whose liaison has no working channel
    children: int = 0  # campaigns under this one
    children_not_ready: Sequence[str] = ()  # those whose launch is not finished
    unchecked: Mapping[str, int] = field(default_factory=dict)  # assignments nobody reported on
    unfinished: Mapping[str, int] = field(default_factory=dict)  # begun and not done, by unit
    overdue: int = 0
    unscored: int = 0  # indicator assignments without a self-score
    unreviewed: int = 0  # the same without the office's score
    unreached: int = 0  # the same not done
    indicators: int = 0
    earlier_open: Sequence[str] = ()  # stages before this one that are not closed


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way: what, whose, by when; ``effort`` orders a list, the cheapest first."""

    rule: str
    text: str
    owner: str = ""
    due: date | None = None
    effort: Effort = Effort.DAYS


@dataclass(frozen=True, slots=True)
class GateReport:
    """What a gate says on a day: obstacles, and rules that nothing can measure yet."""

    obstacles: Sequence[Obstacle] = ()
    unmeasured: Sequence[Obstacle] = ()

    @property
    def open(self) -> bool:
        """Say whether nothing is in the way."""
        return not self.obstacles


Found = list[Obstacle] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition: its name in a plan's YAML, the demand in Chinese, and how it is checked."""

    id: str
    demand: str
    check: Callable[[GateFacts, "Rule", PlanGates], Found]
    effort: Effort = Effort.DAYS
    owner: str = OFFICE
    words: tuple[str, ...] = ()  # steps of the plan that this rule speaks for

    def obstacle(self, text: str, facts: GateFacts, owner: str = "") -> Obstacle:
        """Return an obstacle of this rule, due when the stage ends."""
        return Obstacle(self.id, text, owner or self.owner, facts.end, self.effort)

    def owns(self, step: Step) -> bool:
        """Say whether ``step`` is one that this rule speaks for."""
        return any(word in step.title for word in self.words)


def names(found: Sequence[str]) -> str:
    """Return a list of names as an office writes it, cut after a few."""
    shown = "、".join(found[:SHOWN])
    return f"{shown}等 {len(found)} 个" if len(found) > SHOWN else shown


def _unfinished_step(step: Step, rule: Rule) -> Obstacle:
    return Obstacle(rule.id, f"{step.code} {step.title}尚未完成", step.owner, step.due, rule.effort)


def _of_steps(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    """Check the steps that ``rule`` speaks for; a plan without such a step cannot be measured."""
    own = [step for step in facts.steps if rule.owns(step)]
    return [_unfinished_step(step, rule) for step in own if not step.done] if own else None


def _not_yet(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    return None


def _issued(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    return [] if facts.issued else [rule.obstacle("方案没有成文日期和文号,不能确认已经印发", facts)]


def _groups(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    text = f"单位类别还没有明确成员:{names(facts.open_groups)}"
    return [rule.obstacle(text, facts)] if facts.open_groups else []


def _liaisons(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    text = f"没有联络员的单位:{names(facts.units_without_liaison)}"
    return [rule.obstacle(text, facts)] if facts.units_without_liaison else []


def _reachable(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    text = f"牵头单位的联络员没有可用通道:{names(facts.unreachable)}"
    return [rule.obstacle(text, facts)] if facts.unreachable else []


def _children(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if not facts.children:
        return None
    text = f"下级创建活动还没有完成部署启动:{names(facts.children_not_ready)}"
    return [rule.obstacle(text, facts)] if facts.children_not_ready else []


def _checked(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    return [
        rule.obstacle(f"{unit}还有 {count} 项责任分解没有自查登记", facts, unit)
        for unit, count in facts.unchecked.items()
    ]


def _finished(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    return [
        rule.obstacle(f"{unit}还有 {count} 项责任分解没有完成", facts, unit)
        for unit, count in facts.unfinished.items()
    ]


def _overdue(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    most = int(plan.thresholds.get(rule.id, 0))
    if facts.overdue <= most:
        return []
    allowed = f",最多允许 {most} 个" if most else ""
    return [rule.obstacle(f"有 {facts.overdue} 个事项逾期{allowed}", facts)]


def _scored(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if not facts.indicators:
        return [rule.obstacle("还没有装入指标表,无法逐项自评", facts)]
    text = f"有 {facts.unscored} 条指标责任分解没有自评分"
    return [rule.obstacle(text, facts)] if facts.unscored else []


def _reviewed(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if not facts.indicators:
        return None
    text = f"有 {facts.unreviewed} 条指标责任分解没有初审评分"
    return [rule.obstacle(text, facts)] if facts.unreviewed else []


def _reached(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    if not facts.indicators:
        return None
    text = f"有 {facts.unreached} 条指标责任分解没有达到 100%"
    return [rule.obstacle(text, facts)] if facts.unreached else []


def _earlier(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    text = f"前面的阶段还没有结束:{names(facts.earlier_open)}"
    return [rule.obstacle(text, facts)] if facts.earlier_open else []


def _remaining(facts: GateFacts, rule: Rule, plan: PlanGates) -> Found:
    return [_unfinished_step(step, rule) for step in facts.steps if not step.done]


MINUTES, DAYS, WEEKS = Effort.MINUTES, Effort.DAYS, Effort.WEEKS
STEPS_DONE = Rule("steps-done", "本阶段其余步骤都已完成", _remaining)
NOTHING_OVERDUE = Rule("nothing-overdue", "没有逾期的事项", _overdue)
WORK_FINISHED = Rule("work-finished", "各单位的责任分解都已完成", _finished, WEEKS)
WORK_CHECKED = Rule("work-checked", "每条责任分解都已自查登记", _checked)

# The activities of the assessment, each rehearsed and recorded before the assessors come.
REHEARSALS = (
    ("search", "网络检索"),
    ("case-files", "案卷评查"),
    ("site", "实地核验"),
    ("papers", "资料核查"),
    ("law-test", "法律知识测试"),
    ("interviews", "综合访谈"),
    ("call-back", "电话回访"),
    ("satisfaction", "满意度测评"),
)

# In the order an office would clear them. A step belongs to the first rule whose words it holds.
GATES: Mapping[StageKind, tuple[Rule, ...]] = {
    StageKind.LAUNCH: (
        Rule("plan-issued", "实施方案已印发并确认", _issued, MINUTES),
        Rule("mobilised", "已召开动员部署会", _of_steps, words=("动员", "部署会")),
        Rule("task-force", "已成立领导小组和工作专班", _of_steps, words=("专班", "领导小组")),
        Rule("trained", "已开展培训", _of_steps, words=("培训", "能力提升")),
        Rule("groups-expanded", "每个单位类别都明确了成员", _groups, MINUTES),
        Rule("liaisons-named", "每个责任单位都有联络员", _liaisons, MINUTES),
        Rule("liaisons-reachable", "每个牵头单位的联络员都有可用通道", _reachable, MINUTES),
        Rule("ledgers-out", "每个责任单位都领到台账", _not_yet),
        Rule("children-ready", "县区、部门都有自己的方案和专班", _children, WEEKS),
        STEPS_DONE,
    ),
    StageKind.IMPLEMENTATION: (
        Rule("publicity-begun", "已开展宣传", _of_steps, words=("宣传",)),
        Rule("highlight", "至少培育一个特色亮点", _of_steps, WEEKS, words=("亮点", "特色")),
        STEPS_DONE,
        WORK_CHECKED,
        Rule("evidence-complete", "每条需要佐证的责任分解都有证明材料", _not_yet, WEEKS),
        NOTHING_OVERDUE,
        Rule("findings-in-time", "没有逾期未整改的问题", _not_yet),
        WORK_FINISHED,
    ),
    StageKind.SELF_EVALUATION: (
        Rule("indicators-scored", "每项指标都有自评分", _scored, WEEKS),
        Rule("indicators-reviewed", "每项指标都经过初审", _reviewed, WEEKS),
        Rule("report-confirmed", "自评报告已形成并确认", _of_steps, words=("自评报告",)),
        Rule("report-complete", "自评报告没有空白", _not_yet),
        Rule("sent-upward", "自评报告已按程序上报", _of_steps, MINUTES, words=("上报", "报送")),
        STEPS_DONE,
    ),
    StageKind.CONSOLIDATION: (
        Rule(
            "package-complete", "申报材料已齐备并核对", _of_steps, WEEKS, words=("填报", "上传", "申报")
        ),
        Rule("findings-closed", "每个问题都已销号", _not_yet, WEEKS),
        Rule("looked-back", "每个问题都做过回头看", _of_steps, words=("回头看",)),
        Rule("online-checked", "公开材料经网上核查无误", _of_steps, words=("网上", "公开")),
        STEPS_DONE,
        NOTHING_OVERDUE,
    ),
    StageKind.ACCEPTANCE: (
        *(Rule(f"rehearsed-{id_}", f"{name}已演练并记录", _of_steps, words=(name,)) for id_, name in REHEARSALS),
        STEPS_DONE,
        NOTHING_OVERDUE,
        WORK_CHECKED,
        WORK_FINISHED,
        Rule("indicators-reached", "各项指标都达到 100%", _reached, WEEKS),
        Rule("earlier-closed", "前面的阶段都已结束", _earlier, MINUTES),
    ),
}  # fmt: skip

RULE_IDS = frozenset(rule.id for rules in GATES.values() for rule in rules)


def judge(kind: StageKind, facts: GateFacts, plan: PlanGates | None = None) -> GateReport:
    """Return what the gate of a stage of ``kind`` says; ``plan`` switches rules off and sets thresholds.

    A rule that nothing can measure counts as an obstacle only if the plan requires it by name.
    """
    plan = plan or PlanGates()
    obstacles: list[Obstacle] = []
    unmeasured: list[Obstacle] = []
    for rule, own in _with_steps(GATES[kind], facts):
        if plan.switches_off(rule.id, facts.ordinal):
            continue
        found = rule.check(own, rule, plan)
        if found is None:
            missing = rule.obstacle(f"{rule.demand}:尚不能衡量", facts)
            (obstacles if plan.demands(rule.id, facts.ordinal) else unmeasured).append(missing)
        obstacles += found or []
    return GateReport(obstacles, unmeasured)


def obstacles(
    kind: StageKind, facts: GateFacts, plan: PlanGates | None = None
) -> Sequence[Obstacle]:
    """Return what stands in the way of closing a stage of ``kind``; empty when the gate is open."""
    return judge(kind, facts, plan).obstacles


def cheapest_first(found: Sequence[Obstacle]) -> list[Obstacle]:
    """Return obstacles in the order an office should take them: least effort, then earliest due."""
    return sorted(found, key=lambda o: (o.effort, o.due or date.max))


def _with_steps(rules: Sequence[Rule], facts: GateFacts) -> list[tuple[Rule, GateFacts]]:
    """Give each rule the steps it speaks for, and what nobody claims to the rule for the rest."""
    left = list(facts.steps)
    given = []
    for rule in rules:
        own = [step for step in left if rule.owns(step)]
        left = [step for step in left if step not in own]
        given.append((rule, own))
    return [
        (rule, replace(facts, steps=left if rule.check is _remaining else own))
        for rule, own in given
    ]
