"""A later plan under the numbers of the earlier: what people type, and what work is registered on, stays.

W5 is on ledgers that are out and in links that were sent, so the work item that it was stays W5 whatever its
number in the later document; a new one never gets the number of another, in the plan or gone from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.plan.changes.duties import pair_duties
from models.plan.changes.likeness import bare
from models.plan.changes.stages import pair_stages, pair_steps
from models.plan.changes.tasks import pair_tasks
from models.plan.schema import Plan, PlanStage, PlanTask, RecurringDuty


@dataclass(frozen=True, slots=True)
class Retired:
    """What left the plan earlier: the words of each work item by its number."""

    tasks: Mapping[int, str] = field(default_factory=dict)


def aligned(plan: Plan, before: Plan, retired: Retired = Retired()) -> Plan:  # noqa: B008
    """Return ``plan`` with the numbers that its work items, steps and duties have in ``before``.

    A stage keeps the number of the document: stages run in its order, and their rows follow
    (`renumbered_stages`). What is not there any more leaves its number unused. Repeatable: a plan that
    is aligned already stays as it is.
    """
    tasks, stages = _tasks(plan.tasks, before.tasks, retired.tasks), _stages(plan, before)
    recurring = _duties(plan.recurring, before.recurring)
    return plan.model_copy(update={"tasks": tasks, "stages": stages, "recurring": recurring})


def _tasks(
    tasks: Sequence[PlanTask], before: Sequence[PlanTask], retired: Mapping[int, str]
) -> list[PlanTask]:
    old_of = pair_tasks(before, tasks).old_of()
    numbers = {place: before[old].ordinal for place, old in old_of.items()}
    back = {bare(words): number for number, words in retired.items()}
    for place, task in enumerate(tasks):
        if place not in numbers and bare(task.title) in back:
            numbers[place] = back.pop(bare(task.title))
    taken = {*numbers.values(), *retired, *(one.ordinal for one in before)}
    last = max(taken, default=0)
    for place, task in enumerate(tasks):
        if place not in numbers:
            numbers[place] = task.ordinal if task.ordinal not in taken else last + 1
            taken.add(numbers[place])
            last = max(last, numbers[place])
    return [task.model_copy(update={"ordinal": numbers[place]}) for place, task in enumerate(tasks)]


def renumbered_stages(plan: Plan, before: Plan) -> dict[int, int]:
    """Return the number in ``plan`` for each number of ``before`` whose stage has another one now."""
    pairs = pair_stages(before.stages, plan.stages).pairs
    numbers = {before.stages[one.old].ordinal: plan.stages[one.new].ordinal for one in pairs}
    return {old: new for old, new in numbers.items() if old != new}


def _stages(plan: Plan, before: Plan) -> list[PlanStage]:
    old_of = pair_stages(before.stages, plan.stages).old_of()
    return [
        stage.model_copy(update={"steps": _steps(stage.steps, before.stages[old_of[place]].steps)})
        if place in old_of
        else stage
        for place, stage in enumerate(plan.stages)
    ]


def _steps(steps: Sequence[str], before: Sequence[str]) -> list[str]:
    """Return steps in the places they had; "" where one is gone, new ones behind."""
    steps = [one for one in steps if one]
    there = [place for place, one in enumerate(before) if one]
    old_of = pair_steps([before[place] for place in there], steps).old_of()
    kept = [""] * len(before)
    for place, old in old_of.items():
        kept[there[old]] = steps[place]
    return kept + [one for place, one in enumerate(steps) if place not in old_of]


def _duties(
    duties: Sequence[RecurringDuty], before: Sequence[RecurringDuty]
) -> list[RecurringDuty]:
    """Return duties in the places they had; one that is gone stays there, marked as dropped."""
    duties = [one for one in duties if not one.dropped]
    old_of = pair_duties(before, duties).old_of()
    kept = [one.model_copy(update={"dropped": True}) for one in before]
    for place, old in old_of.items():
        kept[old] = duties[place]
    return kept + [one for place, one in enumerate(duties) if place not in old_of]
