"""The work items of a plan and who answers for them, as rows."""

from models.campaign.work import UNKNOWN, Assignment, WorkItem
from models.keys import key_of
from models.loading.merge import PlanMerge, rows, store_references
from models.plan import breakdown
from models.plan.schema import Deadline, Plan
from models.rules.lights import begin_by
from models.units.succession import has_a_part, heir, successors
from models.units.unit import Unit, UnitGroup


def store_work_items(store: PlanMerge, plan: Plan) -> dict[int, WorkItem]:
    """Bring the work items in line with ``plan`` and return them by ordinal."""
    wanted = [
        WorkItem(
            campaign_id=key_of(store.campaign),
            ordinal=task.ordinal,
            number=task.number,
            section=task.section,
            title=task.title,
            deadline_raw=_words_of_own_day(store, task.deadline),
            withdrawn=False,
        )
        for task in plan.tasks
    ]
    return store.merge(rows(store, WorkItem), lambda row: row.ordinal, wanted)


def _words_of_own_day(store: PlanMerge, deadline: Deadline | None) -> str:
    """Return the plan's words for a day of its own; empty where the item stands on its stage's end.

    Several dated parts are lines, each with its day and what is due then: `WorkItem.deadline_raw`.
    """
    if deadline is None or deadline.date is None:
        return ""
    if len(deadline.parts) > 1:
        days = (store.moved(part.date) or UNKNOWN for part in deadline.parts)
        said = (part.what or part.raw for part in deadline.parts)
        return "\n".join(f"{day} {what}".strip() for day, what in zip(days, said, strict=True))
    return deadline.raw or deadline.date.isoformat()


def store_assignments(
    store: PlanMerge,
    plan: Plan,
    items: dict[int, WorkItem],
    units: dict[str, Unit],
    groups: dict[str, UnitGroup],
) -> None:
    """Bring the assignments in line with ``plan``; groups are kept by name until they have members."""
    campaign_id = key_of(store.campaign)
    existing = [a for a in rows(store, Assignment) if a.work_item_id and a.group_id is None]
    by_key = {(a.work_item_id or 0, a.unit_id, a.role): a for a in existing}
    days = {task.ordinal: breakdown.work_item_days(plan, task) for task in plan.tasks}
    heirs = successors(store.session, campaign_id)
    wanted: dict[tuple[int, int, str], Assignment] = {}
    for planned in breakdown.assignments(plan):
        item, role = key_of(items[planned.ordinal]), planned.role.value
        key = (item, heir(by_key, heirs, item, key_of(units[planned.name]), role), role)
        if heirs and (key[1] in heirs.values()) and has_a_part(wanted, by_key, key):
            continue
        begin, planned_due = days[planned.ordinal]
        row = by_key.get(key)
        due = store.moved(planned_due)
        if row:
            code = f"W{planned.ordinal}"
            due = store.kept_or_moved(row.due, row.original_due, planned_due, code)
            planned_due = store.original(row.original_due, planned_due, code)
        wanted[key] = Assignment(
            campaign_id=campaign_id,
            work_item_id=key[0],
            unit_id=key[1],
            role=key[2],
            begin_by=begin_by(store.moved(begin), due),
            due=due,
            original_due=planned_due,
            withdrawn=False,
        )
    store.merge(existing, lambda a: (a.work_item_id, a.unit_id, a.role), wanted.values())
    named = {
        (key_of(items[r.ordinal]), key_of(groups[r.name]), r.role.value)
        for r in breakdown.references(plan)
    }
    store.session.flush()
    store.changes += store_references(store.session, campaign_id, "work_item_id", named)
