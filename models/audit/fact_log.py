"""What a transaction of ours changed in the tables of facts, row by row and column by column.

The database itself notes it, so no writer can forget to: triggers fill a table that only a connection
of ours has. On SQLite they are the connection's own too (TEMP); PostgreSQL knows no such thing, there
they stand on the tables and do nothing for anybody else's connection. What somebody changes past this
program is therefore never noted, and `models.audit.replay` finds it. `models.audit.facts_kept` seals what is noted.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from models.rules.audit.fact_table import FactTable
from models.rules.audit.facts import TABLES

WHOLE, GONE = -1, -2  # instead of a mask of columns
_CHANGED, _INSTALLED = "changed facts", "notes facts"  # in Connection.info

_NAMES = "|".join(table.name for table in TABLES)
_WRITES = re.compile(
    rf'\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(?:{_NAMES})"?(?!\w)', re.IGNORECASE
)


def _mask(table: FactTable, differs: str) -> str:
    """Return SQL for a number whose n-th bit says that the n-th column changed."""
    bits = (f"({differs.format(name=name)}) * {2**n}" for n, name in enumerate(_quoted(table)))
    return " + ".join(bits)


def _quoted(table: FactTable) -> list[str]:
    return [f'"{name}"' for name in table.columns]


def _on_sqlite(table: FactTable) -> Iterable[str]:
    """Yield the triggers of a table: what was put in, which columns were changed, what was taken out."""
    name, columns = table.name, _quoted(table)
    any_differs = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    update, mask = f"UPDATE OF {', '.join(columns)}", _mask(table, "NEW.{name} IS NOT OLD.{name}")
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


_BODY = """
BEGIN
  IF to_regclass('pg_temp.changed_fact') IS NULL THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO pg_temp.changed_fact SELECT '{name}', id, {whole} FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO pg_temp.changed_fact SELECT '{name}', id, {gone} FROM old_rows;
  ELSE
    INSERT INTO pg_temp.changed_fact
      SELECT * FROM (SELECT '{name}', n.id, {mask} AS mask
                     FROM new_rows n JOIN old_rows o ON o.id = n.id) c WHERE mask <> 0;
  END IF;
  RETURN NULL;
END """
_REFERENCING = {
    "insert": "NEW TABLE AS new_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "OLD TABLE AS old_rows",
}


def _body(table: FactTable) -> str:
    mask = _mask(table, "CASE WHEN n.{name} IS DISTINCT FROM o.{name} THEN 1 ELSE 0 END")
    return _BODY.format(name=table.name, whole=WHOLE, gone=GONE, mask=f"({mask})::bigint")


# What stands on the tables of PostgreSQL: bodies by function, texts by trigger.
FUNCTIONS = {f"fact_{table.name}": _body(table) for table in TABLES}
TRIGGERS = {
    f"{function}_{deed}": f"CREATE TRIGGER {function}_{deed} AFTER {deed.upper()} ON {table.name}"
    f" REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    for table, function in zip(TABLES, FUNCTIONS, strict=True)
    for deed, rows in _REFERENCING.items()
}


def install_on_postgresql(connection: Connection) -> None:
    """Put the triggers on the tables of facts as this code wants them; repeatable."""
    if connection.dialect.name != "postgresql":
        return
    for name, body in FUNCTIONS.items():
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        )
    for create in TRIGGERS.values():
        connection.exec_driver_sql(create.replace("CREATE", "CREATE OR REPLACE", 1))
