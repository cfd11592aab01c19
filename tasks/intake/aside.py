"""What leaves the watched folder: taken away when it is kept elsewhere, or set aside in `退回/` with a note."""

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from models.files.home import home
from models.files.whole_file import write_whole
from models.rules.calendar.moment import Moment
from tasks.file_names import plain_name

RETURNED, NOTE = "退回", "-退回说明.txt"


def aside(moment: Moment) -> Path:
    """Return the folder of what is returned today, there."""
    folder = home() / RETURNED / moment.today.isoformat()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_note(name: str, lines: Sequence[str], moment: Moment) -> None:
    """Write what is wrong beside what is returned, so that Windows' own editor reads it."""
    text = "\r\n".join([f"文件：{name}", f"时间：{moment.local:%Y-%m-%d %H:%M}", "", *lines, ""])
    write_whole(aside(moment) / f"{plain_name(name, 120)}{NOTE}", b"\xef\xbb\xbf" + text.encode())


def set_aside(path: Path, looks: os.stat_result, name: str, moment: Moment) -> bool:
    """Move a file to 退回/ and say whether it was the one that was looked at; another goes back.

    One of the same name there is not overwritten.
    """
    target = aside(moment) / plain_name(name, 160)
    if os.path.lexists(target):
        target = target.with_name(f"{secrets.token_hex(4)}-{target.name}")
    path.rename(target)
    if not _same(target.lstat(), looks):  # another file took its place meanwhile
        target.rename(path)
        return False
    return True


def take_away(path: Path, looks: os.stat_result) -> None:
    """Take away the file that was read, and no other: it is renamed first, then looked at."""
    mine = path.with_name(f"{secrets.token_hex(4)}-{path.name}"[:200])
    with suppress(FileNotFoundError):  # another round was faster
        path.rename(mine)
        if _same(mine.lstat(), looks):
            mine.unlink()
        else:
            mine.rename(path)


def _same(now: os.stat_result, then: os.stat_result) -> bool:
    return (now.st_ino, now.st_size, now.st_mtime_ns) == (
        then.st_ino,
        then.st_size,
        then.st_mtime_ns,
    )
