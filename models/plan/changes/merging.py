"""A breakdown table (责任分解表) merged into a plan: it fills what is empty, and overwrites nothing unasked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from models.plan.changes.comparing import full_names
from models.plan.changes.said import ChangeKind, PlanChange, PlanPart, called
from models.plan.changes.tasks import (
    LISTS,
    ROLES,
    of_a_new,
    pair_tasks,
    same_target,
    spelled,
    task_says,
)
from models.plan.schema import Plan, PlanTask, Target

NOT_THERE = "方案里没有这一项"


@dataclass(frozen=True, slots=True)
class Merged:
    """The plan with the table in it: what was filled, added, and what the table says otherwise.

    ``taken`` are those of the differing that stand in the plan; ``untold`` work items are in the plan alone.
    """

    plan: Plan
    filled: Sequence[PlanChange]
    added: Sequence[PlanChange]
    differing: Sequence[PlanChange]
    taken: Sequence[PlanChange] = ()
    untold: int = 0


def with_table(
    before: Plan, table: Plan, take: Collection[int] = (), *, adds: bool = True
) -> Merged:
    """Return ``before`` with the rows of ``table``, matched by number, words and units.

    A row fills what its work item has nothing of. What it says otherwise is taken only for the numbers in
    ``take``. A row that no work item is like becomes one behind the last, where ``adds``. The same table
    again fills and adds nothing.
    """
    pairing, full = pair_tasks(before.tasks, table.tasks), full_names(before, table)
    tasks = list(before.tasks)
    filled, differing = [], []
    for pair in pairing.pairs:
        ours, theirs = before.tasks[pair.old], table.tasks[pair.new]
        whole = _filled(ours, theirs)
        other = _overlaid(whole, theirs)
        name, number = f"第 {ours.ordinal} 项任务{called(ours.title)}", ours.ordinal
        if says := task_says(ours, whole, full):
            filled.append(_change(name, says, pair.asked, number))
        if says := task_says(whole, other, full):
            differing.append(_change(name, says, pair.asked, number))
        tasks[pair.old] = other if number in take else whole
    last = max((one.ordinal for one in tasks), default=0)
    new = [table.tasks[place] for place in pairing.fresh] if adds else []
    added = []
    for ordinal, task in enumerate(new, last + 1):
        tasks.append(task.model_copy(update={"ordinal": ordinal}))
        name = f"第 {ordinal} 项任务{called(task.title)}"
        says = of_a_new(task)
        added.append(PlanChange(PlanPart.TASK, ChangeKind.NEW, name, says, NOT_THERE, new=ordinal))
    plan = before.model_copy(update={"tasks": tasks})
    taken = [one for one in differing if one.old in take]
    return Merged(plan, filled, added, differing, taken, len(pairing.gone))


def _change(name: str, says: Sequence[str], asked: str, number: int) -> PlanChange:
    return PlanChange(PlanPart.TASK, ChangeKind.CHANGED, name, says, asked, number, number)


def _filled(ours: PlanTask, theirs: PlanTask) -> PlanTask:
    """Return a work item with what it lacked; a unit that has a role in it keeps that one."""
    known = {name for field in ROLES for name in getattr(ours, field)}
    values: dict[str, object] = {}
    for field in (*ROLES, *LISTS):
        said = [name for name in getattr(theirs, field) if name not in known or field in LISTS]
        if said and not getattr(ours, field):
            values[field] = said
    if theirs.deadline and not (ours.deadline and (ours.deadline.raw or ours.deadline.date)):
        values["deadline"] = theirs.deadline
    if theirs.targets and not ours.targets:
        values["targets"] = theirs.targets
    return ours.model_copy(update=values)


def _overlaid(ours: PlanTask, theirs: PlanTask) -> PlanTask:
    """Return a work item as the table has it; of what the table says nothing it stays."""
    said: Mapping[str, list[str]] = {
        field: getattr(theirs, field) for field in (*ROLES, *LISTS) if getattr(theirs, field)
    }
    values: dict[str, object] = dict(said)
    moved = {name for field in ROLES for name in said.get(field, ())}
    for field in ROLES:
        if field not in said:
            values[field] = [name for name in getattr(ours, field) if name not in moved]
    if theirs.deadline and (theirs.deadline.raw or theirs.deadline.date):
        values["deadline"] = theirs.deadline
    values["targets"] = _targets(ours.targets, theirs.targets)
    return ours.model_copy(update=values)


def _targets(ours: Sequence[Target], theirs: Sequence[Target]) -> list[Target]:
    """Return the targets with those of the table: in place of the same one, else behind them."""
    kept = list(ours)
    for one in theirs:
        if spelled(one) in {spelled(each) for each in kept}:
            continue
        same = next((at for at, each in enumerate(kept) if same_target(each, one)), None)
        if same is None:
            kept.append(one)
        else:
            kept[same] = one
    return kept
