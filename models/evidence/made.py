"""Marks of when a file was made, held against the day of its fact again when that was corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.database import found_as
from models.evidence.aligning import Cause, align_marks
from models.evidence.outcomes import Handed
from models.rules.evidence.checking import making_findings
from models.rules.evidence.examined import Examined

CHECKS = ("made-later", "other-day")


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


def judge_made(
    session: Session, campaign_id: int, seen: Mapping[str, Examined], handed: Handed
) -> None:
    """Bring marks of when files were made in line with the days of their facts; four statements at most.

    ``seen`` are the files by their hash, looked at again; of others nothing changes (`align_marks`).
    """
    if not seen:
        return
    dated = found_as(session, _Dated, _NEWEST, {"campaign": campaign_id})
    wanted = {
        one.id: making_findings(seen[one.sha256], one.fact_on)
        for one in dated
        if one.sha256 in seen
    }
    cause = Cause("事实发生日期已更正", handed.by_post, handed.moment)
    align_marks(session, campaign_id, CHECKS, wanted, cause)
