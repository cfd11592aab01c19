"""The database as the doctor finds it: which it is, how old, how large, whether its pages are whole."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from models.backup.same_state import state_fault
from models.database import engine_for, in_one_line, open_session, sqlite_file
from models.misfit import lacking, revision_of
from models.schema import FACTS_SINCE
from models.servers import server_fault, server_name
from models.settings import settings

_SIZE = "SELECT pg_database_size(current_database())"
_STEPS = 20_000  # of SQLite's machine between two looks at the time


@dataclass(frozen=True, slots=True)
class DatabaseSeen:
    """What a database says of itself.

    ``server`` is which it is, with its version, as an office calls it; ``unfit`` why ours is not to be kept
    there; ``lacking`` which tables and columns it has not; ``fault`` why it is not the one of the last head
    of the chain.
    """

    version: str | None
    server: str
    unfit: str
    size: int
    lacking: str
    fault: str


def database_state() -> DatabaseSeen:
    """Look at the office's database; raises DatabaseError where it cannot be reached. Writes nothing."""
    engine = engine_for(settings().database).execution_options(read_only=True)
    with in_one_line(engine), engine.begin() as connection:
        unfit = server_fault(connection)
        version = revision_of(connection)
        postgresql = connection.dialect.name == "postgresql"
        size = int(connection.execute(text(_SIZE)).scalar() or 0) if postgresql else 0
        return DatabaseSeen(
            version=version,
            server=server_name(connection),
            unfit=unfit,
            size=size or file_size(sqlite_file()),
            lacking=lacking(connection) if version else "",
            fault=state_fault(connection, marked=version >= FACTS_SINCE) if version else "",
        )


def database_size(session: Session) -> int:
    """Return the bytes of the database; at most one short statement."""
    if path := sqlite_file():
        return file_size(path)
    return int(session.connection().execute(text(_SIZE)).scalar() or 0)


def file_size(path: Path | None) -> int:
    """Return the bytes of a database's file and its log; 0 where there is none."""
    files = [path, path.with_name(path.name + "-wal")] if path else []
    return sum(file.stat().st_size for file in files if file.exists())


def database_now() -> datetime | None:
    """Return this instant by the clock of the database's own machine; None on SQLite, which has none."""
    if sqlite_file():
        return None
    with open_session(read_only=True) as session:
        found = session.connection().execute(text("SELECT clock_timestamp()")).scalar()
        return found if isinstance(found, datetime) else None


def damaged_page(path: Path, seconds: float) -> str | None:
    """Return what is wrong with the pages of a SQLite file, "" where nothing is.

    None where ``seconds`` were not enough to look at all of them. Reads beside whoever writes.
    """
    until = time.monotonic() + seconds
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS)
        try:
            said = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.OperationalError as error:
            if "interrupt" in str(error):
                return None
            raise
        except sqlite3.DatabaseError as error:
            return str(error)
    return "" if said == "ok" else said
