"""Backups of a database on a server, restored there and into a file: every row compared, the chain verified."""

import os
import signal
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlmodel import select

from deployments.cli import run
from models import schema
from models.backup import server as steps
from models.backup.rows import tables_now, tally_of
from models.database import engine_for, open_session
from models.notices.notice import Notice
from models.rules.window.sight import VisitorRole
from models.schema import REVISION, _free_to_rebuild, migrate
from models.settings import moment_of, settings
from tasks.audit.chain import keep_todays_head
from tasks.window.accounts import add_account, lock_account, set_password
from tests.conftest import NOW, TODAY
from tests.models.test_migrations import emptied
from tests.places import ROOT
from tests.support.forked import forked
from tests.tasks.audit.test_moving import SEALED, shifan, shut
from tests.tasks.audit.test_restoring_links import MOMENT, NEW, OLD, enters

ON_SERVER = pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
# What a restore itself writes: its entry, its head, its notice, and who is let in from then on.
OF_RESTORE = {*SEALED, "notice", "window_generation", "window_account", "decision_code"}


def tallies(url: str) -> dict[str, tuple[int, str]]:
    with engine_for(url).execution_options(read_only=True).begin() as connection:
        tables = [table for table in tables_now() if table.name not in OF_RESTORE]
        found = {table.name: tally_of(connection, table).said for table in tables}
    engine_for(url).dispose()
    return found


def progress(capsys, code: str) -> str:
    return shifan(capsys, "progress", "set", code, "--state", "进行中", "--by", "创建办")


@ON_SERVER
def test_a_backup_of_a_server_takes_its_place_again_and_loses_no_row(
    campaign, any_database, tmp_path, capsys
):
    for name in ("甲", "乙"):
        add_account(name, VisitorRole.OFFICE, OLD, "创建办", MOMENT)
    progress(capsys, "W5")
    backup = tmp_path / "备份.db"
    assert "已备份到" in shifan(capsys, "db", "backup", str(backup))
    before = tallies(settings().database)
    assert tallies(f"sqlite:///{backup}") == before
    progress(capsys, "W6")
    lock_account("甲", "创建办", MOMENT)
    set_password("乙", NEW, "创建办", MOMENT)
    sent = keep_todays_head(moment_of(NOW, TODAY))

    said = shifan(capsys, "db", "restore", str(backup), "--by", "创建办")
    assert "登记进展 1 条" in said
    [kept] = (settings().home / "backups").glob("before-restore-*.db")
    assert str(kept) in said
    assert tallies(settings().database) == before
    assert "不说明记录被改动" in shifan(capsys, "audit", "verify", "--sent", sent)
    assert not enters("甲", OLD)
    assert not enters("乙", OLD) and enters("乙", NEW)
    with open_session(read_only=True) as session:
        assert session.exec(select(Notice).where(Notice.rule == "database_restored")).one()
    progress(capsys, "W7")  # numbers go on behind the highest
    assert "此后的第" in shifan(capsys, "db", "restore", str(kept))
    assert "此前已恢复" in shifan(capsys, "db", "restore", str(kept))
    assert "记录链完整" in shifan(capsys, "audit", "verify")


@ON_SERVER
def test_a_backup_of_a_server_is_restored_into_a_file_and_back(
    campaign, any_database, tmp_path, monkeypatch, capsys
):
    progress(capsys, "W5")
    shifan(capsys, "db", "backup", str(tmp_path / "备份.db"))
    url, rows = settings().database, tallies(settings().database)
    shut()
    monkeypatch.setenv("SHIFAN_DATABASE_URL", "")
    shifan(capsys, "db", "restore", str(tmp_path / "备份.db"))
    assert tallies(settings().database) == rows
    assert "记录链完整" in shifan(capsys, "audit", "verify")
    progress(capsys, "W6")
    shifan(capsys, "db", "backup", str(tmp_path / "文件的.db"))
    rows = tallies(settings().database)

    shut()
    monkeypatch.setenv("SHIFAN_DATABASE_URL", url)
    shifan(capsys, "db", "restore", str(tmp_path / "文件的.db"))
    assert tallies(settings().database) == rows
    assert "记录链完整" in shifan(capsys, "audit", "verify")


@ON_SERVER
def test_an_older_backup_is_upgraded_on_its_way_to_an_empty_server(any_database, tmp_path, capsys):
    old = tmp_path / "old.db"
    with engine_for(f"sqlite:///{old}").connect() as connection, _free_to_rebuild(connection):
        migrate(connection, "0007")
        connection.commit()
    engine_for(f"sqlite:///{old}").dispose()
    with closing(sqlite3.connect(old)) as client, client:
        client.execute(
            "INSERT INTO campaign (id, slug, title, kind, issuer, document_number, is_demo,"
            " shifted_days, plan_json, loaded_at) VALUES (5, 'x', '老', '', '', '', 0, 0, '{}',"
            " '2025-01-01 00:00:00.000000')"
        )
    shut()
    with engine_for(settings().database).begin() as connection:
        emptied(connection)
    shifan(capsys, "db", "restore", str(old))

    assert "记录链完整" in shifan(capsys, "audit", "verify")
    with engine_for(settings().database).begin() as connection:
        asked = "SELECT (SELECT version_num FROM alembic_version), (SELECT title FROM campaign)"
        assert tuple(connection.execute(text(asked)).one()) == (REVISION, "老")
        number = "SELECT nextval(pg_get_serial_sequence('campaign', 'id'))"
        assert connection.execute(text(number)).scalar_one() == 6


@ON_SERVER
def test_a_kill_in_the_middle_leaves_the_server_as_it_was(campaign, any_database, tmp_path, capsys):
    shifan(capsys, "db", "backup", str(tmp_path / "备份.db"))
    progress(capsys, "W5")
    before = tallies(settings().database)

    def work() -> None:
        engine_for.cache_clear()
        steps.install_on_postgresql = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        run(["db", "restore", str(tmp_path / "备份.db")])

    shut()
    assert forked(work) == -signal.SIGKILL
    shut()
    assert tallies(settings().database) == before
    assert "记录链完整" in shifan(capsys, "audit", "verify")
    shifan(capsys, "db", "restore", str(tmp_path / "备份.db"))
    assert "记录链完整" in shifan(capsys, "audit", "verify")


@ON_SERVER
def test_who_else_is_connected_is_told_to_stop_first(campaign, any_database, tmp_path, capsys):
    shifan(capsys, "db", "backup", str(tmp_path / "备份.db"))
    other = engine_for(settings().database + "&application_name=other").connect()
    try:
        said = shifan(capsys, "db", "restore", str(tmp_path / "备份.db"), code=1)
    finally:
        other.engine.dispose()
        other.close()
    assert "按数据库的用户数：postgres 1 个" in said


def downgraded(version: str) -> None:
    """Leave the database as a program of ``version`` has it, with the rows that it knows."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "models" / "migrations"))
    shut()
    with engine_for(settings().database).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, version)
    shut()


@ON_SERVER
@pytest.mark.parametrize("version", ["0024", "0029"])
def test_an_older_database_on_a_server_is_copied_upgraded_and_verified(
    campaign, any_database, version, monkeypatch, capsys
):
    progress(capsys, "W5")
    keep_todays_head(moment_of(NOW, TODAY))
    downgraded(version)
    monkeypatch.setattr(schema, "LARGEST_COPIED", 1)
    said = shifan(capsys, "db", "upgrade", code=1)
    assert "shifan db upgrade --backed-up" in said
    assert not (settings().home / "backups").exists()
    monkeypatch.setattr(schema, "LARGEST_COPIED", 500_000_000)

    shifan(capsys, "db", "upgrade")
    [copy] = (settings().home / "backups").glob("before-upgrade-*.db")
    with closing(sqlite3.connect(copy)) as client:
        assert client.execute("SELECT version_num FROM alembic_version").fetchone() == (version,)
        assert client.execute("SELECT count(*) FROM stage").fetchone() > (0,)
    assert "记录链完整" in shifan(capsys, "audit", "verify")
    shifan(capsys, "db", "restore", str(copy))  # the way back after an upgrade gone wrong
    assert "记录链完整" in shifan(capsys, "audit", "verify")
