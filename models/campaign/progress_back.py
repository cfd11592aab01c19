"""Taking back a registration: what stood before is registered again, as long as nothing changed it since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from models.audit.chain import AuditEntry, NewEntry, record
from models.audit.taking_back import TAKEN_BACK, changed_later
from models.campaign.milestone import Milestone
from models.campaign.progress import Report, may_register
from models.campaign.work import Assignment
from models.database import as_day
from models.errors import ProgressError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import Progress
from models.units.unit import Unit

SAID = ("state", "done_on", "by_post", "note")
BY_TABLE = (
    "这一条是按表格（台账）一起登记的，没有撤回；登记错了，请在那一项的页面上更正进展，"
    "或改好表格再报；不知道该改哪一处的，请问创建办"
)
A_TAKING_BACK = "这一条本身就是撤回，不能再撤回；要改，请重新登记进展"
NO_WAY_BACK = "这一条不是在网页或表单上登记的，没有撤回；要改，请重新登记进展，或告诉创建办"
MOVED_ON = "此后又有变动，不能撤回；请按实际情况重新登记"

Row = Milestone | Assignment


@dataclass(frozen=True, slots=True)
class _Was:
    """A row that a registration changed, and what stood in it before."""

    row: Row
    before: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, int]:
        """Return its table and number."""
        return type(self.row).__name__.lower(), key_of(self.row)


def registration_fault(session: Session, entry: AuditEntry, by_post: str, today: date) -> str:
    """Return why ``by_post`` may not take back the registration ``entry``; empty when it may.

    Who takes it back must be allowed to register the item, and nothing may have changed it since.
    """
    found = _changed_rows(session, entry)
    if not found:
        return _no_way_back(entry)
    try:
        may_register(session, entry.campaign_id or 0, _as_report(entry, by_post), today)
    except ProgressError as error:
        return str(error)
    new = json.loads(entry.facts)["new"]
    same = all(_is(one.row, new) and not one.row.withdrawn for one in found)
    moved = not same or changed_later(session, entry, [one.key for one in found], SAID)
    return f"{entry.subject}：{MOVED_ON}" if moved else ""


def _no_way_back(entry: AuditEntry) -> str:
    """Return why what was not registered one by one cannot be taken back, and what to do instead."""
    facts = json.loads(entry.facts)
    if TAKEN_BACK in facts:
        return A_TAKING_BACK
    by_table = "parts" in facts or "state" in facts.get("old", {})
    return BY_TABLE if by_table else NO_WAY_BACK


def take_back_registration(
    session: Session, entry: AuditEntry, by_post: str, *, moment: Moment
) -> AuditEntry:
    """Register what stood before ``entry`` again, as an entry of its own that names it; return that.

    Raises ProgressError, with nothing changed, for what `registration_fault` finds.
    """
    if fault := registration_fault(session, entry, by_post, moment.today):
        raise ProgressError(fault)
    now = json.loads(entry.facts)["new"]
    facts: dict[str, Any] = {TAKEN_BACK: key_of(entry)}
    parts: dict[str, list[Mapping[str, Any]]] = {}
    for one in _changed_rows(session, entry):
        _restore(one, by_post)
        before = {name: getattr(one.row, name) for name in SAID}
        if isinstance(one.row, Milestone):
            facts |= {"old": now, "new": before}
        else:
            part = {"role": one.row.role, "old": now, "new": before}
            parts.setdefault(_unit_name(session, one.row), []).append(part)
    if parts:
        facts["parts"] = parts
    code = entry.subject.partition("/")[0]
    return record(
        session, entry.campaign_id, moment, NewEntry(by_post.strip(), "progress", code, facts)
    )


def _changed_rows(session: Session, entry: AuditEntry) -> list[_Was]:
    """Return the rows that an entry of `models.campaign.progress.register` changed; none for any other entry."""
    facts = json.loads(entry.facts)
    old = facts.get("old", {})
    if TAKEN_BACK in facts or not {"milestone", "assignments"} & old.keys():
        return []
    code = entry.subject.partition("/")[0]
    found: list[_Was] = []
    if "milestone" in old:
        one = (Milestone.campaign_id == entry.campaign_id, Milestone.code == code)
        row = session.exec(select(Milestone).where(*one)).first()
        found += [_Was(row, old["milestone"])] if row else []
    for number, before in old.get("assignments", {}).items():
        part = session.get(Assignment, int(number))
        found += [_Was(part, before)] if part else []
    return found


def _as_report(entry: AuditEntry, by_post: str) -> Report:
    code, _, unit = entry.subject.partition("/")
    return Report(code, Progress.STARTED, by_post, unit=unit or None)


def _is(row: Row, said: Mapping[str, Any]) -> bool:
    return (row.state, row.done_on) == (said["state"], as_day(said["done_on"]))


def _restore(one: _Was, by_post: str) -> None:
    before = {**one.before, "done_on": as_day(one.before["done_on"])}
    for name in SAID:
        # Entries of before do not say who had registered a part.
        setattr(one.row, name, before.get(name, by_post.strip()))


def _unit_name(session: Session, part: Assignment) -> str:
    return session.get_one(Unit, part.unit_id).name
