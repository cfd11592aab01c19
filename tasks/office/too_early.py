"""Take back what patrols wrote under days that have not come, as acts of their own; nothing is deleted."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.calendar.calendar import work_calendar
from models.calendar.too_early import (
    done_early,
    shorten,
    shorten_codes,
    take_notices_back,
    uncall,
    undo_expiry,
)
from models.campaign.campaign import Campaign, Stage, campaigns
from models.campaign.moves import Occasion, note
from models.campaign.taking_back import wait_again
from models.decisions.closing import close_unanswered
from models.decisions.decision import OVERTAKEN, Decision, open_decisions
from models.decisions.hearing import Hearing
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import StageStatus
from models.settings import settings
from tasks.decisions.putting import Telling, tell_posts
from tasks.decisions.rounds import Round
from tasks.office.ladder import ladder_of

WHY = "当时本机时钟走快了，到日子再办"


def take_back(session: Session, moment: Moment, who: str) -> str:
    """Take back whatever is written under days after ``today``; return it in words, empty for nothing.

    Notices may be written again in their time, stages wait for their day, questions asked too early
    are void and those that expired too early are asked again. What persons decided stays. Repeatable.
    """
    lock_chain(session)
    calendar = work_calendar(session)
    said = Occasion(who, moment, WHY)
    notices = take_notices_back(session, moment=moment)
    shorten_codes(session, moment.now + timedelta(hours=settings().decision_code_hours))
    stages = questions = 0
    for campaign in campaigns(session):
        opened, asked, expired = done_early(session, key_of(campaign), moment.today)
        lasts = ladder_of(campaign).acknowledgement_lasts
        shorten(session, key_of(campaign), calendar.due_within(moment.today, lasts))
        for decision in asked:
            one = Hearing.of(session, decision, moment)
            questions += close_unanswered(one, OVERTAKEN, WHY, said)
        for decision in open_decisions(session, campaign.id):
            uncall(session, decision, moment.today)
        for stage in opened:
            stages += _close_again(session, stage, said)
        for decision in expired:
            questions += _ask_again(session, campaign, decision, said, calendar)
    counts = ((notices, "条提醒"), (stages, "个阶段的启动"), (questions, "次审批"))
    parts = [f"{n} {what}" for n, what in counts if n]
    if not parts:
        return ""
    facts = {"notices": notices, "stages": stages, "questions": questions}
    note(session, None, said, "clock-taken-back", "时钟", **facts)
    return f"已收回时钟走快时写下的{'、'.join(parts)}，到日子再办"


def _close_again(session: Session, stage: Stage, said: Occasion) -> bool:
    """Let a stage wait for its day again, unless a person has decided about it since."""
    session.refresh(stage)
    if stage.status != StageStatus.ACTIVE:
        return False
    return wait_again(session, stage, said)


def _ask_again(
    session: Session, campaign: Campaign, decision: Decision, said: Occasion, calendar: WorkCalendar
) -> bool:
    stage = session.get_one(Stage, decision.stage_id)
    if not undo_expiry(session, decision, stage, said):
        return False
    uncall(session, decision, said.moment.today)
    one = Round.of(session, campaign, replace(said.moment, calendar=calendar), calendar)
    asked = one.hearing(decision, stage)
    filled = [post for post in asked.silent if not post.vacant]
    occurrence = f"{decision.id} {said.moment.now.isoformat()}"
    tell_posts(session, [Telling(one, asked, filled, "decision_reminder", occurrence)])
    return True
