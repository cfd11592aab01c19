"""Move a database: never are two of it in use, wherever it is killed.

What arrives is marked as on its way, then what it came from as moved, then what arrived as the one in
use. Each step is a transaction of its own; nothing but `shifan db copy` works between them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from models.audit.fact_triggers import install_on_postgresql
from models.audit.heads import AuditHead, last_head
from models.backup.comparing import Compared, entry_of_the_move
from models.backup.destination import Destination, mark_at, out_of_reach
from models.backup.rows import Tally, copy_tables, tables_in, tables_now, tally_of
from models.backup.same_state import MOVED_AWAY
from models.backup.server import is_empty
from models.backup.state import ARRIVING, LIVE, MOVED, Mark, mark_of, write_mark
from models.database import engine_for, in_one_line
from models.errors import DatabaseError
from models.schema import REVISION, migrate
from models.settings import settings


@contextmanager
def held() -> Iterator[Session]:
    """Yield the office's database, written to by nobody else until the block ends; commit then."""
    engine = engine_for(settings().database)
    with in_one_line(engine), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in tables_now())
            connection.exec_driver_sql(f"LOCK TABLE {names}, database_state IN SHARE MODE NOWAIT")
        with _session_on(connection) as session:
            yield session
            session.commit()


@contextmanager
def brought_there(
    source: Session, to: Destination
) -> Iterator[tuple[Session, Mapping[str, Tally]]]:
    """Yield what ``to`` holds when every row of ``source`` was put there, in one transaction; commit then.

    Marked as on its way. What an attempt of before left there goes first. Raises DatabaseError.
    """
    engine = to.engine
    here = source.connection()
    mark = replace(mark_of(here), copy=ARRIVING, moved_to="")
    try:
        with in_one_line(engine), engine.connect() as connection, connection.begin():
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            elif not is_empty(connection):
                _cleared(connection)
            migrate(connection, REVISION)
            tallies = copy_tables(here, connection, tables_now())
            install_on_postgresql(connection)
            write_mark(connection, mark)
            with _session_on(connection) as session:
                yield session, tallies
                session.commit()
    finally:
        engine.dispose()


def _cleared(connection: Connection) -> None:
    """Take away what an attempt of before left: nothing there was ever in use."""
    for table in reversed(tables_in(connection)):
        connection.exec_driver_sql(f'DROP TABLE "{table.name}"')
    connection.exec_driver_sql("DROP TABLE database_state, alembic_version")
    connection.exec_driver_sql('DROP FUNCTION IF EXISTS "refuse_change"()')


def _session_on(connection: Connection) -> Session:
    """Return a session whose commit is of its own savepoint: the transaction is another's to end."""
    return Session(connection, join_transaction_mode="create_savepoint")


def mark_here() -> Mark:
    """Return the mark of the database in use."""
    engine = engine_for(settings().database).execution_options(read_only=True)
    with in_one_line(engine), engine.begin() as connection:
        return mark_of(connection)


def arrived(target: Session, tallies: Mapping[str, Tally]) -> list[Compared]:
    """Return for each table whether what is there now is what went over."""
    found = []
    for table in tables_now():
        went, there = tallies[table.name], tally_of(target.connection(), table)
        same = went.said == there.said
        found.append(Compared(table.name, went.rows, there.rows, same, digest=there.said[1]))
    return found


def require_same(found: Sequence[Compared]) -> None:
    """Raise DatabaseError where a table differs; names each."""
    if wrong := [one.table for one in found if not one.same]:
        raise DatabaseError(
            f"两边不一致，没有搬：{'、'.join(wrong)} 表的内容不同；原来的库照旧使用"
        )


def say_moved(source: Session, to: Destination) -> None:
    """Let the database that was in use say where it is now."""
    connection = source.connection()
    write_mark(connection, replace(mark_of(connection), copy=MOVED, moved_to=to.words))


def elsewhere(to: Destination, mark: Mark) -> str:
    """Return why ``to`` is not where the database in use, with ``mark``, moved to; empty where it is.

    However the address is written (`entry_of_the_move`).
    """
    away = MOVED_AWAY.format(mark.moved_to)
    engine = engine_for(settings().database).execution_options(read_only=True)
    with in_one_line(engine), engine.begin() as source:
        try:
            there = mark_at(to)
            if there.identity != mark.identity or there.copy not in (ARRIVING, LIVE):
                return away
            with to.looked_at() as target:
                return away if entry_of_the_move(source, target) is None else ""
        except SQLAlchemyError as error:
            return away if to.file else out_of_reach(to, error)


def head_at(to: Destination) -> AuditHead | None:
    """Return the head that was kept when the chain there was as long as it is; None where it has grown since."""
    with to.looked_at() as connection, _session_on(connection) as session:
        return last_head(session)


def bring_to_life(to: Destination) -> None:
    """Let the database that arrived be the one in use. May be repeated."""
    engine = to.engine
    with in_one_line(engine), engine.begin() as connection:
        mark = mark_of(connection)
        if mark.copy == ARRIVING:
            write_mark(connection, replace(mark, copy=LIVE, counter=mark.counter + 1))
    engine.dispose()
