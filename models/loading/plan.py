"""Store a plan: every fact of it as rows, so that loading it again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion
from models.campaign.taking_back import WHY, take_back_stages
from models.campaign.work import Assignment
from models.errors import PlanError
from models.inspection.visit_round import follow_rounds
from models.keys import key_of
from models.loading.before import days_said, is_revision, plan_before, retired_in
from models.loading.changes import OPERATOR
from models.loading.merge import PlanMerge, rows
from models.loading.plan_groups import PlanBodies, store_groups
from models.loading.plan_stages import store_milestones, store_stages
from models.loading.plan_units import store_units
from models.loading.plan_work import store_assignments, store_work_items
from models.loading.renumbering import rename_groups, renumber_stages
from models.notices.plan_changed import standing_now, tell_of_changes
from models.plan import breakdown
from models.plan.changes.aligning import aligned
from models.plan.changes.comparing import plan_changes
from models.plan.schema import Plan
from models.publicity.laying import follow_plan
from models.rules.calendar.moment import Moment
from models.units.expansion import expand_groups

KEPT = 60  # differences in words in an entry of the audit


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


@dataclass(frozen=True, slots=True)
class Terms:
    """How a plan is loaded: under which name, its first day moved to ``start``, and what it is to the last one.

    ``revised``: a document that changes the plan, so that the first days stay as original ones; False for
    the same document read better; None where its head decides (`is_revision`). ``seen`` is the plan, as it is
    kept, over which somebody saw what changes: another one by now is refused.
    """

    slug: str
    start: date | None = None
    is_demo: bool = False
    revised: bool | None = None
    seen: str | None = None


def store_plan(
    session: Session,
    plan: Plan,
    *,
    slug: str,
    start: date | None,
    moment: Moment,
    is_demo: bool = False,
) -> StoredPlan:
    """Write every fact of ``plan`` under ``slug``; see `store_on_terms`."""
    return store_on_terms(session, plan, Terms(slug, start, is_demo), moment)


def store_on_terms(session: Session, plan: Plan, terms: Terms, moment: Moment) -> StoredPlan:
    """Write every fact of ``plan``; progress, posts and decisions stay as they are.

    Work items, steps and duties that were there keep their numbers, whatever the later document counts
    (`aligned`). Repeatable: the same plan again is 0 changes. ``start`` moves all days so that the first
    planned day falls on it; without it a campaign keeps the move it was loaded with. Expects a plan
    without contradictions whose stages all have kinds. Raises PlanError when moved days leave the bounds.
    """
    slug, start = terms.slug, terms.start
    campaign = session.exec(select(Campaign).where(Campaign.slug == slug)).first()
    fresh = campaign is None
    if campaign is None:
        campaign = Campaign(
            slug=slug, title="", kind="", plan_json="", loaded_at=moment.now, is_demo=terms.is_demo
        )
        session.add(campaign)
        session.flush()
    if terms.seen is not None and terms.seen != campaign.plan_json:
        raise PlanError(
            "方案", ["刚刚有别人装入了方案，和看过的不一样了，请再运行一次，看过不同之处再装入"]
        )
    last = plan_before(campaign)
    if last is not None:
        plan = aligned(plan, last, retired_in(session, key_of(campaign)))
    earlier = timedelta(days=campaign.shifted_days)
    first = breakdown.first_day(plan)
    shift = start - first if start and first else earlier
    if fault := breakdown.move_fault(plan, shift.days):
        raise PlanError("整体平移日期（--start）", [fault])
    store = PlanMerge(session, campaign, shift, timedelta() if fresh else earlier)
    if last is not None:
        store.said_before = days_said(last, plan)
        revised = terms.revised
        store.keeps_originals = is_revision(plan, last) if revised is None else revised
        renumber_stages(store, plan, last)
        rename_groups(store, plan, last)

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
    standing = standing_now(session, key_of(campaign)) if store.keeps_originals else None
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
        facts: dict[str, Any] = {
            "title": plan.title,
            "changes": store.changes,
            "shifted_days": shift.days,
        }
        if last is not None:
            told = [one.in_words() for one in plan_changes(last, plan)]
            facts |= {"differences": told[:KEPT]} if told else {}
        said = NewEntry(OPERATOR, "plan-loaded", slug, facts)
        entry = record(session, campaign.id, moment, said)
        if standing is not None:
            tell_of_changes(session, key_of(campaign), standing, str(entry.id), moment)
    because = Occasion(OPERATOR, moment, WHY)
    put_off = [n for n, one in stages.items() if before.get(n) != one.planned_start]
    notes = [] if fresh else take_back_stages(session, key_of(campaign), because, put_off)
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
