"""The database: one engine per URL, one way to open a session, and the schema's version."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from itertools import starmap
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Engine, create_engine, event, insert, make_url
from sqlalchemy.exc import DatabaseError as DriverError
from sqlmodel import Session, SQLModel

from models.audit.fact_log import (
    begin_postgresql,
    note_statement,
    prepare_postgresql,
    prepare_sqlite,
)
from models.audit.facts_kept import cover
from models.backup.pairing import require_pair
from models.backup.state import COUNT
from models.database_words import BUSY_SECONDS, IN_LINE_SECONDS, fault_in_words
from models.errors import DatabaseError
from models.files.disk_words import reason_of
from models.files.home import home, is_only_looking
from models.files.private import keep_private
from models.one_reading import READING
from models.row_kinds import field_names
from models.servers import stand_in_line, with_driver
from models.settings import settings
from models.statement import bound, statement, typed_statement

Row = TypeVar("Row")
NOTHING: Mapping[str, object] = MappingProxyType({})


@contextmanager
def open_session(
    *, read_only: bool = False, preview: bool = False, url: str = ""
) -> Iterator[Session]:
    """Yield a session on the office's database (or ``url``'s); commit when the block ends well, else roll back.

    On SQLite a transaction takes the write lock at its start: what was read is still true when written. With
    ``read_only`` it takes none and waits for nobody (WAL); a page's is the one in `READING`. What a ``preview`` wrote
    is taken back. What changed in the facts is sealed into the audit chain. Raises DatabaseError (locked, full).
    """
    if read_only and not url and (page := READING.get()):
        yield page
        return
    engine = engine_for(url or settings().database).execution_options(read_only=read_only)
    with in_one_line(engine), Session(engine) as session, session.begin() as transaction:
        yield session
        if preview:
            transaction.rollback()
        elif not read_only and transaction.is_active:
            cover(session)


@contextmanager
def in_one_line(engine: Engine) -> Iterator[None]:
    """Turn what the database of ``engine`` can do to us into a DatabaseError that says what to do.

    That is: locked, full, gone, damaged, or with other tables than this code's. What is none of these
    is a fault of ours, and goes on as it is.
    """
    try:
        yield
    except (DriverError, AssertionError) as error:
        if fault := fault_in_words(error, engine):
            raise fault from error
        raise


def run(
    session: Session, sql: str, values: Mapping[str, object] = NOTHING
) -> CursorResult[*tuple[Any, ...]]:
    """Run one statement over a set, in the session's transaction; the same text on both databases.

    Days and instants in ``values`` are bound with their types, so they compare as what they are; a tuple
    of numbers is a list of them (``IN :these``). What the statement does not name is left out.
    """
    types, values = bound(values)
    return session.connection().execute(statement(sql, types), values)


def insert_rows(session: Session, table: type[SQLModel], rows: Sequence[SQLModel]) -> None:
    """Insert new ``rows`` of a table by one statement; they are no rows of the session, and get no ids."""
    if rows:
        values = [row.model_dump(exclude={"id"}) for row in rows]
        session.connection().execute(insert(table), values)


def rows_as(
    session: Session, kind: Callable[..., Row], sql: str, values: Mapping[str, object] = NOTHING
) -> Iterator[Row]:
    """Yield what one statement finds, each row as a ``kind``, a dataclass whose fields its columns name.

    Days, instants and truths come as the fields say; never more than a thousand rows are in memory.
    """
    found = _typed(session, kind, sql, values, {"yield_per": 1000})
    return starmap(_made_of(found, kind), found)


def found_as(
    session: Session, kind: Callable[..., Row], sql: str, values: Mapping[str, object] = NOTHING
) -> list[Row]:
    """Return what `rows_as` yields, all of it; the rows come from the driver in one piece."""
    found = _typed(session, kind, sql, values, {})
    return list(starmap(_made_of(found, kind), found.all()))


def _typed(
    session: Session,
    kind: Callable[..., Row],
    sql: str,
    values: Mapping[str, object],
    options: dict[str, Any],
) -> CursorResult[*tuple[Any, ...]]:
    types, values = bound(values)
    typed = typed_statement(kind, sql, types)
    return session.connection().execute(typed, values, execution_options=options)


def _made_of(found: CursorResult[*tuple[Any, ...]], kind: Callable[..., Row]) -> Callable[..., Row]:
    """Return what makes a ``kind`` of the values of a row, in whatever order they stand."""
    names = tuple(found.keys())
    if names == field_names(kind)[: len(names)]:
        return kind
    return lambda *row: kind(**dict(zip(names, row, strict=True)))


def sqlite_file() -> Path | None:
    """Return the file of the office's database, None on PostgreSQL."""
    url = make_url(settings().database)
    sqlite = url.get_backend_name() == "sqlite" and url.database
    return Path(url.database or "") if sqlite else None


_GROWN = """
    SELECT relname FROM pg_class
    WHERE relname IN ({}) AND relkind = 'r' AND pg_table_is_visible(oid)
      AND (reltuples < 0 OR pg_relation_size(oid) > 8192 * (relpages + relpages / 2 + 1))
    ORDER BY relname"""


def tell_planner(tables: Sequence[str]) -> None:
    """Let PostgreSQL look at those of ``tables`` that hold half as much again as when it last did; SQLite plans without.

    It looks by itself about a minute after a change or a restored backup; until then it plans for tables that
    are nearly empty, and a first patrol took twenty times as long. What has hardly grown is left alone: to look
    takes half a second where a province lies, and one looks at a time. May be repeated; writes nothing of ours.
    """
    if engine_for(settings().database).dialect.name == "postgresql":
        with open_session() as session:
            named = ", ".join(f"'{table}'" for table in tables)
            grown = run(session, _GROWN.format(named)).scalars().all()
            if grown:
                run(session, f"ANALYZE {', '.join(grown)}", {})


def as_day(value: date | str | None) -> date | None:
    """Return a day from a row of `run` as a date: SQLite hands days back as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@cache
def engine_for(url: str) -> Engine:
    """Return the engine of ``url``, made once per process; its errors and logs show no values."""
    import models.tables  # noqa: F401 - foreign keys need the whole metadata; here, so that tables stand with queries

    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        # Whatever the database is in: what it says of itself is to be read before it is refused.
        said = {"client_encoding": "utf8"}
        engine = create_engine(
            with_driver(url), hide_parameters=True, pool_pre_ping=True, connect_args=said
        )
        event.listen(engine, "connect", _tell_costs)
        event.listen(engine, "connect", _prepare_server)
        event.listen(engine, "begin", begin_postgresql)
        event.listen(engine, "after_cursor_execute", note_statement)
        return engine
    if parsed.database and parsed.database != ":memory:":
        _make_folder(Path(parsed.database).parent)
        require_pair(Path(parsed.database))
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _take_write_lock)
    event.listen(engine, "commit", _count_writing)
    return engine


def _tell_costs(raw: Any, _record: Any) -> None:
    """Let PostgreSQL plan for a disk without arms: with its default it reads what 150 campaigns have for one."""
    with raw.cursor() as cursor:
        cursor.execute("SET random_page_cost = 1.1")
    raw.commit()


def _prepare_server(raw: Any, record: Any) -> None:
    stand_in_line(raw, IN_LINE_SECONDS)
    prepare_postgresql(raw, record)


def _make_folder(folder: Path) -> None:
    if folder == settings().home:
        home()
        return
    keep_private()
    if is_only_looking():
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        where = f"不能建立数据库的文件夹 {folder}（{reason_of(error)}）"
        raise DatabaseError(f"{where}；请检查权限和 SHIFAN_DATABASE_URL") from None


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # our own BEGIN below, not the driver's late one
    cursor = connection.cursor()
    if not is_only_looking():  # it is kept in the file
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # a notice that was promised survives a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA recursive_triggers=ON")  # a REPLACE fires the DELETE trigger too
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _take_write_lock(connection: Any) -> None:
    read_only = connection.get_execution_options().get("read_only")
    if not read_only:
        prepare_sqlite(connection)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
    connection.info["changes"] = connection.connection.dbapi_connection.total_changes


def _count_writing(connection: Any) -> None:
    """Count up the database's mark in every transaction that wrote something; see `models.backup.pairing`."""
    raw = connection.connection.dbapi_connection
    if raw.total_changes != connection.info.get("changes"):
        with suppress(sqlite3.OperationalError):  # from before there was one
            raw.execute(COUNT)
