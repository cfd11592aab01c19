"""Smaller copies of pictures, made to what the application system takes; the pictures themselves stay."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlmodel import Session

from models.database import found_as
from models.evidence.evidence import EvidenceCopy
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import CopyPurpose

# Accepted pictures that were not yet held against these bounds.
_UNFITTED = """
    SELECT r.id AS revision_id, e.number, r.sha256, r.size FROM evidence e
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = (
        SELECT max(o.number) FROM evidence_revision o
        WHERE o.evidence_id = e.id AND o.state = 'accepted')
    LEFT JOIN evidence_copy c ON c.revision_id = r.id AND c.purpose = 'scaled'
      AND c.made_for = :made_for
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND e.kind = 'picture' AND c.id IS NULL
    ORDER BY e.number"""


@dataclass(frozen=True, slots=True)
class Unfitted:
    """A picture that was not yet held against some bounds; ``size`` is bytes."""

    revision_id: int
    number: int
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class FittedCopy:
    """A copy that keeps to the bounds; of a picture that does so itself, its own hash."""

    revision_id: int
    sha256: str
    size: int


def unfitted_pictures(session: Session, campaign_id: int, made_for: str) -> list[Unfitted]:
    """Return the accepted pictures that nobody has held against the bounds ``made_for`` yet."""
    values = {"campaign": campaign_id, "made_for": made_for}
    return found_as(session, Unfitted, _UNFITTED, values)


def add_copies(
    session: Session, copies: Sequence[FittedCopy], made_for: str, by: str, moment: Moment
) -> None:
    """Keep that these copies were made, by one statement."""
    rows = [
        {
            "revision_id": copy.revision_id,
            "purpose": CopyPurpose.SCALED,
            "made_for": made_for,
            "sha256": copy.sha256,
            "size": copy.size,
            "made_at": moment.now,
            "made_by": by,
        }
        for copy in copies
    ]
    if rows:
        session.connection().execute(insert(EvidenceCopy), rows)
