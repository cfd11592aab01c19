"""The patrol of one campaign: open what is due, see every light, write what must be said."""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, campaign_named, open_campaign
from models.campaign.moves import BY_PLAN, Occasion, open_due_stages
from models.campaign.rounds import write_round
from models.database import open_session, tell_planner
from models.evidence.reopening import follow_evidence
from models.keys import key_of
from models.loading.duties import extend_duties
from models.notices.burden import monday_of, release_at_week_start
from models.notices.channel_health import failing_targets
from models.notices.covering import quieten, renew_acknowledgements
from models.notices.due import newly_slipped, write_due_notices, write_news
from models.notices.office import write_morning_line
from models.notices.seats import mark_reachable
from models.notices.standing import remind_of_what_stands
from models.notices.unacknowledged import write_unacknowledged
from models.rules.calendar.moment import Moment
from models.rules.evidence.proof import BY_TERM
from models.rules.notices.ladder import brackets
from models.rules.words import Level
from models.settings import local_day, moment_of
from tasks.audit.chain import keep_todays_head
from tasks.decisions.chasing import look_after_decisions
from tasks.office.clock_watch import look
from tasks.office.holidays import notice_missing
from tasks.office.ladder import ladder_of
from tasks.office.reach import Reach, reach
from tasks.patrol.view import CampaignView, campaign_slugs, campaign_views, stage_view
from tasks.surveys.forgetting import forget_due_numbers

SEEN = ("unit", "post", "milestone", "work_item", "indicator", "assignment", "notice")  # in sets


def patrol_all(slug: str | None, day: date, now: datetime) -> list[CampaignView]:
    """Patrol the campaign ``slug``, or every campaign there is, real ones first.

    ``day`` is today's as ``now`` shows it, or the patrol is a preview and only looks: the plan's days
    come by themselves, and what one of them brought too early nobody could call back. Telephone numbers
    whose day has passed are deleted, once the clock is believed.
    """
    slugs = [slug] if slug else campaign_slugs()
    if day != local_day(now):
        return [patrol_campaign(one, moment_of(now, day), preview=True) for one in slugs]
    if slug is not None:
        with open_session(read_only=True) as session:
            campaign_named(session, slug)  # a name that is none ends it before anything is written
    clock = look(now)
    views = [patrol_campaign(one, moment_of(now, day), held=clock.held) for one in slugs]
    if not clock.held:
        forget_due_numbers(moment_of(now, day))
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
        campaign, calendar = open_campaign(session, slug), work_calendar(session)
        if not calendar.is_workday(moment.today):
            [seen] = campaign_views(session, [campaign], moment.today, calendar)
            return replace(seen, preview=preview)
        lock_chain(session)
        round_ = _Round(session, campaign, replace(moment, calendar=calendar), reached)
        seen = round_.for_liaisons() if held else round_.whole()
    chain = "" if preview or held else keep_todays_head(moment)
    return replace(seen, chain=chain, preview=preview)


class _Round:
    """The round of one campaign on a working day; the order of its steps is part of what it does."""

    def __init__(
        self, session: Session, campaign: Campaign, moment: Moment, reached: Reach
    ) -> None:
        self._session, self._campaign, self._moment = session, campaign, moment
        self._id, self._ladder, self._reached = key_of(campaign), ladder_of(campaign), reached
        self._calendar = moment.calendar or work_calendar(session)
        has = None if campaign.is_demo else reached.has
        self._heard = has is not None
        mark_reachable(session, self._id, has)

    def for_liaisons(self) -> CampaignView:
        """Tell liaisons of their items, and do nothing else."""
        created = self._tell_of_items(Level.LIAISON)
        quieten(self._session, self._id, self._moment.today, heard=self._heard, revive=False)
        return replace(self._look(), notices_created=created)

    def whole(self) -> CampaignView:
        """Open what is due, tell everybody what is new, and whoever is on duty when nothing is."""
        session, id, moment = self._session, self._id, self._moment
        extend_duties(session, self._campaign, moment.today)
        opened = open_due_stages(session, id, Occasion(BY_PLAN, moment))
        follow_evidence(session, id, BY_TERM, moment)
        created = write_news(session, id, moment)
        created += self._tell_of_items(Level.GROUP_HEAD)
        news = look_after_decisions(session, self._campaign, self._calendar, moment)
        created += news.told + self._chase()
        created += remind_of_what_stands(session, id, moment)
        release_at_week_start(session, id, monday_of(moment.today))
        quieten(session, id, moment.today, heard=self._heard)
        seen = replace(
            self._look(),
            opened=[stage_view(stage) for stage in opened],
            slipped=newly_slipped(session, id, moment.now) if created else [],
            notices_created=created,
            decisions=news.in_words(),
        )
        words = morning_line(
            seen, failing_targets(session, self._reached.targets) + self._reached.faults
        )
        if not seen.patrolled:
            write_round(session, id, created, moment)
        missing = notice_missing(self._calendar, moment.today)
        write_morning_line(session, id, words, self._ladder.duty, missing, moment)
        return seen

    def _tell_of_items(self, up_to: Level) -> int:
        rungs = brackets(self._moment.today, self._calendar, self._ladder.rungs)
        return write_due_notices(self._session, self._id, rungs, self._moment, up_to=up_to)

    def _chase(self) -> int:
        """Let run-out acknowledgements of what moved count anew, and repeat what nobody acknowledged."""
        today, lasts = self._moment.today, self._ladder.acknowledgement_lasts
        since, fresh = (
            self._calendar.late_since(today, 2 * lasts),
            self._calendar.due_within(today, lasts),
        )
        renew_acknowledgements(self._session, self._id, today=today, since=since, fresh=fresh)
        return write_unacknowledged(
            self._session, self._id, self._ladder, self._calendar, self._moment
        )

    def _look(self) -> CampaignView:
        [seen] = campaign_views(self._session, [self._campaign], self._moment.today, self._calendar)
        return seen


def morning_line(view: CampaignView, bad_channels: int) -> str:
    """Return what the leader on duty reads on a morning without alerts."""
    red = view.board.all.red
    alerts = f"今日无新预警，此前已提醒的逾期事项还有 {red} 项" if red else "今日无预警"
    fine = "通道全部正常" if not bad_channels else f"有 {bad_channels} 个通道不正常"
    return f"{alerts}：已检查 {view.work_items} 项任务、{len(view.board.units)} 个单位，{fine}"
