"""What is known of pieces that come in, and what comes of each, until it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.evidence.known import KnownPiece, KnownRevision, Use
from models.hashing import SHA256
from models.rules.calendar.moment import Moment
from models.rules.evidence.findings import Finding
from models.rules.evidence.period import Period
from models.rules.evidence.pieces import NewEvidence, PieceTaken
from models.rules.evidence.words import Via


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What is known of a piece's file before it is stored: its hash, kind and what checks found.

    ``digest`` is its hash by ``algorithm`` where that is another than SHA-256. ``faults`` say why it cannot
    be taken at all; ``secret`` that it must not be kept. ``picture`` and ``text`` are its prints.
    """

    sha256: str = ""
    size: int = 0  # bytes
    media: str = ""
    kind: str = ""
    findings: Sequence[Finding] = ()
    faults: Sequence[str] = ()
    secret: str = ""
    picture: bytes | None = None
    text: bytes | None = None
    taken_on: date | None = None  # of a photograph
    algorithm: str = SHA256
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """Who hands in, which way and when; and the evaluation period that facts are held against."""

    by_post: str
    via: Via
    moment: Moment
    period: Period = (None, None)


@dataclass(slots=True)
class PieceOutcome:
    """What came of one described piece, before it is stored."""

    new: NewEvidence
    look: LookedAt
    piece: KnownPiece | None = None
    revision: KnownRevision | None = None  # a new one
    uses: list[Use] = field(default_factory=list)  # new ones
    changes: Mapping[str, object] = field(default_factory=dict)  # of the description
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    alike: list[tuple[Finding, KnownRevision]] = field(default_factory=list)  # same file elsewhere

    @property
    def changed(self) -> bool:
        """Say whether anything is to be stored."""
        return bool(self.revision or self.uses or self.changes)

    @property
    def newly_dated(self) -> bool:
        """Say whether the fact was given another day without a new file."""
        return not self.revision and "fact_on" in self.changes

    @property
    def taken(self) -> PieceTaken:
        """Return what whoever handed it in is told."""
        code = self.piece.code if self.piece else ""
        revision = self.piece.latest.number if self.piece else 0
        found = (*self.findings, *(finding for finding, _ in self.alike))
        refused, secret = "；".join(self.faults), bool(self.look.secret)
        return PieceTaken(
            code, revision, found, refused, self.changed, self.new.place, tuple(self.notes), secret
        )
