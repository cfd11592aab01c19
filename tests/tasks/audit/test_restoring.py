"""A restore is an act: afterwards the chain verifies, says what was lost, and the office knows."""

import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from deployments.cli import run
from deployments.service.only_one import only_one
from models.audit.chain import AuditEntry
from models.audit.heads_file import HEADS_FILE, last_line
from models.backup.pairing import log_of
from models.database import engine_for, open_session
from models.notices.notice import Notice
from models.schema import REVISION, _free_to_rebuild, keep_copy, migrate
from models.settings import moment_of, settings
from tasks.audit.chain import keep_todays_head
from tests.conftest import CAMPAIGN, NOW, TODAY
from tests.models.backup.test_pairing import closed, path, put_back, write

# How a server is restored: test_restoring_server.
OF_FILES = pytest.mark.sqlite("the database, its log and the backup are files beside each other")


@pytest.fixture(autouse=True)
def own_engine(database):
    yield
    log_of(path()).unlink(missing_ok=True)
    engine_for.cache_clear()


def shifan(capsys, *words: str, code: int = 0) -> str:
    """Run a command as a process of its own would: nothing is open before."""
    shut()
    assert run(list(words)) == code, capsys.readouterr()
    said = capsys.readouterr()
    return said.err if code else said.out


def shut() -> None:
    if not log_of(path()).exists() or engine_for.cache_info().currsize:
        engine_for(settings().database).dispose()
    engine_for.cache_clear()


def verified(capsys) -> str:
    said = shifan(capsys, "audit", "verify")
    assert "记录链完整" in said
    return said


@pytest.fixture
def lost(campaign, tmp_path, capsys):
    """A backup, and what was done since: progress, a head in a message and one kept elsewhere."""
    keep_todays_head(moment_of(NOW, TODAY))
    keep_copy(NOW, tmp_path / "备份.db")
    for code in ("W5", "W6"):
        shifan(capsys, "progress", "set", code, "--state", "进行中", "--by", "创建办")
    words = keep_todays_head(moment_of(NOW, TODAY))
    shifan(capsys, "audit", "export", str(tmp_path / "记录.csv"))
    shut()
    return tmp_path / "备份.db", words, tmp_path / "记录.csv.head.json"


@OF_FILES
def test_what_readme_says_verifies_and_says_what_was_lost(lost, capsys):
    backup, sent, head = lost
    said = shifan(capsys, "db", "restore", str(backup), "--by", "创建办")

    assert "登记进展 2 条" in said
    assert "不再在库里" in said
    [kept] = (settings().home / "backups").glob("before-restore-*.db")
    assert str(kept) in said
    assert "恢复过备份“备份.db”" in verified(capsys)
    assert "不说明记录被改动" in shifan(capsys, "audit", "verify", "--sent", sent)
    assert "记录链完整" in shifan(capsys, "audit", "verify", "--head", str(head))
    with open_session(read_only=True) as session:
        [notice] = session.exec(select(Notice).where(Notice.rule == "database_restored"))
        assert "登记进展 2 条" in notice.words
        entry = session.exec(select(AuditEntry).where(AuditEntry.what == "database-restored")).one()
        assert entry.who == "创建办"
        assert json.loads(entry.facts)["kept"] == kept.name
        assert last_line(settings().home / HEADS_FILE)["entries"] == entry.id
    assert "此前已恢复" in shifan(capsys, "db", "restore", str(backup))


@OF_FILES
def test_the_way_back_is_a_restore_too(lost, capsys):
    backup, sent, _ = lost
    shifan(capsys, "db", "restore", str(backup))
    [kept] = (settings().home / "backups").glob("before-restore-*.db")
    shifan(capsys, "db", "restore", str(kept))

    verified(capsys)
    assert "属实" in shifan(capsys, "audit", "verify", "--sent", sent)
    shifan(capsys, "db", "restore", str(backup))
    assert "不说明记录被改动" in shifan(capsys, "audit", "verify", "--sent", sent)


@OF_FILES
def test_a_restore_nobody_signed_covers_nothing(lost, capsys):
    backup, *_ = lost
    shifan(capsys, "db", "restore", str(backup))
    (settings().home / "audit.key").write_text("ab" * 32)

    assert "断在链头" in shifan(capsys, "audit", "verify", code=1)


@OF_FILES
def test_a_backup_beside_a_left_over_log_is_healed(lost, capsys):
    backup, *_ = lost
    write("only in the log")
    put_back(backup, closed())
    assert "shifan db restore" in shifan(capsys, "status", code=1)
    shifan(capsys, "db", "restore", str(backup))

    verified(capsys)
    assert not log_of(path()).exists() or not log_of(path()).stat().st_size


@OF_FILES
def test_a_backup_copied_by_hand_is_healed_though_what_was_lost_is_gone(lost, capsys):
    backup, sent, _ = lost
    shutil.copy(backup, path())
    assert "shifan db restore" in shifan(capsys, "status", code=1)
    said = shifan(capsys, "db", "restore", str(path()))

    assert "内容不明" in said
    verified(capsys)
    assert "不说明记录被改动" in shifan(capsys, "audit", "verify", "--sent", sent)


@OF_FILES
def test_a_damaged_database_is_replaced_and_kept_as_it_is(lost, capsys):
    backup, *_ = lost
    path().write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    shifan(capsys, "db", "restore", str(backup))

    verified(capsys)
    [kept] = (settings().home / "backups").glob("before-restore-*.db")
    assert kept.read_bytes().endswith(b"\xff" * 5000)


@OF_FILES
def test_an_older_backup_is_upgraded(campaign, tmp_path, capsys):
    old = tmp_path / "old.db"
    with engine_for(f"sqlite:///{old}").connect() as connection, _free_to_rebuild(connection):
        migrate(connection, "0007")
        connection.commit()
    with closing(sqlite3.connect(old)) as client, client:
        client.execute(
            "INSERT INTO campaign (id, slug, title, kind, issuer, document_number, is_demo,"
            " shifted_days, plan_json, loaded_at) VALUES (1, 'x', '老', '', '', '', 0, 0, '{}',"
            " '2025-01-01 00:00:00.000000')"
        )
    shifan(capsys, "db", "restore", str(old))

    verified(capsys)
    with closing(sqlite3.connect(path())) as client:
        assert client.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)


@OF_FILES
def test_while_up_runs_nothing_is_restored(lost, capsys):
    backup, *_ = lost
    with only_one(settings().home):
        said = shifan(capsys, "db", "restore", str(backup), code=1)

    assert "shifan up 已在运行" in said
    assert "Ctrl-C" in said


def another(folder: Path) -> Path:
    with closing(sqlite3.connect(folder / "another.db")) as client, client:
        client.execute("CREATE TABLE t (x)")
    return folder / "another.db"


def torn(folder: Path) -> Path:
    keep_copy(NOW, folder / "whole.db")
    whole = (folder / "whole.db").read_bytes()
    (folder / "torn.db").write_bytes(whole[: len(whole) // 2])
    return folder / "torn.db"


def newer(folder: Path) -> Path:
    keep_copy(NOW, folder / "newer.db")
    with closing(sqlite3.connect(folder / "newer.db")) as client, client:
        client.execute("UPDATE alembic_version SET version_num = '9999'")
    return folder / "newer.db"


def broken(folder: Path) -> Path:
    write()
    keep_copy(NOW, folder / "broken.db")
    with closing(sqlite3.connect(folder / "broken.db")) as client, client:
        client.execute("DROP TRIGGER audit_entry_no_update")
        client.execute("UPDATE audit_entry SET who = '改写者' WHERE id = 1")
    return folder / "broken.db"


def text_file(folder: Path) -> Path:
    (folder / "text.db").write_text("这不是数据库" * 100)
    return folder / "text.db"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (text_file, "不是 Shifan 的数据库备份"),
        (another, "不是 Shifan 的"),
        (torn, "有损坏"),
        (newer, "请换用新版程序"),
        (broken, "记录链断在第 1 条记录"),
    ],
)
@OF_FILES
def test_what_is_no_backup_of_ours_is_refused_and_nothing_changes(
    campaign, tmp_path, capsys, make, words
):
    file = make(tmp_path)
    shut()
    before = path().read_bytes()
    said = shifan(capsys, "db", "restore", str(file), code=1)

    assert words in said
    assert said.count("\n") == 1
    assert path().read_bytes() == before
    assert not list((settings().home / "backups").glob("before-*"))
    assert not list((settings().home / "tmp").glob("*"))


@OF_FILES
def test_a_kill_anywhere_leaves_the_one_state_or_the_other(lost, capsys):
    backup, *_ = lost
    command = [sys.executable, "-m", "deployments.cli", "db", "restore", str(backup)]
    for part in (0.35, 0.6, 0.8, 0.9):
        begun = time.monotonic()
        probe = subprocess.run([*command[:3], "db", "restore", "/none"], capture_output=True)
        took = time.monotonic() - begun
        assert probe.returncode == 1
        writer = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(took * (0.5 + part))
        writer.kill()
        writer.wait()
        engine_for.cache_clear()
        assert "记录链完整" in shifan(capsys, "audit", "verify")
        shut()
    said = shifan(capsys, "db", "restore", str(backup))
    assert "恢复到" in said
    verified(capsys)
    assert CAMPAIGN in shifan(capsys, "status", "--json")


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_on_postgresql_a_line_says_what_to_do_and_then_the_act_is_registered(
    campaign, any_database, tmp_path, capsys
):
    (tmp_path / "库.dump").write_text("pg_dump 的文件")
    restore = ["db", "restore", str(tmp_path / "库.dump"), "--by", "创建办"]
    keep_todays_head(moment_of(NOW, TODAY))
    write("lost")
    sent = keep_todays_head(moment_of(NOW, TODAY))
    assert run(restore) == 1
    assert "pg_restore" in capsys.readouterr().err
    with engine_for(settings().database).begin() as connection:  # as pg_restore leaves it
        for table in ("audit_entry", "audit_head"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            on = f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})"
            connection.execute(text(on))
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
    assert run(["status"]) == 1
    assert run(restore) == 0
    assert run(["status"]) == 0
    capsys.readouterr()

    assert run(["audit", "verify", "--sent", sent]) == 0
    assert "不说明记录被改动" in capsys.readouterr().out


@OF_FILES
def test_in_another_home_the_key_of_before_is_asked_for_and_none_is_made(
    lost, tmp_path, monkeypatch, capsys
):
    backup, *_ = lost
    told = shifan(capsys, "db", "backup", str(tmp_path / "又一份.db"))
    key = settings().home / "audit.key"
    assert "audit.key、audit-heads.jsonl 另存一处，与备份分开放" in told
    # Word by word what is told, and nothing else of the home.
    [copied] = re.findall("如 (cp -p .*?) 另存处/；audit.key 不会变，存好一次即可", told)
    apart = tmp_path / "另存处"
    apart.mkdir()
    subprocess.run([*shlex.split(copied), apart], check=True)
    other = tmp_path / "另一台"
    monkeypatch.setenv("SHIFAN_HOME", str(other))
    monkeypatch.setenv("SHIFAN_DATABASE_URL", f"sqlite:///{other}/shifan.db")

    said = shifan(capsys, "db", "restore", str(backup), code=1)
    assert f"数据目录 {other} 里没有签名密钥 audit.key" in said
    assert not (other / "audit.key").exists()

    shutil.copy2(apart / "audit.key", other)
    assert (apart / "audit.key").read_bytes() == key.read_bytes()
    shifan(capsys, "db", "restore", str(backup))
    verified(capsys)
