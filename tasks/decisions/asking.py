"""Ask what is due, chase what lies, close what was overtaken: the decisions' part of a patrol."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from models.audit import lock_chain
from models.campaign import Campaign, Stage, campaign_named, stages_of
from models.database import open_session
from models.deciding import add_post, ask, close_unanswered, deciders, lock_decision, next_level
from models.decision import (
    ASKED,
    EXPIRED,
    OVERTAKEN,
    Decision,
    asked_posts,
    last_answer,
    open_decisions,
)
from models.decision_codes import posts_without_code
from models.errors import DecisionError, NotFoundError
from models.gate import gate_of, plan_gates
from models.holiday import work_calendar
from models.plan.schema import PlanGates
from models.rules.decisions import Answer, StageDays, Why, chase, occasion, when_to_ask
from models.rules.gate_values import GateReport
from models.rules.words import StageStatus
from models.rules.workdays import WorkCalendar
from models.stage_moves import Occasion, note
from models.telling import Hour, leaders_and_office, tell
from models.unit import Post
from tasks.decisions.codes import send_code
from tasks.reach import lazily_reachable

BY_PLAN = "按方案计划"


@dataclass(slots=True)
class DecisionNews:
    """What a patrol did about decisions, in words for its one line."""

    asked: list[str] = field(default_factory=list)
    chased: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)
    told: int = 0  # notices written

    def in_words(self) -> list[str]:
        """Return the parts of a summary; empty when nothing happened."""
        kinds = (
            ("请求审批", self.asked),
            ("催办审批", self.chased),
            ("审批已失效", self.closed),
            ("没有可以审批的岗位(请用 shifan posts 填写)", self.nobody),
        )
        return [f"{words}:{'、'.join(names)}" for words, names in kinds if names]


@dataclass(slots=True)
class _Round:
    """One patrol of one campaign's decisions."""

    session: Session
    campaign: Campaign
    plan: PlanGates
    calendar: WorkCalendar
    hour: Hour
    reach: Callable[[str], bool]
    news: DecisionNews = field(default_factory=DecisionNews)

    def gate(self, stage: Stage) -> GateReport:
        return gate_of(self.session, self.campaign, stage, self.hour.today, self.reach)


def look_after_decisions(
    session: Session, campaign: Campaign, calendar: WorkCalendar, hour: Hour
) -> DecisionNews:
    """Bring every question of the campaign up to date, in the patrol's own transaction.

    A second patrol of a day asks, reminds and closes nothing.
    """
    one = _Round(session, campaign, plan_gates(campaign), calendar, hour, lazily_reachable())
    stages = {stage.id: stage for stage in stages_of(session, campaign.id or 0)}
    for decision in open_decisions(session, campaign.id):
        _look_after(one, decision, stages[decision.stage_id])
    for stage in stages.values():
        if stage.status == StageStatus.ACTIVE:
            _ask_if_due(one, stage)
    return one.news


def _ask_if_due(one: _Round, stage: Stage) -> None:
    gate = one.gate(stage)
    last = last_answer(one.session, stage.id or 0)
    why = when_to_ask(
        StageDays(stage.ordinal, StageStatus(stage.status), stage.planned_end),
        gate_open=gate.open,
        returned_on=last.closed_on if last and last.answer == Answer.RETURN else None,
        today=one.hour.today,
        calendar=one.calendar,
        near_end_workdays=one.plan.near_end_workdays,
    )
    if why:
        put_question(one, stage, gate, why, BY_PLAN)


def put_question(one: _Round, stage: Stage, gate: GateReport, why: Why, by: str) -> Decision | None:
    """Ask, tell the deciders, and send each a code of its own; None where nobody could be asked."""
    session, hour = one.session, one.hour
    posts = deciders(session, stage.campaign_id, one.plan)
    if not posts:
        one.news.nobody.append(stage.name)
        return None
    decision = ask(
        session,
        stage,
        posts,
        why,
        Occasion(by, hour.today, hour.now, obstacles=gate.obstacles),
        due=workdays_later(one.calendar, hour.today, one.plan.answer_workdays),
        all_must_agree=one.plan.all_must_agree,
    )
    if decision is None:
        return None
    _tell_posts(one, decision, stage, posts, "decision_asked", str(decision.id))
    one.news.asked.append(stage.name)
    return decision


def workdays_later(calendar: WorkCalendar, day: date, workdays: int) -> date:
    """Return the day that is ``workdays`` working days after ``day``."""
    return calendar.last_workday(calendar.due_within(day, workdays))


def _tell_posts(
    one: _Round, decision: Decision, stage: Stage, posts: list[Post], rule: str, occurrence: str
) -> None:
    ids = [post.id or 0 for post in posts]
    why = Why(decision.why).chinese
    one.news.told += tell(
        one.session,
        stage.campaign_id,
        stage.id or 0,
        rule,
        ids,
        occurrence,
        one.hour,
        f"{why};请在 {decision.due} 前答复:打开链接点 Resume(手机上在右上角 ⋮ 里),验证码另发",
    )
    missing = posts_without_code(one.session, decision.id or 0, ids, one.hour.now)
    for post in posts:
        if post.id in missing:
            send_code(one.session, decision, post, stage, one.hour)


def _look_after(one: _Round, decision: Decision, stage: Stage) -> None:
    day = one.hour.today
    said = Occasion(BY_PLAN, day, one.hour.now)
    if reason := _overtaken(one, decision, stage):
        if close_unanswered(one.session, decision, stage, OVERTAKEN, reason, said):
            one.news.closed.append(stage.name)
        return
    posts = [post for _, post in asked_posts(one.session, decision.id or 0)]
    escalated = any(a.how == "escalated" for a, _ in asked_posts(one.session, decision.id or 0))
    due = chase(decision.due, escalated, day, one.calendar)
    if due.expire:
        why = f"{decision.due} 前没有答复,又过了 {due.late} 个工作日"
        if close_unanswered(one.session, decision, stage, EXPIRED, why, said):
            one.news.closed.append(stage.name)
        return
    filled = [post for post in posts if not post.vacant]
    if (due.escalate or not filled) and not escalated:
        _escalate(one, decision, stage, {post.id or 0 for post in posts})
    if due.remind and decision.reminded_on != day and filled:
        decision.reminded_on = day
        _tell_posts(one, decision, stage, filled, "decision_reminder", f"{decision.id} {day}")
        one.news.chased.append(stage.name)


def _overtaken(one: _Round, decision: Decision, stage: Stage) -> str:
    """Return why the question no longer stands; empty while it does. One asked by hand stands."""
    if stage.status not in (StageStatus.ACTIVE, StageStatus.DECIDING):
        return "阶段已经结束"
    if decision.why == Why.BY_HAND:
        return ""
    near = one.plan.near_end_workdays
    if occasion(stage.planned_end, False, one.hour.today, one.calendar, near):
        return ""
    return "" if one.gate(stage).open else "推进条件又有未满足的,离结束日也还早"


def _escalate(one: _Round, decision: Decision, stage: Stage, asked: set[int]) -> None:
    """Ask the next level as well; where there is none, tell everybody that it lies."""
    above = next_level(one.session, stage.campaign_id, one.plan, asked)
    for post in above:
        add_post(one.session, decision, post, "escalated")
    if above:
        note(
            one.session,
            stage.campaign_id,
            Occasion(BY_PLAN, one.hour.today, one.hour.now),
            "decision-escalated",
            f"S{stage.ordinal}",
            decision=decision.id,
            to=[post.title for post in above],
        )
        _tell_posts(one, decision, stage, above, "decision_escalated", str(decision.id))
        return
    everybody = leaders_and_office(one.session, stage.campaign_id)
    others = [post for post in everybody if post not in asked]  # those asked are reminded
    one.news.told += tell(
        one.session,
        stage.campaign_id,
        stage.id or 0,
        "decision_unanswered",
        others,
        str(decision.id),
        one.hour,
        f"{decision.due} 前应答复,没有更高一级可以转请",
    )


def ask_by_hand(
    slug: str | None, ordinal: int | None, by: str, now: datetime, today: date
) -> tuple[int, str]:
    """Ask about a stage because somebody wants it moved; return the question's id and the stage.

    One that is asked already is returned as it is, so this may be repeated. A pending stage is
    opened by deciding the one before it. Raises DecisionError or NotFoundError in one line.
    """
    if not by.strip():
        raise DecisionError("没有写明由谁(职务)发起")
    with open_session() as session:
        lock_chain(session)
        campaign = campaign_named(session, slug)
        stage = _stage_to_move(session, campaign, ordinal)
        for decision in open_decisions(session, campaign.id):
            if decision.stage_id == stage.id:
                return decision.id or 0, stage.name
        calendar = work_calendar(session)
        one = _Round(
            session,
            campaign,
            plan_gates(campaign),
            calendar,
            Hour(today, now, now),
            lazily_reachable(),
        )
        asked = put_question(one, stage, one.gate(stage), Why.BY_HAND, by.strip())
        if asked is None:
            raise DecisionError("没有可以审批的岗位,请先用 shifan posts 填写组长或分管领导")
        return asked.id or 0, stage.name


def _stage_to_move(session: Session, campaign: Campaign, ordinal: int | None) -> Stage:
    stages = stages_of(session, campaign.id or 0)
    moving = [s for s in stages if s.status in (StageStatus.ACTIVE, StageStatus.DECIDING)]
    if ordinal is None:
        if not moving:
            raise DecisionError(f"{campaign.title}目前没有进行中的阶段")
        return moving[0]
    found = next((s for s in stages if s.ordinal == ordinal), None)
    if found is None:
        known = "、".join(f"{s.ordinal}({s.name})" for s in stages)
        raise NotFoundError(f"没有第 {ordinal} 阶段,现有:{known}")
    if found not in moving:
        status = StageStatus(found.status).chinese
        raise DecisionError(f"第 {ordinal} 阶段“{found.name}”{status},不能提请审批")
    return found


def close_overtaken(decision_id: int, why: str, by: str, now: datetime, today: date) -> bool:
    """Close an open question for a reason of its own; True when this call closed it."""
    with open_session() as session:
        lock_chain(session)
        decision = lock_decision(session, decision_id)
        if decision is None or decision.status != ASKED:
            return False
        stage = session.get_one(Stage, decision.stage_id)
        said = Occasion(by, today, now, why)
        return close_unanswered(session, decision, stage, OVERTAKEN, why, said)
