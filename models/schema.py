"""The schema's version: bring a database up to this code, and keep a copy of what it was before."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, make_url
from sqlmodel import text

from models.database import engine_for, in_one_line
from models.errors import DatabaseError
from models.home import home
from models.settings import settings

# The newest file in migrations/versions; a test compares the two.
REVISION = "0007"


def current_revision() -> str | None:
    """Return the version the database has, None when it is empty."""
    engine = engine_for(settings().database).execution_options(read_only=True)
    with in_one_line(), engine.begin() as connection:
        return _revision_of(connection)


def upgrade(now: datetime) -> str | None:
    """Bring the database to this code's version; return the version it had, None if it was empty.

    Repeatable, and safe beside another process that does the same. A SQLite file with data in it is
    copied to `backups/` in the home first. Raises DatabaseError when the database is newer than the
    code.
    """
    before = current_revision()
    if before == REVISION:
        return before
    if before is not None:
        if before > REVISION:
            raise DatabaseError(
                f"数据库的版本（{before}）比程序（{REVISION}）新，请换用新版程序，或用备份恢复"
            )
        keep_copy(now)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with in_one_line(), engine_for(settings().database).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7410)"))
        config.attributes["connection"] = connection
        command.upgrade(config, REVISION)
    return before


def ensure_schema(now: datetime) -> None:
    """Make sure that a command finds the tables it needs: an empty database is set up on the spot.

    An older database with data in it is upgraded too, after its copy was kept.
    """
    if current_revision() != REVISION:
        upgrade(now)


def _revision_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def keep_copy(now: datetime, target: Path | None = None) -> Path | None:
    """Copy a SQLite database while it may be in use; return where to, None on PostgreSQL.

    Without ``target`` the copy goes to `backups/` in the home, named by the instant. Raises
    DatabaseError rather than overwrite a file.
    """
    url = make_url(settings().database)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None  # PostgreSQL is backed up by its own tools
    target = target or home() / "backups" / f"shifan-{now:%Y%m%d-%H%M%S}.db"
    if target.exists():
        raise DatabaseError(f"{target} 已经存在，不会覆盖，请换一个文件名")
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(url.database)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target
