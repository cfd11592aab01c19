"""What leaves the watched folder: taken away when it is kept elsewhere, or set aside in `退回/` with a note."""

import errno
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from models.files.home import home
from models.files.whole_file import write_whole
from models.rules.calendar.moment import Moment
from tasks.file_names import plain_name

RETURNED, NOTE = "退回", "-退回说明"


def aside(moment: Moment) -> Path:
    """Return the folder of what is returned today, there."""
    folder = home() / RETURNED / moment.today.isoformat()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_note(name: str, lines: Sequence[str], moment: Moment) -> None:
    """Write what is wrong beside what is returned, so that Windows' own editor reads it.

    A note that says other things under the same name stays: this one gets a mark made from its words,
    so that the same note again is the same file.
    """
    head, words = f"文件：{name}", "\r\n".join(["", *lines, ""])
    text = f"{head}\r\n时间：{moment.local:%Y-%m-%d %H:%M}\r\n{words}"
    plain = f"{plain_name(name, 120)}{NOTE}"
    note = aside(moment) / f"{plain}.txt"
    if os.path.lexists(note) and not _says(note, head, words):
        mark = hashlib.sha256(f"{head}{words}".encode()).hexdigest()[:8]
        note = note.with_name(f"{plain}-{mark}.txt")
    write_whole(note, b"\xef\xbb\xbf" + text.encode())


def _says(note: Path, head: str, words: str) -> bool:
    with suppress(OSError):
        said = note.read_bytes()
        return said.startswith(b"\xef\xbb\xbf" + f"{head}\r\n".encode()) and said.endswith(
            f"\r\n{words}".encode()
        )
    return False


def set_aside(path: Path, looks: os.stat_result, name: str, moment: Moment) -> bool:
    """Move a file to 退回/ and say whether it was the one that was looked at; another goes back.

    One of the same name there is not overwritten. Where 退回/ lies on another disk the file is copied
    whole before it leaves. Raises OSError where it cannot go; it lies where it was then.
    """
    target = aside(moment) / plain_name(name, 160)
    if os.path.lexists(target):
        target = target.with_name(f"{secrets.token_hex(4)}-{target.name}")
    try:
        path.rename(target)
    except FileNotFoundError:  # another round was faster
        return True
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        if not _same(path.lstat(), looks):
            return False
        _copy(path, looks, target)
        take_away(path, looks)
        return True
    if not _same(target.lstat(), looks):  # another file took its place meanwhile
        target.rename(path)
        return False
    return True


def _copy(path: Path, looks: os.stat_result, target: Path) -> None:
    """Copy what cannot be renamed: a file, a link as a link, a folder; of a pipe the note is enough."""
    draft = target.with_name(f".{secrets.token_hex(4)}.draft")
    try:
        if stat.S_ISLNK(looks.st_mode):
            draft.symlink_to(path.readlink())
        elif stat.S_ISDIR(looks.st_mode):
            shutil.copytree(path, draft, symlinks=True)
        elif stat.S_ISREG(looks.st_mode):
            shutil.copyfile(path, draft)
            handle = os.open(draft, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        else:
            return
        draft.rename(target)
    finally:
        _remove(draft)


def take_away(path: Path, looks: os.stat_result) -> None:
    """Take away the file that was read, and no other: it is renamed first, then looked at.

    Its name meanwhile is short enough for every disk and keeps its ending.
    """
    mine = path.with_name(f"{secrets.token_hex(4)}-{plain_name(path.name[-40:])}")
    with suppress(FileNotFoundError):  # another round was faster
        path.rename(mine)
        if _same(mine.lstat(), looks):
            _remove(mine)
        else:
            mine.rename(path)


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        if stat.S_ISDIR(path.lstat().st_mode):
            shutil.rmtree(path)
        else:
            path.unlink()


def _same(now: os.stat_result, then: os.stat_result) -> bool:
    return (now.st_ino, now.st_size, now.st_mtime_ns) == (
        then.st_ino,
        then.st_size,
        then.st_mtime_ns,
    )
