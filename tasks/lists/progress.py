"""The lists of progress: milestones, and each unit's part in work items and indicators."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import begins_on, looking_at
from models.campaign.progress import Report
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.loading.progress import (
    Change,
    ProgressLine,
    carried,
    milestone_lines,
    part_lines,
    store_changes,
)
from models.rules.calendar.moment import Moment
from models.rules.progress import state_named
from models.rules.words import Role
from models.units.unit import unit_names, units_of
from tasks.campaign.progress import register_report
from tasks.lists.belonging import PROGRESS, list_title
from tasks.lists.names import meant, perhaps, with_bodies
from tasks.lists.progress_rows import (
    IN_PARTS,
    MILESTONES,
    PARTS,
    STATES,
    ProgressRows,
    answer_cells,
    milestone_cells,
    part_cells,
)
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_name
from tasks.workbook.writing import write_workbook


def set_progress(slug: str | None, report: Report, state: str, *, moment: Moment) -> int:
    """Register one report whose state is given in an office's word; return how many rows changed.

    Raises ProgressError for a word that is none, and whatever `models.campaign.progress.register` does.
    """
    meant = state_named(state)
    if meant is None:
        raise ProgressError(f"没有“{state}”这个状态，只能是 {'、'.join(STATES)}")
    return register_report(slug, replace(report, state=meant), moment)


def export_progress(
    slug: str | None, path: Path, unit: str | None = None, today: date | None = None
) -> tuple[int, int]:
    """Write the milestones and parts of a campaign, or of one unit; return how many of each."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id, name = _unit(session, campaign_id, unit) if unit else (None, "")
        title = list_title(campaign, PROGRESS, today, name)
        milestones = milestone_lines(session, campaign_id, unit_id)
        parts = part_lines(session, campaign_id, unit_id)
    rows = [(*part_cells(one), *answer_cells(one)) for one in parts]
    sheets = [PARTS.filled(rows, title).without_empty(IN_PARTS)]
    whole = MILESTONES.filled(
        [(*milestone_cells(one), *answer_cells(one)) for one in milestones], title
    )
    write_workbook(path, [*sheets, whole] if unit else [whole, *sheets])
    return len(milestones), len(parts)


def _unit(session: Session, campaign_id: int, name: str) -> tuple[int, str]:
    names = unit_names(session, campaign_id)
    found = meant(name, with_bodies(names))
    if found is None:
        raise NotFoundError(
            f"没有名为 {name} 的单位{perhaps(name, names)}；单位名称见 shifan units export"
        )
    return found, as_name(name)


def load_progress(slug: str | None, path: Path, *, moment: Moment, by: str = "") -> Loaded:
    """Take a returned list of progress in: only rows that say something new are written.

    Either sheet may be missing. ``by`` is the post for rows that name none; without it that is the
    unit's liaison, or the office. Raises PlanError with every fault; nothing is written then.
    """
    with returned(slug, path, (MILESTONES, PARTS), moment) as taken:
        session, book, campaign_id = taken.session, taken.book, taken.campaign_id
        parts = part_lines(session, campaign_id)
        units = _unit_by_id(session, campaign_id)
        begins = begins_on(session, campaign_id)
        reader = ProgressRows(book, moment.today, by, begins, units, _leads(parts))
        whole = reader.milestones(milestone_lines(session, campaign_id))
        changed_whole = [change for change in whole if change.new.said != change.old.said]
        own = reader.parts(parts, with_bodies(units))
        book.faults.stop()
        own = _following(whole, own, reader.edited)
        listed = {change.old.id for change in own}
        rest = [part for part in parts if part.id not in listed] if changed_whole else []
        changes = [change for change in own if change.new.said != change.old.said]
        changes = changed_whole + changes + carried(changed_whole, rest)
        count = store_changes(session, campaign_id, changes, moment=moment)
        return taken.loaded(count, f"读到 {reader.rows} 行，{count} 处变更")


def _unit_by_id(session: Session, campaign_id: int) -> dict[str, str]:
    """Return the name of every unit by each of its names."""
    full = {key_of(unit): unit.name for unit in units_of(session, campaign_id)}
    return {name: full[unit_id] for name, unit_id in unit_names(session, campaign_id).items()}


def _leads(parts: Sequence[ProgressLine]) -> dict[str, set[str]]:
    """Return by code the units that lead a work item or indicator."""
    found: dict[str, set[str]] = {}
    for part in parts:
        if part.role == Role.LEAD:
            found.setdefault(part.code, set()).add(part.unit)
    return found


def _following(whole: Sequence[Change], own: Sequence[Change], edited: set[int]) -> list[Change]:
    """Return ``own`` as it counts beside ``whole``: what the same list closes, it closes for all.

    Parts that were certainly ``edited`` stay as written. A function of the list alone, so that the
    list says the same the second time.
    """
    open_parts = [change.new for change in own if change.old.id not in edited]
    follow = {c.old.id: c for c in carried(whole, open_parts)}
    return [c._replace(new=follow[c.old.id].new) if c.old.id in follow else c for c in own]
