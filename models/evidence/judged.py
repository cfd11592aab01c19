"""What people judged once is not asked of them again when the same file comes back."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.evidence.evidence import EvidenceMark, EvidenceRevision
from models.evidence.outcomes import PieceOutcome
from models.rules.evidence.words import Verdict

File = tuple[int, str]  # a piece's id and a file's hash


def leave_judged(session: Session, outcomes: Sequence[PieceOutcome]) -> None:
    """Take from ``outcomes`` what a check found of the same file of the same piece before, and a person judged.

    What it is like counts too: the same two files of the same two pieces, whichever came first. One
    statement, none where no piece that was there before comes anew.
    """
    again = [(one.piece.id, one) for one in outcomes if one.piece and one.revision]
    again = [(piece_id, one) for piece_id, one in again if piece_id]
    if not again:
        return
    ids = {piece_id for piece_id, _ in again}
    other = aliased(EvidenceRevision)
    query = (
        select(
            col(EvidenceMark.check_id),
            col(EvidenceRevision.evidence_id),
            col(EvidenceRevision.sha256),
            col(other.evidence_id),
            col(other.sha256),
        )
        .join(EvidenceRevision, col(EvidenceRevision.id) == EvidenceMark.revision_id)
        .outerjoin(other, col(other.id) == EvidenceMark.other_id)
        .where(
            col(EvidenceMark.verdict).in_((Verdict.UPHELD, Verdict.OVERRULED)),
            or_(col(EvidenceRevision.evidence_id).in_(ids), col(other.evidence_id).in_(ids)),
        )
    )
    judged: set[tuple[str, frozenset[File]]] = set()
    for check, piece, sha256, its_piece, its_sha256 in session.connection().execute(query):
        files = {(piece, sha256)} | ({(its_piece, its_sha256)} if its_piece else set())
        judged.add((check, frozenset(files)))
    for piece_id, one in again:
        mine = (piece_id, one.look.sha256)
        one.findings = [f for f in one.findings if (f.check, frozenset({mine})) not in judged]
        one.alike = [
            (finding, like)
            for finding, like in one.alike
            if (finding.check, frozenset({mine, (like.piece.id, like.sha256)})) not in judged
        ]
