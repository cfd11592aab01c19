"""Rows follow what they are of when a later plan counts stages anew, or names a group otherwise."""

from collections.abc import Mapping

from sqlmodel import col, select

from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.groups.group import WorkingGroup
from models.keys import key_of
from models.loading.merge import PlanMerge, rows
from models.plan.changes.duties import pair_groups
from models.plan.changes.likeness import bare
from models.plan.changes.stages import pair_stages
from models.plan.schema import Plan
from models.rules.words import MilestoneKind, StageStatus

OF_A_STAGE = (MilestoneKind.STEP, MilestoneKind.STAGE_END)


def renumber_stages(store: PlanMerge, plan: Plan, before: Plan) -> None:
    """Give the rows of stages, and the codes of their steps, the numbers that ``plan`` has for them.

    A row of a stage that is in the plan no more makes way for the one that has its number now. Nothing
    happens, and nothing is asked, where every stage keeps its number. Repeatable.
    """
    stages = rows(store, Stage)
    moves = _moves({one.ordinal: one for one in stages}, plan, before)
    if not moves:
        return
    for step in (-1, 1):  # first out of each other's way: numbers are unique
        for row in stages:
            if row.ordinal * -step in moves:
                store.update(row, ordinal=-row.ordinal if step < 0 else moves[-row.ordinal])
        store.session.flush()
    _recode(store, {key_of(row): row.ordinal for row in stages if row.ordinal in moves.values()})


def rename_groups(store: PlanMerge, plan: Plan, before: Plan) -> None:
    """Give the row of a group the name that ``plan`` has for it, where it is clear which group it is.

    Its seats, duties and documents stay its own. Repeatable.
    """
    pairing = pair_groups(before.groups, plan.groups)
    names = {
        before.groups[one.old].name: plan.groups[one.new].name
        for one in pairing.pairs
        if not one.asked
    }
    if all(old == new for old, new in names.items()):
        return
    there = {one.name: one for one in rows(store, WorkingGroup)}
    for old, new in names.items():
        if old in there and new not in there:
            store.update(there[old], name=new)
    store.session.flush()


def _moves(stages: Mapping[int, Stage], plan: Plan, before: Plan) -> dict[int, int]:
    """Return the new number for each old one that changes."""
    old_of = pair_stages(before.stages, plan.stages).old_of()
    numbers = {before.stages[old].ordinal: plan.stages[new].ordinal for new, old in old_of.items()}
    gone = {bare(one.name): n for n, one in stages.items() if one.status == StageStatus.WITHDRAWN}
    for place, stage in enumerate(plan.stages):
        back = gone.get(bare(stage.name))
        if place not in old_of and back is not None and back not in numbers:
            numbers[back] = stage.ordinal
    taken, last = {one.ordinal for one in plan.stages}, max([*stages, *numbers.values()], default=0)
    for number in sorted(stages):
        if number not in numbers and number in taken:
            last += 1
            numbers[number] = last
    return {old: new for old, new in numbers.items() if old != new and old in stages}


def _recode(store: PlanMerge, numbers: Mapping[int, int]) -> None:
    """Give the steps and ends of stages the codes of their stage's number."""
    query = select(Milestone).where(
        col(Milestone.stage_id).in_(numbers), col(Milestone.kind).in_(OF_A_STAGE)
    )
    found = list(store.session.exec(query))
    codes = {
        key_of(one): f"S{numbers[one.stage_id or 0]}.{one.code.partition('.')[2]}" for one in found
    }
    for one in found:
        store.update(one, code=f"~{one.id}")
    store.session.flush()
    for one in found:
        store.update(one, code=codes[key_of(one)])
    store.session.flush()
