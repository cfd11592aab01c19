"""Does the log beside a SQLite database belong to it? SQLite itself does not ask.

Whoever copies a backup over ``shifan.db`` and leaves the old ``shifan.db-wal`` there gets a mixture of
two states that never was one. Every writing transaction counts up the mark of `models.backup.state`,
so the log's first mark follows the database's own at most by one, its last is not behind it, and both
name the same database and the same copy.
"""

import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from models.backup.state import PREFIX, READ, Mark, read_mark
from models.errors import DatabaseError

_HEADER, _FRAME = 32, 24  # bytes of the log's own header, and of that before each page
_LEAF = 0x0D  # the first byte of a page that holds rows
FIRST = 2  # a mark begins with 1, and what makes it counts as one writing
_TRIES = 3  # a log that is written to right now is looked at again


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the log of the database ``path``."""
    return path.with_name(path.name + "-wal")


def require_pair(path: Path) -> None:
    """Raise DatabaseError where the log beside a database is another's; to be asked before it is opened."""
    for turn in range(_TRIES):
        if turn:
            time.sleep(0.05)
        in_log = list(_marks_in(log_of(path)))  # first the log: what is folded in meanwhile fits
        if not in_log or _fit(mark_in(path), in_log):
            return
    raise DatabaseError(
        f"{path} 旁边的日志 {log_of(path).name} 不是它的：多半是把备份直接拷了回来，而旧的日志还在。"
        "打开会把两个状态混在一起，所以没有打开，什么都没有改动；请运行 shifan db restore 备份文件"
    )


def _fit(main: Mark | None, in_log: list[Mark]) -> bool:
    if main is None:
        return True  # no database, or none that can be read; SQLite says so better
    first, last = in_log[0], in_log[-1]
    if not main.identity:  # from before there were marks; the log may hold how they came
        return first.counter <= FIRST
    same = {mark.whose for mark in in_log} == {main.whose}
    return same and first.counter <= main.counter + 1 and last.counter >= main.counter


def mark_in(path: Path) -> Mark | None:
    """Return the mark in the database file itself, whatever lies beside it; None where it cannot be read."""
    try:
        uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            found = connection.execute(READ).fetchone()
            return read_mark(found[0]) if found else Mark()
    except sqlite3.OperationalError as error:
        return Mark() if "no such table" in str(error) else None
    except sqlite3.DatabaseError:
        return None


def _marks_in(log: Path) -> Iterator[Mark]:
    """Yield the marks of a log in the order they were written; stops where the log does."""
    try:
        content = log.read_bytes()
    except OSError:
        return
    if len(content) < _HEADER:
        return
    size = struct.unpack(">I", content[8:12])[0]
    if not 512 <= size <= 65536:
        return
    salts = content[16:24]
    for at in range(_HEADER, len(content) - _FRAME - size + 1, _FRAME + size):
        if content[at + 8 : at + 16] != salts:
            return  # left over from before the log was begun anew
        page = at + _FRAME
        one_row = content[page] == _LEAF and content[page + 3 : page + 5] == b"\0\1"
        if not one_row:
            continue
        cell = page + int.from_bytes(content[page + 8 : page + 10], "big")
        found = content.find(PREFIX, cell, page + size)
        if found >= 0 and found - cell < _FRAME:
            mark = read_mark(content[found : found + 64].decode("ascii", "replace"))
            if mark.identity:
                yield mark
