"""Doubtful readings, each with its reason, so that a person looks at them before anything runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.breakdown import indicator_days
from models.plan.dates import day_in_words
from models.plan.passages import Passage
from models.plan.patterns import pattern
from models.plan.schema import Plan, PlanStage, PlanTask, Target
from models.plan.units import ends_like_a_unit, is_group
from models.plan.vocabulary import Vocabulary
from models.rules.bodies import Bodies


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubtful reading: what it is about (stage, task, target, duty, group, plan, text), which, and why.

    Duties and groups are counted from 1; 0 is none of them.
    """

    about: str
    ordinal: int
    reason: str
    sentence: str = ""


def unit_doubts(plan: Plan, words: Vocabulary) -> list[Doubt]:
    """Return names that do not look like units, and units that occur under two names."""
    several = {
        variant: alias.canonical for alias in plan.unit_aliases for variant in alias.variants
    }
    bodies = Bodies(dict.fromkeys(several.get(name, name) for name in _units(plan)))
    doubts = []
    for task in plan.tasks:
        sentence = task.source.sentence if task.source else ""
        for name in dict.fromkeys([*task.lead_units, *task.responsible_units]):
            if not ends_like_a_unit(name, words) and not is_group(name):
                doubts.append(
                    Doubt("task", task.ordinal, f"“{name}”不像单位名称，请核对", sentence)
                )
            elif name in several and name != several[name]:
                reason = f"“{name}”与“{several[name]}”可能是同一单位"
                doubts.append(Doubt("task", task.ordinal, reason, sentence))
            elif rivals := bodies.perhaps(name):
                reason = f"“{name}”与“{rivals[0]}”可能是同一单位：是，请统一写法；不是，写进“方案信息”的“确是不同单位”"
                doubts.append(Doubt("task", task.ordinal, reason, sentence))
        if not (
            task.lead_units or task.lead_groups or task.responsible_units or task.responsible_groups
        ):
            doubts.append(Doubt("task", task.ordinal, "没有读到牵头或责任单位", sentence))
    return doubts


def _units(plan: Plan) -> Iterator[str]:
    for task in plan.tasks:
        yield from task.lead_units + task.responsible_units
    for group in plan.groups:
        yield from group.member_units


MOST_NAMED = 12  # work items without a deadline
MOST_REASONS = 5  # of one deadline with many parts


def deadline_doubts(
    task: PlanTask, reasons: Sequence[str], stages: Sequence[PlanStage]
) -> list[Doubt]:
    """Return why a deadline is doubtful; where it has no day, also by which the item is scheduled then."""
    if not reasons or task.deadline is None:
        return []
    said = "；".join(reasons[:MOST_REASONS])
    if len(reasons) > MOST_REASONS:
        said += f"；等 {len(reasons)} 处"
    if task.deadline.date is None and not task.deadline.open_ended:
        _, due = indicator_days(stages)
        said += (
            f"；不补上就按阶段的结束日{day_in_words(due)}安排" if due else "；不补上就没有到期日"
        )
    return [Doubt("task", task.ordinal, said, task.source.sentence if task.source else "")]


def undated_doubts(plan: Plan) -> list[Doubt]:
    """Return, once, which work items have no deadline of their own, and by which day they are scheduled."""
    _, due = indicator_days(plan.stages)
    undated = [str(task.ordinal) for task in plan.tasks if task.deadline is None]
    if not undated or due is None:
        return []
    which = "、".join(undated[:MOST_NAMED]) + ("等" if len(undated) > MOST_NAMED else "")
    whose = "各项任务都" if len(undated) == len(plan.tasks) else f"第 {which} 项任务"
    return [Doubt("plan", 0, f"{whose}没有读出时限，按阶段的结束日{day_in_words(due)}安排")]


def year_doubts(plan: Plan) -> list[Doubt]:
    """Return that dates without a year were read in a year that no date of the document itself gives."""
    phrases = [stage.raw for stage in plan.stages if stage.start or stage.end]
    phrases += [task.deadline.raw for task in plan.tasks if task.deadline and task.deadline.date]
    bare = next((each for each in phrases if each and not pattern(WITH_YEAR).search(each)), None)
    if plan.issued_on or bare is None or plan.year_context is None:
        return []
    why = f"没有读到成文日期，没有写年份的日期（如“{bare[:30]}”）按{plan.year_context}年读"
    return [Doubt("plan", 0, why)]


# What says of a date which year it is in.
WITH_YEAR = r"(?:19|20)\d{2}|[一二][〇零○oO九一二三四五六七八]{3}年|次年|翌年|[今明来后]年|五[”]?(?:普法|规划|末|期)"

# A number with a measure that no rule took as a target, in a clause that asks for something.
MAYBE = (
    r"(?<![\d.])\d{1,9}(?:\.\d{1,4})?(?:万)?(?:%|个百分点|人次|场次|场|次|家|户|个|处|件|名|条|项)"
)
DEMAND = r"确保|力争|实现|完成|建成|达|率|不少于|以上|以内|培育|打造|开展"


def number_doubts(passages: Sequence[Passage], targets: Sequence[Target]) -> list[Doubt]:
    """Return the numbers that might be targets but were not read as one."""
    taken = {(target.source.line, target.source.sentence) for target in targets if target.source}
    doubts = []
    for passage in passages:
        for found in pattern(MAYBE).finditer(passage.text):
            source = passage.source(found.start(), found.end())
            clause = pattern(r"[，；。]").split(
                passage.text[max(0, found.start() - 20) : found.start()]
            )[-1]
            if (source.line, source.sentence) in taken or not pattern(DEMAND).search(clause):
                continue
            doubts.append(Doubt("target", 0, f"“{found[0]}”可能是指标，没有计入", source.sentence))
    return doubts
