"""What a transaction of ours changed in the tables of facts, row by row and column by column.

The database itself notes it, so no writer can forget to: triggers fill a table that only a connection
of ours has. On SQLite they are the connection's own too (TEMP); PostgreSQL knows no such thing, there
they stand on the tables (`models.audit.fact_triggers`) and do nothing for anybody else's connection. What
somebody changes past this program is therefore never noted, and `models.audit.replay` finds it.
`models.audit.facts_kept` seals what is noted.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from models.audit.fact_triggers import GONE, WHOLE, mask_of, quoted
from models.rules.audit.fact_table import FactTable
from models.rules.audit.facts import TABLES

_CHANGED, _INSTALLED = "changed facts", "notes facts"  # in Connection.info

_NAMES = "|".join(table.name for table in TABLES)
_WRITES = re.compile(
    rf'\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(?:{_NAMES})"?(?!\w)', re.IGNORECASE
)


def _on_sqlite(table: FactTable) -> Iterable[str]:
    """Yield the triggers of a table: what was put in, which columns were changed, what was taken out."""
    name, columns = table.name, quoted(table)
    any_differs = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    update, mask = f"UPDATE OF {', '.join(columns)}", mask_of(table, "NEW.{name} IS NOT OLD.{name}")
    for deed, on, note in (
        ("insert", "INSERT", f"NEW.id, {WHOLE}"),
        ("update", update, f"NEW.id, {mask}"),
        ("delete", "DELETE", f"OLD.id, {GONE}"),
    ):
        when = f"WHEN {any_differs}" if deed == "update" else ""
        keep = f"INSERT INTO changed_fact VALUES ('{name}', {note})"  # noqa: S608 - names of ours
        yield f"CREATE TEMP TRIGGER fact_{name}_{deed} AFTER {on} ON main.{name} {when} BEGIN {keep}; END"


_SQLITE = (
    "CREATE TEMP TABLE changed_fact (tbl TEXT, id INTEGER, mask INTEGER)",
    *(trigger for table in TABLES for trigger in _on_sqlite(table)),
)
_LISTED = ", ".join(f"'{table.name}'" for table in TABLES)
_THERE = f"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ({_LISTED})"  # noqa: S608


def prepare_sqlite(connection: Connection) -> None:
    """Let a connection that is about to write note what it changes; begins with nothing noted."""
    raw: Any = connection.connection.dbapi_connection
    cursor = raw.cursor()
    if _INSTALLED in connection.info:
        cursor.execute("DELETE FROM changed_fact")
    elif cursor.execute(_THERE).fetchone()[0] == len(TABLES):
        for statement in _SQLITE:
            cursor.execute(statement)
        connection.info[_INSTALLED] = True
    cursor.close()


def prepare_postgresql(raw: Any, _record: Any) -> None:
    """Give a new connection the table in which its changes are noted."""
    with raw.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS changed_fact (tbl text, id integer, mask bigint)"
            " ON COMMIT DELETE ROWS"
        )
    raw.commit()


def begin_postgresql(connection: Connection) -> None:
    """Begin with nothing noted."""
    connection.info[_CHANGED] = False


def note_statement(connection: Connection, cursor: Any, statement: str, *_rest: Any) -> None:
    """Remember on PostgreSQL that a statement changed facts, so that nothing is asked where none did."""
    if cursor.rowcount and _may_write(statement):
        connection.info[_CHANGED] = True


@lru_cache(maxsize=1024)
def _may_write(statement: str) -> bool:
    return bool(_WRITES.search(statement))


def noted(connection: Connection) -> list[tuple[str, int, int]]:
    """Return what the transaction changed so far: table, row, and mask of columns, `WHOLE` or `GONE`."""
    if connection.dialect.name == "sqlite":
        if _INSTALLED not in connection.info:
            return []
        raw: Any = connection.connection.dbapi_connection
        return list(raw.execute("SELECT tbl, id, mask FROM changed_fact"))
    if not connection.info.get(_CHANGED):
        return []
    rows = connection.execute(text("SELECT tbl, id, mask FROM changed_fact"))
    return [(row.tbl, row.id, row.mask) for row in rows]


def forget(connection: Connection) -> None:
    """Begin to note anew, in the same transaction."""
    if connection.dialect.name != "sqlite" or _INSTALLED in connection.info:
        connection.exec_driver_sql("DELETE FROM changed_fact")
    connection.info[_CHANGED] = False
