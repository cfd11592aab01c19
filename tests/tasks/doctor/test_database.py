"""The doctor at the database: reached, of this version, whole, or what is the matter and what to do."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from sqlmodel import text

from models.backup.state import MOVED, READ, read_mark, set_mark
from models.database import engine_for, open_session, sqlite_file
from models.doctor.database import damaged_page
from models.schema import REVISION, _free_to_rebuild, migrate
from models.settings import settings
from tasks.doctor import database
from tasks.doctor.diagnosis import Health
from tasks.doctor.every import CHECKS
from tasks.doctor.examining import examine_all
from tests.conftest import NOW, ON_BOTH


@ON_BOTH
def test_a_database_that_is_as_it_should_be_is_well():
    assert database.reachable(NOW).health is Health.WELL
    assert f"版本 {REVISION}" in database.reachable(NOW).words
    assert database.pages_whole(NOW).health is Health.WELL
    assert database.clocks_agree(NOW).words


def test_where_there_is_no_database_none_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "new"))
    found = database.reachable(NOW)

    assert (found.health, found.command) == (Health.BAD, "shifan up")
    assert not (tmp_path / "new").exists()


@ON_BOTH
def test_an_older_or_newer_version_says_what_to_do():
    for version, words in (("0001", "程序需要"), ("9999", "比程序")):
        with open_session() as session:
            session.connection().execute(
                text("UPDATE alembic_version SET version_num = :v"), {"v": version}
            )
        found = database.reachable(NOW)
        assert found.health is Health.BAD
        assert words in found.words


@pytest.mark.sqlite("a file of an older version in a home of its own")
def test_one_of_a_version_without_marks_is_old_and_nothing_worse(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    with engine_for(settings().database).connect() as connection, _free_to_rebuild(connection):
        migrate(connection, "0007")
        connection.commit()
    found = database.reachable(NOW)

    assert "数据库的版本是 0007，程序需要" in found.words
    assert found.command == "shifan db upgrade"


@pytest.mark.sqlite(
    "a copy is a file; a server that was moved away: tests/tasks/audit/test_moving.py"
)
@pytest.mark.parametrize(
    ("copy", "said"), [(MOVED, "已搬到 postgresql://a@b/c"), ("12345678", "一份备份的拷贝")]
)
def test_one_that_was_moved_away_or_is_a_copy_is_bad(copy, said, one_database):
    engine_for(settings().database).dispose()
    with closing(sqlite3.connect(sqlite_file())) as client, client:
        mark = read_mark(client.execute(READ).fetchone()[0])
        to = "postgresql://a@b/c" if copy == MOVED else ""
        set_mark(client, replace(mark, copy=copy, moved_to=to))
    found = database.reachable(NOW)

    assert found.health is Health.BAD
    assert said in found.words


@ON_BOTH
def test_a_table_that_is_gone_is_named():
    with open_session() as session:
        session.connection().execute(text("DROP TABLE rate_limit"))
    assert "没有 rate_limit 表" in database.reachable(NOW).words


@pytest.mark.sqlite("the pages of a file")
def test_torn_pages_are_seen(one_database):
    engine_for(settings().database).dispose()
    path = sqlite_file()
    with path.open("r+b") as file:
        file.seek(4096 * 40)
        file.write(b"\xff" * 4096 * 6)
    assert damaged_page(path, 4)


def test_a_look_at_the_pages_ends_when_its_time_is_over(tmp_path):
    path = tmp_path / "large.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE one (a, b)")
    connection.execute("CREATE INDEX by_b ON one (b)")
    rows = ((n, f"{n * 7919 % 100_003}") for n in range(100_000))
    connection.executemany("INSERT INTO one VALUES (?, ?)", rows)
    connection.commit()
    connection.close()

    assert damaged_page(path, 0) is None
    assert damaged_page(path, 30) == ""


def test_a_database_server_that_is_down_is_said_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    monkeypatch.setenv("SHIFAN_DATABASE_URL", "postgresql://nobody:geheim@127.0.0.1:9/none")

    found = {line.name: line for line in examine_all(NOW, CHECKS).lines}["数据库"]
    assert found.health is Health.BAD
    assert "连不上数据库" in found.words
    assert "geheim" not in found.words
