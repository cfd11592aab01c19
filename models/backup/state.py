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
_DIGITS = 12
PREFIX = b"shifan-state:"
_FORM = re.compile(rf"shifan-state:([0-9a-f]{{16}}):([0-9a-f]{{8}}):([0-9]{{{_DIGITS}}})")
READ = "SELECT mark FROM database_state"
COUNT = (
    "UPDATE database_state SET mark = substr(mark, 1, length(mark) - 12)"
    " || printf('%012d', CAST(substr(mark, -12) AS INTEGER) + 1)"
)


class DatabaseState(SQLModel, table=True):
    """The one row that says which database this is; its text has always the same length."""

    __tablename__ = "database_state"

    id: int | None = Field(default=None, primary_key=True)
    mark: str


@dataclass(frozen=True, slots=True)
class Mark:
    """``identity`` stays for life, ``copy`` names a copy that was put aside.

    ``counter`` counts the writing transactions, on SQLite only.
    """

    identity: str = ""
    copy: str = LIVE
    counter: int = 0

    @property
    def line(self) -> str:
        """Return it as it stands in the table."""
        return f"shifan-state:{self.identity}:{self.copy}:{self.counter:0{_DIGITS}d}"

    @property
    def whose(self) -> tuple[str, str]:
        """Return what must be the same in a database and its log."""
        return self.identity, self.copy


def read_mark(said: str) -> Mark:
    """Return the mark that a text begins with, an empty one where it holds none."""
    found = _FORM.match(said)
    return Mark(found[1], found[2], int(found[3])) if found else Mark()


def mark_of(connection: Connection) -> Mark:
    """Return the mark of a database that is open."""
    return read_mark(connection.execute(text(READ)).scalar() or "")


def set_mark(cursor: Any, mark: Mark) -> None:
    """Write ``mark`` into a SQLite database that is open, past everything else."""
    cursor.execute("UPDATE database_state SET mark = ?", (mark.line,))
