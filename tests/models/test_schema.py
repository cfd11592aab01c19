"""The schema's version."""

import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from models.database import engine_for
from models.errors import DatabaseError
from models.schema import REVISION, current_revision, ensure_schema, upgrade
from models.settings import settings
from models.tables import metadata
from tests.conftest import NOW
from tests.places import ROOT

MIGRATIONS = ROOT / "models" / "migrations"


def test_the_code_names_the_newest_migration():
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == REVISION


@pytest.mark.filterwarnings("ignore:autogenerate skipping")
def test_the_migrations_make_exactly_the_tables_of_the_code(any_database):
    with engine_for(settings().database).connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_upgrading_twice_changes_nothing(database):
    assert upgrade(NOW) == REVISION
    assert current_revision() == REVISION


def test_a_database_newer_than_the_code_is_left_alone(database):
    with engine_for(settings().database).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseError, match="比程序"):
        ensure_schema(NOW)


@pytest.mark.sqlite("the copy is a file")
def test_an_older_database_is_copied_before_it_is_upgraded(database, monkeypatch):
    path = settings().home / "shifan.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.commit()

    with pytest.raises(Exception):  # noqa: B017, PT011 - there is no version 0000 to upgrade from
        upgrade(NOW)

    [copy] = (settings().home / "backups").glob("before-upgrade-*.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)


def test_a_file_that_is_no_database_gets_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    (tmp_path / "shifan.db").write_bytes(b"this is no database" * 100)

    with pytest.raises(DatabaseError, match="不是 Shifan 的数据库"):
        ensure_schema(NOW)
