"""Take a succession back: what it changed is set to what stood before, as long as nothing changed it since."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from models.audit.chain import AuditEntry, NewEntry, record
from models.audit.taking_back import TAKEN_BACK, taken_back_by
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import as_day
from models.errors import ProgressError
from models.findings.finding import RaisedFinding
from models.keys import key_of
from models.notices.acknowledgement import Acknowledgement
from models.rules.calendar.moment import Moment
from models.units.unit import Unit, UnitGroupMember

SUCCESSION, WITHDRAWN = "succession", "succession-withdrawn"
UNDO = "undo"  # in the facts: what stood before and after, by table and row
MEMBERS = "members"
OLDER = "这次移交是旧版本登记的，没有留下原样，不能撤回"
MOVED_ON = "移交以后这些事项又有变动，不能撤回"
_SAID = ("state", "by_post", "note", "begin_by", "due", "original_due")
# What a succession may change, by table; of a thing that went on since it is not taken back.
_COLUMNS: Mapping[type[SQLModel], Sequence[str]] = {
    Assignment: ("unit_id", "withdrawn", "group_id", *_SAID),
    Milestone: ("unit_id", "state"),
    RaisedFinding: ("unit_id", "state"),
    Acknowledgement: ("runs_out",),
}
_DAYS = ("begin_by", "due", "original_due", "runs_out")

Stood = dict[str, dict[str, Any]]  # by table, then row: its columns as JSON holds them


def as_it_stands(session: Session, campaign_id: int, units: Sequence[int]) -> Stood:
    """Return what a succession between ``units`` may change, as it stands now."""
    found: Stood = {}
    for table, columns in _COLUMNS.items():
        query = select(table).where(table.campaign_id == campaign_id)  # type: ignore[attr-defined]
        if "unit_id" in columns:
            query = query.where(col(table.unit_id).in_(units))  # type: ignore[attr-defined]
        query = query.execution_options(populate_existing=True)
        rows = session.exec(query)
        found[table.__name__] = {str(one.id): _shown(one, columns) for one in rows}  # type: ignore[attr-defined]
    members = select(UnitGroupMember).where(col(UnitGroupMember.unit_id).in_(units))
    pairs = sorted((one.group_id, one.unit_id) for one in session.exec(members))
    found[MEMBERS] = {f"{group} {unit}": True for group, unit in pairs}
    return found


def rows_changed(before: Stood, after: Stood) -> Stood:
    """Return of each row that differs what stood before and after; None for a member that was none."""
    return {
        table: {
            row: [rows.get(row), after[table].get(row)]
            for row in sorted({*rows, *after[table]})
            if rows.get(row) != after[table].get(row)
        }
        for table, rows in before.items()
    }


def succession_fault(session: Session, entry: AuditEntry, facts: Mapping[str, Any]) -> str:
    """Return why the succession ``entry`` cannot be taken back, in one line; empty when it can."""
    if UNDO not in facts:
        return OLDER
    if taken_back_by(session, entry):
        return "这次移交此前已经撤回"
    old, new = _units(session, entry, facts)
    if old is None or new is None or old.successor_id != new.id:
        return MOVED_ON
    now = as_it_stands(session, entry.campaign_id or 0, [key_of(old), key_of(new)])
    same = all(
        now[table].get(row) == after
        for table, rows in facts[UNDO].items()
        for row, (_, after) in rows.items()
    )
    return "" if same else MOVED_ON


def take_succession_back(
    session: Session, entry: AuditEntry, facts: Mapping[str, Any], said: NewEntry, moment: Moment
) -> None:
    """Set everything that the succession ``entry`` changed to what stood before, as an entry of its own.

    Raises ProgressError, with nothing changed, for what `succession_fault` finds.
    """
    if fault := succession_fault(session, entry, facts):
        raise ProgressError(fault)
    for table, columns in _COLUMNS.items():
        for number, (before, _) in facts[UNDO].get(table.__name__, {}).items():
            row = session.get_one(table, int(number))
            for name in columns:
                setattr(row, name, as_day(before[name]) if name in _DAYS else before[name])
    _members_back(session, facts[UNDO].get(MEMBERS, {}))
    old, _ = _units(session, entry, facts)
    assert old is not None
    old.successor_id = facts.get("before")
    session.flush()
    record(session, entry.campaign_id, moment, said)


def withdrawal_of(entry: AuditEntry, facts: Mapping[str, Any], by: str, reason: str) -> NewEntry:
    """Return the entry that says that a succession is taken back."""
    told = {TAKEN_BACK: entry.id, "to": facts["to"], "items": facts["items"], "reason": reason}
    return NewEntry(by, WITHDRAWN, entry.subject, told)


def _members_back(session: Session, members: Mapping[str, Sequence[bool | None]]) -> None:
    for pair, (before, after) in members.items():
        group, unit = map(int, pair.split())
        query = select(UnitGroupMember).where(
            UnitGroupMember.group_id == group, UnitGroupMember.unit_id == unit
        )
        if after and not before:
            session.delete(session.exec(query).one())
        elif before and not after:
            session.add(UnitGroupMember(group_id=group, unit_id=unit))


def _units(
    session: Session, entry: AuditEntry, facts: Mapping[str, Any]
) -> tuple[Unit | None, Unit | None]:
    def named(name: str) -> Unit | None:
        query = select(Unit).where(Unit.campaign_id == entry.campaign_id, Unit.name == name)
        return session.exec(query).first()

    return named(entry.subject), named(str(facts["to"]))


def _shown(row: SQLModel, columns: Sequence[str]) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in columns}
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in said.items()}
