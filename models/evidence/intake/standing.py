"""Marks that stand of pieces taken before: what whoever sent them is told when told again."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from models.evidence.evidence import Evidence, EvidenceMark, EvidenceRevision
from models.rules.evidence.findings import Finding


def marks_not_judged(
    session: Session, campaign_id: int, numbers: Collection[int]
) -> dict[int, list[Finding]]:
    """Return what checks found in the newest revisions of pieces and nobody judged, by their numbers."""
    query = (
        select(col(Evidence.number), EvidenceMark)
        .join(EvidenceRevision, col(EvidenceRevision.evidence_id) == col(Evidence.id))
        .join(EvidenceMark, col(EvidenceMark.revision_id) == col(EvidenceRevision.id))
        .where(
            col(Evidence.campaign_id) == campaign_id,
            col(Evidence.number).in_(numbers),
            col(EvidenceRevision.number) == col(Evidence.latest),
            col(EvidenceMark.verdict) == "",
        )
        .order_by(col(EvidenceMark.id))
    )
    found: dict[int, list[Finding]] = {}
    for number, mark in session.exec(query):
        found.setdefault(number, []).append(
            Finding(mark.check_id, mark.detail, mark.other_id, mark.measure)
        )
    return found
