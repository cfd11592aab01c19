"""Heads of the audit chain: how long it was on a day and how it ended, signed, to be kept elsewhere."""

import hashlib
import hmac
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel, col, func, select

from models.audit.chain import GENESIS, AuditEntry, canonical
from models.audit.links import day_as_sealed, instant_as_sealed
from models.backup.state import mark_of


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
    counter: int = 0  # how often it had been written to; SQLite alone counts


class KeptHeads(NamedTuple):
    """The heads of the table, and the numbers of the rows that hold none."""

    heads: list[AuditHead]
    unreadable: list[int]


_COLUMNS = ("id", "day", "at", "entries", "last_id", "hash", "signature", "database", "counter")
_HEADS = f"SELECT {', '.join(_COLUMNS)} FROM audit_head ORDER BY id"  # noqa: S608 - names of ours
_LAST = f"""SELECT {", ".join(_COLUMNS)}, (SELECT count(*) FROM audit_entry) AS now,
        (SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1) AS now_hash
    FROM audit_head ORDER BY id DESC LIMIT 1"""  # noqa: S608


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
    return is_signature(head.signature, signature_of(head, key))


def is_signature(said: object, expected: str) -> bool:
    """Say whether ``said`` is the signature that was expected, whatever else it may be."""
    as_text = said if isinstance(said, str) else ""
    return hmac.compare_digest(as_text.encode(errors="replace"), expected.encode())


def kept_heads(session: Session) -> KeptHeads:
    """Return every kept head, the oldest first, as their bytes stand in the table."""
    session.flush()
    rows = session.connection().execute(text(_HEADS)).all()
    read = [(row.id, _read(row)) for row in rows]
    return KeptHeads(
        [head for _, head in read if head], [number for number, head in read if not head]
    )


def _read(row: Any) -> AuditHead | None:
    """Return the head of a row; None where it was never written so, as `models.audit.links` says."""
    texts, numbers = (row.hash, row.signature, row.database), (row.id, row.entries, row.last_id)
    if not all(isinstance(one, str) for one in texts):
        return None
    if not all(isinstance(one, int) and one >= 0 for one in (*numbers, row.counter)):
        return None
    try:
        day, at = date.fromisoformat(day_as_sealed(row.day)), instant_as_sealed(row.at)
        values = {name: getattr(row, name) for name in _COLUMNS}
        values |= {"day": day, "at": datetime.fromisoformat(at)}
    except (ValueError, TypeError):
        return None
    return AuditHead(**values)


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
    session.flush()
    row = session.connection().execute(text(_LAST)).first()
    head = _read(row) if row else None
    if not row or not head:
        return None
    return head if (head.entries, head.hash) == (row.now, row.now_hash or GENESIS) else None


def keep_head(session: Session, key: bytes, *, day: date, at: datetime) -> AuditHead:
    """Keep the chain's head; a chain that has not grown keeps the head it has. Repeatable."""
    if last := last_head(session):
        return last
    head = current_head(session, key, day=day, at=at)
    session.add(head)
    session.flush()
    return head
