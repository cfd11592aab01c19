"""Heads of the audit chain: how long it was on a day and how it ended, signed, to be kept elsewhere."""

import hashlib
import hmac
from datetime import date, datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, func, select

from models.audit import GENESIS, AuditEntry, canonical
from models.database_state import mark_of


class AuditHead(SQLModel, table=True):
    """The chain as it stood at one instant; ``signature`` is an HMAC with the office's key."""

    __tablename__ = "audit_head"

    id: int | None = Field(default=None, primary_key=True)
    day: date
    at: datetime
    entries: int
    last_id: int
    hash: str
    signature: str
    database: str = ""  # the identity of the database; empty on heads of before
    counter: int = 0  # how often it had been written to


def sign(key: bytes, said: dict[str, Any]) -> str:
    """Return the HMAC-SHA-256, in hex, over what is said."""
    return hmac.new(key, canonical(said).encode(), hashlib.sha256).hexdigest()


def signature_of(head: AuditHead, key: bytes) -> str:
    """Return the signature that ``head`` should carry; heads of before name no database."""
    said = {
        "day": head.day,
        "at": head.at.isoformat(),
        "entries": head.entries,
        "last_id": head.last_id,
        "hash": head.hash,
    }
    if head.database:
        said |= {"database": head.database, "counter": head.counter}
    return sign(key, said)


def is_signed(head: AuditHead, key: bytes) -> bool:
    """Say whether ``head`` was signed with ``key`` and says what it said then."""
    return hmac.compare_digest(signature_of(head, key), head.signature)


def heads(session: Session) -> list[AuditHead]:
    """Return every kept head, the oldest first."""
    return list(session.exec(select(AuditHead).order_by(col(AuditHead.id))))


def standing(session: Session) -> tuple[int, int, str]:
    """Return how many entries the chain has, the last one's id and hash."""
    query = select(_entries(), AuditEntry.id, AuditEntry.hash).order_by(col(AuditEntry.id).desc())
    found = session.exec(query.limit(1)).first()
    return (found[0], found[1] or 0, found[2]) if found else (0, 0, GENESIS)


def _entries() -> Any:
    return select(func.count()).select_from(AuditEntry).scalar_subquery()


def current_head(session: Session, key: bytes, *, day: date, at: datetime) -> AuditHead:
    """Return the chain's head as it stands now, signed, not kept yet."""
    entries, last_id, hash_ = standing(session)
    mark = mark_of(session.connection())
    head = AuditHead(
        day=day,
        at=at,
        entries=entries,
        last_id=last_id,
        hash=hash_,
        database=mark.identity,
        counter=mark.counter,
        signature="",
    )
    head.signature = signature_of(head, key)
    return head


def last_head(session: Session) -> AuditHead | None:
    """Return the latest kept head, None when the chain has grown since or none was kept."""
    last = select(AuditEntry.hash).order_by(col(AuditEntry.id).desc()).limit(1).scalar_subquery()
    query = select(AuditHead, _entries(), last).order_by(col(AuditHead.id).desc())
    found = session.exec(query.limit(1)).first()
    if not found:
        return None
    head, entries, hash_ = found
    return head if (head.entries, head.hash) == (entries, hash_ or GENESIS) else None


def keep_head(session: Session, key: bytes, *, day: date, at: datetime) -> AuditHead:
    """Keep the chain's head; a chain that has not grown keeps the head it has. Repeatable."""
    if last := last_head(session):
        return last
    head = current_head(session, key, day=day, at=at)
    session.add(head)
    session.flush()
    return head
