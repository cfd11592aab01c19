"""How a campaign stands on a day: what a status shows, and what a patrol found and wrote."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import (
    Campaign,
    Stage,
    campaigns,
    campaigns_named,
    stages_of_all,
)
from models.campaign.lights import Board, boards
from models.cascade.below import ChildStanding, standings_below
from models.database import open_session
from models.evidence.shown.standing import EvidenceStanding, evidence_standings
from models.keys import key_of
from models.notices.due import Slip, all_undelivered
from models.notices.seats import PassedOver, all_passed_over
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.campaign_names import label
from models.rules.evidence.days import evidence_days
from models.rules.lights import light_days
from models.rules.words import RunKind
from models.settings import local_day, office_zone
from models.units.unit import all_unexpanded_groups

Slug = TypeVar("Slug")

AT_ONCE = 50  # campaigns in one statement and one transaction


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage as it stands on the day, for people and for ``--json``."""

    ordinal: int
    kind: str
    name: str
    status: str
    planned_start: date | None
    planned_end: date | None
    open_ended: bool


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign on a day: what a status shows, and what a patrol found and wrote.

    ``unsent`` counts the notices nobody received yet, by channel tag. A ``preview`` shows what another
    day than today would bring; nothing of it was written.
    """

    slug: str
    title: str
    is_demo: bool
    today: date
    working_day: bool
    unknown_years: Sequence[int]  # counting reaches them, and their holidays are not published
    stages: Sequence[StageView]
    work_items: int
    board: Board
    open_groups: Sequence[str]
    unsent: dict[str, int]
    opened: Sequence[StageView] = ()
    slipped: Sequence[Slip] = ()
    notices_created: int = 0
    decisions: Sequence[str] = ()  # what was asked, chased and closed, in words
    passed_over: PassedOver = PassedOver()
    dead_letters: int = 0
    evidence: EvidenceStanding = EvidenceStanding()
    chain: str = ""  # the head of the audit chain, in words
    preview: bool = False
    clock: str = ""  # why the clock is not believed, or what was taken back when it was again
    children: Sequence[ChildStanding] = ()  # the campaigns under it
    run_kind: RunKind = RunKind.CAMPAIGN
    approval_number: str = ""
    patrolled: bool = False  # before now, on this day
    held: bool = False  # it is not: nobody above the liaisons was told or asked anything

    @property
    def label(self) -> str:
        """Return what the campaign is called, 【演示】 behind a demonstration."""
        return label(self.slug, self.is_demo)

    @property
    def slips(self) -> int:
        """Return how many items are past due and not done."""
        return self.board.all.red


def view_campaign(slug: str | None, today: date, now: datetime | None = None) -> CampaignView:
    """Return a campaign on ``today`` without writing anything; a preview on another day than ``now``."""
    [seen] = view_campaigns([slug], today, now)
    return seen


def view_campaigns(
    slugs: Sequence[str | None], today: date, now: datetime | None = None
) -> list[CampaignView]:
    """Return each campaign as `view_campaign` does, in the order of ``slugs``; in sets of `AT_ONCE`."""
    preview = now is not None and today != local_day(now)
    views: list[CampaignView] = []
    for some in sets_of(slugs):
        with open_session(read_only=True) as session:
            chosen = campaigns_named(session, some)
            views += campaign_views(session, chosen, today, work_calendar(session))
    return [replace(view, preview=True) for view in views] if preview else views


def with_the_others(views: Sequence[CampaignView], moment: Moment) -> list[CampaignView]:
    """Return every campaign for a page, of those that were not patrolled how they stand."""
    slugs = campaign_slugs()
    seen = {view.slug: view for view in views}
    others = [slug for slug in slugs if slug not in seen]
    seen |= {view.slug: view for view in view_campaigns(others, moment.today, moment.now)}
    return [seen[slug] for slug in slugs if slug in seen]


def campaign_slugs() -> list[str]:
    """Return the slug of every campaign, real ones first, the last loaded first."""
    with open_session(read_only=True) as session:
        return [campaign.slug for campaign in campaigns(session)]


def campaign_views(
    session: Session, chosen: Sequence[Campaign], today: date, calendar: WorkCalendar
) -> list[CampaignView]:
    """Return how each campaign stands on ``today``; nine statements at any size, whatever their number."""
    if not chosen:
        return []
    ids = [key_of(one) for one in chosen]
    days, of_evidence = light_days(today, calendar), evidence_days(today, calendar, office_zone())
    over, undelivered = all_passed_over(session, ids), all_undelivered(session, ids)
    below, stages = standings_below(session, ids, days), stages_of_all(session, ids)
    lit, open_groups = boards(session, ids, days), all_unexpanded_groups(session, ids)
    evidence, working = evidence_standings(session, ids, of_evidence), calendar.is_workday(today)

    def view(campaign: Campaign, id: int) -> CampaignView:
        until = max(days.near_until, over[id].last_due or today)
        unsent, dead = undelivered[id]
        return CampaignView(
            slug=campaign.slug,
            title=campaign.title,
            is_demo=campaign.is_demo,
            today=today,
            working_day=working,
            unknown_years=calendar.unknown_years(today, until),
            stages=[stage_view(stage) for stage in stages[id]],
            work_items=below[id].work_items,
            board=lit[id],
            open_groups=open_groups[id],
            unsent=unsent,
            passed_over=over[id],
            dead_letters=dead,
            children=below[id].children,
            patrolled=below[id].patrolled,
            run_kind=RunKind(campaign.run_kind),
            approval_number=campaign.approval_number,
            evidence=evidence[id],
        )

    return [view(one, id) for one, id in zip(chosen, ids, strict=True)]


def sets_of(slugs: Sequence[Slug]) -> Iterator[Sequence[Slug]]:
    """Yield ``slugs`` in sets of `AT_ONCE`, so that no transaction and no answer grows with a province."""
    return (slugs[first : first + AT_ONCE] for first in range(0, len(slugs), AT_ONCE))


def stage_view(stage: Stage) -> StageView:
    """Return what is shown of a stage."""
    return StageView(
        stage.ordinal,
        stage.kind,
        stage.name,
        stage.status,
        stage.planned_start,
        stage.planned_end,
        stage.open_ended,
    )


def as_json(view: CampaignView) -> Mapping[str, Any]:
    """Return the object that ``--json`` prints for a campaign; keys are added, never renamed."""
    return {
        "campaign": view.slug,
        "title": view.title,
        "demo": view.is_demo,
        "today": view.today.isoformat(),
        "preview": view.preview,
        "working_day": view.working_day,
        "stages": [asdict(stage) for stage in view.stages],
        "work_items": view.work_items,
        "assignments": view.board.assignments.total,
        "items": view.board.all.total,
        "lights": asdict(view.board.all),
        "milestone_lights": asdict(view.board.milestones),
        "assignment_lights": asdict(view.board.assignments),
        "office_lights": asdict(view.board.office),
        "slips": view.slips,
        "open_groups": list(view.open_groups),
        "holidays_unknown": list(view.unknown_years),
        "posts_passed_over": view.passed_over.vacant + view.passed_over.unreachable,
        "items_of_nobody": view.passed_over.ownerless,
        "dead_letters": view.dead_letters,
        "evidence": view.evidence.counts,
        "run_kind": view.run_kind.value,
        "approval_number": view.approval_number,
        "children": [asdict(one) for one in view.children],
    }
