"""The doctor at the backups: which files count, how old the last is, and what cannot be seen."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from deployments.cli import run
from models.schema import keep_copy
from tasks.doctor.backups import FILE, last_backup, note_backup
from tasks.doctor.diagnosis import Health
from tests.conftest import NOW, ON_BOTH

SERVER = "postgresql://nobody@127.0.0.1:9/none"


def now() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)  # files bear the machine's time


@ON_BOTH
def test_a_backup_of_either_database_counts_and_grows_old(campaign, any_database):
    kept = keep_copy(NOW)
    assert last_backup(now()).words == f"最近一份是 1 分钟前的 {kept.name}"
    assert last_backup(now() + timedelta(days=6)).health is Health.WELL

    old = last_backup(now() + timedelta(days=8))
    assert (old.health, old.command) == (Health.LOOK, "shifan db backup")
    assert f"8 天前的 {kept.name}" in old.words


@pytest.mark.sqlite("a server may be backed up without us, which is no fault")
def test_an_office_with_a_file_is_told_that_it_has_none_yet(database):
    none = last_backup(now())
    assert none.health is Health.LOOK
    assert "还没有备份过" in none.words


@ON_BOTH
def test_a_backup_that_was_laid_elsewhere_counts_and_may_be_carried_away(campaign, tmp_path):
    assert run(["db", "backup", str(tmp_path / "kept.db")]) == 0
    (tmp_path / "kept.db").unlink()
    found = last_backup(now())
    assert found.health is Health.WELL
    assert found.words.endswith("kept.db")


def test_what_an_upgrade_or_a_restore_kept_is_no_backup_nor_is_half_a_file(campaign):
    whole = keep_copy(NOW)
    folder = whole.parent
    for name in ("before-upgrade-1.db", "before-restore-1.db", "before-move-1.db"):
        (folder / name).write_bytes(whole.read_bytes())
    (folder / "torn.db").write_bytes(b"")
    (folder / "half.db").write_bytes(whole.read_bytes()[:5000])
    (folder / "notes.txt").write_text("1")
    (folder / "empty.dump").write_bytes(b"")
    with closing(sqlite3.connect(folder / "unmarked.db")) as other, other:
        other.execute("CREATE TABLE anything (n)")
    assert last_backup(now()).words.endswith(whole.name)
    whole.unlink()
    assert whole.name not in last_backup(now()).words
    assert "最近一份" not in last_backup(now()).words
    assert {file.name for file in folder.iterdir()} == {
        "before-upgrade-1.db", "before-restore-1.db", "before-move-1.db", "torn.db", "half.db",
        "notes.txt", "empty.dump", "unmarked.db",
    }  # fmt: skip


def test_an_office_that_dumps_its_server_is_told_what_is_not_seen(place, tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    monkeypatch.setenv("SHIFAN_DATABASE_URL", SERVER)
    unseen = last_backup(now())
    assert unseen.health is Health.WELL
    assert "用 pg_dump 等别的办法备份的，这里看不到" in unseen.words

    note_backup(tmp_path / "kept.db", NOW)
    old = last_backup(NOW + timedelta(days=40))
    assert old.health is Health.LOOK
    assert f"把 backups 里的旧备份和 {FILE} 移走" in old.mend
    (tmp_path / FILE).unlink()
    assert last_backup(NOW + timedelta(days=40)) == unseen

    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "shifan.dump").write_bytes(b"PGDMP")
    assert last_backup(now()).words.endswith("shifan.dump")
