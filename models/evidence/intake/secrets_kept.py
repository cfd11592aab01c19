"""Of a file that is marked as a secret: its hash, sender and hour; never the file."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record_all
from models.evidence.intake.received import ReceivedFile
from models.evidence.outcomes import Handed, PieceOutcome
from models.rules.evidence.words import Reception


def store_secrets(
    session: Session, campaign_id: int, outcomes: Sequence[PieceOutcome], handed: Handed
) -> None:
    """Keep that files marked as secrets came in, each once; two statements and an entry each.

    What came through the folder or a mail is noted there already (it has its ``received_id``).
    """
    secret = {
        one.look.sha256: one for one in outcomes if one.look.secret and not one.new.received_id
    }
    if not secret:
        return
    query = select(ReceivedFile.key).where(col(ReceivedFile.key).in_(secret))
    known = set(session.exec(query))
    rows = [
        {
            "campaign_id": campaign_id,
            "unit_id": None,
            "key": sha256,
            "sha256": sha256,
            "size": one.look.size,
            "name": "",  # a name may say what is secret
            "sender": handed.by_post,
            "via": handed.via,
            "received_at": handed.moment.now,
            "kind": "evidence",
            "version": None,
            "outcome": Reception.SECRET,
            "detail": one.look.secret,
        }
        for sha256, one in secret.items()
        if sha256 not in known
    ]
    if rows:
        session.connection().execute(insert(ReceivedFile), rows)
    entries = [
        NewEntry(handed.by_post, "file-secret", str(row["sha256"])[:12], {"sha256": row["sha256"]})
        for row in rows
    ]
    record_all(session, campaign_id, handed.moment, entries)
