"""Other short questions of the doctor: pieces to verify, the end of the chain, when mail last came."""

import random
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select, text

from models.audit.links import Link, links_of
from models.evidence.evidence import EvidenceRevision
from models.evidence.intake.received import ReceivedMail

_LAST_ENTRIES = """SELECT id, campaign_id, at, day, who, what, subject, facts, previous, hash,
    algorithm FROM audit_entry ORDER BY id DESC LIMIT :most"""
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


def last_entries(session: Session, most: int) -> list[Link]:
    """Return the last ``most`` entries of the chain as their bytes stand, the oldest first."""
    rows = session.connection().execute(text(_LAST_ENTRIES), {"most": most})
    return links_of(rows)[::-1]


def newest_mail(session: Session) -> datetime | None:
    """Return when, by the mail server's clock, the newest mail of the mailbox arrived."""
    return session.exec(select(func.max(ReceivedMail.received_at))).one()
