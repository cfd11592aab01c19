"""A file that others can read: chmod where it helps, another disk where it does not."""

from pathlib import Path

import pytest

from models.errors import ChannelError
from models.files import disks
from models.files.disks import disk_without_modes, how_to_close
from notifications.channels.channels import load_channels


@pytest.fixture
def mounts(tmp_path, monkeypatch):
    """Say which disk is mounted where, as the kernel does."""

    def say(*lines: str) -> None:
        table = tmp_path / "mounts"
        table.write_text("".join(f"/dev/x {line} rw 0 0\n" for line in lines))
        monkeypatch.setattr(disks, "MOUNTS", table)

    return say


@pytest.mark.parametrize("kind", ["vfat", "exfat", "ntfs3", "fuseblk", "cifs", "9p"])
def test_on_a_disk_without_users_chmod_is_not_the_advice(mounts, kind):
    mounts("/ ext4", f"/mnt/u {kind}")

    told = how_to_close(Path("/mnt/u/a/channels.yaml"), "SHIFAN_CHANNELS")

    assert f"（{kind}）不区分用户" in told
    assert str(Path.home() / "channels.yaml") in told
    assert "SHIFAN_CHANNELS" in told


def test_the_nearest_disk_counts_and_blanks_in_its_name_are_read(mounts):
    mounts("/ vfat", "/media/my\\040disk ext4", "/media/my\\040disk/stick vfat")

    assert disk_without_modes(Path("/media/my disk/channels.yaml")) == ""
    assert disk_without_modes(Path("/media/my disk/stick/x")) == "vfat"


def test_where_nothing_is_known_of_disks_chmod_is_the_advice(monkeypatch):
    monkeypatch.setattr(disks, "MOUNTS", Path("/nowhere"))

    assert how_to_close(Path("/a/b")) == "请先运行 chmod 600 /a/b"


def test_a_channels_file_on_a_stick_gets_advice_that_helps(mounts, tmp_path):
    path = tmp_path / "channels.yaml"
    path.write_text("urls: []\n")
    path.chmod(0o755)
    mounts(f"{tmp_path} vfat")

    with pytest.raises(ChannelError, match="chmod 在这里不起作用；请把它移到本机硬盘"):
        load_channels(path)
