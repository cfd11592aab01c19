"""Answers: what a decider can say, what forbids it, what several come to, where it leaves the stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.bounds import LONGEST_NOTE
from models.rules.words import StageStatus, Worded


class Answer(Worded):
    """What a decider can say."""

    APPROVE = "approve", "批准"
    RETURN = "return", "退回"
    POSTPONE = "postpone", "延期"
    FORCE = "force", "强制推进"
    TRANSFER = "transfer", "转办"


ANSWERS_BY_WORD: Mapping[str, Answer] = {answer.chinese: answer for answer in Answer}


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
class Circumstances:
    """What an answer is judged by, as it stands at the moment of the answer.

    ``obstacles`` are not those shown when the question was asked. ``others`` are the posts a decision
    may be handed on to. ``opening`` asks to open a stage before its day.
    """

    today: date
    end: date | None
    obstacles: Sequence[str] = ()
    others: Sequence[str] = ()
    may_transfer: bool = False
    opening: bool = False


def may_approve(obstacles: Sequence[object]) -> bool:
    """Say whether 批准 is a choice: with anything in the way it takes 强制推进 and a reason."""
    return not obstacles


def answer_faults(said: Said, at: Circumstances) -> list[str]:
    """Return what forbids an answer, one line each, in the words of the form; empty when it stands."""
    found = []
    reason = said.reason.strip()
    if said.answer is None:
        choice = "批准、退回" if at.opening else "批准、退回、延期、强制推进"
        found.append(f"没有选择决定，请从{choice}中选一项")
    if at.opening and said.answer in (Answer.POSTPONE, Answer.FORCE):
        return [f"请求的是提前启动，只能批准或退回，不能{said.answer.chinese}"]
    if len(reason) > LONGEST_NOTE:
        found.append(f"理由有 {len(reason)} 个字，请压缩到 {LONGEST_NOTE} 个字以内")
    if said.answer is Answer.APPROVE and not may_approve(at.obstacles):
        found.append(
            f"推进条件还有 {len(at.obstacles)} 项没有满足，不能批准；"
            "可以退回、延期，或者写明理由后强制推进"
        )
    if said.answer in (Answer.RETURN, Answer.POSTPONE, Answer.FORCE) and not reason:
        found.append(f"{said.answer.chinese}必须写明理由")
    if said.unread:
        found.append(said.unread)
    elif said.answer is Answer.POSTPONE:
        found += _postponed(said.new_end, at.end, at.today)
    elif said.new_end is not None and said.answer is not None:
        found.append(
            f"填了延期到 {said.new_end}，决定却是{said.answer.chinese}；请改选延期或清空日期"
        )
    if said.answer is Answer.TRANSFER:
        if not at.may_transfer:
            found.append("方案没有允许转办，请直接作出决定")
        elif said.transfer_to.strip() not in at.others:
            found.append(
                f"转办的对象应是以下岗位之一：{'、'.join(at.others) or '（没有其他岗位）'}"
            )
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


def status_after(answer: Answer) -> StageStatus:
    """Return where a stage stands after a settled ``answer``."""
    closes = answer in (Answer.APPROVE, Answer.FORCE)
    return StageStatus.CLOSED if closes else StageStatus.ACTIVE
