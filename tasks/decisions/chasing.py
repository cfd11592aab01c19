"""Ask what is due, chase what lies, close what was overtaken: the decisions' part of a patrol."""

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import BY_PLAN, Occasion, note
from models.campaign.stage_end import UNFINISHED, reach_end, stages_and_ends
from models.decisions.asking import add_post, next_level
from models.decisions.closing import close_unanswered
from models.decisions.decision import (
    ESCALATED,
    EXPIRED,
    OVERTAKEN,
    Decision,
    asked_about,
    asked_posts,
    last_answer,
    open_decisions,
)
from models.decisions.gate import plan_gates
from models.keys import key_of
from models.notices.stages import leaders_and_office
from models.notices.writing import Word, tell
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.decisions import (
    Answer,
    StageDays,
    Why,
    chase,
    moot,
    occasion,
    when_to_ask,
)
from models.rules.words import StageStatus
from models.settings import moment_of
from tasks.decisions.asking import DecisionNews, Round, put_question, tell_posts
from tasks.office.reach import lazily_reachable


def look_after_decisions(
    session: Session, campaign: Campaign, calendar: WorkCalendar, moment: Moment
) -> DecisionNews:
    """Bring every question of the campaign up to date, in the patrol's own transaction.

    A second patrol of a day asks, reminds and closes nothing.
    """
    one = Round(session, campaign, plan_gates(campaign), calendar, moment, lazily_reachable())
    # Read at once: each question's stage is among them.
    stages = stages_and_ends(session, key_of(campaign))
    for decision in open_decisions(session, campaign.id):
        _look_after(one, decision, session.get_one(Stage, decision.stage_id))
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
        StageDays(stage.ordinal, StageStatus(stage.status), stage.planned_end),
        gate_open=gate.open,
        returned_on=last.closed_on if last and last.answer == Answer.RETURN else None,
        today=one.moment.today,
        calendar=one.calendar,
        near_end_workdays=one.plan.near_end_workdays,
    )
    if why:
        put_question(one, stage, gate, why, BY_PLAN)


def _look_after(one: Round, decision: Decision, stage: Stage) -> None:
    day = one.moment.today
    said = Occasion(BY_PLAN, moment_of(one.moment.now, day))
    if reason := _overtaken(one, decision, stage):
        if close_unanswered(one.session, decision, stage, OVERTAKEN, reason, said):
            one.news.closed.append(asked_about(decision, stage.name))
        return
    asked = asked_posts(one.session, key_of(decision))
    escalated = any(voice.how == ESCALATED for voice, _ in asked)
    due = chase(decision.due, escalated, day, one.calendar)
    if due.expire:
        why = f"{decision.due} 前没有答复，又过了 {due.late} 个工作日"
        if close_unanswered(one.session, decision, stage, EXPIRED, why, said):
            one.news.closed.append(asked_about(decision, stage.name))
        return
    # Who has spoken already (会签) is not chased any more, and gets no second code.
    filled = [post for voice, post in asked if not post.vacant and not voice.answer]
    if (due.escalate or not filled) and not escalated:
        _escalate(one, decision, stage, {key_of(post) for _, post in asked})
    if due.remind and decision.reminded_on != day and filled:
        decision.reminded_on = day
        tell_posts(one, decision, stage, filled, "decision_reminder", f"{decision.id} {day}")
        one.news.chased.append(asked_about(decision, stage.name))


def _overtaken(one: Round, decision: Decision, stage: Stage) -> str:
    """Return why the question no longer stands; empty while it does. One asked for a person's sake stands."""
    if reason := moot(StageStatus(stage.status), opening=decision.is_opening):
        return reason
    if decision.is_opening:
        return ""
    if decision.why in (Why.BY_HAND, Why.OBJECTION):
        return ""
    near = one.plan.near_end_workdays
    if occasion(stage.planned_end, False, one.moment.today, one.calendar, near):
        return ""
    return "" if one.gate(stage).open else "推进条件又有未满足的，离结束日也还早"


def _escalate(one: Round, decision: Decision, stage: Stage, asked: set[int]) -> None:
    """Ask the next level as well; where there is none, tell everybody that it lies."""
    above = next_level(one.session, stage.campaign_id, one.plan, asked)
    for post in above:
        add_post(one.session, decision, post, ESCALATED)
    if above:
        note(
            one.session,
            stage.campaign_id,
            Occasion(BY_PLAN, one.moment),
            "decision-escalated",
            f"S{stage.ordinal}",
            decision=decision.id,
            to=[post.title for post in above],
        )
        tell_posts(one, decision, stage, above, "decision_escalated", str(decision.id))
        return
    everybody = leaders_and_office(one.session, stage.campaign_id)
    others = [post for post in everybody if post not in asked]  # those asked are reminded
    detail = f"{decision.due} 前应答复，没有更高一级可以转请"
    word = Word("stage", key_of(stage), "decision_unanswered", str(decision.id), detail=detail)
    told = ((post, word) for post in others)
    one.news.told += tell(one.session, stage.campaign_id, told, one.moment)
