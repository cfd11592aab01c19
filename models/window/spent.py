"""What works only once: links that let in once, sessions that were ended, and forms that were sent."""

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
    _forget_what_ran_out(session, now)
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


def spend_form(
    session: Session, form: str, entry: int, until: datetime, now: datetime
) -> int | None:
    """Spend ``form`` on ``entry``; return the entry that it was spent on before, None where it was on none.

    In the transaction that wrote the entry: the chain is locked, and of two at once one is first.
    """
    if before := spent_on(session, form):
        return before
    _forget_what_ran_out(session, now)
    session.add(WindowSpent(word=f"{_form(form)}{entry}", until=until))
    session.flush()
    return None


def spent_on(session: Session, form: str) -> int | None:
    """Return the entry of the audit that ``form`` was spent on, None while it may be sent."""
    begins = col(WindowSpent.word).startswith(_form(form), autoescape=True)
    found = session.exec(select(WindowSpent.word).where(begins).limit(1)).first()
    return int(found.rpartition(":")[2]) if found else None


def _forget_what_ran_out(session: Session, now: datetime) -> None:
    session.connection().execute(delete(WindowSpent).where(col(WindowSpent.until) < now))


def _form(form: str) -> str:
    return f"form:{form}:"
