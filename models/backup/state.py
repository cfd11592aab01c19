"""Which database this is and, on SQLite, how often it was written to: by this mark a copy shows.

SQLite replays whatever ``-wal`` file lies beside a database, whether it belongs to it or not. So each
writing transaction there counts up one mark, in a row that has a page of its own: the page of the database
itself and the one in the log must fit each other (`models.backup.pairing`), and both must fit the last head
of the chain (`models.backup.same_state`). On PostgreSQL nothing counts: only whose the mark is says anything.
"""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text
from sqlmodel import Field, SQLModel

LIVE = "0" * 8
# Instead of a copy's name: it has moved elsewhere; it was moved here, but not all of that is done yet.
MOVED, ARRIVING = "f" * 8, "e" * 8
_DIGITS = 12
PREFIX = b"shifan-state:"
_FORM = re.compile(rf"shifan-state:([0-9a-f]{{16}}):([0-9a-f]{{8}}):([0-9]{{{_DIGITS}}})(?: (.+))?")
READ = "SELECT mark FROM database_state"
COUNT = (
    "UPDATE database_state SET mark = substr(mark, 1, length(mark) - 12)"
    " || printf('%012d', CAST(substr(mark, -12) AS INTEGER) + 1)"
    " WHERE length(mark) = 51"  # one that has moved says where to behind it, and is written to no more
)
WRITE = "UPDATE database_state SET mark = :mark"


class DatabaseState(SQLModel, table=True):
    """The one row that says which database this is; its text has always the same length."""

    __tablename__ = "database_state"

    id: int | None = Field(default=None, primary_key=True)
    mark: str


@dataclass(frozen=True, slots=True)
class Mark:
    """``identity`` stays for life, ``copy`` names a copy that was put aside.

    ``counter`` counts the writing transactions, on SQLite only; ``moved_to`` names where one that has
    `MOVED` is now.
    """

    identity: str = ""
    copy: str = LIVE
    counter: int = 0
    moved_to: str = ""

    @property
    def line(self) -> str:
        """Return it as it stands in the table."""
        line = f"shifan-state:{self.identity}:{self.copy}:{self.counter:0{_DIGITS}d}"
        return f"{line} {self.moved_to}" if self.moved_to else line

    @property
    def whose(self) -> tuple[str, str]:
        """Return what must be the same in a database and its log; one that moves stays the same one."""
        return self.identity, LIVE if self.copy in (MOVED, ARRIVING) else self.copy


def read_mark(said: str) -> Mark:
    """Return the mark that a text begins with, an empty one where it holds none."""
    found = _FORM.match(said)
    return Mark(found[1], found[2], int(found[3]), found[4] or "") if found else Mark()


def mark_of(connection: Connection) -> Mark:
    """Return the mark of a database that is open."""
    return read_mark(connection.execute(text(READ)).scalar() or "")


def set_mark(cursor: Any, mark: Mark) -> None:
    """Write ``mark`` into a SQLite database that is open, past everything else."""
    cursor.execute("UPDATE database_state SET mark = ?", (mark.line,))


def write_mark(connection: Connection, mark: Mark) -> None:
    """Write ``mark`` into either database, in the transaction of ``connection``."""
    connection.execute(text(WRITE), {"mark": mark.line})
