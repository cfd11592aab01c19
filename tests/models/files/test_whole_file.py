"""A file that was handed in is read whole, within bounds, or refused with a reason."""

import fcntl
import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from models.files.whole_file import (
    FileFault,
    Unread,
    read_whole,
    shown_name,
    write_all,
    write_whole,
)


def reason(path: Path, largest: int = 100) -> Unread:
    with pytest.raises(FileFault) as caught:
        read_whole(path, largest)
    return caught.value.why


def test_a_file_of_just_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)

    assert read_whole(path, 100) == b"x" * 100
    assert reason(path, 99) is Unread.LARGE


def test_a_link_to_a_file_is_followed(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to(tmp_path / "a")

    assert read_whole(tmp_path / "b", 100) == b"x"


def test_what_is_no_file_is_refused_and_keeps_nobody_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "file").write_bytes(b"x")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))

        assert reason(tmp_path / "door") is Unread.NO_FILE
    assert reason(tmp_path / "pipe") is Unread.NO_FILE
    assert reason(tmp_path) is Unread.NO_FILE
    assert reason(Path(os.devnull)) is Unread.NO_FILE
    assert reason(tmp_path / "loop") is Unread.LOOP
    assert reason(tmp_path / "nowhere") is Unread.MISSING
    assert reason(tmp_path / "file" / "below") is Unread.NO_FOLDER
    assert reason(tmp_path / ("长" * 90)) is Unread.LONG
    assert reason(tmp_path / "a\0b") is Unread.ODD_NAME


@pytest.mark.parametrize("change", ["grows", "shrinks", "is written again"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, change):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 50)
    read, changed = os.read, threading.Event()

    def meanwhile(handle: int, length: int) -> bytes:
        if not changed.is_set():
            changed.set()
            content = {"grows": b"x" * 60, "shrinks": b"x", "is written again": b"y" * 50}[change]
            path.write_bytes(content)
            os.utime(path, ns=(1, 1))
        return read(handle, length)

    monkeypatch.setattr(os, "read", meanwhile)

    assert reason(path) is Unread.CHANGED


def test_a_file_put_in_the_place_of_another_is_not_mixed_with_it(tmp_path, monkeypatch):
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"old")
    other.write_bytes(b"new")
    read = os.read

    def meanwhile(handle: int, length: int) -> bytes:
        if other.exists():
            other.replace(path)
        return read(handle, length)

    monkeypatch.setattr(os, "read", meanwhile)

    assert read_whole(path, 100) == b"old"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("方案.docx".encode(), "方案.docx"),
        ("方案.docx".encode("gb18030"), "方案.docx"),  # out of an old archive
        (b"\xff\xff.txt", "\ufffd\ufffd.txt"),
    ],
)
def test_a_name_can_always_be_shown_and_kept(raw, shown):
    name = shown_name(Path(os.fsdecode(raw)))

    assert name == shown
    name.encode("utf-8")


def test_files_are_written_together_or_not_at_all(tmp_path):
    first, second = tmp_path / "方案.json", tmp_path / "没有的文件夹" / "复核.xlsx"
    write_whole(first, "原来".encode())

    with pytest.raises(FileNotFoundError) as refused:
        write_all({first: b"new", second: b"new"})

    assert refused.value.filename == str(second)
    assert [one.name for one in tmp_path.iterdir()] == [first.name]
    assert first.read_text() == "原来"
    assert stat.S_IMODE(first.stat().st_mode) == 0o600


KILLED = """
import os, signal, sys
from pathlib import Path
from models.files import whole_file
whole_file.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
whole_file.write_all({Path(one): b"half" for one in sys.argv[1:]})
"""


def test_what_a_kill_left_goes_with_the_next_writing_there(tmp_path):
    both = [tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"]
    subprocess.run([sys.executable, "-c", KILLED, *map(str, both)], check=False)
    (tmp_path / ".01234567.draft").mkdir()  # killed before it wrote
    mine = tmp_path / ".我的.draft"
    mine.mkdir()
    assert len(list(tmp_path.iterdir())) == 3

    write_all(dict.fromkeys(both, b"whole"))

    assert sorted(p.name for p in tmp_path.iterdir()) == [mine.name, "乙.xlsx", "甲.xlsx"]
    assert {p.read_bytes() for p in both} == {b"whole"}


def test_what_somebody_writes_is_not_taken_away(tmp_path):
    place = tmp_path / ".01234567.draft"
    place.mkdir()
    with (place / "lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write_whole(tmp_path / "甲.xlsx", b"1")
        assert place.exists()
    write_whole(tmp_path / "甲.xlsx", b"1")
    assert not place.exists()


FEW = """
import resource, sys
from pathlib import Path
from models.files.whole_file import write_all
resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
write_all({Path(sys.argv[1]) / str(n): b"1" for n in range(100)})
"""


def test_more_files_are_written_together_than_may_be_open(tmp_path):
    subprocess.run([sys.executable, "-c", FEW, str(tmp_path)], check=True)
    assert len(list(tmp_path.iterdir())) == 100
