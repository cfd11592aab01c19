"""Wrong codes, counted per matter and source: who must wait, and until when."""

from datetime import datetime, timedelta

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, select

from models.rules.decisions.tries import still_counted, wait_left

LONGEST_SOURCE = 60


class WrongCodes(SQLModel, table=True):
    """How many wrong codes came from one source about one matter, and when the last one came.

    ``matter`` says what the codes are for (decide:3, object:3, delegate:1). ``source`` is the address
    that the door before the window saw, 界面 without a door, or 命令行.
    """

    __tablename__ = "wrong_codes"
    __table_args__ = (UniqueConstraint("matter", "source"),)

    id: int | None = Field(default=None, primary_key=True)
    matter: str
    source: str
    wrong: int = 0
    last_at: datetime


def must_wait(session: Session, matter: str, source: str, now: datetime) -> timedelta:
    """Return how long ``source`` must still wait; nothing when its next code is looked at."""
    row = _row(session, matter, source)
    return wait_left(row.wrong, row.last_at, now) if row else timedelta(0)


def count_wrong(session: Session, matter: str, source: str, now: datetime) -> int:
    """Count one more wrong code of ``source``; return how many of its codes count against it.

    Whoever calls holds the lock of the matter: codes are counted one after another.
    """
    row = _row(session, matter, source)
    if row is None:
        row = WrongCodes(matter=matter, source=source[:LONGEST_SOURCE], last_at=now)
    row.wrong = still_counted(row.wrong, row.last_at, now) + 1
    row.last_at = now
    session.add(row)
    session.flush()
    return row.wrong


def _row(session: Session, matter: str, source: str) -> WrongCodes | None:
    query = select(WrongCodes).where(
        WrongCodes.matter == matter, WrongCodes.source == source[:LONGEST_SOURCE]
    )
    return session.exec(query).first()


def forget_wrong(session: Session, matter: str, source: str) -> None:
    """Forget the wrong codes of ``source`` about ``matter``: the right one came."""
    if row := _row(session, matter, source):
        row.wrong = 0
        session.add(row)
        session.flush()


def keep_right(session: Session, matter: str, source: str, now: datetime) -> None:
    """Keep that ``source`` was right about ``matter``, one of which no wrong ones are counted."""
    row = _row(session, matter, source)
    if row is None:
        row = WrongCodes(matter=matter, source=source[:LONGEST_SOURCE], last_at=now)
    row.last_at = now
    session.add(row)
    session.flush()


def was_right(session: Session, matter: str, source: str, since: datetime) -> bool:
    """Say whether ``source`` was right about ``matter`` since then, as `keep_right` kept it."""
    row = _row(session, matter, source)
    return row is not None and row.last_at >= since
