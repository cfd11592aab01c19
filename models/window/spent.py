"""What works only once: links that let in once, and sessions that were ended."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select


class WindowSpent(SQLModel, table=True):
    """A word that counts no more, kept until it would have run out by itself."""

    __tablename__ = "window_spent"

    word: str = Field(primary_key=True, max_length=64)
    until: datetime


def spend(session: Session, word: str, until: datetime, now: datetime) -> bool:
    """Spend ``word``; False when it was spent already. Of two at once exactly one spends it."""
    session.connection().execute(delete(WindowSpent).where(col(WindowSpent.until) < now))
    try:
        with session.begin_nested():
            session.add(WindowSpent(word=word, until=until))
            session.flush()
    except IntegrityError:
        return False
    return True


def is_spent(session: Session, words: Sequence[str]) -> bool:
    """Say whether one of ``words`` was spent."""
    query = select(WindowSpent.word).where(col(WindowSpent.word).in_(words)).limit(1)
    return session.exec(query).first() is not None
