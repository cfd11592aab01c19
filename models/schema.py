"""The schema's version: bring a database up to this code, and keep a copy of what it was before."""

import fcntl
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError as DriverError
from sqlmodel import Session, text

from models.audit.fact_triggers import install_on_postgresql
from models.audit.facts_kept import cover, write_baseline
from models.backup.pairing import require_pair
from models.backup.same_state import require_nothing_lost, require_same_state
from models.backup.state import READ, read_mark, set_mark
from models.database import engine_for, in_one_line, sqlite_file
from models.errors import DatabaseError
from models.files.home import home
from models.misfit import GIVE_UP, lacking, misfit, revision_of, speaks_of_tables
from models.servers import require_taken, stand_in_line
from models.settings import settings

# The newest file in migrations/versions; a test compares the two.
REVISION = "0039"
# Bytes on a server: up to here the copy before an upgrade takes a minute or so; beyond, nobody waits for it.
LARGEST_COPIED = 500_000_000
FACTS_SINCE = "0008"  # since when the chain covers the facts


def current_revision(*, any_state: bool = False) -> str | None:
    """Return the version the database has, None when it is empty.

    Raises DatabaseError for a server that would take our facts for others, and, but with ``any_state``,
    where it is not the database of the last head of the chain: another state of it, or an empty one.
    """
    engine = engine_for(settings().database).execution_options(read_only=True)
    with in_one_line(engine), engine.begin() as connection:
        require_taken(connection)
        found = revision_of(connection)
        if found is None and not any_state:
            require_nothing_lost()
        if found is not None and found <= REVISION and not any_state:
            require_same_state(connection, marked=found >= FACTS_SINCE)
        return found


def upgrade(now: datetime, *, backed_up: bool = False) -> str | None:
    """Bring the database to this code's version; return the version it had, None if it was empty.

    Repeatable, and safe beside another process that does the same. What has data in it is copied to
    `backups/` in the home first; a large one on a server only by its own tools: somebody has to say that it
    is ``backed_up``. Raises DatabaseError when it is not, is newer than the code, or lacks what its version has.
    """
    with _one_at_a_time():
        before = current_revision()
        if before == REVISION:
            if fault := misfit(engine_for(settings().database)):
                raise DatabaseError(fault)
            return before
        if before is not None:
            if before > REVISION and before not in known_versions():
                raise DatabaseError(
                    f"数据库的版本（{before}）比程序（{REVISION}）新，请换用新版程序，或用备份恢复"
                )
            if not backed_up or sqlite_file():
                _require_affordable()
                keep_copy(now, home() / "backups" / f"before-upgrade-{now:%Y%m%d-%H%M%S}.db")
        bring_up(engine_for(settings().database), before, now)
        return before


def bring_up(engine: Engine, before: str | None, now: datetime) -> None:
    """Bring the database of ``engine`` from the version ``before`` to this code's, in one transaction.

    Raises DatabaseError, with nothing changed, for one that is not what ``before`` says it is.
    """
    with (
        in_one_line(engine),
        engine.connect() as connection,
        _free_to_rebuild(connection),
        connection.begin(),
    ):
        if connection.dialect.name == "postgresql":
            stand_in_line(connection.connection, 0)  # as long as another's upgrade takes
            connection.execute(text("SELECT pg_advisory_xact_lock(7410)"))
        _migrate_whole(connection, before)
        install_on_postgresql(connection)
        _seal_what_was_there(connection, before, now)
    engine.dispose()  # what a connection knows of the tables is not true any more


def _require_affordable() -> None:
    """Raise DatabaseError where a copy would take so long that nobody waits for it in an upgrade."""
    from models.backup.server import size_on_server  # here, for it makes databases by `migrate`

    if sqlite_file() or (size := size_on_server(engine_for(settings().database))) <= LARGEST_COPIED:
        return
    raise DatabaseError(
        f"升级没有进行，什么都没有改动：数据库有 {size / 1e6:,.0f} MB，自动备份要很久；请先停止 shifan up，"
        "用 pg_dump（或 shifan db backup 文件）备份好，再运行 shifan db upgrade --backed-up"
    )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let nobody else of this home upgrade meanwhile: the copy must be of what there was before.

    A server has a lock of its own besides, that other homes see too.
    """
    with (home() / "upgrade.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel lets go of it, however the process ends
        yield


def _seal_what_was_there(connection: Connection, before: str | None, now: datetime) -> None:
    """Let the chain cover what it did not yet: all facts of before 0008, or what the migrations changed."""
    with Session(connection) as session:
        if before is not None and before < FACTS_SINCE:
            write_baseline(session, now)
        else:
            cover(session)
        session.flush()


def migrate(connection: Connection, revision: str) -> None:
    """Run the migrations up to ``revision`` in the transaction of ``connection``."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@contextmanager
def _free_to_rebuild(connection: Connection) -> Iterator[None]:
    """Let a table that others refer to be made anew: SQLite would empty it first, and them with it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _migrate_whole(connection: Connection, before: str | None) -> None:
    """Run the migrations and look at what they made; raises DatabaseError where that is not whole."""
    try:
        migrate(connection, REVISION)
    except DriverError as error:
        if not speaks_of_tables(error):
            raise
        fault = str(error.orig).splitlines()[0]
    else:
        _require_whole(connection)
        fault = lacking(connection)
    if fault:
        raise DatabaseError(
            f"升级没有进行，什么都没有改动：数据库写着版本 {before}，却与那个版本不符（{fault}）；{GIVE_UP}"
        )


def _require_whole(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if found := connection.execute(text("PRAGMA foreign_key_check")).first():
        raise DatabaseError(
            f"升级没有进行：表 {found[0]} 里有一行指向不存在的 {found[2]}；请把 backups/ 里的备份交给维护人员"
        )


def ensure_schema(now: datetime, *, any_state: bool = False) -> None:
    """Make sure that a command finds the tables it needs: an empty database is set up on the spot.

    An older database with data in it is upgraded too, after its copy was kept. With ``any_state`` one
    of this version is taken as it is, even where it is not the one of the last head; but not without a
    column of its own: SQLite takes a "column" that is not there for a word, and what stands in the
    tables would seem to be tampered with.
    """
    if any_state and current_revision(any_state=True) == REVISION:
        if fault := misfit(engine_for(settings().database)):
            raise DatabaseError(fault)
        return
    if current_revision() != REVISION:
        upgrade(now)


def known_versions() -> set[str]:
    """Return every version that this code knows; their numbers need not follow one another."""
    files = (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py")
    return {file.name.split("_")[0] for file in files}


def keep_copy(now: datetime, target: Path | None = None) -> Path:
    """Copy the database, which may be in use, to a SQLite file; return where to.

    One on a server is read at one instant, each row is compared, and the file can be restored into either
    kind (`models.backup.server`). Without ``target`` the copy goes to `backups/` in the home, named by the
    instant. Raises DatabaseError rather than overwrite a file.
    """
    target = target or home() / "backups" / f"shifan-{now:%Y%m%d-%H%M%S}.db"
    if target.exists():
        raise DatabaseError(f"{target} 已经存在，不会覆盖，请换一个文件名")
    target.parent.mkdir(parents=True, exist_ok=True)
    if path := sqlite_file():
        require_pair(path)
        copy_marked(path, target)
    else:
        from models.backup.server import copy_to_file  # here, for it makes databases by `migrate`

        copy_to_file(engine_for(settings().database), target)
    return target


def copy_marked(path: Path, target: Path) -> None:
    """Copy a database that may be in use to a file of its own that says that it is a copy."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        with suppress(sqlite3.OperationalError), copy:  # from before there were marks
            mark = read_mark(copy.execute(READ).fetchone()[0])
            set_mark(copy, replace(mark, copy=secrets.token_hex(4)))
