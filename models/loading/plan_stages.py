"""The stages and milestones of a plan as rows."""

from collections.abc import Mapping
from datetime import date

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.campaign.work import WorkItem
from models.keys import key_of
from models.loading.duties import DUTY_POSITION, milestone_of
from models.loading.merge import PlanMerge, rows
from models.plan import breakdown
from models.plan.duty_days import duty_milestones
from models.plan.schema import Plan
from models.rules.words import OWN_KINDS, MilestoneKind, StageStatus
from models.units.succession import FINISHED, successors
from models.units.unit import Unit


def store_stages(store: PlanMerge, plan: Plan) -> dict[int, Stage]:
    """Bring the stages in line with ``plan`` and return them by ordinal.

    A stage that the plan has no more is withdrawn unless it was closed by decision, and it waits
    again for its start when a later plan brings it back.
    """
    by_ordinal = {row.ordinal: row for row in rows(store, Stage)}
    wanted = []
    for stage in plan.stages:
        row = by_ordinal.get(stage.ordinal)
        start, end = store.moved(stage.start), store.moved(stage.end)
        first, last = stage.start, stage.end
        if row:
            begins, ends = f"S{stage.ordinal}.START", f"S{stage.ordinal}.END"
            start = store.kept_or_moved(row.planned_start, row.original_start, first, begins)
            end = store.kept_or_moved(row.planned_end, row.original_end, last, ends)
            first = store.original(row.original_start, first, begins)
            last = store.original(row.original_end, last, ends)
        new = Stage(
            campaign_id=key_of(store.campaign),
            ordinal=stage.ordinal,
            kind=stage.kind.value if stage.kind else "",
            name=stage.name,
            raw=stage.raw or "",
            open_ended=stage.open_ended,
            planned_start=start,
            planned_end=end,
            original_start=first,
            original_end=last,
        )
        if row and row.status == StageStatus.WITHDRAWN:
            new.status, new.opened_on = StageStatus.PENDING, None
        wanted.append(new)
    for ordinal, row in by_ordinal.items():
        if (
            ordinal not in {stage.ordinal for stage in plan.stages}
            and row.status != StageStatus.CLOSED
        ):
            store.update(row, status=StageStatus.WITHDRAWN)
    return store.merge(by_ordinal.values(), lambda row: row.ordinal, wanted)


def _laid_out_until(store: PlanMerge, plan: Plan) -> date | None:
    """Return up to where duties are laid out, in the plan's days: never less than they already are."""
    known = store.campaign.duties_until
    days = [breakdown.last_day(plan), known - store.shift if known else None]
    return max((day for day in days if day), default=None)


def store_milestones(
    store: PlanMerge,
    plan: Plan,
    stages: dict[int, Stage],
    items: dict[int, WorkItem],
    units: dict[str, Unit],
) -> None:
    """Bring the milestones in line with ``plan``: steps, work items, duties, ends of stages."""
    heirs = successors(store.session, key_of(store.campaign))
    by_code = {row.code: row for row in rows(store, Milestone) if row.kind not in OWN_KINDS}
    wanted = []
    until = _laid_out_until(store, plan)
    first = breakdown.first_day(plan)
    planned = breakdown.milestones(plan)
    if first and until:
        calendar = work_calendar(store.session)
        planned += duty_milestones(plan, first, until, store.shift, calendar)
    for position, one in enumerate(planned):
        row = by_code.get(one.code)
        due = store.moved(one.due)
        if row:
            due = store.kept_or_moved(row.due, row.original_due, one.due, one.code)
        new = milestone_of(one, key_of(store.campaign), store.moved(one.begin), due)
        if row:
            new.original_due = store.original(row.original_due, one.due, one.code)
        new.stage_id = stages[one.stage].id if one.stage else None
        new.work_item_id = items[one.work_item].id if one.work_item else None
        new.unit_id = _owner(row, key_of(units[one.unit]), heirs) if one.unit else None
        new.position = DUTY_POSITION if one.kind is MilestoneKind.DUTY else position
        new.withdrawn = False
        wanted.append(new)
    store.merge(by_code.values(), lambda row: row.code, wanted)
    store.campaign.duties_until = store.moved(until)


def _owner(row: Milestone | None, unit_id: int, heirs: Mapping[int, int]) -> int:
    """Return whose milestone it is that the plan gives to a unit: what is finished stays where it was done."""
    done = row is not None and row.unit_id == unit_id and row.state in FINISHED
    return unit_id if done else heirs.get(unit_id, unit_id)
