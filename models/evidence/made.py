"""Marks of when a file was made, held against the day of its fact again when that was corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from models.database import found_as
from models.evidence.evidence import EvidenceMark
from models.evidence.outcomes import Handed
from models.loading.merge import write_rows
from models.rules.evidence.checking import making_findings
from models.rules.evidence.examined import Examined
from models.rules.evidence.words import Verdict


@dataclass(frozen=True, slots=True)
class MadeMark:
    """A mark that says when the file of a revision was made, of what check, and what a person said of it."""

    id: int
    revision_id: int
    check_id: str
    detail: str
    verdict: str


@dataclass(frozen=True, slots=True)
class _Dated:
    id: int
    sha256: str
    fact_on: date | None


_NEWEST = """
    SELECT r.id, r.sha256, e.fact_on
    FROM evidence e JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND e.fact_on IS NOT NULL
      AND r.sha256 <> ''"""
_MARKS = """
    SELECT m.id, m.revision_id, m.check_id, m.detail, m.verdict
    FROM evidence_mark m
    JOIN evidence_revision r ON r.id = m.revision_id
    JOIN evidence e ON e.id = r.evidence_id AND e.latest = r.number
    WHERE e.campaign_id = :campaign AND m.check_id IN ('made-later', 'other-day')
      AND m.verdict <> 'lapsed'
    ORDER BY m.id"""


def judge_made(
    session: Session, campaign_id: int, seen: Mapping[str, Examined], handed: Handed
) -> None:
    """Bring marks of when files were made in line with the days of their facts; four statements at most.

    ``seen`` are the files by their hash, looked at again; of others nothing changes. A mark that nobody
    judged and that no longer holds says so; what a person judged is kept. Said again, nothing changes.
    """
    if not seen:
        return
    dated = found_as(session, _Dated, _NEWEST, {"campaign": campaign_id})
    wanted = {
        one.id: making_findings(seen[one.sha256], one.fact_on)
        for one in dated
        if one.sha256 in seen
    }
    there: dict[int, list[MadeMark]] = {}
    for mark in found_as(session, MadeMark, _MARKS, {"campaign": campaign_id}):
        there.setdefault(mark.revision_id, []).append(mark)
    judged = {
        "verdict": Verdict.LAPSED,
        "why": "事实发生日期已更正",
        "judged_by": handed.by_post,
        "judged_at": handed.moment.now,
    }
    lapsed: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for revision, findings in wanted.items():
        marks = there.get(revision, [])
        said = {(one.check, one.detail) for one in findings}
        lapsed += [
            {"row": one.id, **judged}
            for one in marks
            if not one.verdict and (one.check_id, one.detail) not in said
        ]
        known = {(one.check_id, one.detail) for one in marks}
        fresh += [
            {**_OPEN, "revision_id": revision, "check_id": check, "detail": detail}
            for check, detail in sorted(said - known)
        ]
    write_rows(session, EvidenceMark, lapsed)
    if fresh:
        session.connection().execute(insert(EvidenceMark), fresh)


_OPEN: Mapping[str, Any] = {
    "other_id": None,
    "measure": None,
    "verdict": "",
    "judged_by": "",
    "judged_at": None,
    "why": "",
}
