"""What an office added to the plan that no document says, carried over when a later document is read."""

from collections.abc import Sequence

from models.plan.changes.tasks import pair_tasks
from models.plan.field_words import word_of
from models.plan.schema import Plan, PlanTask

# Rules of this campaign, which a file spells out and no document is read for.
OWN = ("gates", "ladder", "asks_per_week")


def carried_over(plan: Plan, before: Plan) -> tuple[Plan, list[str]]:
    """Return ``plan`` with what only ``before`` has of `OWN`, distinct units and measures; and its names."""
    kept: dict[str, object] = {
        field: getattr(before, field)
        for field in OWN
        if getattr(plan, field) is None and getattr(before, field) is not None
    }
    apart = [one for one in before.distinct_units if one not in plan.distinct_units]
    if apart:
        kept["distinct_units"] = [*plan.distinct_units, *apart]
    tasks = _with_measures(plan.tasks, before.tasks)
    if tasks != plan.tasks:
        kept["tasks"] = tasks
    names = ["measures" if field == "tasks" else field for field in kept]
    return plan.model_copy(update=kept), [word_of(name) for name in names]


def _with_measures(tasks: Sequence[PlanTask], before: Sequence[PlanTask]) -> list[PlanTask]:
    if any(one.measures for one in tasks) or not any(one.measures for one in before):
        return list(tasks)
    old_of = pair_tasks(before, tasks).old_of()
    return [
        task.model_copy(update={"measures": before[old_of[place]].measures})
        if place in old_of
        else task
        for place, task in enumerate(tasks)
    ]
