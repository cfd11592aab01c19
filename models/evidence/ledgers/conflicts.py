"""Versions of ledgers that disagree: kept side by side until a post says which one counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlmodel import Session

from models.audit.chain import NewEntry, record_all
from models.database import found_as, run
from models.evidence.ledgers.ledger import LedgerConflict
from models.rules.calendar.moment import Moment
from models.rules.evidence.ledgers import Disagreement, PartSaid, Side

_CONFLICTS = """
    SELECT c.id, c.assignment_id, u.name AS unit, u.id AS unit_id,
           coalesce('W' || w.ordinal, i.code) AS code, coalesce(w.title, i.title) AS title,
           c.field, c.standing, c.offered, c.found_at, coalesce(f.name, '') AS file, f.version,
           a.state, CASE WHEN a.state = 'done' THEN a.done_on END AS done_on, a.note,
           (a.withdrawn OR coalesce(w.withdrawn, i.withdrawn)) AS withdrawn
    FROM ledger_conflict c
    JOIN assignment a ON a.id = c.assignment_id
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN received_file f ON f.id = c.offered_file_id
    WHERE c.campaign_id = :campaign AND c.settled_at IS NULL
    ORDER BY u.id, c.id"""
_KNOWN = """
    SELECT assignment_id, field, offered FROM ledger_conflict WHERE campaign_id = :campaign"""
_SETTLE = """
    UPDATE ledger_conflict SET taken = :taken, settled_by = :by, settled_at = :now
    WHERE settled_at IS NULL AND id IN ({ids})"""


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A disagreement nobody has settled: of which part, what was registered, what the other file says."""

    id: int
    assignment_id: int
    unit: str
    unit_id: int
    code: str
    title: str
    field: str
    standing: str
    offered: str
    found_at: datetime
    file: str
    version: int | None
    state: str
    done_on: date | None
    note: str
    withdrawn: bool

    @property
    def answer(self) -> PartSaid:
        """Return what is registered now."""
        return PartSaid(self.state, self.done_on, self.note)


@dataclass(frozen=True, slots=True)
class NewConflict:
    """A disagreement that a returned file brought."""

    assignment_id: int
    said: Disagreement
    file_id: int


def open_conflicts(session: Session, campaign_id: int) -> list[ConflictLine]:
    """Return what nobody has settled, unit by unit."""
    return found_as(session, ConflictLine, _CONFLICTS, {"campaign": campaign_id})


def store_conflicts(
    session: Session, campaign_id: int, new: Sequence[NewConflict], moment: Moment
) -> int:
    """Keep disagreements; one that was brought before, settled or not, is not kept again. Return how many are new."""
    known = set(map(tuple, run(session, _KNOWN, {"campaign": campaign_id}))) if new else set()
    fresh = {
        key: one
        for one in new
        if (key := (one.assignment_id, one.said.field, one.said.offered)) not in known
    }
    if fresh:
        rows = [
            {
                "campaign_id": campaign_id,
                "assignment_id": one.assignment_id,
                "field": one.said.field,
                "standing": one.said.standing,
                "offered": one.said.offered,
                "offered_file_id": one.file_id,
                "found_at": moment.now,
                "taken": "",
                "settled_by": "",
            }
            for one in fresh.values()
        ]
        session.connection().execute(insert(LedgerConflict), rows)
    return len(fresh)


def settle_conflicts(
    session: Session,
    campaign_id: int,
    conflicts: Sequence[ConflictLine],
    side: Side,
    by_post: str,
    moment: Moment,
) -> None:
    """Say that ``side`` counts, and who decided; what it means for progress is the caller's."""
    ids = ", ".join(str(one.id) for one in conflicts) or "NULL"
    values = {"taken": side.value, "by": by_post, "now": moment.now}
    run(session, _SETTLE.format(ids=ids), values)
    said = [
        NewEntry(
            by_post,
            "conflict-settled",
            f"{one.code}/{one.unit}",
            {
                "field": one.field,
                "standing": one.standing,
                "offered": one.offered,
                "taken": side.chinese,
            },
        )
        for one in conflicts
    ]
    record_all(session, campaign_id, moment, said)
