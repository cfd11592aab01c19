"""Decisions: when one is asked, what forbids an answer, what an answer does, who hears if none comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.bounds import LONGEST_NOTE
from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import StageStatus, Worded

REST_AFTER_RETURN = 5  # working days before a returned stage is asked about again
ESCALATE_AFTER = 2  # working days after the due day: the next level is asked as well
EXPIRE_AFTER = 20  # working days after the due day: the question is closed and asked anew


class Answer(Worded):
    """What a decider can say."""

    APPROVE = "approve", "批准"
    RETURN = "return", "退回"
    POSTPONE = "postpone", "延期"
    FORCE = "force", "强制推进"
    TRANSFER = "transfer", "转办"


ANSWERS_BY_WORD: Mapping[str, Answer] = {answer.chinese: answer for answer in Answer}


class Why(Worded):
    """Why a decision was asked."""

    GATE_OPEN = "gate-open", "推进条件已全部满足"
    END_NEAR = "end-near", "阶段即将到期或已经到期"
    BY_HAND = "by-hand", "由工作人员发起"
    OBJECTION = "objection", "对上一次决定有异议，重新审批"
    OPENING = "opening", "由工作人员发起，请求提前启动"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was given, before anything is checked.

    ``unread`` says in words why what was typed for a day is none.
    """

    answer: Answer | None
    reason: str = ""
    new_end: date | None = None
    transfer_to: str = ""
    unread: str = ""


@dataclass(frozen=True, slots=True)
class StageDays:
    """What the rules know of a stage."""

    ordinal: int
    status: StageStatus
    end: date | None = None


def when_to_ask(
    stage: StageDays,
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
    if stage.status is not StageStatus.ACTIVE:
        return None
    if returned_on and calendar.count(returned_on, today) < REST_AFTER_RETURN:
        return None
    return occasion(stage.end, gate_open, today, calendar, near_end_workdays)


def occasion(
    end: date | None, gate_open: bool, today: date, calendar: WorkCalendar, near_end_workdays: int
) -> Why | None:
    """Return what calls for a decision: an open gate, else a near or past end."""
    if gate_open:
        return Why.GATE_OPEN
    near = end is not None and end <= calendar.due_within(today, near_end_workdays)
    return Why.END_NEAR if near else None


def may_approve(obstacles: Sequence[object]) -> bool:
    """Say whether an approval stands: with something in the way only a forced one does."""
    return not obstacles


def faults(
    said: Said,
    *,
    obstacles: Sequence[str],
    end: date | None,
    today: date,
    others: Sequence[str] = (),
    may_transfer: bool = False,
    opening: bool = False,
) -> list[str]:
    """Return what forbids an answer, one line each, in the words of the form; empty when it stands.

    ``obstacles`` are those of this moment, not those shown when the question was asked. ``others``
    are the posts a decision may be handed on to. ``opening`` asks to open a stage before its day.
    """
    found = []
    reason = said.reason.strip()
    if said.answer is None:
        choice = "批准、退回" if opening else "批准、退回、延期、强制推进"
        found.append(f"没有选择决定，请从{choice}中选一项")
    if opening and said.answer in (Answer.POSTPONE, Answer.FORCE):
        return [f"请求的是提前启动，只能批准或退回，不能{said.answer.chinese}"]
    if len(reason) > LONGEST_NOTE:
        found.append(f"理由有 {len(reason)} 个字，请压缩到 {LONGEST_NOTE} 个字以内")
    if said.answer is Answer.APPROVE and not may_approve(obstacles):
        found.append(
            f"推进条件还有 {len(obstacles)} 项没有满足，不能批准；"
            "可以退回、延期，或者写明理由后强制推进"
        )
    if said.answer in (Answer.RETURN, Answer.POSTPONE, Answer.FORCE) and not reason:
        found.append(f"{said.answer.chinese}必须写明理由")
    if said.unread:
        found.append(said.unread)
    elif said.answer is Answer.POSTPONE:
        found += _postponed(said.new_end, end, today)
    elif said.new_end is not None and said.answer is not None:
        found.append(
            f"填了延期到 {said.new_end}，决定却是{said.answer.chinese}；请改选延期或清空日期"
        )
    if said.answer is Answer.TRANSFER:
        if not may_transfer:
            found.append("方案没有允许转办，请直接作出决定")
        elif said.transfer_to.strip() not in others:
            found.append(f"转办的对象应是以下岗位之一：{'、'.join(others) or '（没有其他岗位）'}")
    return found


def _postponed(new_end: date | None, end: date | None, today: date) -> list[str]:
    if new_end is None:
        return ["延期必须填写延期到哪一天"]
    if new_end <= today:
        return [f"延期到 {new_end} 不晚于今天（{today}）"]
    if end and new_end <= end:
        return [f"延期到 {new_end} 不晚于原来的结束日（{end}）"]
    return []


@dataclass(frozen=True, slots=True)
class Voice:
    """What one asked post has said so far; an escalated post decides alone."""

    post: str
    answer: Answer | None = None
    escalated: bool = False


def verdict(voices: Sequence[Voice], all_must_agree: bool) -> Answer | None:
    """Return what the voices come to; None while others must still be heard (会签).

    One 退回 or 延期 settles it; a yes settles it alone, or together with everybody's where all must
    agree, and is a forced one as soon as one of them was.
    """
    said = [voice for voice in voices if voice.answer is not None]
    for answer in (Answer.RETURN, Answer.POSTPONE):
        if any(voice.answer is answer for voice in said):
            return answer
    if not said:
        return None
    waiting = [v for v in voices if v.answer is None and not v.escalated]
    if all_must_agree and waiting and not any(voice.escalated for voice in said):
        return None
    forced = any(voice.answer is Answer.FORCE for voice in said)
    return Answer.FORCE if forced else Answer.APPROVE


def moot(status: StageStatus, *, opening: bool) -> str:
    """Return why a question makes no sense any more, wherever its gate stands; empty while it does."""
    if status is StageStatus.WITHDRAWN:
        return "方案里已没有这个阶段"
    if opening:
        return "" if status is StageStatus.PENDING else "阶段已经启动"
    under_way = status in (StageStatus.ACTIVE, StageStatus.DECIDING)
    return "" if under_way else "阶段已经结束"


def status_after(answer: Answer) -> StageStatus:
    """Return where a stage stands after a settled ``answer``."""
    closes = answer in (Answer.APPROVE, Answer.FORCE)
    return StageStatus.CLOSED if closes else StageStatus.ACTIVE


def opens_after(closing: int, stages: Sequence[StageDays]) -> int | None:
    """Return the stage to open by decision when ``closing`` closes; None when another is under way.

    The next pending one in the plan's order, else the first pending one: a campaign always has a
    stage under way until its last is closed.
    """
    others = [s for s in stages if s.ordinal != closing]
    if any(s.status in (StageStatus.ACTIVE, StageStatus.DECIDING) for s in others):
        return None
    pending = sorted(s.ordinal for s in others if s.status is StageStatus.PENDING)
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
