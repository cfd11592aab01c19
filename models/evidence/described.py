"""Pieces whose description was changed without a new file: their marks follow."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.database import found_as
from models.evidence.aligning import Cause, align_marks
from models.evidence.known import KnownPiece
from models.evidence.outcomes import Handed, PieceOutcome
from models.evidence.period import dated_revisions, judge_again
from models.rules.evidence.checking import PERSONAL_CAPTION, UNCAPTIONED, caption_findings
from models.rules.evidence.findings import Finding
from models.rules.evidence.period import Period, period_findings

_CAPTIONS = """
    SELECT r.id, e.id AS evidence_id, r.file_name, r.media, e.caption, e.to_publish
    FROM evidence e JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND r.sha256 <> ''"""

SAID = frozenset({"caption", "to_publish"})  # what a caption is judged by


@dataclass(frozen=True, slots=True)
class _Captioned:
    id: int
    evidence_id: int
    file_name: str
    media: str
    caption: str
    to_publish: bool


def described_findings(out: PieceOutcome, piece: KnownPiece, period: Period) -> list[Finding]:
    """Return what is wrong with a new file beside what is said of its piece."""
    day, caption, look = piece.said.get("fact_on"), piece.said.get("caption"), out.look
    public = bool(piece.said.get("to_publish"))
    return [
        *period_findings(day if isinstance(day, date) else None, look.taken_on, period),
        *caption_findings(out.new.file_name, look.media, str(caption or ""), public),
    ]


def judge_described(
    session: Session, campaign_id: int, outcomes: Sequence[PieceOutcome], handed: Handed
) -> None:
    """Hold pieces that were given another day against the period again, and those given a caption.

    No statement where nothing of that was changed, a fixed number else. Said again, nothing changes.
    """
    dated = {one.piece.id for one in outcomes if one.piece and one.newly_dated}
    if dated:
        cause = Cause("事实发生日期已更正", handed.by_post, handed.moment)
        revisions = [
            one for one in dated_revisions(session, campaign_id) if one.evidence_id in dated
        ]
        judge_again(session, campaign_id, revisions, {}, (handed.period, cause))
    captioned = {one.piece.id for one in outcomes if one.piece and one.changes.keys() & SAID}
    if captioned:
        _judge_captions(session, campaign_id, captioned, handed)


def _judge_captions(
    session: Session, campaign_id: int, pieces: Collection[int], handed: Handed
) -> None:
    found = found_as(session, _Captioned, _CAPTIONS, {"campaign": campaign_id})
    wanted = {
        one.id: caption_findings(one.file_name, one.media, one.caption, bool(one.to_publish))
        for one in found
        if one.evidence_id in pieces
    }
    cause = Cause("说明已补写", handed.by_post, handed.moment)
    align_marks(session, campaign_id, {UNCAPTIONED, PERSONAL_CAPTION}, wanted, cause)
