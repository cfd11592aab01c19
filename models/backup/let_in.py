"""Who was let in before a restore: a backup gives back no link that was withdrawn, no lock, no old password.

A backup knows nothing of what was withdrawn, spent, locked or changed after it was made. So whatever was
signed before counts no more, and of accounts the present database is believed where it can be read.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, text
from sqlmodel import Session

from models.audit.fact_rows import as_sqlite_stores
from models.database import run
from models.decisions.codes import Purpose
from models.window.withdrawn import withdraw_everything

_REACHED = "SELECT coalesce(sum(generation), 0) FROM window_generation"
_KNOWN = ("name", "password", "locked_at")
_ACCOUNTS = f"SELECT {', '.join(_KNOWN)} FROM window_account"  # noqa: S608 - names of ours
_KEEP = "UPDATE window_account SET password = :password, locked_at = :locked WHERE name = :name"
_NO_CODE = "UPDATE decision_code SET state = 'void' WHERE state = 'open' AND purpose = :enter"


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account of the database that is in use, as its table says it."""

    name: str
    password: str = field(repr=False)
    locked: str | None


@dataclass(frozen=True, slots=True)
class LetIn:
    """Who has an account now, and the generation that what is signed has reached."""

    accounts: Sequence[KnownAccount] = ()
    generation: int = 0


def let_in_by(path: Path) -> LetIn:
    """Return who is let in by the SQLite database ``path``; nobody where it cannot be read, or is too old."""
    try:
        uri = f"file:{quote(str(path.absolute()))}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=5)) as connection:
            known = [KnownAccount(*row) for row in connection.execute(_ACCOUNTS)]
            return LetIn(known, connection.execute(_REACHED).fetchone()[0])
    except sqlite3.Error:
        return LetIn()


def let_in_on(connection: Connection) -> LetIn:
    """Return who is let in by a database on a server, of this code's version."""
    from models.tables import metadata  # here, for every table stands on what asks this

    columns = metadata.tables["window_account"].columns
    asked = ", ".join(as_sqlite_stores(connection, columns[name]) for name in _KNOWN)
    rows = connection.execute(text(f"SELECT {asked} FROM window_account"))  # noqa: S608 - names of ours
    reached = int(connection.execute(text(_REACHED)).scalar_one())
    return LetIn([KnownAccount(*row) for row in rows], reached)


def keep_accounts(session: Session, now_known: LetIn) -> None:
    """Give each restored account the password it has now, and the lock; one made since is not made again."""
    for one in now_known.accounts:
        run(session, _KEEP, {"name": one.name, "password": one.password, "locked": one.locked})


def let_nobody_in(session: Session, before: LetIn, now: datetime) -> None:
    """End every stay, every link, every secret address and every code for coming in that there was."""
    withdraw_everything(session, before.generation, now)
    run(session, _NO_CODE, {"enter": Purpose.ENTER.value})
