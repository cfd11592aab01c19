"""An installation of many campaigns: copies of the one that was loaded, with every row that it has."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, literal, select, text
from sqlmodel import SQLModel

from models.database import engine_for
from models.settings import settings

KEPT_ONCE = {"audit_entry", "audit_head"}  # what proves what was done to the first


def copy_campaign(times: int) -> int:
    """Copy the only campaign of the office's database ``times``; return how many rows that made.

    The copies of "jc" are called "jc-1", "jc-2" ...; their ids follow the first's in equal steps. The audit knows
    nothing of them: they are not for tests of the chain.
    """
    with engine_for(settings().database).begin() as connection:
        tables = list(_with_rows(connection))
        step = 1 + max(connection.scalar(select(func.max(table.c.id))) or 0 for table in tables)
        made = sum(
            _copied(connection, table, n, step) for n in range(1, times + 1) for table in tables
        )
        if connection.dialect.name == "postgresql":
            for table in tables:
                last = f"""SELECT setval(pg_get_serial_sequence('"{table.name}"', 'id'), max(id))
                    FROM "{table.name}\""""  # noqa: S608 - names of ours
                connection.execute(text(last))
    return made


def _with_rows(connection: Connection) -> Iterator[Table]:
    """Yield the tables that have rows of a campaign, those that others point at first."""
    for table in SQLModel.metadata.sorted_tables:
        numbered = "id" in table.c and table.c.id.type.python_type is int
        if not numbered or table.name in KEPT_ONCE or not _of_campaign(table):
            continue
        if connection.scalar(select(func.count()).select_from(table)):
            yield table


def _of_campaign(table: Table) -> bool:
    seen, left = set(), [table]
    while left:
        one = left.pop()
        if one.name == "campaign":
            return True
        seen.add(one.name)
        left += [key.column.table for key in one.foreign_keys if key.column.table.name not in seen]
    return False


def _copied(connection: Connection, table: Table, n: int, step: int) -> int:
    columns = [(column.name, _moved(column, n, step)) for column in table.c]
    first = select(*(value for _, value in columns)).where(table.c.id < step)
    return connection.execute(
        insert(table).from_select([name for name, _ in columns], first)
    ).rowcount


def _moved(column: Column[Any], n: int, step: int) -> Any:
    if column.table.name == "campaign" and column.name == "slug":
        return column + literal(f"-{n}")
    own = [key for key in column.foreign_keys if key.column.table.name not in KEPT_ONCE]
    return column + n * step if column.primary_key or own else column
