"""What a later plan changes in the work items: who joined or left, when it is due, what it must reach."""

from collections.abc import Mapping, Sequence

from models.plan.changes.likeness import bare
from models.plan.changes.pairing import Pairing, Thing, pair_up
from models.plan.changes.said import (
    ChangeKind,
    PlanChange,
    PlanPart,
    called,
    joined_and_left,
    moved_day,
    reworded,
)
from models.plan.field_words import word_of
from models.plan.schema import Deadline, PlanTask, Target
from models.rules.bodies import body_key
from models.rules.bounds import shown

# The roles of units in a work item, by field; a unit of one is said to move to another.
ROLES = ("lead_units", "responsible_units", "cooperating_units")
LISTS = ("lead_groups", "responsible_groups", "lead_posts")


def pair_tasks(old: Sequence[PlanTask], new: Sequence[PlanTask]) -> Pairing:
    """Pair the work items of two plans."""
    return pair_up([_thing(one) for one in old], [_thing(one) for one in new])


def _thing(task: PlanTask) -> Thing:
    names = frozenset(body_key(name) for field in ROLES for name in getattr(task, field))
    was = None if task.was is None else str(task.was)
    return Thing(str(task.ordinal), task.title, names, was)


def task_changes(
    old: Sequence[PlanTask], new: Sequence[PlanTask], full: Mapping[str, str]
) -> list[PlanChange]:
    """Return what changed in the work items, those of both plans first, each by its number.

    ``full`` holds the full name for every other name of a unit in either plan.
    """
    pairing = pair_tasks(old, new)
    changes = []
    for pair in pairing.pairs:
        before, after = old[pair.old], new[pair.new]
        says = task_says(before, after, full)
        if says or pair.asked:
            name = f"第 {before.ordinal} 项任务{called(before.title)}"
            ordinals = (before.ordinal, after.ordinal)
            changes.append(
                PlanChange(PlanPart.TASK, ChangeKind.CHANGED, name, says, pair.asked, *ordinals)
            )
    for place in pairing.gone:
        name = f"第 {old[place].ordinal} 项任务{called(old[place].title)}"
        changes.append(PlanChange(PlanPart.TASK, ChangeKind.GONE, name, old=old[place].ordinal))
    for place in pairing.fresh:
        task = new[place]
        name = f"第 {task.ordinal} 项任务{called(task.title)}"
        changes.append(
            PlanChange(PlanPart.TASK, ChangeKind.NEW, name, of_a_new(task), new=task.ordinal)
        )
    return sorted(changes, key=_by_number)


def _by_number(change: PlanChange) -> tuple[int, int]:
    order = (ChangeKind.CHANGED, ChangeKind.GONE, ChangeKind.NEW).index(change.kind)
    return order, change.old or change.new or 0


def task_says(before: PlanTask, after: PlanTask, full: Mapping[str, str]) -> list[str]:
    """Return in words what one work item says otherwise than before."""
    says = []
    if before.ordinal != after.ordinal:
        says.append(f"序号 {before.ordinal} → {after.ordinal}")
    if bare(before.title) != bare(after.title):
        says += reworded("内容", before.title, after.title)
    if before.section and after.section and bare(before.section) != bare(after.section):
        says += reworded("所属部分", before.section, after.section)
    says += _units(before, after, full)
    for field in LISTS:
        says += joined_and_left(word_of(field), getattr(before, field), getattr(after, field))
    says += deadline_says(before.deadline, after.deadline)
    says += target_says(before.targets, after.targets)
    return says


def _units(before: PlanTask, after: PlanTask, full: Mapping[str, str]) -> list[str]:
    """Return which units joined, left, or are something else now."""
    was, now = units_by_role(before, full), units_by_role(after, full)
    says = [
        f"{shown(name)} 由{word_of(was[name])}改为{word_of(now[name])}"
        for name in was
        if name in now and was[name] != now[name]
    ]
    for field in ROLES:
        joined = [name for name in now if now[name] == field and name not in was]
        left = [name for name in was if was[name] == field and name not in now]
        says += joined_and_left(word_of(field), left, joined)
    return says


def units_by_role(task: PlanTask, full: Mapping[str, str]) -> dict[str, str]:
    """Return the field in which each unit of a work item stands, by its full name."""
    found: dict[str, str] = {}
    for field in ROLES:
        for name in getattr(task, field):
            found.setdefault(full.get(name, name), field)
    return found


def deadline_says(old: Deadline | None, new: Deadline | None) -> list[str]:
    """Return how a deadline changed: its day, else its words, else its parts."""
    before, after = old or Deadline(), new or Deadline()
    none = {flag: "长期" if flag else "未定" for flag in (True, False)}
    if (before.date, before.open_ended) != (after.date, after.open_ended):
        was, now = before.date or none[before.open_ended], after.date or none[after.open_ended]
        moved = moved_day("完成时限", before.date, after.date)
        return moved if before.date and after.date else [f"完成时限 {was} → {now}"]
    parts = [[(part.date, bare(part.what)) for part in one.parts] for one in (before, after)]
    if parts[0] != parts[1]:
        return [f"分段时限 {_parts(before)} → {_parts(after)}"]
    if not before.date and bare(before.raw or "") != bare(after.raw or ""):
        return reworded("时限", before.raw or "", after.raw or "")
    return []


def _parts(deadline: Deadline) -> str:
    said = [f"{part.date or '未定'}{shown(part.what[:20])}" for part in deadline.parts]
    return "、".join(said) or "不分段"


def target_says(old: Sequence[Target], new: Sequence[Target]) -> list[str]:
    """Return which targets came, went, or have another value; the same ones in another order are no news."""
    before = [one for one in old if spelled(one) not in {spelled(other) for other in new}]
    after = [one for one in new if spelled(one) not in {spelled(other) for other in old}]
    says = []
    for one in list(before):
        if same := next((two for two in after if same_target(one, two)), None):
            before.remove(one)
            after.remove(same)
            says += reworded("目标", one.raw, same.raw)
    return [
        *says,
        *(f"增加目标{called(one.raw, 60)}" for one in after),
        *(f"减少目标{called(one.raw, 60)}" for one in before),
    ]


def spelled(target: Target) -> tuple[str, str, float, str, str]:
    """Return what makes two targets the same: not the words around them."""
    hint = bare(target.metric_hint or target.raw)
    return hint, target.op, target.value, target.unit, target.change or ""


def same_target(one: Target, other: Target) -> bool:
    """Say whether two targets ask for the same thing, by whatever number."""
    same_hint = bare(one.metric_hint) == bare(other.metric_hint) and bool(one.metric_hint)
    return same_hint and one.unit == other.unit


def of_a_new(task: PlanTask) -> list[str]:
    """Return what is said of a work item that was not there."""
    says = [
        f"{word_of(field)} {'、'.join(shown(name[:60]) for name in names)}"
        for field in (*ROLES, *LISTS[:2])
        if (names := getattr(task, field))
    ]
    due = task.deadline and (task.deadline.date or task.deadline.raw)
    return [*says, f"完成时限 {shown(str(due))}"] if due else says
