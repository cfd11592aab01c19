"""Other short questions of the doctor: pieces to verify, when mail last came."""

import random
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.evidence.evidence import EvidenceRevision
from models.evidence.intake.received import ReceivedMail

TRIES = 4  # numbers drawn for each piece wanted; of some the revision is gone


def sampled_hashes(session: Session, most: int) -> list[str]:
    """Return the hashes of up to ``most`` revisions of evidence, drawn by chance; two short statements."""
    last = session.exec(select(func.max(EvidenceRevision.id))).one() or 0
    wanted = min(last, most * TRIES)
    drawn = random.sample(range(1, last + 1), wanted)
    query = select(EvidenceRevision.sha256).where(
        col(EvidenceRevision.id).in_(drawn), EvidenceRevision.sha256 != ""
    )
    return list(dict.fromkeys(session.exec(query)))[:most]


def newest_mail(session: Session) -> datetime | None:
    """Return when, by the mail server's clock, the newest mail of the mailbox arrived."""
    return session.exec(select(func.max(ReceivedMail.received_at))).one()
