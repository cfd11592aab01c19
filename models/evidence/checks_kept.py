"""What became of the marks of each check: by what people overrule, a threshold is seen to be wrong."""

from dataclasses import dataclass

from sqlmodel import Session

from models.database import found_as


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """A check's marks: how many, how many judged how, and how near what was upheld and overruled was.

    ``least_upheld`` and ``most_overruled`` (0 to 1) are None where the check measures nothing.
    """

    check_id: str
    marks: int
    open: int
    upheld: int
    overruled: int
    least_upheld: float | None
    most_overruled: float | None

    @property
    def share_overruled(self) -> float | None:
        """Return which share of the judged marks people overruled, 0 to 1; None where none was judged."""
        judged = self.upheld + self.overruled
        return self.overruled / judged if judged else None


_CHECKS = """
    SELECT m.check_id, count(*) AS marks, count(CASE WHEN m.verdict = '' THEN 1 END) AS open,
           count(CASE WHEN m.verdict = 'upheld' THEN 1 END) AS upheld,
           count(CASE WHEN m.verdict = 'overruled' THEN 1 END) AS overruled,
           min(CASE WHEN m.verdict = 'upheld' THEN m.measure END) AS least_upheld,
           max(CASE WHEN m.verdict = 'overruled' THEN m.measure END) AS most_overruled
    FROM evidence_mark m
    JOIN evidence_revision r ON r.id = m.revision_id
    JOIN evidence e ON e.id = r.evidence_id
    WHERE e.campaign_id = :campaign
    GROUP BY m.check_id ORDER BY m.check_id"""


def check_records(session: Session, campaign_id: int) -> list[CheckRecord]:
    """Return what became of every check's marks, of all revisions; one statement."""
    return found_as(session, CheckRecord, _CHECKS, {"campaign": campaign_id})
