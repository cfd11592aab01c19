"""Decisions: when one is asked, when it makes no sense any more, what opens next, who hears if no answer comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import UNDER_WAY, StageStatus, Worded

REST_AFTER_RETURN = 5  # working days before a returned stage is asked about again
ESCALATE_AFTER = 2  # working days after the due day: the next level is asked as well
EXPIRE_AFTER = 20  # working days after the due day: the question is closed and asked anew


class Why(Worded):
    """Why a decision was asked."""

    GATE_OPEN = "gate-open", "推进条件已全部满足"
    END_NEAR = "end-near", "阶段即将到期或已经到期"
    BY_HAND = "by-hand", "由工作人员发起"
    OBJECTION = "objection", "对上一次决定有异议，重新审批"
    OPENING = "opening", "由工作人员发起，请求提前启动"


class PlannedStage(Protocol):
    """What the rules know of a stage; the row of its table says it."""

    ordinal: int
    status: str
    planned_start: date | None
    planned_end: date | None


def when_to_ask(
    stage: PlannedStage,
    *,
    gate_open: bool,
    returned_on: date | None,
    today: date,
    calendar: WorkCalendar,
    near_end_workdays: int,
) -> Why | None:
    """Return why a decision about an active stage is due on ``today``; None when none is.

    A stage that was returned rests for a working week first, or the leader is asked the same thing
    the next morning.
    """
    if stage.status != StageStatus.ACTIVE:
        return None
    if returned_on and calendar.count(returned_on, today) < REST_AFTER_RETURN:
        return None
    return occasion(stage.planned_end, gate_open, today, calendar, near_end_workdays)


def occasion(
    end: date | None, gate_open: bool, today: date, calendar: WorkCalendar, near_end_workdays: int
) -> Why | None:
    """Return what calls for a decision: an open gate, else a near or past end."""
    if gate_open:
        return Why.GATE_OPEN
    near = end is not None and end <= calendar.due_within(today, near_end_workdays)
    return Why.END_NEAR if near else None


def moot(status: StageStatus, *, opening: bool) -> str:
    """Return why a question makes no sense any more, wherever its gate stands; empty while it does."""
    if status is StageStatus.WITHDRAWN:
        return "方案里已没有这个阶段"
    if opening:
        return "" if status is StageStatus.PENDING else "阶段已经启动"
    under_way = status in UNDER_WAY
    return "" if under_way else "阶段已经结束"


def withdrawal_fault(why: Why, heard: Sequence[str]) -> str:
    """Return why the office may not withdraw a question; empty when it may.

    What the plan asks is not the office's to withdraw, and what a leader said (``heard``) stands.
    """
    if why not in (Why.BY_HAND, Why.OPENING):
        return f"这次审批是按规定提请的（{why.chinese}），不能撤回；请领导退回或延期"
    if heard:
        return f"{'、'.join(heard)}已经表态，不能撤回；请其他领导退回，或由表态的领导提出异议"
    return ""


def opens_after(closing: int, stages: Sequence[PlannedStage]) -> int | None:
    """Return the stage to open by decision when ``closing`` closes; None when another is under way.

    The next pending one in the plan's order, else the first pending one: a campaign always has a
    stage under way until its last is closed.
    """
    others = [s for s in stages if s.ordinal != closing]
    if any(s.status in UNDER_WAY for s in others):
        return None
    pending = sorted(s.ordinal for s in others if s.status == StageStatus.PENDING)
    return next((n for n in pending if n > closing), pending[0] if pending else None)


@dataclass(frozen=True, slots=True)
class Chase:
    """What is due for a question nobody answered; ``late`` counts working days past its due day."""

    late: int
    remind: bool = False
    escalate: bool = False
    expire: bool = False


def chase(due: date, escalated: bool, today: date, calendar: WorkCalendar) -> Chase:
    """Return what an unanswered question needs on ``today``; nothing until its due day."""
    late = calendar.count(due, today)
    if today < due:
        return Chase(0)
    if late >= EXPIRE_AFTER:
        return Chase(late, expire=True)
    return Chase(late, remind=True, escalate=late >= ESCALATE_AFTER and not escalated)
