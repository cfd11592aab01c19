"""The patrol of one campaign: open what is due, see every light, write what must be said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.calendar.calendar import work_calendar
from models.campaign.campaign import (
    Campaign,
    Stage,
    campaign_named,
    campaigns,
    open_campaign,
    open_due_stages,
    stages_of,
)
from models.campaign.lights import Board, board
from models.campaign.moves import BY_PLAN, Occasion, Transition, note
from models.campaign.work import work_item_count
from models.database import open_session, tell_planner
from models.keys import key_of
from models.loading.duties import extend_duties
from models.notices.burden import monday_of, release_at_week_start
from models.notices.channel_health import failing_targets
from models.notices.covering import quieten, renew_acknowledgements
from models.notices.due import (
    Slip,
    dead_letters,
    newly_slipped,
    unsent_by_tag,
    write_due_notices,
    write_opening_notices,
)
from models.notices.office import remind_of_silences, write_morning_line
from models.notices.seats import PassedOver, mark_reachable, passed_over
from models.notices.unacknowledged import write_unacknowledged
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.campaign_names import label
from models.rules.lights import light_days
from models.rules.notices.ladder import brackets
from models.rules.words import Level, StageStatus
from models.settings import local_day, moment_of
from models.units.unit import unexpanded_groups
from tasks.audit.chain import keep_todays_head
from tasks.decisions.chasing import look_after_decisions
from tasks.office.clock_watch import look
from tasks.office.holidays import notice_missing
from tasks.office.ladder import ladder_of
from tasks.office.reach import Reach, reach

SEEN = ("unit", "post", "milestone", "work_item", "indicator", "assignment", "notice")  # in sets


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
    chain: str = ""  # the head of the audit chain, in words
    preview: bool = False
    clock: str = ""  # why the clock is not believed, or what was taken back when it was again
    held: bool = False  # it is not: nobody above the liaisons was told or asked anything

    @property
    def label(self) -> str:
        """Return what the campaign is called, 【演示】 behind a demonstration."""
        return label(self.slug, self.is_demo)

    @property
    def calendar_known(self) -> bool:
        """Say whether the holidays of the day's own year are published."""
        return self.today.year not in self.unknown_years

    @property
    def slips(self) -> int:
        """Return how many items are past due and not done."""
        return self.board.all.red


def patrol_all(slug: str | None, day: date, now: datetime) -> list[CampaignView]:
    """Patrol the campaign ``slug``, or every campaign there is, real ones first.

    ``day`` is today's as ``now`` shows it, or the patrol is a preview and only looks: the plan's days
    come by themselves, and what one of them brought too early nobody could call back.
    """
    slugs = [slug] if slug else campaign_slugs()
    if day != local_day(now):
        return [patrol_campaign(one, moment_of(now, day), preview=True) for one in slugs]
    if slug is not None:
        with open_session(read_only=True) as session:
            campaign_named(session, slug)  # a name that is none ends it before anything is written
    clock = look(now)
    views = [patrol_campaign(one, moment_of(now, day), held=clock.held) for one in slugs]
    lines = [clock.line] + [""] * len(slugs)  # said once, of whatever campaign is first
    return [
        replace(view, clock=line, held=clock.held) for view, line in zip(views, lines, strict=False)
    ]


def patrol_campaign(
    slug: str | None,
    moment: Moment,
    reached: Reach | None = None,
    *,
    preview: bool = False,
    held: bool = False,
) -> CampaignView:
    """Patrol one campaign at ``moment`` in one transaction.

    Opens the stages whose planned start has come and writes a notice for each new fact. A second
    patrol of the same day writes nothing; on a day off nothing is written at all. A ``preview`` does
    the same and takes it back in the end, so it tells exactly what the patrol would do. While the clock
    is not believed (``held``), liaisons hear of their items and nothing else is done.
    """
    reached = reached or reach()
    if not preview:
        tell_planner(SEEN)
    with open_session(preview=preview) as session:
        campaign, today = open_campaign(session, slug), moment.today
        calendar = work_calendar(session)
        if not calendar.is_workday(today):
            return replace(_view(session, campaign, today, calendar), preview=preview)
        lock_chain(session)
        campaign_id = key_of(campaign)
        moment = replace(moment, calendar=calendar)
        ladder = ladder_of(campaign)
        heard = reached.has is not None and not campaign.is_demo
        mark_reachable(session, campaign_id, None if campaign.is_demo else reached.has)
        if held:
            standing = brackets(today, calendar, ladder.rungs)
            created = write_due_notices(session, campaign_id, standing, moment, up_to=Level.LIAISON)
            quieten(session, campaign_id, today, heard=heard, revive=False)
            return _view(session, campaign, today, calendar, created=created)
        extend_duties(session, campaign, today)
        opened = open_due_stages(session, campaign_id, today)
        _record_openings(session, campaign, opened, moment)
        created = write_opening_notices(session, campaign_id, moment)
        created += write_due_notices(
            session, campaign_id, brackets(today, calendar, ladder.rungs), moment
        )
        news = look_after_decisions(session, campaign, calendar, moment)
        created += news.told
        since = calendar.late_since(today, 2 * ladder.acknowledgement_lasts)
        fresh = calendar.due_within(today, ladder.acknowledgement_lasts)
        renew_acknowledgements(session, campaign_id, today=today, since=since, fresh=fresh)
        created += write_unacknowledged(session, campaign_id, ladder, calendar, moment)
        created += remind_of_silences(session, campaign_id, moment)
        release_at_week_start(session, campaign_id, monday_of(today))
        quieten(session, campaign_id, today, heard=heard)
        slipped = newly_slipped(session, campaign_id, moment.now) if created else []
        seen = _view(session, campaign, today, calendar, opened, slipped, created)
        bad = failing_targets(session, reached.targets) + reached.faults
        write_morning_line(
            session,
            campaign_id,
            morning_line(seen, bad),
            ladder.duty,
            notice_missing(calendar, today),
            moment,
        )
    chain = "" if preview else keep_todays_head(moment)
    return replace(seen, decisions=news.in_words(), chain=chain, preview=preview)


def morning_line(view: CampaignView, bad_channels: int) -> str:
    """Return what the leader on duty reads on a morning without alerts."""
    red = view.board.all.red
    alerts = f"今日无新预警，此前已提醒的逾期事项还有 {red} 项" if red else "今日无预警"
    fine = "通道全部正常" if not bad_channels else f"有 {bad_channels} 个通道不正常"
    return f"{alerts}：已检查 {view.work_items} 项任务、{len(view.board.units)} 个单位，{fine}"


def view_campaign(slug: str | None, today: date, now: datetime | None = None) -> CampaignView:
    """Return a campaign on ``today`` without writing anything; a preview on another day than ``now``."""
    preview = now is not None and today != local_day(now)
    with open_session(read_only=True) as session:
        seen = _view(session, campaign_named(session, slug), today, work_calendar(session))
    return replace(seen, preview=preview)


def with_the_others(views: Sequence[CampaignView], moment: Moment) -> list[CampaignView]:
    """Return every campaign for a page, of those that were not patrolled how they stand."""
    seen = {view.slug: view for view in views}
    return [
        seen.get(slug) or view_campaign(slug, moment.today, moment.now) for slug in campaign_slugs()
    ]


def campaign_slugs() -> list[str]:
    """Return the slug of every campaign, real ones first, the last loaded first."""
    with open_session(read_only=True) as session:
        return [campaign.slug for campaign in campaigns(session)]


def _record_openings(
    session: Session, campaign: Campaign, opened: list[Stage], moment: Moment
) -> None:
    for stage in opened:
        entry = note(
            session,
            key_of(campaign),
            Occasion(BY_PLAN, moment),
            "stage-opened",
            f"S{stage.ordinal}",
            name=stage.name,
            planned_start=stage.planned_start,
        )
        session.add(
            Transition(
                campaign_id=key_of(campaign),
                stage_id=key_of(stage),
                from_status=StageStatus.PENDING,
                to_status=StageStatus.ACTIVE,
                day=moment.today,
                at=moment.now,
                decided_by=BY_PLAN,
                audit_id=entry.id,
            )
        )


def _view(
    session: Session,
    campaign: Campaign,
    today: date,
    calendar: WorkCalendar,
    opened: Sequence[Stage] = (),
    slipped: Sequence[Slip] = (),
    created: int = 0,
) -> CampaignView:
    campaign_id = key_of(campaign)
    days = light_days(today, calendar)
    over = passed_over(session, campaign_id)
    return CampaignView(
        slug=campaign.slug,
        title=campaign.title,
        is_demo=campaign.is_demo,
        today=today,
        working_day=calendar.is_workday(today),
        unknown_years=calendar.unknown_years(today, max(days.near_until, over.last_due or today)),
        stages=[stage_view(stage) for stage in stages_of(session, campaign_id)],
        work_items=work_item_count(session, campaign_id),
        board=board(session, campaign_id, days),
        open_groups=unexpanded_groups(session, campaign_id),
        unsent=unsent_by_tag(session, campaign_id),
        passed_over=over,
        dead_letters=dead_letters(session, campaign_id),
        opened=[stage_view(stage) for stage in opened],
        slipped=slipped,
        notices_created=created,
    )


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


def as_json(view: CampaignView) -> dict[str, Any]:
    """Return the object that ``--json`` prints for a campaign; keys are added, never renamed."""
    return {
        "campaign": view.slug,
        "title": view.title,
        "demo": view.is_demo,
        "today": view.today.isoformat(),
        "preview": view.preview,
        "working_day": view.working_day,
        "stages": [
            {
                "ordinal": s.ordinal,
                "kind": s.kind,
                "name": s.name,
                "status": s.status,
                "planned_start": s.planned_start.isoformat() if s.planned_start else None,
                "planned_end": s.planned_end.isoformat() if s.planned_end else None,
                "open_ended": s.open_ended,
            }
            for s in view.stages
        ],
        "work_items": view.work_items,
        "assignments": view.board.assignments.total,
        "items": view.board.all.total,
        "lights": view.board.all.as_dict(),
        "milestone_lights": view.board.milestones.as_dict(),
        "assignment_lights": view.board.assignments.as_dict(),
        "office_lights": view.board.office.as_dict(),
        "slips": view.slips,
        "open_groups": list(view.open_groups),
        "holidays_unknown": list(view.unknown_years),
        "posts_passed_over": view.passed_over.vacant + view.passed_over.unreachable,
        "items_of_nobody": view.passed_over.ownerless,
        "dead_letters": view.dead_letters,
    }
