"""Where a backup is restored to: the file of the home, or the database on a server; the same acts for both."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, inspect, text

from models.audit.links import every_entry, links_of
from models.backup.destination import connected
from models.backup.file import Present, keep_aside, look_at, put_in_place
from models.backup.let_in import LetIn, let_in_by, let_in_on
from models.backup.server import copy_to_file, is_empty, one_instant, put_on_server
from models.backup.state import Mark, mark_of
from models.database import engine_for, sqlite_file
from models.errors import DatabaseError
from models.misfit import misfit, revision_of
from models.settings import settings

BUSY = "还有别的程序连着数据库（如别的电脑上的 shifan；按数据库的用户数：{}），请都停下再恢复；什么都没有改动"
NOT_OURS = "{}；不能就地恢复，什么都没有改动：请给一个空的库（SHIFAN_DATABASE_URL），再恢复"


class Place(Protocol):
    """A database that is in use, and that a backup may take the place of."""

    @property
    def there(self) -> bool:
        """Say whether anything is there to be kept."""

    def look(self) -> Present:
        """Return what it holds; raises DatabaseError where it is in use, or nothing may be put there."""

    def let_in(self) -> LetIn:
        """Return who is let in by it."""

    def keep(self, kept: Path, *, whole: bool) -> None:
        """Keep it as the SQLite file ``kept``."""

    def put(self, staging: Path, mark: Mark, present: Present) -> None:
        """Let what is in the SQLite file ``staging`` take its place; killed anywhere, it is one or the other."""


@dataclass(frozen=True, slots=True)
class FilePlace:
    """The SQLite file of the home."""

    path: Path

    @property
    def there(self) -> bool:
        """Say whether there is a file."""
        return self.path.exists()

    def look(self) -> Present:
        """Return what `models.backup.file.look_at` does."""
        return look_at(self.path)

    def let_in(self) -> LetIn:
        """Return what `models.backup.let_in.let_in_by` does."""
        return let_in_by(self.path)

    def keep(self, kept: Path, *, whole: bool) -> None:
        """Do what `models.backup.file.keep_aside` does."""
        keep_aside(self.path, kept, whole=whole)

    def put(self, staging: Path, mark: Mark, present: Present) -> None:
        """Do what `models.backup.file.put_in_place` does."""
        engine_for.cache_clear()
        put_in_place(staging, self.path, mark, whole=present.chain is not None)


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """The database on a server: of this code's version, or empty."""

    engine: Engine

    @property
    def there(self) -> bool:
        """Say whether anything is in it."""
        with one_instant(self.engine) as connection:
            return not is_empty(connection)

    def look(self) -> Present:
        """Return its chain and its mark."""
        if others := connected():
            raise DatabaseError(BUSY.format(others))
        with one_instant(self.engine) as connection:
            if is_empty(connection):
                return Present()
            if revision_of(connection) is None:
                raise DatabaseError(NOT_OURS.format("那个库里已有别的表"))
        if fault := misfit(self.engine):
            raise DatabaseError(NOT_OURS.format(fault.partition("；")[0]))
        with one_instant(self.engine) as connection:
            columns = {one["name"] for one in inspect(connection).get_columns("audit_entry")}
            rows = links_of(connection.execute(text(every_entry(columns))))
            return Present(rows, mark_of(connection))

    def let_in(self) -> LetIn:
        """Return its accounts, and what of the signed it has reached."""
        with one_instant(self.engine) as connection:
            return LetIn() if is_empty(connection) else let_in_on(connection)

    def keep(self, kept: Path, *, whole: bool) -> None:
        """Copy it, row by row and compared, into a file that either kind takes back."""
        kept.parent.mkdir(parents=True, exist_ok=True)
        copy_to_file(self.engine, kept)

    def put(self, staging: Path, mark: Mark, present: Present) -> None:
        """Put every row there in one transaction, compared."""
        chain = present.chain
        last = None if chain is None else chain[-1].hash if chain else ""
        put_on_server(staging, self.engine, mark, last)


def place_in_use() -> Place:
    """Return where the office's database is."""
    path = sqlite_file()
    return FilePlace(path) if path else ServerPlace(engine_for(settings().database))
