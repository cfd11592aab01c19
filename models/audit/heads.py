"""Heads of the audit chain: how long it was on a day and how it ended, signed, to be kept elsewhere."""

import hmac
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel

from models.audit.chain import GENESIS, canonical
from models.audit.links import day_as_sealed, instant_as_sealed
from models.backup.state import mark_of
from models.files.home_key import home_key
from models.hashing import ALGORITHMS, SHA256, chosen_algorithm, new_hash
from models.rules.audit.fact_table import Facts
from models.rules.calendar.moment import Moment

KEY_FILE = "audit.key"
NAMED = "hmac-{}:"  # before a signature by any algorithm but SHA-256, which alone was there before


def audit_key() -> bytes:
    """Return the key that signs heads, made on first use; raises DatabaseError when others can read it."""
    return home_key(KEY_FILE)


class AuditHead(SQLModel, table=True):
    """The chain as it stood at one instant; ``signature`` is what `sign` makes with the office's key."""

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


_COLUMNS = "id, day, at, entries, last_id, hash, signature, database, counter"
_HEADS = f"SELECT {_COLUMNS} FROM audit_head ORDER BY id"  # noqa: S608 - names of ours
_LAST = f"""SELECT {_COLUMNS}, (SELECT count(*) FROM audit_entry) AS now,
        (SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1) AS now_hash
    FROM audit_head ORDER BY id DESC LIMIT 1"""  # noqa: S608
_STANDING = """SELECT (SELECT count(*) FROM audit_entry) AS entries, id, hash
    FROM audit_entry ORDER BY id DESC LIMIT 1"""


def sign(key: bytes, said: Facts, algorithm: str = "") -> str:
    """Return the HMAC, in hex, over what is said, by what is chosen or by ``algorithm``.

    ``hmac-sm3:`` before it names SM3; without a name it is one by SHA-256, as all of before are.
    Raises SettingsError where this machine lacks the algorithm.
    """
    by = algorithm or chosen_algorithm()
    made = hmac.new(key, canonical(said).encode(), partial(new_hash, by)).hexdigest()
    return made if by == SHA256 else NAMED.format(by) + made


def algorithm_of(signature: object) -> str:
    """Return what a signature says it was made by, whatever else it may be."""
    named = (one for one in ALGORITHMS if str(signature).startswith(NAMED.format(one)))
    return next(named, SHA256)


def head_facts(head: AuditHead) -> Facts:
    """Return a head as it is written to a file; all but its signature is signed.

    Heads of before name no database.
    """
    names = ["entries", "last_id", "hash", "signature"]
    names += ["database", "counter"] if head.database else []
    when = {"day": head.day.isoformat(), "at": head.at.isoformat()}
    return when | {name: getattr(head, name) for name in names}


def read_head(said: Facts) -> AuditHead:
    """Return the head that `head_facts` wrote or a row holds.

    Raises ValueError, KeyError or TypeError for what never was one.
    """
    numbers = {name: said[name] for name in ("entries", "last_id")}
    numbers["counter"] = said.get("counter", 0)
    texts = {name: said[name] for name in ("hash", "signature")}
    texts["database"] = said.get("database", "")
    if not all(isinstance(one, int) and one >= 0 for one in numbers.values()):
        raise ValueError("number")
    if not all(isinstance(one, str) for one in texts.values()):
        raise ValueError("text")
    day, at = date.fromisoformat(said["day"]), datetime.fromisoformat(said["at"])
    return AuditHead(day=day, at=at, **numbers, **texts)


def is_signed(head: AuditHead, key: bytes) -> bool:
    """Say whether ``head`` was signed with ``key`` and says what it said then, as `is_signature` does."""
    return is_signature(head.signature, key, _signed(head))


def _signed(head: AuditHead) -> Facts:
    return {name: one for name, one in head_facts(head).items() if name != "signature"}


def is_signature(signature: object, key: bytes, said: Facts) -> bool:
    """Say whether ``signature``, whatever else it may be, is one over ``said`` by the algorithm it names.

    Raises SettingsError where this machine lacks that.
    """
    as_text = signature if isinstance(signature, str) else ""
    expected = sign(key, said, algorithm_of(as_text))
    return hmac.compare_digest(as_text.encode(errors="replace"), expected.encode())


def kept_heads(session: Session) -> KeptHeads:
    """Return every kept head, the oldest first, as their bytes stand in the table."""
    session.flush()
    rows = session.connection().execute(text(_HEADS)).all()
    read = [(row.id, _read(row._mapping)) for row in rows]
    return KeptHeads(
        [head for _, head in read if head], [number for number, head in read if not head]
    )


def _read(row: Mapping[Any, Any]) -> AuditHead | None:
    """Return the head of a row; None where it was never written so, as `models.audit.links` says."""
    when = {"day": day_as_sealed(row["day"]), "at": instant_as_sealed(row["at"])}
    try:
        return read_head(dict(row) | when)
    except (ValueError, TypeError):
        return None


def standing(session: Session) -> tuple[int, int, str]:
    """Return how many entries the chain has, the last one's id and hash."""
    session.flush()
    found = session.connection().execute(text(_STANDING)).first()
    return (found.entries, found.id, found.hash) if found else (0, 0, GENESIS)


def current_head(session: Session, key: bytes, moment: Moment) -> AuditHead:
    """Return the chain's head as it stands now, signed, not kept yet."""
    entries, last_id, hash_ = standing(session)
    mark = mark_of(session.connection())
    head = AuditHead(
        day=moment.today,
        at=moment.now,
        entries=entries,
        last_id=last_id,
        hash=hash_,
        database=mark.identity,
        counter=mark.counter,
        signature="",
    )
    head.signature = sign(key, _signed(head))
    return head


def last_head(session: Session) -> AuditHead | None:
    """Return the latest kept head, None when the chain has grown since or none was kept."""
    session.flush()
    row = session.connection().execute(text(_LAST)).first()
    head = _read(row._mapping) if row else None
    if not row or not head:
        return None
    return head if (head.entries, head.hash) == (row.now, row.now_hash or GENESIS) else None


def keep_head(session: Session, key: bytes, moment: Moment) -> AuditHead:
    """Keep the chain's head; a chain that has not grown keeps the head it has. Repeatable."""
    if last := last_head(session):
        return last
    head = current_head(session, key, moment)
    session.add(head)
    session.flush()
    return head
