"""What notes a change of facts on a server: functions and triggers on its tables, by statement or by row.

By statement is one INSERT for however many rows; a server without transition tables (openGauss) does it by row.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from models.rules.audit.fact_table import FactTable
from models.rules.audit.facts import TABLES

WHOLE, GONE = -1, -2  # instead of a mask of columns


@dataclass(frozen=True, slots=True)
class Notes:
    """Bodies by function, texts by trigger."""

    functions: Mapping[str, str]
    triggers: Mapping[str, str]


def mask_of(table: FactTable, differs: str) -> str:
    """Return SQL for a number whose n-th bit says that the n-th column changed."""
    bits = (f"({differs.format(name=name)}) * {2**n}" for n, name in enumerate(quoted(table)))
    return " + ".join(bits)


def quoted(table: FactTable) -> list[str]:
    """Return the columns of ``table`` as SQL names them."""
    return [f'"{name}"' for name in table.columns]


_BY_STATEMENT = """
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
# openGauss has no to_regclass either.
_BY_ROW = """
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'changed_fact'
                 AND relnamespace = pg_my_temp_schema()) THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO pg_temp.changed_fact VALUES ('{name}', NEW.id, {whole});
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO pg_temp.changed_fact VALUES ('{name}', OLD.id, {gone});
  ELSE
    INSERT INTO pg_temp.changed_fact
      SELECT '{name}', NEW.id, c.mask FROM (SELECT {mask} AS mask) c WHERE c.mask <> 0;
  END IF;
  RETURN NULL;
END """
_REFERENCING = {
    "insert": "REFERENCING NEW TABLE AS new_rows ",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows ",
    "delete": "REFERENCING OLD TABLE AS old_rows ",
}


def _notes(body: str, old: str, new: str, each: str) -> Notes:
    differs = f"CASE WHEN {new}.{{name}} IS DISTINCT FROM {old}.{{name}} THEN 1 ELSE 0 END"
    functions = {
        f"fact_{table.name}": body.format(
            name=table.name, whole=WHOLE, gone=GONE, mask=f"({mask_of(table, differs)})::bigint"
        )
        for table in TABLES
    }
    triggers = {
        f"{function}_{deed}": f"CREATE TRIGGER {function}_{deed} AFTER {deed.upper()} ON {table.name}"
        f" {rows if each == 'STATEMENT' else ''}FOR EACH {each} EXECUTE PROCEDURE {function}()"
        for table, function in zip(TABLES, functions, strict=True)
        for deed, rows in _REFERENCING.items()
    }
    return Notes(functions, triggers)


BY_STATEMENT = _notes(_BY_STATEMENT, "o", "n", "STATEMENT")
BY_ROW = _notes(_BY_ROW, "OLD", "NEW", "ROW")
NAMES = frozenset(BY_STATEMENT.triggers)


def notes_on(connection: Connection) -> Notes:
    """Return what stands on the tables of the server behind ``connection``."""
    return BY_ROW if getattr(connection.dialect, "notes_each_row", False) else BY_STATEMENT


def install_on_postgresql(connection: Connection, only: Collection[str] = NAMES) -> None:
    """Put the triggers on the tables of facts as this code wants them; repeatable."""
    if connection.dialect.name != "postgresql":
        return
    notes = notes_on(connection)
    for name, body in notes.functions.items():
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        )
    for name in sorted(only):
        create = notes.triggers[name]
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table_of(create)}")
        connection.exec_driver_sql(create)


def table_of(create: str) -> str:
    """Return the table that the text of a trigger speaks of."""
    return create.split(" ON ", 1)[1].split()[0]
