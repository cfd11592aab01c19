"""Ledgers that came back: which file it was, of which unit and version."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.database import run
from models.evidence.intake.received import ReceivedFile
from models.evidence.ledgers.issues import Issued

_ISSUED = """
    SELECT l.id, l.unit_id, l.version, l.issued_at, l.rows, l.sha256, l.facts FROM ledger_issue l
    WHERE l.campaign_id = :campaign AND l.unit_id IN ({units}) AND l.version IN ({versions})"""


@dataclass(frozen=True, slots=True)
class CameBack:
    """A ledger's file as it came back."""

    key: str
    name: str
    content: bytes
    sender: str
    via: str
    received_at: datetime  # UTC


def known_keys(session: Session, keys: Sequence[str]) -> dict[str, int]:
    """Return the rows of those files that came in before, by their keys."""
    query = select(ReceivedFile.key, ReceivedFile.id).where(col(ReceivedFile.key).in_(keys))
    return {key: found or 0 for key, found in session.exec(query)}


def store_received(
    session: Session, campaign_id: int, files: Mapping[str, tuple[CameBack, int | None, int | None]]
) -> dict[str, int]:
    """Keep that files came in (each with its unit and version), by their keys; return their rows."""
    rows = [
        {
            "campaign_id": campaign_id,
            "unit_id": unit_id,
            "key": key,
            "sha256": hashlib.sha256(file.content).hexdigest(),
            "size": len(file.content),
            "name": file.name,
            "sender": file.sender,
            "via": file.via,
            "received_at": file.received_at,
            "kind": "ledger",
            "version": version,
            "outcome": "taken",
            "detail": "",
        }
        for key, (file, unit_id, version) in files.items()
    ]
    if rows:
        session.connection().execute(insert(ReceivedFile), rows)
    return known_keys(session, list(files))


def issues_sent(
    session: Session, campaign_id: int, wanted: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], Issued]:
    """Return the versions that went out, of those ``wanted`` as (unit, version); one statement."""
    if not wanted:
        return {}
    units = ", ".join(str(unit) for unit in {unit for unit, _ in wanted})
    versions = ", ".join(str(version) for version in {version for _, version in wanted})
    sql = _ISSUED.format(units=units, versions=versions)
    rows = run(session, sql, {"campaign": campaign_id})
    found = (Issued(*row) for row in rows)
    return {(one.unit_id, one.version): one for one in found}
