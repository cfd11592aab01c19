"""Objections: until when a leader may object to what was decided in the post's name, and what it undoes."""

from datetime import date

from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import PlannedStage
from models.rules.words import StageStatus

OBJECT_WITHIN = 3  # working days after the day of the decision; its last day counts
LONGEST_REASON = 500


def last_day(decided_on: date, calendar: WorkCalendar) -> date:
    """Return the last day on which an objection to a decision of ``decided_on`` stands."""
    return calendar.last_workday(calendar.due_within(decided_on, OBJECT_WITHIN))


def objection_faults(
    reason: str, decided_on: date | None, today: date, calendar: WorkCalendar
) -> list[str]:
    """Return what forbids an objection, one line each; ``decided_on`` is None while the question is open."""
    found = []
    if not reason.strip():
        found.append("提出异议必须写明理由")
    if len(reason.strip()) > LONGEST_REASON:
        found.append(f"理由有 {len(reason.strip())} 个字，请压缩到 {LONGEST_REASON} 个字以内")
    if decided_on is not None and today > (last := last_day(decided_on, calendar)):
        found.append(
            f"决定作于 {decided_on}，异议应在 {last} 前提出（决定后 {OBJECT_WITHIN} 个工作日内）；"
            "现在请用 shifan decision ask 重新提请，或请上一级决定"
        )
    return found


def stands_anyway(
    answer: Answer, stage: PlannedStage, today: date, *, opening: bool, alone: bool = False
) -> str:
    """Return why the stage stays where it is although the objection stands; empty where it goes back.

    ``alone``: no other stage is under way, and a campaign is never without one before its end.
    """
    if stage.status == StageStatus.WITHDRAWN:
        return "方案里已没有这个阶段，不再审批"
    if not opening:
        return ""
    if answer is Answer.APPROVE and _opens_by_plan(stage, today):
        return "方案里的开始日已到，阶段照方案进行，不再审批"
    if answer is Answer.APPROVE and alone:
        return "已没有别的阶段在进行，阶段照常进行，不再审批"
    if answer is Answer.RETURN and stage.status != StageStatus.PENDING:
        return "阶段已经启动，不再审批"
    return ""


def waits_again(stage: PlannedStage, today: date) -> bool:
    """Say whether a stage that an undone decision opened beside its own waits for its day again.

    One whose day has come, that is asked about itself, or that is closed goes on.
    """
    return stage.status == StageStatus.ACTIVE and not _opens_by_plan(stage, today)


def _opens_by_plan(stage: PlannedStage, today: date) -> bool:
    """Say whether the plan has a stage under way by ``today``, whoever decides what."""
    if stage.planned_start is None:
        return stage.planned_end is not None
    return stage.planned_start <= today
