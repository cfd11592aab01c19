"""The life of one piece: its revisions, what was remarked on each, what was decided, copies and checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.database import found_as
from models.evidence.listing import EvidenceLine, evidence_line


@dataclass(frozen=True, slots=True)
class LifeRevision:
    """One revision of a piece, as it came in and as it stands."""

    id: int
    number: int
    sha256: str
    algorithm: str
    digest: str  # by ``algorithm`` where that is another than SHA-256
    size: int  # bytes
    media: str
    file_name: str
    url: str
    received_at: datetime
    uploaded_by: str
    via: str
    state: str
    state_by: str
    state_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class LifeMark:
    """What a check found about a revision, and what a person said of it; ``other`` is the piece it is like,
    ``other_sha256`` the file of that."""

    id: int
    revision: int
    check_id: str
    detail: str
    other: int | None
    other_sha256: str | None
    measure: float | None
    verdict: str
    judged_by: str
    judged_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Likened:
    """A mark of a later piece (``other``, its number) that names this piece's revision as what it is like."""

    revision: int
    other: int
    check_id: str
    measure: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class LifeCopy:
    """A copy made of a revision."""

    revision: int
    purpose: str
    sha256: str
    size: int  # bytes
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Life:
    """A piece as it stands, and everything that became of it, oldest first."""

    line: EvidenceLine
    revisions: Sequence[LifeRevision]
    marks: Sequence[LifeMark]
    copies: Sequence[LifeCopy]
    likened: Sequence[Likened] = ()


_REVISIONS = """
    SELECT id, number, sha256, algorithm, digest, size, media, file_name, url, received_at, uploaded_by, via, state,
           state_by, state_at, reason
    FROM evidence_revision WHERE evidence_id = :piece ORDER BY number"""
_MARKS = """
    SELECT m.id, r.number AS revision, m.check_id, m.detail, e.number AS other,
           o.sha256 AS other_sha256, m.measure, m.verdict, m.judged_by, m.judged_at, m.why
    FROM evidence_mark m
    JOIN evidence_revision r ON r.id = m.revision_id
    LEFT JOIN evidence_revision o ON o.id = m.other_id
    LEFT JOIN evidence e ON e.id = o.evidence_id
    WHERE r.evidence_id = :piece ORDER BY r.number, m.id"""
_LIKENED = """
    SELECT o.number AS revision, e.number AS other, m.check_id, m.measure, m.verdict
    FROM evidence_mark m
    JOIN evidence_revision o ON o.id = m.other_id
    JOIN evidence_revision r ON r.id = m.revision_id
    JOIN evidence e ON e.id = r.evidence_id
    WHERE o.evidence_id = :piece ORDER BY o.number, m.id"""
_COPIES = """
    SELECT r.number AS revision, c.purpose, c.sha256, c.size, c.made_at, c.made_by
    FROM evidence_copy c JOIN evidence_revision r ON r.id = c.revision_id
    WHERE r.evidence_id = :piece ORDER BY r.number, c.id"""


def life_of(session: Session, campaign_id: int, number: int) -> Life | None:
    """Return the life of a piece by its number; None where there is none. Seven statements."""
    line = evidence_line(session, campaign_id, number)
    if line is None:
        return None
    values = {"piece": line.id}
    return Life(
        line,
        found_as(session, LifeRevision, _REVISIONS, values),
        found_as(session, LifeMark, _MARKS, values),
        found_as(session, LifeCopy, _COPIES, values),
        found_as(session, Likened, _LIKENED, values),
    )
