"""What of the evidence goes into the archive of a campaign, and what the four checks ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.database import found_as, rows_as, run
from models.rules.words import OFFICE

_REVISIONS = f"""
    SELECT e.number, e.kind, e.title, e.caption, e.passage, e.fact_on, e.expires_on, e.withdrawn,
           coalesce(p.name, '{OFFICE}') AS provider, e.latest, r.number AS revision, r.sha256, r.digest,
           r.size, r.media, r.file_name, r.url, r.received_at, r.uploaded_by, r.state, r.state_by,
           r.state_at, r.reason,
           (SELECT count(*) FROM evidence_use u WHERE u.evidence_id = e.id AND NOT u.withdrawn) AS uses
    FROM evidence e
    JOIN evidence_revision r ON r.evidence_id = e.id
    LEFT JOIN unit p ON p.id = e.provider_id
    WHERE e.campaign_id = :campaign
    ORDER BY e.number, r.number"""  # noqa: S608

_PROVES = """
    SELECT DISTINCT e.number, coalesce(i.code, 'W' || w.ordinal) AS item, d.ordinal AS demand
    FROM evidence_use x
    JOIN evidence e ON e.id = x.evidence_id
    LEFT JOIN assignment a ON a.id = x.assignment_id
    LEFT JOIN demand d ON d.id = x.demand_id
    LEFT JOIN indicator i ON i.id = coalesce(a.indicator_id, d.indicator_id)
    LEFT JOIN work_item w ON w.id = coalesce(a.work_item_id, d.work_item_id)
    WHERE e.campaign_id = :campaign AND NOT x.withdrawn
    ORDER BY 1, 2, 3"""

_PAPERS = """
    SELECT kind, subject, version, title, sha256, made_at FROM paper
    WHERE campaign_id = :campaign ORDER BY kind, subject, version"""

# Of the newest revisions of what was not withdrawn: marks that nobody judged, or that were upheld.
_MARKS = """
    SELECT k.check_id, count(*) AS pieces, min(e.number) AS first
    FROM evidence_mark k
    JOIN evidence_revision r ON r.id = k.revision_id
    JOIN evidence e ON e.id = r.evidence_id AND e.latest = r.number
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND k.verdict NOT IN ('overruled', 'lapsed')
    GROUP BY k.check_id ORDER BY k.check_id"""

_UNMASKED = """
    SELECT count(DISTINCT e.id) FROM evidence e
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    JOIN evidence_mark k ON k.revision_id = r.id AND k.check_id = 'personal-number'
      AND k.verdict NOT IN ('overruled', 'lapsed')
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND e.to_publish AND NOT EXISTS (
        SELECT 1 FROM evidence_copy c WHERE c.revision_id = r.id AND c.purpose = 'masked')"""


@dataclass(frozen=True, slots=True)
class ArchivedRevision:
    """A revision with everything that is known of it; instants are UTC, ``size`` bytes."""

    number: int
    kind: str
    title: str
    caption: str
    passage: str
    fact_on: date | None
    expires_on: date | None
    withdrawn: bool
    provider: str
    latest: int
    revision: int
    sha256: str
    digest: str  # SM3, where that was chosen
    size: int
    media: str
    file_name: str
    url: str
    received_at: datetime
    uploaded_by: str
    state: str
    state_by: str
    state_at: datetime | None
    reason: str
    uses: int

    @property
    def code(self) -> str:
        """Return what the piece is called: E0003."""
        return f"E{self.number:04d}"


@dataclass(frozen=True, slots=True)
class ProvedItem:
    """That a piece, by its number, proves an item, or of that item one demand."""

    number: int
    item: str
    demand: int | None

    @property
    def words(self) -> str:
        """Return it in words: 1.1.1 第2条."""
        return f"{self.item} 第{self.demand}条" if self.demand else self.item


@dataclass(frozen=True, slots=True)
class ArchivedPaper:
    """A version of a paper, as it lies in the vault."""

    kind: str
    subject: str
    version: int
    title: str
    sha256: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MarkCount:
    """How many newest revisions bear a mark of a check that stands, and the first piece of them."""

    check_id: str
    pieces: int
    first: int


def archived_revisions(session: Session, campaign_id: int) -> Iterator[ArchivedRevision]:
    """Yield every revision there ever was, piece by piece; also what was returned or withdrawn."""
    return rows_as(session, ArchivedRevision, _REVISIONS, {"campaign": campaign_id})


def proved_items(session: Session, campaign_id: int) -> Iterator[ProvedItem]:
    """Yield what every piece proves, piece by piece in the order of `archived_revisions`."""
    return rows_as(session, ProvedItem, _PROVES, {"campaign": campaign_id})


def archived_papers(session: Session, campaign_id: int) -> list[ArchivedPaper]:
    """Return every version of every paper."""
    return found_as(session, ArchivedPaper, _PAPERS, {"campaign": campaign_id})


def standing_marks(session: Session, campaign_id: int) -> list[MarkCount]:
    """Return how many pieces bear each mark that no person overruled."""
    return found_as(session, MarkCount, _MARKS, {"campaign": campaign_id})


def unmasked(session: Session, campaign_id: int) -> int:
    """Return how many pieces for the public hold personal numbers and have no masked copy."""
    return int(run(session, _UNMASKED, {"campaign": campaign_id}).scalar_one())
