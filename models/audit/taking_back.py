"""What was done, by its entry of the audit: whether something later took it back, or changed it again."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry
from models.audit.facts_kept import KEPT
from models.database import found_as, run

TAKEN_BACK = "taken_back"  # in the facts: the number of the entry that is taken back

# Entries at most: what one act says of several campaigns is sealed in one transaction, one behind the other.
_ONE_ACT = 1_000

# Canonical JSON: a quotation mark that somebody typed stands behind a backslash.
_TAKEN_BACK = f"""
    SELECT id, what, who, facts FROM audit_entry
    WHERE id > :entry AND campaign_id = :campaign AND facts LIKE '%"{TAKEN_BACK}":%'
    ORDER BY id"""  # noqa: S608
_KEPT_LATER = f"""
    SELECT id, who, previous, hash, facts FROM audit_entry
    WHERE id > :entry AND what = '{KEPT}' AND (facts LIKE '%"milestone"%' OR facts LIKE '%"assignment"%')
    ORDER BY id"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class _Later:
    id: int
    what: str
    who: str
    facts: str


@dataclass(frozen=True, slots=True)
class _Kept:
    id: int
    who: str
    previous: str
    hash: str
    facts: str


_NEWEST = """
    SELECT subject, CAST(max(id) AS INTEGER) AS id FROM audit_entry
    WHERE campaign_id = :campaign AND id >= :since
      AND (what LIKE 'finding-%' OR what IN ('visits-held', 'visit-taken-back', 'visit-moved'))
    GROUP BY subject"""


def newest_of_findings(session: Session, campaign_id: int, since: int) -> Mapping[str, int]:
    """Return the last entry from ``since`` on about each finding and each visit, by its code; one statement."""
    rows = run(session, _NEWEST, {"campaign": campaign_id, "since": since})
    return {row.subject: row.id for row in rows}


def entry_numbered(session: Session, number: int) -> AuditEntry | None:
    """Return entry ``number`` of the audit, None where there is none."""
    return session.get(AuditEntry, number)


def last_about(session: Session, campaign_id: int, what: str, subject: str, who: str) -> int | None:
    """Return the number of the last entry that says ``what`` of ``subject``, None where it is not ``who``'s."""
    query = select(AuditEntry).where(
        AuditEntry.campaign_id == campaign_id,
        AuditEntry.what == what,
        AuditEntry.subject == subject,
    )
    last = session.exec(query.order_by(col(AuditEntry.id).desc()).limit(1)).first()
    return last.id if last and last.who == who else None


def written_with(session: Session, entry: AuditEntry) -> list[AuditEntry]:
    """Return the entries of the act that wrote ``entry``, itself among them, in their order.

    One act says the same of the same at one instant, in each campaign that it is about.
    """
    number = entry.id or 0
    query = select(AuditEntry).where(
        col(AuditEntry.id).between(number - _ONE_ACT, number + _ONE_ACT),
        AuditEntry.at == entry.at,
        AuditEntry.what == entry.what,
        AuditEntry.subject == entry.subject,
        AuditEntry.who == entry.who,
    )
    return list(session.exec(query.order_by(col(AuditEntry.id))))


def taken_back_by(session: Session, entry: AuditEntry) -> int | None:
    """Return the number of the entry that took ``entry`` back, None while it stands."""
    values = {"entry": entry.id, "campaign": entry.campaign_id}
    for later in found_as(session, _Later, _TAKEN_BACK, values):
        if json.loads(later.facts).get(TAKEN_BACK) == entry.id:
            return later.id
    return None


def taken_back_since(session: Session, campaign_id: int, entry: int) -> set[int]:
    """Return the numbers of what entries after ``entry`` took back."""
    values = {"entry": entry, "campaign": campaign_id}
    found = found_as(session, _Later, _TAKEN_BACK, values)
    return {json.loads(later.facts)[TAKEN_BACK] for later in found}


def changed_later(
    session: Session, entry: AuditEntry, rows: Collection[tuple[str, int]], columns: Collection[str]
) -> bool:
    """Say whether anything changed ``columns`` of ``rows`` (table and id) after ``entry`` and what it did itself.

    Every change of a fact stands in the chain, whoever made it and by whatever way: that is asked.
    """
    own = entry.hash
    for kept in found_as(session, _Kept, _KEPT_LATER, {"entry": entry.id}):
        if kept.previous == own and kept.who == entry.who:
            own = kept.hash  # sealed in the same transaction
        elif any(_touches(piece, rows, columns) for piece in json.loads(kept.facts)["kept"]):
            return True
    return False


def _touches(
    piece: Mapping[str, Any], rows: Collection[tuple[str, int]], columns: Collection[str]
) -> bool:
    said = {*piece.get("columns", ()), *piece.get("same", {})}
    ids = {row[0] for row in piece.get("rows", ())} if said & set(columns) else set()
    ids |= set(piece.get("gone", ()))
    return any(table == piece["table"] and id in ids for table, id in rows)
