"""The doctor looks and changes nothing: a home, its modes, keys and files are afterwards what they were."""

import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from deployments.cli import run
from models.database import engine_for
from models.errors import DatabaseError
from models.files.home import only_looking
from models.files.home_key import home_key
from models.settings import moment_of, settings
from tasks.audit.chain import keep_todays_head
from tasks.doctor.diagnosis import Health
from tasks.doctor.every import CHECKS
from tasks.doctor.examining import examine_all
from tests.conftest import NOW, ON_BOTH

BESIDE = ("-wal", "-shm")  # SQLite's own, while somebody has the database open


@pytest.fixture
def broken(campaign, tmp_path, monkeypatch):
    """A home that others can read, with a key gone that had signed; nobody has opened it yet."""
    keep_todays_head(moment_of(NOW))
    engine_for(settings().database).dispose()
    home = tmp_path / "home"
    shutil.copytree(settings().home, home)
    (home / "audit.key").unlink()
    (home / "vault").mkdir()
    (home / "vault" / "piece").write_bytes(b"1")
    for path in (home, home / "vault", home / "vault" / "piece", *home.glob("shifan.db")):
        path.chmod(path.stat().st_mode | 0o055)
    monkeypatch.setenv("SHIFAN_HOME", str(home))
    monkeypatch.setenv("SHIFAN_CHANNELS", str(tmp_path / "none.yaml"))
    return home


def seen(home: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (
            stat.S_IMODE(path.lstat().st_mode),
            path.read_bytes() if path.is_file() else b"",
        )
        for path in (home, *home.rglob("*"))
        if not path.name.endswith(BESIDE)
    }


def test_a_look_changes_no_mode_no_key_and_no_file(broken, capsys):
    before = seen(broken)

    assert run(["doctor"]) == 1

    assert seen(broken) == before
    said = capsys.readouterr()
    assert "这台电脑的其他用户能读 home、" in said.out
    assert "没有 audit.key，最近的链头核对不了" in said.out
    assert "已改为" not in said.err


def test_a_home_that_is_not_there_is_still_not_there_after_a_look(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "none"))
    assert run(["doctor"]) == 1
    assert "还没有数据库" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_every_line_is_well_or_says_what_to_do(broken):
    found = examine_all(NOW, CHECKS)

    faulty = {line.name: line for line in found.lines if line.health is not Health.WELL}
    assert {"文件权限", "密钥", "记录链", "通道", "看门狗"} <= set(faulty)
    assert all(line.mend_in_words for line in faulty.values())
    assert "照“通道”一节改好" in faulty["通道"].mend


@ON_BOTH
def test_every_check_is_made_on_either_database(campaign, any_database):
    keep_todays_head(moment_of(NOW))
    lines = {line.name: line for line in examine_all(NOW, CHECKS).lines}
    assert list(lines) == [check.name for check in CHECKS]
    assert not [
        line for line in lines.values() if "没有检查成" in line.words or line.words == "没有看"
    ]
    assert lines["记录链"].health is lines["数据库"].health is lines["时钟"].health is Health.WELL


def test_who_only_looks_makes_no_key(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    with only_looking(), pytest.raises(DatabaseError, match="没有密钥"):
        home_key("audit.key")
    assert home_key("audit.key")


@pytest.mark.parametrize("ahead", [-3, 30, 200])
def test_a_clock_that_is_far_off_is_bad_before_any_patrol_has_found_it(campaign, ahead):
    from tasks.office.clock_watch import look

    look(NOW)
    lines = {line.name: line for line in examine_all(NOW + timedelta(days=ahead), CHECKS).lines}
    assert lines["时钟"].health is Health.BAD
    assert lines["时钟"].words.startswith("本机时钟可疑：现在显示")
    assert "shifan" not in lines["时钟"].words
    assert lines["时钟"].command.startswith("shifan clock confirm")
