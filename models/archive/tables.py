"""The rows that one campaign has in each table, found from the metadata: a table to come needs no word here.

A row is of the campaign that it names, or of that of the row it hangs on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Float, Integer, Table, false, or_, select
from sqlmodel import Session

from models.rules.archive.left_out import TABLES, why_left_out
from models.rules.audit.fact_table import Value
from models.tables import metadata

OWN, AT_ONCE = "campaign_id", 1_000  # rows that the driver hands over in one piece


@dataclass(frozen=True, slots=True)
class ArchivedTable:
    """A table of the archive: its columns, each with its kind in SQLite, in the order of their making."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def names(self) -> list[str]:
        """Return the names of its columns."""
        return [name for name, _ in self.columns]


def archived_tables() -> list[ArchivedTable]:
    """Return every table in which a campaign has rows of its own, in an order in which each follows those it names."""
    return [
        ArchivedTable(table.name, tuple((c.name, _kind(c.type)) for c in _kept(table)))
        for table in metadata.sorted_tables
        if table.name not in TABLES and _is_reached(table)
    ]


def unreached_tables() -> list[str]:
    """Return the tables that belong to no campaign and have no word saying why they stay out."""
    return [t.name for t in metadata.sorted_tables if t.name not in TABLES and not _is_reached(t)]


def archived_rows(session: Session, name: str, campaign_id: int) -> Iterator[tuple[Value, ...]]:
    """Yield the rows that a campaign has in the table ``name``, in the order they were made, piece by piece.

    Days and instants are ISO texts, instants in UTC as the chain seals them.
    """
    table = metadata.tables[name]
    first = table.c.get("id", next(iter(table.primary_key)))
    query = select(*_kept(table)).where(_of_campaign(table, campaign_id)).order_by(first)
    found = session.connection().execute(query.execution_options(yield_per=AT_ONCE))
    for row in found:
        yield tuple(map(_plain, row))


def _kept(table: Table) -> list[Any]:
    return [column for column in table.columns if not why_left_out(table.name, column.name)]


def _is_reached(table: Table) -> bool:
    return _of_campaign(table, 0).compare(false()) is False


def _of_campaign(table: Table, campaign_id: int) -> ColumnElement[bool]:
    """Return the condition that a row of ``table`` is the campaign's; false where nothing leads there."""
    if table.name == "campaign":
        return table.c.id == campaign_id
    if OWN in table.c:
        return table.c[OWN] == campaign_id
    ways = [(key.parent, key.column) for key in table.foreign_keys if key.column.table is not table]
    surest = [way for way in ways if not way[0].nullable] or ways
    found = []
    for own, other in sorted(surest, key=lambda way: way[0].name):
        there = _of_campaign(other.table, campaign_id)
        if not there.compare(false()):
            found.append(own.in_(select(other).where(there)))
    if not found:
        return false()
    return found[0] if surest is not ways or len(found) == 1 else or_(*found)


def _kind(type_: Any) -> str:
    plain = getattr(type_, "impl_instance", type_)
    if isinstance(plain, Integer | Boolean):
        return "INTEGER"
    return "REAL" if isinstance(plain, Float) else "TEXT"


def _plain(value: Any) -> Value:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return int(value) if isinstance(value, bool) else value
