"""Bring rows in line with a plan: what is new, what changed, what is gone, and which day counts."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, insert, inspect, update
from sqlmodel import Session, SQLModel, col, select

from models.campaign.campaign import Campaign, all_of
from models.campaign.work import GroupReference
from models.keys import key_of

Row = TypeVar("Row", bound=SQLModel)


@dataclass(slots=True)
class PlanMerge:
    """One loading of one plan: what is counted and how days are moved."""

    session: Session
    campaign: Campaign
    shift: timedelta
    earlier_shift: timedelta
    # What the plan loaded before said of each day, by the code of what it is of.
    said_before: Mapping[str, date | None] = field(default_factory=dict)
    keeps_originals: bool = False  # a plan that was changed, not one that was read wrongly
    changes: int = 0

    def merge(
        self, existing: Iterable[Row], key: Callable[[Row], Hashable], wanted: Iterable[Row]
    ) -> dict[Any, Row]:
        """Bring ``existing`` in line with what is said of ``wanted`` and return the rows by ``key``.

        What is no longer wanted is marked withdrawn where a table has that mark, else left alone.
        """
        rows = {key(row): row for row in existing}
        said = {key(row): row for row in wanted}
        for name, new in said.items():
            row = rows.get(name)
            if row is None:
                rows[name] = new
                self.session.add(new)
                self.changes += 1
            else:
                self.changes += brought_in_line(row, new)
        for name, row in rows.items():
            if name not in said and "withdrawn" in type(row).model_fields:
                self.update(row, withdrawn=True)
        self.session.flush()
        return rows

    def update(self, row: SQLModel, **values: object) -> None:
        """Set what differs, and count the row if anything did."""
        self.changes += _set(row, values)

    def moved(self, day: date | None) -> date | None:
        """Return a day of the plan as it counts here."""
        return day + self.shift if day else None

    def kept_or_moved(
        self, now: date | None, original: date | None, planned: date | None, code: str
    ) -> date | None:
        """Return the day that counts: one moved by decision stays, unless the plan itself changed."""
        before = self.said_before.get(code, original)
        as_loaded = before + self.earlier_shift if before else None
        decided = now != as_loaded and before == planned
        return now if decided else self.moved(planned)

    def original(self, original: date | None, planned: date | None, code: str) -> date | None:
        """Return the day that counts as the plan's first: it stays when the plan is changed later."""
        same = self.said_before.get(code, original) == planned
        return original if original and (same or self.keeps_originals) else planned


def brought_in_line(row: SQLModel, new: SQLModel) -> bool:
    """Give ``row`` what is said of ``new``; return whether anything differed."""
    return _set(row, {name: getattr(new, name) for name in new.model_fields_set})


def _set(row: SQLModel, values: Mapping[str, object]) -> bool:
    changed = {name: v for name, v in values.items() if getattr(row, name) != v}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def write_rows(
    session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, object]]
) -> None:
    """Set by one statement what each of ``rows`` says, beside the ``row`` (its id) that it is of."""
    if rows:
        statement = update(table).where(inspect(table).local_table.c.id == bindparam("row"))
        session.connection().execute(statement, rows)


def store_references(
    session: Session, campaign_id: int, item: str, wanted: set[tuple[int, int, str]]
) -> int:
    """Make ``wanted`` (item, group, role) what groups are named at; return how many are new or gone.

    ``item`` is the column of one kind of items: work_item_id or indicator_id.
    """
    query = select(GroupReference).where(
        GroupReference.campaign_id == campaign_id, col(getattr(GroupReference, item)).is_not(None)
    )
    current = {(getattr(r, item), r.group_id, r.role): r.id for r in session.exec(query)}
    gone = [current[key] for key in current.keys() - wanted]
    fresh = sorted(wanted - current.keys())
    if gone:
        session.connection().execute(delete(GroupReference).where(col(GroupReference.id).in_(gone)))
    if fresh:
        names = (item, "group_id", "role")
        rows = [dict(zip(names, one, strict=True)) | {"campaign_id": campaign_id} for one in fresh]
        session.connection().execute(insert(GroupReference), rows)
    return len(gone) + len(fresh)


def rows(store: PlanMerge, table: type[Row]) -> list[Row]:
    """Return the campaign's rows of ``table``."""
    return all_of(store.session, table, key_of(store.campaign))
