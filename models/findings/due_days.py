"""Findings as what is due: each has a milestone of its code, which stands as the finding does."""

from collections.abc import Iterable

from sqlmodel import Session

from models.campaign.own_milestones import (
    HowFar,
    OwnMilestone,
    lay_milestones,
    settle_milestones,
)
from models.findings.known import KnownFinding
from models.rules.findings.words import FindingKind, FindingState
from models.rules.words import MilestoneKind, Progress

LONGEST_TITLE = 60  # characters of a problem in the title of its milestone


def bring_in_line(session: Session, campaign_id: int, findings: Iterable[KnownFinding]) -> None:
    """Let the milestone of each finding say what the finding says; nobody is chased for what is settled.

    What a unit declines is the office's until it is decided. What is mended waits for whoever verifies, and
    the unit is asked no more. Repeatable; a fixed number of statements.
    """
    given = [one for one in findings if one.row.state != FindingState.RAISED]
    if not given:
        return
    laid = [_milestone(one) for one in given if one.row.state != FindingState.ENDED or one.unit]
    lay_milestones(session, campaign_id, laid)
    settle_milestones(session, campaign_id, {one.row.code: _how_far(one) for one in given})


def milestone_title(kind: str, problem: str) -> str:
    """Return what a finding is called where it is due."""
    short = problem if len(problem) <= LONGEST_TITLE else f"{problem[: LONGEST_TITLE - 1]}…"
    head = "整改" if kind == FindingKind.PROBLEM else f"答复{FindingKind(kind).chinese}"
    return f"{head}：{' '.join(short.split())}"


def _milestone(one: KnownFinding) -> OwnMilestone:
    row, cycle = one.row, one.cycle
    problem = row.kind == FindingKind.PROBLEM
    kind = MilestoneKind.FINDING if problem else MilestoneKind.COMPLAINT
    declined = row.state == FindingState.DECLINED
    return OwnMilestone(
        kind,
        row.code,
        milestone_title(row.kind, row.problem),
        cycle.due,
        None if declined else row.unit_id,
        cycle.opened_on,
    )


def _how_far(one: KnownFinding) -> HowFar:
    row, cycle = one.row, one.cycle
    by = one.steps[-1].by_post if one.steps else row.raised_by
    if row.state == FindingState.ENDED:
        return HowFar(Progress.DROPPED, None, cycle.ended_by, cycle.ended_why)
    if row.state == FindingState.ASSIGNED:
        return HowFar(Progress.STARTED if cycle.promised_on else Progress.OPEN, None, by)
    if row.state == FindingState.DECLINED:
        return HowFar(Progress.OPEN, None, by)
    return HowFar(Progress.DONE, cycle.rectified_on, cycle.rectified_by)
