"""A database on a server into a file, and a file into it: backups that either kind of database takes back.

A copy is of one instant, whoever writes meanwhile, and of the version that the database has. Every row
is read back and compared before it counts as one.
"""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, inspect, text

from models.audit.fact_triggers import install_on_postgresql
from models.audit.protection import SEALED
from models.backup.rows import Tally, copy_tables, tables_in, tables_now, tally_of
from models.backup.state import Mark, mark_of, write_mark
from models.database import engine_for, in_one_line
from models.errors import DatabaseError
from models.files.whole_file import keep_names
from models.misfit import revision_of
from models.schema import REVISION, migrate

_LAST = "SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1"
_ROOM = 3  # times what a database takes on its server: the file, and the log beside it
_SIZE = "SELECT pg_database_size(current_database())"


def size_on_server(engine: Engine) -> int:
    """Return how many bytes the database takes on its server."""
    with engine.connect() as connection:
        return int(connection.execute(text(_SIZE)).scalar_one())


def room_fault(engine: Engine, folder: Path) -> str:
    """Return in words that the disk of ``folder`` has no room for a copy; empty where it has."""
    needed, free = _ROOM * size_on_server(engine), shutil.disk_usage(folder).free
    if needed <= free:
        return ""
    return f"{folder} 所在的磁盘只剩 {free / 1e6:,.0f} MB，要 {needed / 1e6:,.0f} MB；请先清理磁盘"


def is_empty(connection: Connection) -> bool:
    """Say whether nothing at all stands in a database."""
    found = inspect(connection)
    return not found.get_table_names() and not found.get_view_names()


@contextmanager
def one_instant(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees the database of a server as it is now, until the block ends."""
    still = engine.execution_options(isolation_level="REPEATABLE READ", read_only=True)
    with in_one_line(engine), still.begin() as connection:
        yield connection


def copy_to_file(engine: Engine, target: Path) -> None:
    """Copy a database on a server, which may be in use, to a SQLite file that says that it is a copy.

    The file is there entirely or not at all. Raises DatabaseError.
    """
    if fault := room_fault(engine, target.parent):
        raise DatabaseError(f"没有备份：{fault}")
    draft = target.with_name(f".{target.name}.draft")
    try:
        with one_instant(engine) as source:
            _fill_file(source, draft)
        with closing(sqlite3.connect(draft)) as one:
            one.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        draft.replace(target)
        keep_names(target.parent)
    finally:
        for name in ("", "-wal", "-shm"):
            draft.with_name(draft.name + name).unlink(missing_ok=True)


def _fill_file(source: Connection, file: Path) -> None:
    engine = engine_for(f"sqlite:///{file}")
    try:
        with in_one_line(engine), engine.begin() as target:
            target.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            migrate(target, revision_of(source) or REVISION)
            tables = tables_in(target)
            tallies = copy_tables(source, target, tables)
            require_arrived(target, tables, tallies)
            if inspect(target).has_table("database_state"):  # from before there were marks
                write_mark(target, replace(mark_of(source), copy=secrets.token_hex(4)))
    finally:
        engine.dispose()


def require_arrived(
    target: Connection, tables: Sequence[Table], tallies: Mapping[str, Tally]
) -> None:
    """Raise DatabaseError where what is in ``target`` now is not what went over; names each table."""
    wrong = [t.name for t in tables if tally_of(target, t).said != tallies[t.name].said]
    if wrong:
        raise DatabaseError(f"复制后核对不上：{'、'.join(wrong)} 表；什么都没有改动")


def put_on_server(staging: Path, engine: Engine, mark: Mark, last: str | None) -> None:
    """Make what is in the SQLite file ``staging`` the database of a server, under ``mark``, in one transaction.

    Killed anywhere, it is the one or the other. Whoever else may use its tables still may afterwards.
    ``last`` is the hash of the last entry that is there now, None for an empty database: raises
    DatabaseError where somebody wrote meanwhile.
    """
    of_file = engine_for(f"sqlite:///{staging}")
    tables = tables_now()
    try:
        with (
            of_file.execution_options(read_only=True).begin() as source,
            in_one_line(engine),
            engine.begin() as target,
        ):
            target.exec_driver_sql("DROP TABLE IF EXISTS pg_temp.changed_fact")  # nothing is noted
            if last is None:
                migrate(target, REVISION)
            else:
                _emptied(target, tables, last)
            tallies = copy_tables(source, target, tables)
            require_arrived(target, tables, tallies)
            install_on_postgresql(target)
            _guarded(target, "ENABLE")
            write_mark(target, mark)
    finally:
        engine.dispose()  # what a connection was to note in is gone
        of_file.dispose()


def _emptied(target: Connection, tables: Sequence[Table], last: str) -> None:
    names = ", ".join(f'"{table.name}"' for table in tables)
    target.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE NOWAIT")
    if (target.execute(text(_LAST)).scalar() or "") != last:
        raise DatabaseError("有别的程序正在写数据库，没有恢复，什么都没有改动；请都停下再运行一次")
    _guarded(target, "DISABLE")
    target.exec_driver_sql(f"TRUNCATE {names}")


def _guarded(target: Connection, how: str) -> None:
    for table in SEALED:
        target.exec_driver_sql(f"ALTER TABLE {table} {how} TRIGGER USER")
