"""Rows of every table as SQLite keeps them: read from either database, put into either, exactly.

Days and instants are texts, truths are 0 and 1, so the same row is the same tuple on both, and has the
same fingerprint. Whatever the number of rows, few are in memory.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, text
from sqlalchemy.types import Integer, String

from models.audit.fact_rows import Row, as_sqlite_stores
from models.errors import DatabaseError

IN_MEMORY = 1_000  # rows
OWN = ("alembic_version", "database_state")  # what each database says of itself
_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex).encode
_SEQUENCE = """SELECT setval(pg_get_serial_sequence('"{0}"', 'id'), greatest(m, 1), m IS NOT NULL)
    FROM (SELECT max(id) AS m FROM "{0}") n"""


@dataclass(slots=True)
class Tally:
    """How many rows went through, and the SHA-256 over all of them in their order."""

    rows: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def through(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield ``rows``, each counted."""
        update = self.digest.update
        for row in rows:
            update(_ENCODED(row).encode("utf-8", "surrogatepass"))
            self.rows += 1
            yield row

    @property
    def said(self) -> tuple[int, str]:
        """Return the number of rows and the fingerprint, in hex."""
        return self.rows, self.digest.hexdigest()


def tables_now() -> list[Table]:
    """Return the tables of this code, in that order too."""
    from models.tables import metadata  # here, for every table stands on what asks this

    return [table for table in metadata.sorted_tables if table.name not in OWN]


def tables_in(connection: Connection) -> list[Table]:
    """Return the tables that a database has, those that others refer to first; without `OWN`."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in OWN]


def rows_of_table(connection: Connection, table: Table, until: int | None = None) -> Iterator[Row]:
    """Yield every row of ``table`` in the order of its key; with ``until`` those up to that number."""
    columns = ", ".join(as_sqlite_stores(connection, column) for column in table.columns)
    order = ", ".join(_in_order(connection, column) for column in table.primary_key)
    where = "WHERE id <= :until" if until is not None else ""
    sql = text(f'SELECT {columns} FROM "{table.name}" {where} ORDER BY {order}')  # noqa: S608 - names of ours
    values = {"until": until} if where else {}
    found = connection.execute(sql, values, execution_options={"yield_per": IN_MEMORY})
    return map(tuple, found)


def _in_order(connection: Connection, column: Column[Any]) -> str:
    as_bytes = connection.dialect.name == "postgresql" and isinstance(column.type, String)
    return f'"{column.name}"' + (' COLLATE "C"' if as_bytes else "")


def put_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Put ``rows`` into a table, in the transaction of ``connection``.

    Raises DatabaseError that names the table where the database takes one of them not.
    """
    raw: Any = connection.connection.dbapi_connection
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    try:
        if connection.dialect.name == "sqlite":
            places = ", ".join("?" for _ in table.columns)
            raw.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', rows)  # noqa: S608
            return
        with raw.cursor() as cursor:
            if not hasattr(cursor, "copy"):  # a driver of before: row by row, each value as a text
                places = ", ".join("%s" for _ in table.columns)
                insert = f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'  # noqa: S608
                cursor.executemany(insert, map(_as_texts, rows))
                return
            with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DatabaseError(_not_taken(table, error)) from error


def _as_texts(row: Row) -> list[str | bytes | None]:
    return [one if one is None or isinstance(one, bytes) else str(one) for one in row]


def _not_taken(table: Table, error: Exception) -> str:
    said = str(error).lower()
    if "no space" in said or "is full" in said:
        return "磁盘已满，没有复制；请清理磁盘后再运行一次"
    kind = type(error).__name__
    return (
        f"表 {table.name} 里有一行新的数据库不收（{kind}），没有复制；请把数据目录交给维护人员查看"
    )


def copy_tables(
    source: Connection, target: Connection, tables: Sequence[Table]
) -> Mapping[str, Tally]:
    """Put every row of ``source`` into the ``tables`` of ``target``, which hold none; return what went over.

    In the transactions of both. Numbers that ``target`` gives from then on follow the highest there is.
    """
    if target.dialect.name == "postgresql":
        target.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
    tallies = {}
    for table in tables:
        tally = tallies[table.name] = Tally()
        put_rows(target, table, tally.through(rows_of_table(source, table)))
    if target.dialect.name == "postgresql":
        for table in tables:
            if "id" in table.columns and isinstance(table.columns["id"].type, Integer):
                target.exec_driver_sql(_SEQUENCE.format(table.name))
    return tallies


def tally_of(connection: Connection, table: Table, until: int | None = None) -> Tally:
    """Return what stands in a table; with ``until`` in its rows up to that number."""
    tally = Tally()
    for _ in tally.through(rows_of_table(connection, table, until)):
        pass
    return tally
