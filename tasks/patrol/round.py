"""The round of the patrol through campaigns: every step for all of them, by the same statements as for one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import BY_PLAN, Occasion, open_due_stages
from models.campaign.rounds import write_rounds
from models.evidence.reopening import follow_evidence_of
from models.keys import key_of
from models.loading.duties import extend_duties
from models.notices.burden import monday_of, release_at_week_start
from models.notices.covering import quieten_all, renew_acknowledgements
from models.notices.due import newly_slipped, write_due_notices, write_news
from models.notices.office import MorningLine, write_morning_lines
from models.notices.seats import mark_reachable
from models.notices.standing import remind_of_what_stands
from models.notices.unacknowledged import write_unacknowledged
from models.rules.calendar.moment import Moment
from models.rules.evidence.proof import BY_TERM
from models.rules.notices.ladder import brackets
from models.rules.notices.ladder_table import Ladder
from models.rules.words import Level
from tasks.decisions.chasing import look_after_decisions
from tasks.decisions.rounds import DecisionNews
from tasks.decisions.stirring import stirring
from tasks.office.holidays import notice_missing
from tasks.office.ladder import ladders_of
from tasks.office.reach import Reach
from tasks.patrol.view import CampaignView, campaign_views, stage_view


class PatrolSteps:
    """One round through campaigns on a working day; the order of its steps is part of what it does to each campaign.

    What differs between campaigns is said with them in a statement, or parts them into few sets (their
    ladder). What most have no news of on a day (duties to lay out, questions to ask) is looked for in all at
    once, and done where there is some.
    """

    def __init__(
        self, session: Session, campaigns: Sequence[Campaign], moment: Moment, reached: Reach
    ) -> None:
        self._session, self._campaigns, self._moment = session, campaigns, moment
        self._ids, self._reached = [key_of(one) for one in campaigns], reached
        self._calendar = moment.calendar or work_calendar(session)
        self._ladders = dict(zip(self._ids, ladders_of(campaigns), strict=True))
        self._by_ladder = _parted(self._ladders)
        sending = [key_of(one) for one in campaigns if not one.is_demo]
        silent = [key_of(one) for one in campaigns if one.is_demo]
        self._heard = [] if reached.has is None else sending
        self._created = Counter[int]()
        if reached.has is None:
            mark_reachable(session, self._ids, None)
        else:
            mark_reachable(session, sending, reached.has)
            mark_reachable(session, silent, None)

    def for_liaisons(self) -> list[CampaignView]:
        """Tell liaisons of their items, and do nothing else."""
        self._tell_of_items(Level.LIAISON)
        today = self._moment.today
        quieten_all(self._session, self._ids, today, heard=self._heard, revive=False)
        return [
            replace(view, notices_created=self._created[id])
            for id, view in zip(self._ids, self._look(), strict=True)
        ]

    def whole(self) -> list[CampaignView]:
        """Open what is due, tell everybody what is new, and whoever is on duty when nothing is."""
        session, ids, moment = self._session, self._ids, self._moment
        for campaign in self._campaigns:
            extend_duties(session, campaign, moment.today)
        opened = open_due_stages(session, ids, Occasion(BY_PLAN, moment))
        follow_evidence_of(session, ids, BY_TERM, moment)
        self._created += write_news(session, ids, moment)
        self._tell_of_items(Level.GROUP_HEAD)
        news = self._look_after_decisions()
        self._chase()
        self._created += remind_of_what_stands(session, ids, moment)
        release_at_week_start(session, ids, monday_of(moment.today))
        quieten_all(session, ids, moment.today, heard=self._heard)
        views = self._seen(opened, news)
        self._write_down(views)
        return views

    def _seen(self, opened: Sequence[Stage], news: dict[int, DecisionNews]) -> list[CampaignView]:
        told = [id for id in self._ids if self._created[id]]
        slipped = newly_slipped(self._session, told, self._moment.now)
        return [
            replace(
                view,
                opened=[stage_view(stage) for stage in opened if stage.campaign_id == id],
                slipped=slipped.get(id, []),
                notices_created=self._created[id],
                decisions=news[id].in_words() if id in news else [],
            )
            for id, view in zip(self._ids, self._look(), strict=True)
        ]

    def _write_down(self, views: Sequence[CampaignView]) -> None:
        """Write that the campaigns were patrolled, and the lines of those that have nothing to tell."""
        bad = self._reached.failing(self._session) + self._reached.faults
        each = list(zip(self._ids, views, strict=True))
        new = {id: self._created[id] for id, view in each if not view.patrolled}
        write_rounds(self._session, new, self._moment)
        lines = [
            MorningLine(id, morning_line(view, bad), self._ladders[id].duty) for id, view in each
        ]
        missing = notice_missing(self._calendar, self._moment.today)
        write_morning_lines(self._session, lines, missing, self._moment)

    def _tell_of_items(self, up_to: Level) -> None:
        for ladder, ids in self._by_ladder:
            rungs = brackets(self._moment.today, self._calendar, ladder.rungs)
            self._created += write_due_notices(self._session, ids, rungs, self._moment, up_to=up_to)

    def _look_after_decisions(self) -> dict[int, DecisionNews]:
        """Bring the questions of those campaigns up to date in which there is something to do."""
        session, moment = self._session, self._moment
        stirred = stirring(session, self._campaigns, self._calendar, moment)
        news = look_after_decisions(session, stirred, self._calendar, moment)
        self._created += Counter({id: one.told for id, one in news.items()})
        return news

    def _chase(self) -> None:
        """Let run-out acknowledgements of what moved count anew, and repeat what nobody acknowledged."""
        session, today, calendar = self._session, self._moment.today, self._calendar
        for ladder, ids in self._by_ladder:
            lasts = ladder.acknowledgement_lasts
            since, fresh = calendar.late_since(today, 2 * lasts), calendar.due_within(today, lasts)
            renew_acknowledgements(session, ids, today=today, since=since, fresh=fresh)
            self._created += write_unacknowledged(session, ids, ladder, calendar, self._moment)

    def _look(self) -> list[CampaignView]:
        return campaign_views(self._session, self._campaigns, self._moment.today, self._calendar)


def _parted(ladders: dict[int, Ladder]) -> list[tuple[Ladder, list[int]]]:
    """Return the campaigns of each ladder, as many sets as there are different ones."""
    found: list[tuple[Ladder, list[int]]] = []
    for id, ladder in ladders.items():
        ids = next((ids for known, ids in found if known == ladder), None)
        if ids is None:
            found.append((ladder, [id]))
        else:
            ids.append(id)
    return found


def morning_line(view: CampaignView, bad_channels: int) -> str:
    """Return what the leader on duty reads on a morning without alerts."""
    red = view.board.all.red
    alerts = f"今日无新预警，此前已提醒的逾期事项还有 {red} 项" if red else "今日无预警"
    fine = "通道全部正常" if not bad_channels else f"有 {bad_channels} 个通道不正常"
    return f"{alerts}：已检查 {view.work_items} 项任务、{len(view.board.units)} 个单位，{fine}"
