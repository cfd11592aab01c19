"""The transaction that everything of a page is read in, where there is one."""

from contextvars import ContextVar

from sqlmodel import Session

# Set by `tasks.window.reading.reading`, asked by `models.database.open_session`.
READING: ContextVar[Session | None] = ContextVar("reading", default=None)


def see_one_state(session: Session) -> None:
    """Let ``session`` see the tables as they stand at its first statement, whoever writes meanwhile.

    SQLite does so by itself; PostgreSQL only when asked before that statement.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
