"""Rows of the tables of facts as the chain keeps them: plain values, the same on both databases."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Boolean, Column, Connection, Date, DateTime, text
from sqlmodel import SQLModel

from models.rules.audit.fact_table import FactTable, Value

Row = tuple[Value, ...]  # the id, then the columns of the table in its order


def rows_of(connection: Connection, table: FactTable, *, changed: bool = False) -> Iterator[Row]:
    """Yield every row of ``table`` by one statement, or those that this transaction changed."""
    where = "WHERE id IN (SELECT id FROM changed_fact WHERE tbl = :name) ORDER BY id"
    known = SQLModel.metadata.tables[table.name].columns
    columns = ", ".join(
        as_sqlite_stores(connection, known[name]) for name in ("id", *table.columns)
    )
    sql = f"SELECT {columns} FROM {table.name} {where if changed else ''}"  # noqa: S608 - names of ours
    found = connection.execute(text(sql), {"name": table.name} if changed else {})
    digested = [n for n, name in enumerate(table.columns, 1) if name in table.digested]
    if not digested:
        return map(tuple, found)
    return (_digested(tuple(row), digested) for row in found)


def _digested(row: Row, places: Iterable[int]) -> Row:
    values = list(row)
    for place in places:
        values[place] = hashlib.sha256(str(values[place]).encode()).hexdigest()
    return tuple(values)


def as_sqlite_stores(connection: Connection, column: Column[Any]) -> str:
    """Return SQL for a column's value as SQLite stores it, whatever the database."""
    name = f'"{column.name}"'
    if connection.dialect.name != "postgresql":
        return name
    kind = column.type
    if isinstance(kind, sa.TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, DateTime):
        return f"to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    if isinstance(kind, Date):
        return f"to_char({name}, 'YYYY-MM-DD')"
    return f"CAST({name} AS integer)" if isinstance(kind, Boolean) else name
