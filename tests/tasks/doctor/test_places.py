"""The doctor at the places: who else can read what, room, keys; nothing is changed by looking."""

import pytest

from models.files.home_key import home_key
from tasks.doctor import places
from tasks.doctor.diagnosis import Health
from tests.conftest import NOW


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of its own, and a folder without `.env` to stand in."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("SHIFAN_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_home_that_others_can_read_is_named_and_left_as_it_is(home):
    (home / "audit.key").write_text("0" * 64)
    (home / "audit.key").chmod(0o644)
    found = places.closed_to_others(NOW)

    assert found.health is Health.BAD
    assert "能读 audit.key" in found.words
    assert found.command == f"chmod go-rwx {home / 'audit.key'}"
    assert (home / "audit.key").stat().st_mode & 0o777 == 0o644
    (home / "audit.key").chmod(0o600)
    assert places.closed_to_others(NOW).health is Health.WELL


@pytest.mark.parametrize(
    ("line", "health"),
    [
        ("SHIFAN_TIME_ZONE=Asia/Shanghai\n", Health.WELL),
        ("SHIFAN_DATABASE_URL=postgresql://a:b@c/d\n", Health.BAD),
        ("export SHIFAN_MAILBOX_PASSWORD=x\n", Health.BAD),
        ("SHIFAN_PASSWORD=\n", Health.WELL),  # nothing in it
    ],
)
def test_a_file_of_settings_must_be_closed_where_it_holds_a_secret(home, line, health):
    file = home.parent / ".env"
    file.write_text(line)
    file.chmod(0o644)
    assert places.closed_to_others(NOW).health is health


def test_channels_that_others_can_read_are_named(home, monkeypatch):
    file = home.parent / "channels.yaml"
    file.write_text("urls: []")
    file.chmod(0o640)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(file))
    assert "channels.yaml" in places.closed_to_others(NOW).words


def test_the_room_on_the_disk_is_said_once_for_what_lies_on_one(home):
    found = places.room_left(NOW)
    assert found.words.count("所在的磁盘还有") == 1
    assert "数据目录、材料库、数据库" in found.words


@pytest.mark.parametrize(
    ("free", "share", "level"),
    [
        ((1 << 30) - 1, 0.9, 2),  # little is little, whatever its share
        (1 << 30, 0.9, 0),  # half a small disk
        (1 << 30, 0.04, 1),
        (6 << 30, 0.01, 0),  # six of 600 GB last for years
    ],
)
def test_how_much_room_is_little(free, share, level):
    assert places._short(free, share) == level


def test_keys_are_looked_at_and_none_is_made(home):
    assert places.keys_there(NOW).health is Health.WELL
    assert list(home.iterdir()) == []
    key = home_key("audit.key").hex()
    assert places.keys_there(NOW).words == "audit.key 在，都完整"
    (home / "audit.key").write_text(key[:10])
    found = places.keys_there(NOW)
    assert (found.health, found.words) == (Health.BAD, "audit.key 是空的或不完整")
    assert found.mend.startswith("把另存的那份放回数据目录")
    assert key[:10] not in str(found)


def test_a_key_that_is_gone_is_missed_once_it_has_signed(home):
    (home / "audit-heads.jsonl").write_text("{}\n")
    assert "没有 audit.key" in places.keys_there(NOW).words


def test_a_home_that_is_not_there_is_not_made(home):
    home.rmdir()
    assert places.closed_to_others(NOW).health is Health.LOOK
    assert places.room_left(NOW).words
    assert not home.exists()
