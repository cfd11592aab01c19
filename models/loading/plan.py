"""Store a plan: every fact of it as rows, so that loading it again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion
from models.campaign.taking_back import WHY, take_back_stages
from models.campaign.work import Assignment
from models.errors import PlanError
from models.inspection.visit_round import follow_rounds
from models.keys import key_of
from models.loading.changes import OPERATOR
from models.loading.merge import PlanMerge, rows
from models.loading.plan_groups import PlanBodies, store_groups
from models.loading.plan_stages import store_milestones, store_stages
from models.loading.plan_units import store_units
from models.loading.plan_work import store_assignments, store_work_items
from models.plan import breakdown
from models.plan.schema import Plan
from models.publicity.laying import follow_plan
from models.rules.calendar.moment import Moment
from models.units.expansion import expand_groups


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """What loading a plan came to; ``changes`` counts rows added, changed or withdrawn."""

    slug: str
    label: str  # what it is called
    title: str
    changes: int
    stages: int
    work_items: int
    assignments: int
    notes: Sequence[str] = ()  # stages that wait again after a change of dates, or why they do not


def store_plan(
    session: Session,
    plan: Plan,
    *,
    slug: str,
    start: date | None,
    moment: Moment,
    is_demo: bool = False,
) -> StoredPlan:
    """Write every fact of ``plan`` under ``slug``; progress, posts and decisions stay as they are.

    Repeatable: the same plan again is 0 changes. ``start`` moves all days so that the first planned
    day falls on it; without it a campaign keeps the move it was loaded with. Expects a plan without
    contradictions whose stages all have kinds. Raises PlanError when moved days leave the bounds.
    """
    campaign = session.exec(select(Campaign).where(Campaign.slug == slug)).first()
    fresh = campaign is None
    if campaign is None:
        campaign = Campaign(
            slug=slug, title="", kind="", plan_json="", loaded_at=moment.now, is_demo=is_demo
        )
        session.add(campaign)
        session.flush()
    earlier = timedelta(days=campaign.shifted_days)
    first = breakdown.first_day(plan)
    shift = start - first if start and first else earlier
    if fault := breakdown.move_fault(plan, shift.days):
        raise PlanError("整体平移日期（--start）", [fault])
    store = PlanMerge(session, campaign, shift, timedelta() if fresh else earlier)

    store.update(
        campaign,
        title=plan.title,
        kind=plan.kind.value,
        issuer=plan.issuer or "",
        document_number=plan.document_number or "",
        issued_on=plan.issued_on,
        shifted_days=shift.days,
        plan_json=plan.model_dump_json(exclude_defaults=True),
    )
    before = {one.ordinal: one.planned_start for one in rows(store, Stage)}
    stages = store_stages(store, plan)
    units, groups = store_units(store, plan)
    items = store_work_items(store, plan)
    store_assignments(store, plan, items, units, groups)
    store_milestones(store, plan, stages, items, units)
    bodies = PlanBodies(units, breakdown.canonical_names(plan), groups)
    store_groups(store, plan, bodies, moment.today)
    session.flush()
    store.changes += expand_groups(session, key_of(campaign))
    store.changes += follow_plan(session, campaign, plan)
    store.changes += follow_rounds(session, campaign)
    if store.changes:
        campaign.loaded_at = moment.now
        facts = {"title": plan.title, "changes": store.changes, "shifted_days": shift.days}
        record(session, campaign.id, moment, NewEntry(OPERATOR, "plan-loaded", slug, facts))
    said = Occasion(OPERATOR, moment, WHY)
    put_off = [n for n, one in stages.items() if before.get(n) != one.planned_start]
    notes = [] if fresh else take_back_stages(session, key_of(campaign), said, put_off)
    assigned = session.exec(
        select(Assignment.id).where(
            Assignment.campaign_id == campaign.id, col(Assignment.withdrawn).is_(False)
        )
    ).all()
    return StoredPlan(
        slug,
        campaign.label,
        plan.title,
        store.changes,
        len(plan.stages),
        len(plan.tasks),
        len(assigned),
        notes,
    )
