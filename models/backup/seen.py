"""Is a file in `backups/` a backup, and a whole one: what can be seen of it without changing it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from models.backup.state import ARRIVING, LIVE, MOVED, READ, read_mark

SQLITE = b"SQLite format 3\0"
# Kept before something took the database's place: an upgrade, a restore, a move. None is a backup of today.
BEFORE = "before-"
# How an office's own dumps of a server are called; what is in one nobody can say here.
OF_A_SERVER = (".dump", ".pgdump", ".backup", ".sql", ".sql.gz", ".dump.gz", ".tar")


def is_backup(file: Path) -> bool:
    """Say whether ``file`` is a whole copy of ours, or a server's dump that is not empty.

    A copy bears its mark only when it is complete; one from before there were marks is taken as it is.
    """
    if not file.is_file() or file.name.startswith((BEFORE, ".")):
        return False
    if file.suffix == ".db":
        return _is_whole(file)
    return file.name.endswith(OF_A_SERVER) and file.stat().st_size > 0


def _is_whole(file: Path) -> bool:
    with file.open("rb") as opened:
        if opened.read(len(SQLITE)) != SQLITE:
            return False
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"  # nothing is laid beside it
    try:
        with closing(sqlite3.connect(address, uri=True)) as copy:
            names = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
            if "database_state" not in names:
                return "alembic_version" in names
            return read_mark(copy.execute(READ).fetchone()[0]).copy not in (
                "",
                LIVE,
                MOVED,
                ARRIVING,
            )
    except (sqlite3.DatabaseError, TypeError):
        return False
