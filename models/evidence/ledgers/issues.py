"""Ledgers as they go out: the parts of every unit, and which versions went to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlmodel import Session

from models.audit.chain import NewEntry, record_all
from models.campaign.work import parts_in
from models.database import found_as
from models.evidence.ledgers.ledger import LedgerIssue
from models.loading.progress import ProgressLine
from models.rules.calendar.moment import Moment
from models.rules.evidence.ledgers import PartSaid
from models.rules.words import Progress, Role

_PARTS = """
    SELECT a.id, a.unit_id, u.name AS unit, coalesce('W' || w.ordinal, i.code) AS code, a.role,
           coalesce(w.section, '') AS section, coalesce(w.title, i.title) AS title, a.due,
           coalesce(w.deadline_raw, '') AS deadline_raw, a.state,
           CASE WHEN a.state = 'done' THEN a.done_on END AS done_on, a.by_post, a.note,
           a.state = 'started' AND a.done_on IS NOT NULL AS reopened,
           (a.withdrawn OR coalesce(w.withdrawn, i.withdrawn)) AS withdrawn,
           a.indicator_id, a.work_item_id, a.self_score,
           coalesce(i.methods, '') AS methods, coalesce(i.proofs, '') AS proofs
    FROM assignment a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign {which}
    ORDER BY coalesce(w.ordinal, 1000000), i.id, a.role, a.unit_id"""
_STANDING = " AND NOT a.withdrawn AND NOT coalesce(w.withdrawn, i.withdrawn)"

# The newest version that went to each unit; with :version that one of :unit.
_ISSUES = """
    SELECT l.id, l.unit_id, l.version, l.issued_at, l.rows, l.sha256, l.facts
    FROM ledger_issue l WHERE l.campaign_id = :campaign AND {which}"""
_NEWEST = """l.version = (SELECT max(o.version) FROM ledger_issue o
      WHERE o.campaign_id = l.campaign_id AND o.unit_id = l.unit_id)"""


@dataclass(slots=True)  # thousands are made at once, and a frozen one takes four times as long
class LedgerPart:
    """A unit's part in a work item or indicator, as a ledger asks for it; withdrawn ones say so.

    ``reopened``: 已完成 was taken back with its evidence (see `models.evidence.reopening`).
    ``methods`` and ``proofs`` are an indicator's, a line for each.
    """

    id: int
    unit_id: int
    unit: str
    code: str
    role: str
    section: str
    title: str
    due: date | None
    deadline_raw: str
    state: str
    done_on: date | None
    by_post: str
    note: str
    reopened: bool
    withdrawn: bool
    indicator_id: int | None
    work_item_id: int | None
    self_score: float | None
    methods: str = ""
    proofs: str = ""

    @property
    def leads(self) -> bool:
        """Say whether the unit leads."""
        return self.role == Role.LEAD

    @property
    def answer(self) -> PartSaid:
        """Return what is registered."""
        return PartSaid(self.state, self.done_on, self.note)

    @property
    def line(self) -> ProgressLine:
        """Return it as progress over many items knows it."""
        return ProgressLine(
            self.id,
            self.code,
            "",
            self.section,
            self.title,
            self.unit,
            self.role,
            self.due,
            Progress(self.state),
            self.done_on,
            self.by_post,
            self.note,
            parts_in(self.deadline_raw),
        )


@dataclass(frozen=True, slots=True)
class Issued:
    """A version that went out to a unit."""

    id: int
    unit_id: int
    version: int
    issued_at: datetime
    rows: int
    sha256: str
    facts: str


@dataclass(frozen=True, slots=True)
class NewIssue:
    """A version that is about to go out."""

    unit_id: int
    unit: str
    version: int
    rows: int
    sha256: str
    facts: str


def standing_parts(session: Session, campaign_id: int) -> list[LedgerPart]:
    """Return what every unit is asked for, in the plan's order."""
    values = {"campaign": campaign_id}
    return found_as(session, LedgerPart, _PARTS.format(which=_STANDING), values)


def every_part(session: Session, campaign_id: int) -> list[LedgerPart]:
    """Return the same with what was withdrawn, so that an old ledger's rows can be told what became of them."""
    return found_as(session, LedgerPart, _PARTS.format(which=""), {"campaign": campaign_id})


def newest_issues(session: Session, campaign_id: int) -> dict[int, Issued]:
    """Return the newest version of each unit, by the unit's id."""
    found = found_as(session, Issued, _ISSUES.format(which=_NEWEST), {"campaign": campaign_id})
    return {one.unit_id: one for one in found}


def issues_of(session: Session, campaign_id: int, ids: Sequence[int]) -> dict[int, Issued]:
    """Return versions by the numbers of their rows; those that never went out are not among them."""
    found = found_as(
        session,
        Issued,
        _ISSUES.format(which=f"l.id IN ({', '.join(str(int(one)) for one in ids) or 'NULL'})"),
        {"campaign": campaign_id},
    )
    return {one.id: one for one in found}


def store_issues(
    session: Session, campaign_id: int, new: Sequence[NewIssue], by_post: str, moment: Moment
) -> None:
    """Keep that versions went out, by one statement, and say so in the audit."""
    if not new:
        return
    rows = [
        {
            "campaign_id": campaign_id,
            "unit_id": one.unit_id,
            "version": one.version,
            "issued_at": moment.now,
            "issued_by": by_post,
            "rows": one.rows,
            "sha256": one.sha256,
            "facts": one.facts,
        }
        for one in new
    ]
    session.connection().execute(insert(LedgerIssue), rows)
    said = [
        NewEntry(
            by_post,
            "ledger-issued",
            one.unit,
            {"version": one.version, "rows": one.rows, "sha256": one.sha256},
        )
        for one in new
    ]
    record_all(session, campaign_id, moment, said)
