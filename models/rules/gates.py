"""Gates: what still stands between a stage and its close, as rules over figures.

Sources: the launch and the four stages after it as the plans lay them out (实施步骤, 工作步骤). A rule
returns obstacles; an empty list over all rules of a kind means that the gate is open.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.plan.schema import StageKind

SHOWN = 5  # names listed in an obstacle before 等 N 个


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone of the stage that is not done yet."""

    code: str
    title: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What SQL delivers of a stage and its campaign, for the rules to judge."""

    end: date | None = None
    open_steps: Sequence[Step] = ()
    open_groups: Sequence[str] = ()
    units_without_liaison: Sequence[str] = ()
    unreachable: Sequence[str] = ()  # lead units whose liaison has no working channel
    unfinished: Mapping[str, int] = field(default_factory=dict)  # assignments by unit
    overdue: int = 0
    unscored: int = 0  # indicator assignments without a self-score
    indicators: int = 0


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way: what, whose, by when."""

    rule: str
    text: str
    owner: str = ""
    due: date | None = None


Rule = Callable[[GateFacts], list[Obstacle]]
OFFICE = "创建办"


def names(found: Sequence[str]) -> str:
    """Return a list of names as an office writes it, cut after a few."""
    shown = "、".join(found[:SHOWN])
    return f"{shown}等 {len(found)} 个" if len(found) > SHOWN else shown


def steps_done(facts: GateFacts) -> list[Obstacle]:
    """Every step of the stage is done."""
    return [
        Obstacle("steps-done", f"{step.code} {step.title}尚未完成", step.owner, step.due)
        for step in facts.open_steps
    ]


def groups_expanded(facts: GateFacts) -> list[Obstacle]:
    """Every class of units named in the plan has its members listed."""
    if not facts.open_groups:
        return []
    text = f"单位类别还没有明确成员:{names(facts.open_groups)}"
    return [Obstacle("groups-expanded", text, OFFICE, facts.end)]


def liaisons_named(facts: GateFacts) -> list[Obstacle]:
    """Every unit with work has a liaison."""
    if not facts.units_without_liaison:
        return []
    text = f"没有联络员的单位:{names(facts.units_without_liaison)}"
    return [Obstacle("liaisons-named", text, OFFICE, facts.end)]


def liaisons_reachable(facts: GateFacts) -> list[Obstacle]:
    """Every lead unit's liaison can be told of a slip."""
    if not facts.unreachable:
        return []
    text = f"牵头单位的联络员没有可用通道:{names(facts.unreachable)}"
    return [Obstacle("liaisons-reachable", text, OFFICE, facts.end)]


def work_finished(facts: GateFacts) -> list[Obstacle]:
    """Every assignment is finished or does not apply."""
    return [
        Obstacle("work-finished", f"{unit}还有 {count} 项责任分解没有完成", unit, facts.end)
        for unit, count in facts.unfinished.items()
    ]


def nothing_overdue(facts: GateFacts) -> list[Obstacle]:
    """Nothing in the campaign is past due."""
    if not facts.overdue:
        return []
    return [Obstacle("nothing-overdue", f"有 {facts.overdue} 个事项逾期", OFFICE, facts.end)]


def indicators_scored(facts: GateFacts) -> list[Obstacle]:
    """The indicator table is loaded and every part of it is self-scored."""
    if not facts.indicators:
        return [Obstacle("indicators-loaded", "还没有装入指标表,无法逐项自评", OFFICE, facts.end)]
    if not facts.unscored:
        return []
    text = f"有 {facts.unscored} 条指标责任分解没有自评分"
    return [Obstacle("indicators-scored", text, OFFICE, facts.end)]


# In the order an office would clear them.
GATES: Mapping[StageKind, tuple[Rule, ...]] = {
    StageKind.LAUNCH: (steps_done, groups_expanded, liaisons_named, liaisons_reachable),
    StageKind.IMPLEMENTATION: (steps_done, work_finished, nothing_overdue),
    StageKind.SELF_EVALUATION: (steps_done, indicators_scored),
    StageKind.CONSOLIDATION: (steps_done, nothing_overdue),
    StageKind.ACCEPTANCE: (steps_done, work_finished, nothing_overdue),
}


def obstacles(kind: StageKind, facts: GateFacts) -> list[Obstacle]:
    """Return what stands in the way of closing a stage of ``kind``; empty when the gate is open."""
    return [obstacle for rule in GATES[kind] for obstacle in rule(facts)]
