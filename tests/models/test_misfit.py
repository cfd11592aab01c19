"""A database that is not what this code needs says so, and what to do; nothing in it is touched."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from models.backup.file import brought_up
from models.database import engine_for, open_session
from models.errors import DatabaseError
from models.misfit import misfit
from models.schema import REVISION, bring_up, ensure_schema, keep_copy, migrate, upgrade
from models.settings import settings
from tests.conftest import NOW, ON_BOTH


def without(*statements: str) -> None:
    """Change the tables behind the program's back."""
    with engine_for(settings().database).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine_for(settings().database).dispose()


def look(sql: str) -> None:
    with open_session(read_only=True) as session:
        session.connection().execute(text(sql))


@ON_BOTH
def test_a_column_that_is_not_there_is_named_with_what_to_do():
    without("ALTER TABLE special_day DROP COLUMN name")

    for sql in ("SELECT name FROM special_day", "UPDATE special_day SET name = ''"):
        with pytest.raises(DatabaseError) as told:
            look(sql)
        line = str(told.value)
        assert line.startswith(f"数据库写着版本 {REVISION}，却与这个版本不符：")
        assert "special_day 表没有 name 列" in line
        assert "shifan db restore" in line
        assert "损坏" not in line
        assert "\n" not in line


@ON_BOTH
def test_what_is_written_into_a_missing_column_is_told_alike():
    without("ALTER TABLE special_day DROP COLUMN name")

    with pytest.raises(DatabaseError, match="special_day 表没有 name 列"):
        look("INSERT INTO special_day (name) VALUES ('')")


@ON_BOTH
def test_a_table_that_is_not_there_is_named_and_many_are_counted():
    without("DROP TABLE upload_receipt", "DROP TABLE link_check")
    without("DROP TABLE fingerprint", "ALTER TABLE special_day DROP COLUMN name")

    with pytest.raises(DatabaseError, match=r"没有 \w+ 表，.*等 4 处"):
        look("SELECT * FROM link_check")


@ON_BOTH
def test_an_upgrade_does_not_call_a_database_whole_that_lacks_a_column():
    without("ALTER TABLE special_day DROP COLUMN name")

    with pytest.raises(DatabaseError, match="special_day 表没有 name 列"):
        upgrade(NOW)
    with pytest.raises(DatabaseError, match="special_day 表没有 name 列"):
        ensure_schema(NOW, any_state=True)


@ON_BOTH
@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("0016", "数据库是版本 0016 的，程序需要版本"),
        ("9999", "数据库是版本 9999 的，比程序（.*）新；请换用新版程序"),
    ],
)
def test_a_service_that_meets_the_database_of_another_version_says_which(version, says):
    """It was put in place while the service ran: no command came by that would have upgraded it."""
    without(
        "ALTER TABLE special_day DROP COLUMN name",
        f"UPDATE alembic_version SET version_num = '{version}'",
    )

    with pytest.raises(DatabaseError, match=says):
        look("SELECT name FROM special_day")


def test_an_older_database_that_is_not_what_it_says_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    engine = engine_for(settings().database)
    with engine.begin() as connection:
        migrate(connection, "0016")
    without("DROP TABLE evidence_use")
    before = (tmp_path / "shifan.db").read_bytes()

    with pytest.raises(DatabaseError, match="升级没有进行，什么都没有改动：数据库写着版本 0016"):
        bring_up(engine, "0016", NOW)

    engine.dispose()
    assert (tmp_path / "shifan.db").read_bytes() == before


@pytest.mark.sqlite("the backup is a file")
def test_a_backup_that_lacks_a_column_is_not_put_in_place(database):
    copy = keep_copy(NOW)
    assert isinstance(copy, Path)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("ALTER TABLE special_day DROP COLUMN name")
        connection.commit()

    with (
        pytest.raises(DatabaseError, match="这份备份不能用，没有恢复，什么都没有改动：.*name"),
        brought_up(copy, REVISION, datetime(2025, 7, 1, tzinfo=UTC)),
    ):
        pass


@ON_BOTH
def test_a_statement_of_ours_that_is_wrong_accuses_no_database():
    """An engineer must see it; the office's database is as it should be."""
    with pytest.raises((OperationalError, ProgrammingError)):
        look("SELECT no_such_thing FROM campaign")

    assert misfit(engine_for(settings().database)) == ""


def test_an_empty_database_is_told_apart_from_one_of_another_version(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))

    with pytest.raises(DatabaseError, match="数据库里没有 Shifan 的表"):
        look("SELECT 1 FROM campaign")
