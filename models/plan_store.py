"""Store a plan: every fact of it as rows, so that loading it again changes nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.audit import record
from models.campaign import Campaign, Stage
from models.expansion import expand_groups
from models.milestone import Milestone
from models.plan.schema import Plan
from models.plan_merge import DUTY_POSITION, PlanMerge, rows
from models.rules import breakdown
from models.rules.lights import begin_by
from models.rules.words import MilestoneKind
from models.unit import Post, Unit, UnitAlias, UnitGroup, default_posts
from models.work import Assignment, GroupReference, WorkItem


@dataclass(frozen=True, slots=True)
class Stored:
    """What loading a plan came to; ``changes`` counts rows added, changed or withdrawn."""

    slug: str
    title: str
    changes: int
    stages: int
    work_items: int
    assignments: int


def store_plan(
    session: Session,
    plan: Plan,
    *,
    slug: str,
    start: date | None,
    now: datetime,
    today: date,
    is_demo: bool = False,
) -> Stored:
    """Write every fact of ``plan`` under ``slug``; progress, posts and decisions stay as they are.

    Repeatable: the same plan again is 0 changes. ``start`` moves all days so that the first planned
    day falls on it; without it a campaign keeps the move it was loaded with. Expects a plan without
    contradictions whose stages all have kinds.
    """
    campaign = session.exec(select(Campaign).where(Campaign.slug == slug)).first()
    fresh = campaign is None
    if campaign is None:
        campaign = Campaign(
            slug=slug, title="", kind="", plan_json="", loaded_at=now, is_demo=is_demo
        )
        session.add(campaign)
        session.flush()
    earlier = timedelta(days=campaign.shifted_days)
    first = breakdown.first_day(plan)
    shift = start - first if start and first else earlier
    store = PlanMerge(session, campaign, shift, timedelta() if fresh else earlier)

    store.changes += store.update(
        campaign,
        {
            "title": plan.title,
            "kind": plan.kind.value,
            "issuer": plan.issuer or "",
            "document_number": plan.document_number or "",
            "issued_on": plan.issued_on,
            "shifted_days": shift.days,
            "plan_json": plan.model_dump_json(exclude_defaults=True),
        },
    )
    stages = _store_stages(store, plan)
    units, groups = _store_units(store, plan)
    items = _store_work_items(store, plan)
    _store_assignments(store, plan, items, units, groups)
    _store_milestones(store, plan, stages, items, units)
    session.flush()
    store.changes += expand_groups(session, campaign.id or 0)
    if store.changes:
        campaign.loaded_at = now
        facts = {"title": plan.title, "changes": store.changes, "shifted_days": shift.days}
        record(
            session,
            campaign.id,
            at=now,
            day=today,
            who="操作员",
            what="plan-loaded",
            subject=slug,
            facts=facts,
        )
    assigned = session.exec(
        select(Assignment.id).where(
            Assignment.campaign_id == campaign.id, col(Assignment.withdrawn).is_(False)
        )
    ).all()
    return Stored(slug, plan.title, store.changes, len(plan.stages), len(plan.tasks), len(assigned))


def _store_stages(store: PlanMerge, plan: Plan) -> dict[int, Stage]:
    existing = rows(store, Stage)
    by_ordinal = {row.ordinal: row for row in existing}
    wanted = {}
    for stage in plan.stages:
        row = by_ordinal.get(stage.ordinal)
        start, end = store.moved(stage.start), store.moved(stage.end)
        if row:
            start = store.kept_or_moved(row.planned_start, row.original_start, stage.start)
            end = store.kept_or_moved(row.planned_end, row.original_end, stage.end)
        wanted[stage.ordinal] = {
            "campaign_id": store.campaign.id,
            "ordinal": stage.ordinal,
            "kind": stage.kind.value if stage.kind else "",
            "name": stage.name,
            "raw": stage.raw or "",
            "open_ended": stage.open_ended,
            "planned_start": start,
            "planned_end": end,
            "original_start": stage.start,
            "original_end": stage.end,
        }
    return store.merge(existing, lambda row: row.ordinal, wanted, lambda values: Stage(**values))


def _store_units(store: PlanMerge, plan: Plan) -> tuple[dict[str, Unit], dict[str, UnitGroup]]:
    campaign_id = store.campaign.id or 0
    known = {unit.name: unit for unit in rows(store, Unit)}
    aliases = {alias.name: alias for alias in rows(store, UnitAlias)}
    by_id = {unit.id: unit for unit in known.values()}
    # A name that the operator made an alias of another unit stays what the operator said.
    units = {name: by_id[alias.unit_id] for name, alias in aliases.items()}
    named = [name for name in breakdown.units(plan) if name not in units]
    wanted = {name: {"campaign_id": campaign_id, "name": name} for name in named}
    made = store.merge(list(known.values()), lambda u: u.name, wanted, lambda v: Unit(**v))
    units |= made
    fresh = [unit for name, unit in made.items() if name not in known]
    other = {
        name: {"campaign_id": campaign_id, "name": name, "unit_id": units[full].id}
        for name, full in breakdown.canonical_names(plan).items()
        if full in units and name not in made
    }
    store.merge(list(aliases.values()), lambda a: a.name, other, lambda v: UnitAlias(**v))
    if not rows(store, Post):
        store.session.add_all(default_posts(campaign_id, fresh))
    else:
        store.session.add_all(p for p in default_posts(campaign_id, fresh) if p.unit_id)
    groups = store.merge(
        rows(store, UnitGroup),
        lambda g: g.name,
        {n: {"campaign_id": campaign_id, "name": n} for n in breakdown.groups(plan)},
        lambda v: UnitGroup(**v),
    )
    return units, groups


def _store_work_items(store: PlanMerge, plan: Plan) -> dict[int, WorkItem]:
    wanted = {
        task.ordinal: {
            "campaign_id": store.campaign.id,
            "ordinal": task.ordinal,
            "number": task.number,
            "section": task.section,
            "title": task.title,
            "deadline_raw": (task.deadline.raw or "") if task.deadline else "",
            "withdrawn": False,
        }
        for task in plan.tasks
    }
    return store.merge(
        rows(store, WorkItem), lambda row: row.ordinal, wanted, lambda values: WorkItem(**values)
    )


def _store_assignments(
    store: PlanMerge,
    plan: Plan,
    items: dict[int, WorkItem],
    units: dict[str, Unit],
    groups: dict[str, UnitGroup],
) -> None:
    campaign_id = store.campaign.id or 0
    existing = [a for a in rows(store, Assignment) if a.work_item_id and a.group_id is None]
    by_key = {(a.work_item_id or 0, a.unit_id, a.role): a for a in existing}
    days = {task.ordinal: breakdown.work_item_days(plan, task) for task in plan.tasks}
    wanted = {}
    for planned in breakdown.assignments(plan):
        key = (items[planned.ordinal].id or 0, units[planned.unit].id or 0, planned.role.value)
        begin, planned_due = days[planned.ordinal]
        row = by_key.get(key)
        due = store.moved(planned_due)
        if row:
            due = store.kept_or_moved(row.due, row.original_due, planned_due)
        wanted[key] = {
            "campaign_id": campaign_id,
            "work_item_id": key[0],
            "unit_id": key[1],
            "role": key[2],
            "begin_by": begin_by(store.moved(begin), due),
            "due": due,
            "original_due": planned_due,
            "withdrawn": False,
        }
    store.merge(
        existing, lambda a: (a.work_item_id, a.unit_id, a.role), wanted, lambda v: Assignment(**v)
    )
    named = {
        (items[r.ordinal].id or 0, groups[r.group].id or 0, r.role.value)
        for r in breakdown.references(plan)
    }
    current = [r for r in rows(store, GroupReference) if r.work_item_id]
    for reference in current:
        key = (reference.work_item_id or 0, reference.group_id, reference.role)
        if key in named:
            named.discard(key)
        else:
            store.session.delete(reference)
            store.changes += 1
    for work_item_id, group_id, role in sorted(named):
        store.session.add(
            GroupReference(
                campaign_id=campaign_id, work_item_id=work_item_id, group_id=group_id, role=role
            )
        )
        store.changes += 1


def _laid_out_until(store: PlanMerge, plan: Plan) -> date | None:
    """Return up to where duties are laid out, in the plan's days: never less than they already are."""
    known = store.campaign.duties_until
    days = [breakdown.last_day(plan), known - store.shift if known else None]
    return max((day for day in days if day), default=None)


def _store_milestones(
    store: PlanMerge,
    plan: Plan,
    stages: dict[int, Stage],
    items: dict[int, WorkItem],
    units: dict[str, Unit],
) -> None:
    existing = rows(store, Milestone)
    by_code = {row.code: row for row in existing}
    wanted = {}
    until = _laid_out_until(store, plan)
    first = breakdown.first_day(plan)
    planned = breakdown.milestones(plan)
    if first and until:
        planned += breakdown.duty_milestones(plan, first, until)
    for position, one in enumerate(planned):
        row = by_code.get(one.code)
        due = store.moved(one.due)
        if row:
            due = store.kept_or_moved(row.due, row.original_due, one.due)
        begin = store.moved(one.begin)
        wanted[one.code] = {
            "campaign_id": store.campaign.id,
            "stage_id": stages[one.stage].id if one.stage else None,
            "work_item_id": items[one.work_item].id if one.work_item else None,
            "unit_id": units[one.unit].id if one.unit else None,
            "kind": one.kind.value,
            "code": one.code,
            "position": DUTY_POSITION if one.kind is MilestoneKind.DUTY else position,
            "title": one.title,
            "begin": begin,
            "begin_by": begin_by(begin, due),
            "due": due,
            "original_due": one.due,
            "withdrawn": False,
        }
    store.merge(existing, lambda row: row.code, wanted, lambda values: Milestone(**values))
    store.campaign.duties_until = store.moved(until)
