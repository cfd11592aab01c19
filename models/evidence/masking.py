"""Masked copies of evidence: which revision one is made of, and that it was made."""

from dataclasses import dataclass

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.evidence.evidence import EvidenceCopy
from models.evidence.listing import EvidenceLine
from models.evidence.vault.keeping import InVault
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import CopyPurpose


@dataclass(frozen=True, slots=True)
class MaskedKept:
    """A masked copy in the vault; ``new`` is false where the very same one was made before."""

    line: EvidenceLine
    copy: InVault
    new: bool


def add_masked(
    session: Session,
    campaign_id: int,
    line: EvidenceLine,
    copy: InVault,
    by_post: str,
    moment: Moment,
) -> MaskedKept:
    """Keep that a masked copy of a piece's newest revision was made, once, with its entry in the audit."""
    query = select(EvidenceCopy.id).where(
        EvidenceCopy.revision_id == line.revision_id,
        EvidenceCopy.purpose == CopyPurpose.MASKED,
        col(EvidenceCopy.sha256) == copy.sha256,
    )
    if session.exec(query).first() is not None:
        return MaskedKept(line, copy, new=False)
    row = {
        "revision_id": line.revision_id,
        "purpose": CopyPurpose.MASKED,
        "made_for": copy.sha256,  # a second try may mask more, and both are kept
        "sha256": copy.sha256,
        "size": copy.size,
        "made_at": moment.now,
        "made_by": by_post,
    }
    session.connection().execute(insert(EvidenceCopy), [row])
    facts = {"number": line.revision, "sha256": copy.sha256, "size": copy.size}
    record(session, campaign_id, moment, NewEntry(by_post, "evidence-masked", line.code, facts))
    return MaskedKept(line, copy, new=True)
