"""Make a table of SQLite anew with nothing lost: what alembic's batch mode forgets without a word.

SQLite can add a column to a table and little else. Alembic's batch mode then makes the table anew
from what it can reflect: triggers, AUTOINCREMENT and collations are gone, and it stops at a view or
at another table's trigger that names the table. Here the table's own text is changed, and all that
hangs on it is put back as it was.

No migration after 0007 uses `batch_alter_table`; a test says so.
"""

import re
from collections.abc import Callable, Mapping

from alembic import op
from sqlalchemy import Connection, text

_ALL = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"


def rebuild(
    table: str, change: Callable[[str], str], values: Mapping[str, str] | None = None
) -> bool:
    """Make ``table`` anew from its CREATE TABLE text as ``change`` returns it; False on other engines.

    Columns of the same name keep what they hold; ``values`` gives an SQL expression over the old row
    for any other. Indexes, triggers (other tables' too), views and the AUTOINCREMENT counter stay.
    Runs in the migration's transaction; `models.schema.upgrade` has put foreign keys off.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return False
    rows = [tuple(row) for row in connection.execute(text(_ALL))]
    [create] = [sql for kind, name, _, sql in rows if kind == "table" and name == table]
    hanging = _hanging(table, rows)
    counter = _counter(connection, table)
    for kind, name, _, _ in reversed(hanging):
        _run(connection, f'DROP {kind} IF EXISTS "{name}"')
    new = re.sub(
        rf'^\s*CREATE TABLE\s+(["`\[]?){table}["`\]]?',
        f'CREATE TABLE "_new_{table}"',
        change(create),
    )
    _run(connection, new)
    old_columns = _columns(connection, table)
    taken = {
        name: f'"{name}"' for name in _columns(connection, f"_new_{table}") if name in old_columns
    }
    taken |= values or {}
    names = ", ".join(f'"{name}"' for name in taken)
    _run(
        connection,
        f'INSERT INTO "_new_{table}" ({names}) SELECT {", ".join(taken.values())} FROM "{table}"',  # noqa: S608
    )
    _run(connection, f'DROP TABLE "{table}"')
    # The connection's own triggers speak of columns that a later migration adds; a plain rename reads them all.
    _run(connection, "PRAGMA legacy_alter_table=ON")
    _run(connection, f'ALTER TABLE "_new_{table}" RENAME TO "{table}"')
    _run(connection, "PRAGMA legacy_alter_table=OFF")
    if counter is not None:
        connection.execute(
            text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :name"),
            {"seq": counter, "name": table},
        )
    for _, _, _, sql in hanging:
        _run(connection, sql)
    return True


def _hanging(table: str, rows: list[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """Return what goes with the table or names it: its indexes and triggers, views, others' triggers."""
    names = {table}
    while more := {
        name
        for kind, name, _, sql in rows
        if kind == "view" and name not in names and _mentions(sql, names)
    }:
        names |= more
    return [
        row
        for row in rows
        if row[0] != "table"
        and (
            row[1] in names or row[2] in names or (row[0] == "trigger" and _mentions(row[3], names))
        )
    ]


def _mentions(sql: str, names: set[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sql, re.IGNORECASE) for name in names)


def _columns(connection: Connection, table: str) -> list[str]:
    rows = connection.execute(text("SELECT name FROM pragma_table_info(:name)"), {"name": table})
    return [row.name for row in rows]


def _counter(connection: Connection, table: str) -> int | None:
    """Return the last number that AUTOINCREMENT gave, None where the table has none."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"
    if connection.execute(text(known)).first() is None:
        return None
    sql = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return connection.execute(sql, {"name": table}).scalar()


def _run(connection: Connection, sql: str) -> None:
    connection.exec_driver_sql(sql)  # a colon in a trigger's text is no parameter
