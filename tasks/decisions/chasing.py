"""Ask what is due, chase what lies, close what was overtaken: the decisions' part of a patrol."""

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import BY_PLAN, Occasion
from models.campaign.stage_end import reach_end, stages_and_ends
from models.decisions.asking import add_post, next_level
from models.decisions.closing import close_unanswered
from models.decisions.decision import (
    ESCALATED,
    EXPIRED,
    OVERTAKEN,
    last_answer,
    open_decisions,
)
from models.decisions.hearing import Hearing
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import Why, chase, moot, occasion, when_to_ask
from models.rules.words import UNFINISHED, StageStatus
from tasks.decisions.asking import DecisionNews, Round, put_question, tell_posts


def look_after_decisions(
    session: Session, campaign: Campaign, calendar: WorkCalendar, moment: Moment
) -> DecisionNews:
    """Bring every question of the campaign up to date, in the patrol's own transaction.

    A second patrol of a day asks, reminds and closes nothing.
    """
    one = Round.of(session, campaign, moment, calendar)
    # Read at once: each question's stage is among them.
    stages = stages_and_ends(session, key_of(campaign))
    for decision in open_decisions(session, campaign.id):
        _look_after(one, one.hearing(decision, session.get_one(Stage, decision.stage_id)))
    for stage, end in stages:
        if stage.status == StageStatus.ACTIVE:
            _ask_if_due(one, stage)
        elif stage.status == StageStatus.CLOSED and end in UNFINISHED:  # closed by an older version
            reach_end(session, key_of(stage), BY_PLAN, moment=moment)
    return one.news


def _ask_if_due(one: Round, stage: Stage) -> None:
    gate = one.gate(stage)
    last = last_answer(one.session, key_of(stage))
    why = when_to_ask(
        stage,
        gate_open=gate.open,
        returned_on=last.closed_on if last and last.answer == Answer.RETURN else None,
        today=one.moment.today,
        calendar=one.calendar,
        near_end_workdays=one.plan.near_end_workdays,
    )
    if why:
        put_question(one, stage, why, Occasion(BY_PLAN, one.moment, obstacles=gate.obstacles))


def _look_after(one: Round, asked: Hearing) -> None:
    decision, day = asked.decision, one.moment.today
    said = Occasion(BY_PLAN, one.moment)
    voices = asked.asked
    escalated = any(voice.how == ESCALATED for voice, _ in voices)
    due = chase(decision.due, escalated, day, one.calendar)
    status, why = OVERTAKEN, _overtaken(one, asked)
    if not why and due.expire:
        status, why = EXPIRED, f"{decision.due} 前没有答复，又过了 {due.late} 个工作日"
    if why:
        if close_unanswered(asked, status, why, said):
            one.news.closed.append(asked.title)
        return
    # Who has spoken already (会签) is not chased any more, and gets no second code.
    filled = [post for voice, post in voices if not post.vacant and not voice.answer]
    if (due.escalate or not filled) and not escalated:
        _escalate(one, asked, said, {key_of(post) for _, post in voices})
    if due.remind and decision.reminded_on != day and filled:
        decision.reminded_on = day
        tell_posts(one, asked, filled, "decision_reminder", f"{decision.id} {day}")
        one.news.chased.append(asked.title)


def _overtaken(one: Round, asked: Hearing) -> str:
    """Return why the question no longer stands; empty while it does. One asked for a person's sake stands."""
    decision, stage = asked.decision, asked.stage
    if reason := moot(StageStatus(stage.status), opening=decision.is_opening):
        return reason
    if decision.why in (Why.OPENING, Why.BY_HAND, Why.OBJECTION):
        return ""
    near = one.plan.near_end_workdays
    if occasion(stage.planned_end, False, one.moment.today, one.calendar, near):
        return ""
    return "" if one.gate(stage).open else "推进条件又有未满足的，离结束日也还早"


def _escalate(one: Round, asked: Hearing, said: Occasion, before: set[int]) -> None:
    """Ask the next level as well; where there is none, tell everybody that it lies."""
    above = next_level(one.session, asked.stage.campaign_id, one.plan, before)
    for post in above:
        add_post(asked, post, ESCALATED)
    if above:
        asked.note("decision-escalated", said, to=[post.title for post in above])
        tell_posts(one, asked, above, "decision_escalated")
        return
    others = [post for post in asked.everybody if post not in before]  # those asked are reminded
    detail = f"{asked.decision.due} 前应答复，没有更高一级可以转请"
    one.news.told += asked.tell("decision_unanswered", others, detail=detail)
