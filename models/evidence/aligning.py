"""Bring marks in line with what checks say now: of a description, a period, a day that was changed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from models.database import found_as
from models.evidence.evidence import EvidenceMark
from models.loading.merge import write_rows
from models.rules.calendar.moment import Moment
from models.rules.evidence.findings import Finding
from models.rules.evidence.words import Verdict


@dataclass(frozen=True, slots=True)
class StandingMark:
    """A mark of a piece's newest revision, of what check, and what a person said of it ("" for nothing)."""

    id: int
    revision_id: int
    check_id: str
    detail: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Cause:
    """What was changed, in words, by whom and when."""

    words: str
    by_post: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class Rejudged:
    """How many marks were made, and how many that nobody had judged no longer hold."""

    added: int = 0
    lapsed: int = 0


Speaks = Callable[[StandingMark, Finding], bool]


def says_the_same(mark: StandingMark, finding: Finding) -> bool:
    """Say whether a mark is of that check and in these words."""
    return (mark.check_id, mark.detail) == (finding.check, finding.detail)


def align_marks(
    session: Session,
    campaign_id: int,
    checks: Collection[str],
    wanted: Mapping[int, Sequence[Finding]],
    cause: Cause,
    speaks: Speaks = says_the_same,
) -> Rejudged:
    """Let the marks of ``checks`` be what is ``wanted`` of each newest revision; three statements at most.

    Revisions that are not in ``wanted`` keep what they have. What a person judged is kept, and what it
    ``speaks`` of is not asked again; a mark that nobody judged and that no longer holds says so.
    Said again, nothing changes.
    """
    if not wanted:
        return Rejudged()
    there: dict[int, list[StandingMark]] = {}
    named = ", ".join(f"'{check}'" for check in sorted(checks))  # keys of ours
    for mark in found_as(
        session, StandingMark, _MARKS.format(checks=named), {"campaign": campaign_id}
    ):
        there.setdefault(mark.revision_id, []).append(mark)
    judged: dict[str, Any] = {
        "verdict": Verdict.LAPSED,
        "why": cause.words,
        "judged_by": cause.by_post.strip(),
        "judged_at": cause.moment.now,
    }
    lapsed: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for revision, findings in wanted.items():
        marks = there.get(revision, [])
        lapsed += [
            {"row": mark.id, **judged}
            for mark in marks
            if not mark.verdict and not any(says_the_same(mark, one) for one in findings)
        ]
        fresh += [
            {**_OPEN, "revision_id": revision, "check_id": one.check, "detail": one.detail}
            for one in findings
            if not any(speaks(mark, one) for mark in marks)
        ]
    write_rows(session, EvidenceMark, lapsed)
    if fresh:
        session.connection().execute(insert(EvidenceMark), fresh)
    return Rejudged(len(fresh), len(lapsed))


_MARKS = """
    SELECT m.id, m.revision_id, m.check_id, m.detail, m.verdict
    FROM evidence_mark m
    JOIN evidence_revision r ON r.id = m.revision_id
    JOIN evidence e ON e.id = r.evidence_id AND e.latest = r.number
    WHERE e.campaign_id = :campaign AND m.check_id IN ({checks}) AND m.verdict <> 'lapsed'
    ORDER BY m.id"""
_OPEN: Mapping[str, Any] = {
    "other_id": None,
    "measure": None,
    "verdict": "",
    "judged_by": "",
    "judged_at": None,
    "why": "",
}
