"""Entries of the audit chain as their bytes stand in the table, to be checked and replayed."""

import re
from collections.abc import Container, Iterable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlmodel import Session

from models.hashing import SHA256

_COLUMNS = "id, campaign_id, at, day, who, what, subject, facts, previous, hash"
_ALL_ENTRIES = f"SELECT {_COLUMNS}, algorithm FROM audit_entry ORDER BY id"  # noqa: S608 - names of ours
# As they stand in a database of before, where SHA-256 alone was there.
_ALL_OF_BEFORE = f"SELECT {_COLUMNS}, '{SHA256}' FROM audit_entry ORDER BY id"  # noqa: S608
_STORED_AT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}", re.ASCII)  # as SQLite keeps it
NEVER = ""  # what no instant is sealed as


class Link(NamedTuple):
    """One entry as its bytes stand in the table; ``at`` and ``day`` as they were sealed."""

    id: int
    campaign_id: int | None
    at: str
    day: str
    who: str
    what: str
    subject: str
    facts: str
    previous: str
    hash: str
    algorithm: str


def read_links(session: Session) -> list[Link]:
    """Return every entry as its bytes stand in the table.

    Read as text and not through the column types: those would forgive 2025-07-01T01:00 for what was
    written as 2025-07-01 01:00, and refuse to read on after a day that is none.
    """
    session.flush()
    return links_of(session.connection().execute(text(_ALL_ENTRIES)))


def every_entry(columns: Container[str]) -> str:
    """Return the statement that reads every entry of a table with these ``columns``."""
    return _ALL_ENTRIES if "algorithm" in columns else _ALL_OF_BEFORE


def last_links(session: Session, most: int) -> list[Link]:
    """Return the last ``most`` entries as their bytes stand in the table, the oldest first."""
    newest = text(f"{_ALL_ENTRIES} DESC LIMIT :most")  # noqa: S608 - names of ours
    return links_of(session.connection().execute(newest, {"most": most}))[::-1]


def links_of(rows: Iterable[Any]) -> list[Link]:
    """Return the entries that a reading by `every_entry` gave, whoever asked."""
    return [
        Link(id_, campaign, instant_as_sealed(at), day_as_sealed(day), *rest)
        for id_, campaign, at, day, *rest in rows
    ]


def instant_as_sealed(stored: datetime | str) -> str:
    """Return an instant as it was sealed; a text that is not exactly how one is stored was never."""
    if isinstance(stored, datetime):
        return stored.astimezone(UTC).isoformat()
    if not _STORED_AT.fullmatch(str(stored)):
        return NEVER
    seconds, fraction = stored[:19].replace(" ", "T"), stored[19:]
    return f"{seconds}{'' if fraction == '.000000' else fraction}+00:00"


def day_as_sealed(stored: date | str) -> str:
    """Return a day as it was sealed."""
    return stored.isoformat() if isinstance(stored, date) else stored
