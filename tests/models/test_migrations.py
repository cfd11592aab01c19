"""Every migration with data in it: nothing is lost, and the schema is that of a fresh database to the letter."""

import re
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from models.audit.fact_triggers import install_on_postgresql
from models.database import engine_for
from models.migrations.rebuild import rebuild
from models.schema import REVISION, _free_to_rebuild, migrate
from models.settings import settings
from tests.conftest import ON_BOTH
from tests.places import ROOT

VERSIONS = ROOT / "models" / "migrations" / "versions"
REVISIONS = [one.revision for one in ScriptDirectory(str(VERSIONS.parent)).walk_revisions()][::-1]
ROWS = 2


def emptied(connection):
    """Leave nothing, not even a table."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
        return
    for table in sa.inspect(connection).get_table_names():
        connection.execute(sa.text(f'DROP TABLE "{table}"'))


def fill(connection) -> dict[str, int]:
    """Put rows into every table there is, each pointing at rows there are; return how many each holds."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        if table.name in ("alembic_version", "database_state"):
            continue
        for n in range(1, ROWS + 1):
            values = {column.name: value_of(column, n) for column in table.columns}
            connection.execute(sa.insert(table).values(values))
        if connection.dialect.name == "postgresql" and "id" in table.columns:
            on = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {ROWS})"
            connection.execute(sa.text(on))
    return counts(connection)


def value_of(column, n):
    if column.name == "id" or column.foreign_keys:
        return n
    kind = column.type.python_type
    known = {int: n, bool: False, float: 0.5, date: date(2025, 7, n), bytes: b"print"}
    known[datetime] = datetime(2025, 7, n, tzinfo=UTC)
    return known.get(kind, f"{column.name[:8]} {n}")


def counts(connection) -> dict[str, int]:
    names = sa.inspect(connection).get_table_names()
    return {
        name: connection.execute(sa.text(f'SELECT count(*) FROM "{name}"')).scalar_one()
        for name in names
    }


ON_POSTGRESQL = (
    """SELECT table_name, column_name, data_type, is_nullable, column_default, ordinal_position
       FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2""",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    """SELECT c.relname, pg_get_triggerdef(t.oid) FROM pg_trigger t
       JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal ORDER BY 1, 2""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2""",
    """SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1""",
)
ON_SQLITE = ("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2",)


def schema(connection):
    """Return every table, index, trigger, view and constraint by its text."""
    queries = ON_POSTGRESQL if connection.dialect.name == "postgresql" else ON_SQLITE
    rows = [tuple(row) for query in queries for row in connection.execute(sa.text(query))]
    return [(*row[:-1], _in_order(row[-1])) if row[0] == "table" else row for row in rows]


def _in_order(create):
    """Batch mode writes the foreign keys of a table in another order each time, which says nothing."""
    return sorted(part.strip(" \n\t)") for part in create.split(","))


@ON_BOTH
@pytest.mark.parametrize("revision", REVISIONS)
def test_a_migration_with_data_ends_in_the_schema_of_a_fresh_database(any_database, revision):
    with engine_for(settings().database).connect() as connection, _free_to_rebuild(connection):
        fresh = schema(connection)
        emptied(connection)
        migrate(connection, revision)
        before = fill(connection)

        migrate(connection, REVISION)
        install_on_postgresql(connection)

        assert schema(connection) == fresh
        after = counts(connection)
        assert {name: after[name] for name in before} == before
        if any_database == "sqlite":
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        connection.rollback()


def test_no_later_migration_uses_the_batch_mode_that_forgets_triggers():
    for path in sorted(VERSIONS.glob("0*.py")):
        if path.name[:4] > "0007":
            assert not re.search(r"batch_alter_table", path.read_text()), (
                f"{path.name}: models.migrations.rebuild keeps what batch mode loses"
            )


BEFORE = (
    "CREATE TABLE office (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT COLLATE NOCASE, age INT)",
    "CREATE TABLE clerk (id INTEGER PRIMARY KEY, office_id INT NOT NULL REFERENCES office(id))",
    "CREATE UNIQUE INDEX office_name ON office (name)",
    "CREATE TRIGGER office_sealed BEFORE DELETE ON office BEGIN SELECT RAISE(ABORT, 'no: never'); END",
    "CREATE TRIGGER clerk_counted AFTER INSERT ON clerk BEGIN UPDATE office SET age = age + 1; END",
    "CREATE VIEW old_offices AS SELECT name FROM office WHERE age > 9",
    "CREATE VIEW older AS SELECT name FROM old_offices",
    "INSERT INTO office VALUES (1, '司法局', 10), (7, 'B', 1)",
    "INSERT INTO clerk VALUES (1, 1)",
)


@pytest.mark.sqlite("only SQLite makes a table anew to change it")
def test_a_table_made_anew_keeps_triggers_counters_collations_and_what_names_it(database):
    def wider(create):
        return create.replace("age INT", "age INT NOT NULL, note TEXT NOT NULL DEFAULT ''")

    with engine_for(settings().database).connect() as connection, _free_to_rebuild(connection):
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
        kept = "SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'office' OR type <> 'table'"
        before = connection.exec_driver_sql(kept + " ORDER BY 1").all()
        with Operations.context(MigrationContext.configure(connection)):
            assert rebuild("office", wider, {"note": "'since ' || age"})

        assert connection.exec_driver_sql(kept + " ORDER BY 1").all() == before
        [(sql,)] = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'office'"
        ).all()
        assert "AUTOINCREMENT" in sql
        assert "COLLATE NOCASE" in sql
        assert connection.exec_driver_sql("SELECT * FROM office").all() == [
            (1, "司法局", 11, "since 11"),
            (7, "B", 2, "since 2"),
        ]
        assert connection.exec_driver_sql("SELECT * FROM older").all() == [("司法局",)]
        connection.exec_driver_sql("DROP TRIGGER office_sealed")
        connection.exec_driver_sql("DELETE FROM office WHERE id = 7")
        connection.exec_driver_sql("INSERT INTO office (name, age) VALUES ('C', 1)")
        assert connection.exec_driver_sql("SELECT max(id) FROM office").scalar_one() == 8
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        connection.rollback()
