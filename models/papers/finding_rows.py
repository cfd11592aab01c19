"""Findings as papers list them: among the problems, and in the ledger of rectification with what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.findings.listing import FindingLine
from models.papers.facts import ProblemFacts
from models.papers.quoted import Quoted
from models.rules.findings.words import FindingKind, FindingState

TO_BE_ASSIGNED = "待交办"


@dataclass(frozen=True, slots=True)
class RectifiedFinding:
    """A finding in the ledger: what, whose, what was done, by when, how far, and whether it is closed."""

    code: str
    problem: str
    unit: str
    measure: str
    due: date | None
    progress: str
    closed: str


def finding_problems(lines: Sequence[FindingLine], today: date) -> list[ProblemFacts]:
    """Return the problems that are not settled, in the order they were raised."""
    return [_problem(one, today) for one in _problems(lines) if not one.is_settled]


def rectified_findings(lines: Sequence[FindingLine], today: date) -> list[RectifiedFinding]:
    """Return every problem with its rectification, closed ones too."""
    return [_rectified(one, today) for one in _problems(lines)]


def _problems(lines: Sequence[FindingLine]) -> list[FindingLine]:
    return [one for one in lines if one.kind == FindingKind.PROBLEM]


def _problem(one: FindingLine, today: date) -> ProblemFacts:
    late = "，已逾期" if one.days.is_overdue(today) else ""
    said = f"{one.source_in_words}提出，{one.state_in_words}{late}"
    note = f"问题 {one.code}，{one.found_on} {one.source_in_words}发现。"
    why = Quoted(f"{one.code}/state", said, note)
    return ProblemFacts(one.code, one.problem, one.unit or TO_BE_ASSIGNED, why, one.due)


def _rectified(one: FindingLine, today: date) -> RectifiedFinding:
    progress = one.state_in_words
    if one.state == FindingState.ASSIGNED and one.days.is_overdue(today):
        progress += "，已逾期"
    if one.state == FindingState.WATCHED:
        progress = f"观察期到{one.watch_until}"
    if one.state == FindingState.ENDED:
        progress = f"{one.ended_by}决定：{one.ended_why}"
    looked = f"，{one.looked_on}回头看没有反弹" if one.looked_on else ""
    closed = f"{one.closed_on}{looked}" if one.state == FindingState.CLOSED else ""
    unit = one.unit or TO_BE_ASSIGNED
    return RectifiedFinding(one.code, one.problem, unit, one.measure, one.due, progress, closed)
