"""Objections: until when a leader may object to what was decided in the post's name, and what it undoes."""

from datetime import date

from models.rules.decisions import Answer
from models.rules.words import StageStatus
from models.rules.workdays import WorkCalendar

OBJECT_WITHIN = 3  # working days after the day of the decision; its last day counts
LONGEST_REASON = 500


def last_day(decided_on: date, calendar: WorkCalendar) -> date:
    """Return the last day on which an objection to a decision of ``decided_on`` stands."""
    return calendar.last_workday(calendar.due_within(decided_on, OBJECT_WITHIN))


def faults(reason: str, decided_on: date | None, today: date, calendar: WorkCalendar) -> list[str]:
    """Return what forbids an objection, one line each; ``decided_on`` is None while the question is open."""
    found = []
    if not reason.strip():
        found.append("提出异议必须写明理由")
    if len(reason.strip()) > LONGEST_REASON:
        found.append(f"理由有 {len(reason.strip())} 个字,请压缩到 {LONGEST_REASON} 个字以内")
    if decided_on is not None and today > (last := last_day(decided_on, calendar)):
        found.append(
            f"决定作于 {decided_on},异议应在 {last} 前提出(决定后 {OBJECT_WITHIN} 个工作日内);"
            "现在请用 shifan decision ask 重新提请,或请上一级决定"
        )
    return found


def stands_anyway(
    answer: Answer, status: StageStatus, planned_start: date | None, today: date, *, opening: bool
) -> str:
    """Return why the stage stays where it is although the objection is right; empty where it goes back."""
    if status is StageStatus.WITHDRAWN:
        return "方案里已没有这个阶段"
    if not opening:
        return ""
    started = planned_start is not None and planned_start <= today
    if answer is Answer.APPROVE and started:
        return f"计划的开始日 {planned_start} 已到,阶段照方案进行"
    if answer is Answer.RETURN and status is not StageStatus.PENDING:
        return "阶段已经启动"
    return ""


def goes_back(status: StageStatus, planned_start: date | None, today: date) -> bool:
    """Say whether a stage that was opened by an undone decision waits for its day again.

    One whose planned start has come, that is asked about itself, or that is closed goes on.
    """
    started = planned_start is not None and planned_start <= today
    return status is StageStatus.ACTIVE and not started
