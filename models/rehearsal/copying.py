"""Copy the office's database into a file of its own, to be walked in; what it is copied from is only read."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from models.backup.pairing import log_of, require_pair
from models.backup.server import copy_to_file
from models.backup.state import LIVE, READ, read_mark, set_mark
from models.database import engine_for, sqlite_file
from models.errors import DatabaseError
from models.settings import settings

_TRIES = 5  # a log that comes while we look is looked at again


def copy_office(target: Path) -> bool:
    """Copy the database of this office to the new SQLite file ``target``; False where there is none yet.

    The office's own is opened to be read, and its bytes are the same afterwards: a log beside it is read and
    not folded in. Whoever writes meanwhile is not held up. Raises DatabaseError in one line.
    """
    found = sqlite_file()
    if found is None:
        copy_to_file(engine_for(settings().database), target)
        _use(target)
    elif not found.exists():
        return False
    else:
        require_pair(found)
        _copy_sqlite(found, target)
    return True


def _copy_sqlite(found: Path, target: Path) -> None:
    for _ in range(_TRIES):
        lone = not _has_log(found)
        # Without a log nobody has it open, and without this SQLite would make the log's index beside it.
        uri = f"file:{quote(str(found.absolute()))}?mode=ro" + ("&immutable=1" if lone else "")
        try:
            with (
                closing(sqlite3.connect(uri, uri=True, timeout=30)) as source,
                closing(sqlite3.connect(target)) as copy,
            ):
                source.backup(copy)
        except sqlite3.Error as error:
            raise DatabaseError(f"数据库 {found} 读不出来（{error}），没有演练") from None
        if not lone or not _has_log(found):
            return
        target.unlink()
    raise DatabaseError(f"数据库 {found} 正在启动或停下，没有演练；请过一分钟再运行一次")


def _use(target: Path) -> None:
    """Let a copy that was made as a backup be worked in."""
    with closing(sqlite3.connect(target)) as copy, copy:
        set_mark(copy, replace(read_mark(copy.execute(READ).fetchone()[0]), copy=LIVE))


def _has_log(found: Path) -> bool:
    return log_of(found).exists()
