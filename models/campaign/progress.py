"""Progress: what was registered on milestones and assignments, each change with its audit entry."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import begins_on
from models.campaign.milestone import Milestone
from models.campaign.subjects import item_coded
from models.campaign.work import Assignment
from models.errors import NotFoundError, ProgressError
from models.rules.calendar.moment import Moment
from models.rules.progress import part_follows, progress_faults
from models.rules.registrar import registrar_fault
from models.rules.words import REGISTERED_BY, MilestoneKind, Progress, Role, post_fault
from models.units.unit import unit_named, unit_names, units_of


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says of an item: its code, optionally one unit's part, state, day, post, note.

    ``done_on`` None means today for what is done.
    """

    code: str
    state: Progress
    by_post: str
    unit: str | None = None
    done_on: date | None = None
    note: str = ""


def register(session: Session, campaign_id: int, report: Report, *, moment: Moment) -> int:
    """Register ``report`` and return how many rows changed (0 when it says nothing new).

    A work item or indicator takes the assignments with it that follow (`part_follows`); with ``unit``
    only that unit's part moves, and keeps the note. Each call that changes something is one audit
    entry with the old and new values.

    Raises NotFoundError for an unknown code or unit, ProgressError when the rules forbid it.
    """
    milestone, parts = may_register(session, campaign_id, report, moment.today)
    done_on = (report.done_on or moment.today) if report.state is Progress.DONE else None
    parts = [part for part in parts if report.unit or _follows(part, milestone, parts, report)]
    old: dict[str, object] = {}
    if milestone and report.unit is None:
        old |= _set_milestone(milestone, report, done_on)
    changed = [p for p in parts if _set_assignment(p, report, done_on, old)]
    if not old:
        return 0
    subject = report.code.strip().upper() + (f"/{report.unit}" if report.unit else "")
    new = {"state": report.state, "done_on": done_on, "note": report.note.strip()}
    facts = {"old": old, "new": new, "assignments": len(changed)}
    said = NewEntry(report.by_post.strip(), "progress", subject, facts)
    record(session, campaign_id, moment, said)
    return len(changed) + ("milestone" in old)


def may_register(
    session: Session, campaign_id: int, report: Report, today: date
) -> tuple[Milestone | None, list[Assignment]]:
    """Return what ``report`` speaks of; nothing is written.

    Raises what `register` does, all faults together.
    """
    begins = begins_on(session, campaign_id)
    faults = progress_faults(report.state, report.done_on, report.note, today, begins)
    if fault := post_fault(report.by_post, "登记"):
        faults.append(fault)
    try:
        milestone, parts = _found(session, campaign_id, report)
    except NotFoundError as error:
        raise type(error)("；".join([str(error), *faults])) from None
    if milestone and (command := REGISTERED_BY.get(MilestoneKind(milestone.kind))):
        kind = MilestoneKind(milestone.kind).chinese
        faults.append(f"{kind}办到哪一步不在这里登记，请用 {command}")
    ids = unit_names(session, campaign_id)
    owners = _owners(milestone, parts, report.unit)
    names = {unit.id: unit.name for unit in units_of(session, campaign_id)}
    if not faults and (
        fault := registrar_fault(
            report.by_post,
            {names[id] for id in owners},
            {name: names[id] for name, id in ids.items()},
            whole=report.unit is None and any(p.unit_id not in owners for p in parts),
        )
    ):
        faults.append(fault)
    if faults:
        raise ProgressError(f"{report.code}：{'；'.join(faults)}")
    return milestone, parts


def _owners(milestone: Milestone | None, parts: list[Assignment], unit: str | None) -> set[int]:
    """Return the units whose own an item is: of a part its unit, of the whole those that lead."""
    if unit is not None:
        return {part.unit_id for part in parts}
    leads = {part.unit_id for part in parts if part.role == Role.LEAD}
    own = {milestone.unit_id} if milestone and milestone.unit_id else set()
    return own or leads


def _found(
    session: Session, campaign_id: int, report: Report
) -> tuple[Milestone | None, list[Assignment]]:
    code, unit = report.code.strip().upper(), report.unit
    coded = item_coded(session, campaign_id, code, None)
    if unit is None:
        return coded.milestone, coded.parts
    unit_id = unit_named(session, campaign_id, unit)
    parts = [part for part in coded.parts if part.unit_id == unit_id]
    if not parts:
        raise NotFoundError(f"{code} 没有分给 {unit}")
    return coded.milestone, parts


def _follows(
    part: Assignment, milestone: Milestone | None, parts: list[Assignment], report: Report
) -> bool:
    whole = milestone or parts[0]
    same = (part.state, part.done_on, part.by_post) == (whole.state, whole.done_on, whole.by_post)
    if (
        milestone is None
    ):  # an indicator has no state of its own; its parts moved as one, or did not
        same = len({(p.state, p.done_on, p.by_post) for p in parts}) == 1
    return part_follows(Progress(part.state), report.state, came_with_whole=same)


def _set_milestone(row: Milestone, report: Report, done_on: date | None) -> dict[str, object]:
    new = {
        "state": report.state.value,
        "done_on": done_on,
        "by_post": report.by_post.strip(),
        "note": report.note.strip(),
    }
    old = {name: getattr(row, name) for name in new}
    if (old["state"], old["done_on"], old["note"]) == (new["state"], new["done_on"], new["note"]):
        return {}
    for name, value in new.items():
        setattr(row, name, value)
    return {"milestone": old}


def _set_assignment(
    row: Assignment, report: Report, done_on: date | None, old: dict[str, object]
) -> bool:
    note = report.note.strip() if report.unit else row.note
    if (row.state, row.done_on, row.note) == (report.state.value, done_on, note):
        return False
    parts = old.setdefault("assignments", {})
    assert isinstance(parts, dict)
    parts[str(row.id)] = {
        name: getattr(row, name) for name in ("state", "done_on", "by_post", "note")
    }
    row.state, row.done_on, row.note = report.state.value, done_on, note
    row.by_post = report.by_post.strip()
    return True
