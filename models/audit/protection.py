"""What the audit chain rests on in the database itself, compared and put back by its text.

That is what keeps it append-only and, on PostgreSQL, what notes a change of facts (`models.audit.fact_triggers`;
on SQLite each connection brings that along): without it a writing of this program's own would look
like one past it.

SQLite deletes the row that a ``REPLACE`` pushes out without firing a DELETE trigger (unless a
connection asks for that, and a client of somebody else's does not): so an INSERT that meets a row of
the same number or hash is refused as such.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, text
from sqlmodel import Session

from models.audit import fact_triggers

# The tables, and what a second row of the same would be; ``NEW.id`` is -1 while a number is still to be given.
SEALED = {
    "audit_entry": "id = NEW.id OR previous = NEW.previous OR hash = NEW.hash",
    "audit_head": "id = NEW.id",
}
ON_SQLITE = {
    name: f"CREATE TRIGGER {name} BEFORE {deed} ON {table} {when}"
    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table, same in SEALED.items()
    for name, deed, when in (
        (f"{table}_no_update", "UPDATE", ""),
        (f"{table}_no_delete", "DELETE", ""),
        (f"{table}_no_replace", "INSERT", f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "),  # noqa: S608 - names of ours
    )
}
ON_POSTGRESQL = {
    name: f"CREATE TRIGGER {name} BEFORE {deed} ON {table}"
    f" FOR EACH {each} EXECUTE PROCEDURE refuse_change()"
    for table in SEALED
    for name, deed, each in (
        (f"{table}_append_only", "DELETE OR UPDATE", "ROW"),
        (f"{table}_no_truncate", "TRUNCATE", "STATEMENT"),
    )
}
REFUSE = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ {REFUSE} $$"
)

_FIND_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
_FIND_POSTGRESQL = """
    SELECT t.tgname AS name, pg_get_triggerdef(t.oid, true) AS sql, t.tgenabled AS enabled,
           p.proname AS calls, p.prosrc AS does
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)"""


def protection_faults(session: Session) -> list[str]:
    """Return, in words, which triggers are gone or do something else than they did."""
    connection = session.connection()
    expected, found = _expected(connection), _found(connection)
    return [
        f"{'事实表的变动登记' if name in fact_triggers.NAMES else '审计表的保护'} {name} "
        f"{'不见了或被停用' if name not in found else '被换过内容'}，请运行 shifan db upgrade 补上"
        for name, sql in expected.items()
        if found.get(name) != sql
    ]


def put_protection_back(session: Session) -> list[str]:
    """Make the triggers what they should be; return the names of those that were not."""
    connection = session.connection()
    expected, found = _expected(connection), _found(connection)
    wrong = [name for name, sql in expected.items() if found.get(name) != sql]
    postgresql = connection.dialect.name == "postgresql"
    if wrong and postgresql:
        connection.execute(text(_FUNCTION))
    for name in set(wrong) - fact_triggers.NAMES:
        of = f" ON {fact_triggers.table_of(expected[name])}" if postgresql else ""
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{of}"))
        connection.execute(text(expected[name]))
    if noting := fact_triggers.NAMES & set(wrong):
        fact_triggers.install_on_postgresql(connection, noting)
    return wrong


def _expected(connection: Connection) -> Mapping[str, str]:
    if connection.dialect.name != "postgresql":
        return ON_SQLITE
    return {**ON_POSTGRESQL, **fact_triggers.notes_on(connection).triggers}


def _found(connection: Connection) -> dict[str, str]:
    """Return the text of every trigger that works; one whose function does something else has none."""
    if connection.dialect.name != "postgresql":
        return {
            row.name: " ".join(row.sql.split()) for row in connection.execute(text(_FIND_SQLITE))
        }
    functions = fact_triggers.notes_on(connection).functions
    return {
        row.name: _said(row.sql)
        if row.does.split() == functions.get(row.calls, REFUSE).split()
        else ""
        for row in connection.execute(text(_FIND_POSTGRESQL))
        if row.enabled in ("O", "A")
    }


def _said(trigger: str) -> str:
    """Return the text of a trigger with the older of two words for the same, which every server takes."""
    return trigger.replace(" EXECUTE FUNCTION ", " EXECUTE PROCEDURE ")
