"""Progress over many items at once: what stands in the tables, and what a returned list changes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import String, case, cast, func, literal
from sqlmodel import Session, SQLModel, col, select

from models.audit.chain import NewEntry, record_all
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment, Indicator, WorkItem, parts_in
from models.loading.merge import write_rows
from models.rules.calendar.moment import Moment
from models.rules.words import FINISHED, REGISTERED_BY, UNFINISHED, MilestoneKind, Progress
from models.units.unit import Unit

SEVERAL = "多个职务（见各条）"


class ProgressLine(NamedTuple):
    """One of thousands: a milestone, or a unit's part in a work item or indicator (then with a ``role``), as it stands.

    ``unit`` is empty for what the office owns; ``group`` is the stage or section it belongs to.
    """

    id: int
    code: str
    kind: str
    group: str
    title: str
    unit: str
    role: str
    due: date | None
    state: Progress
    done_on: date | None
    by_post: str
    note: str
    parts: str = ""  # of a deadline in parts: a line for each day and what is due then

    @property
    def said(self) -> tuple[Progress, date | None, str]:
        """Return what makes one registration different from another."""
        return self.state, self.done_on, self.note


class Change(NamedTuple):
    """A line as it was, and as somebody says it is now."""

    old: ProgressLine
    new: ProgressLine


def milestone_lines(
    session: Session,
    campaign_id: int,
    unit_id: int | None = None,
    only: Sequence[int] | None = None,
) -> list[ProgressLine]:
    """Return the milestones that are registered by list, all or one unit's own, in the plan's order; ``only`` some, by id."""
    query = (
        select(
            Milestone.id,
            Milestone.code,
            Milestone.kind,
            func.coalesce(Stage.name, ""),
            Milestone.title,
            func.coalesce(Unit.name, ""),
            literal(""),
            *_registered_on(Milestone),
        )  # type: ignore[call-overload]
        .join(Unit, col(Unit.id) == Milestone.unit_id, isouter=True)
        .join(Stage, col(Stage.id) == Milestone.stage_id, isouter=True)
        .where(
            Milestone.campaign_id == campaign_id,
            col(Milestone.withdrawn).is_(False),
            col(Milestone.kind).not_in([kind.value for kind in REGISTERED_BY]),
        )
        .order_by(col(Milestone.position), col(Milestone.id))
    )
    if unit_id is not None:
        query = query.where(Milestone.unit_id == unit_id)
    if only is not None:
        query = query.where(col(Milestone.id).in_(only))
    return _lines(session, query)


def part_lines(
    session: Session,
    campaign_id: int,
    unit_id: int | None = None,
    only: Sequence[int] | None = None,
) -> list[ProgressLine]:
    """Return every unit's part in every work item and indicator, or one unit's, item by item; ``only`` some, by id."""
    query = (
        select(
            Assignment.id,
            func.coalesce(literal("W") + cast(WorkItem.ordinal, String), Indicator.code),
            literal(""),
            func.coalesce(WorkItem.section, ""),
            func.coalesce(WorkItem.title, Indicator.title),
            Unit.name,
            Assignment.role,
            *_registered_on(Assignment),
            WorkItem.deadline_raw,
        )  # type: ignore[call-overload]
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .join(WorkItem, col(WorkItem.id) == Assignment.work_item_id, isouter=True)
        .join(Indicator, col(Indicator.id) == Assignment.indicator_id, isouter=True)
        .where(Assignment.campaign_id == campaign_id, col(Assignment.withdrawn).is_(False))
        .order_by(
            func.coalesce(WorkItem.ordinal, 1_000_000),
            col(Indicator.id),
            col(Assignment.role),
            col(Unit.id),
        )
    )
    if unit_id is not None:
        query = query.where(Assignment.unit_id == unit_id)
    if only is not None:
        query = query.where(col(Assignment.id).in_(only))
    return _lines(session, query)


def _registered_on(table: type[Milestone] | type[Assignment]) -> tuple[Any, ...]:
    done_on = case(
        (col(table.state) == Progress.DONE, col(table.done_on))
    )  # not that of what is open again
    return table.due, table.state, done_on, table.by_post, table.note


def _lines(session: Session, query: Any) -> list[ProgressLine]:
    states = {state.value: state for state in Progress}
    rows: Iterable[Any] = session.connection().execute(query)
    return [
        ProgressLine(*(*row[:8], states[row[8]], *row[9:12], *map(parts_in, row[12:])))
        for row in rows
    ]


def carried(changes: Iterable[Change], parts: Iterable[ProgressLine]) -> list[Change]:
    """Return how ``parts`` follow the work items that ``changes`` close.

    What is done, or does not apply, as a whole is so for every part still unfinished; a work item
    that is opened again leaves its parts as they are.
    """
    closed = {
        change.new.code: change.new
        for change in changes
        if change.new.kind == MilestoneKind.WORK_ITEM and change.new.state in FINISHED
    }
    return [
        Change(part, _closed_by(closed[part.code], part))
        for part in parts
        if part.code in closed and part.state in UNFINISHED
    ]


def _closed_by(whole: ProgressLine, part: ProgressLine) -> ProgressLine:
    note = whole.note if whole.state is Progress.DROPPED else part.note
    return part._replace(state=whole.state, done_on=whole.done_on, by_post=whole.by_post, note=note)


def store_changes(
    session: Session, campaign_id: int, changes: Sequence[Change], *, moment: Moment
) -> int:
    """Write every change by one statement per table; return how many there are.

    The audit gets one entry per item (its code), as `models.campaign.progress.register` would make: the old
    and the new values of the milestone and of each unit's part, by the unit's name.
    """
    whole = [c.new for c in changes if not c.old.role]
    parts = [c.new for c in changes if c.old.role]
    tables: tuple[tuple[type[SQLModel], list[ProgressLine]], ...] = (
        (Milestone, whole),
        (Assignment, parts),
    )
    for table, lines in tables:
        write_rows(session, table, [{"row": line.id, **_registered(line)} for line in lines])
    by_code: dict[str, list[Change]] = {}
    for change in changes:
        by_code.setdefault(change.old.code, []).append(change)
    said = [_said(code, of_item) for code, of_item in by_code.items()]
    record_all(session, campaign_id, moment, said)
    return len(changes)


def _said(code: str, changes: Sequence[Change]) -> NewEntry:
    posts = {change.new.by_post for change in changes}
    facts: dict[str, Any] = {}
    for change in changes:
        old, new = _registered(change.old), _registered(change.new)
        if change.old.role:
            part = {"role": change.old.role, "old": old, "new": new}
            facts.setdefault("parts", {}).setdefault(change.old.unit, []).append(part)
        else:
            facts |= {"old": old, "new": new}
    return NewEntry(posts.pop() if len(posts) == 1 else SEVERAL, "progress", code, facts)


def _registered(line: ProgressLine) -> Mapping[str, Any]:
    return {
        "state": line.state.value,
        "done_on": line.done_on,
        "by_post": line.by_post,
        "note": line.note,
    }
