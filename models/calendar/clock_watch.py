"""The clock that is watched: the last instant that was believed, kept in the database.

A clock is compared with nothing but this row. The heartbeat's file knows no more and is missing after
a restore; the latest instants of other tables may have been written by any machine and person; the
times of files come from the very clock in question. The row travels with every copy of the database,
and it is one for all machines that share it.
"""

from datetime import datetime

from sqlalchemy import bindparam, text
from sqlmodel import Field, Session, SQLModel, select
from sqlmodel.sql.sqltypes import UTCDateTime

ONE = 1
# Two at once write it once.
_FIRST = text("""
    INSERT INTO clock_watch (id, seen_at)
    SELECT 1, coalesce((SELECT max(created_at) FROM notice WHERE created_at > :now), :now) WHERE true
    ON CONFLICT (id) DO NOTHING""").bindparams(bindparam("now", type_=UTCDateTime()))


class ClockWatch(SQLModel, table=True):
    """One row. ``doubted_at`` is what the clock showed when it was first not believed; None while it is."""

    __tablename__ = "clock_watch"

    id: int = Field(default=ONE, primary_key=True)
    seen_at: datetime
    doubted_at: datetime | None = None


def watched(session: Session, now: datetime) -> ClockWatch:
    """Return the row, locked until the commit.

    The first clock of a database is believed, unless a notice was written later than it shows.
    """
    query = select(ClockWatch).with_for_update()
    if found := session.exec(query).first():
        return found
    session.connection().execute(_FIRST, {"now": now})
    return session.exec(query).one()


def last_watched(session: Session) -> ClockWatch | None:
    """Return the row as it stands, None before the first patrol."""
    return session.get(ClockWatch, ONE)
