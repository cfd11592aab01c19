"""What was withdrawn: links and addresses are signed for a generation, and a later one makes them worthless."""

from datetime import UTC, datetime

from sqlmodel import Field, Session, SQLModel, col, select

EVERY_LINK = "all"  # of all posts
RESTORED = "restored"  # of whatever was signed before a backup took the database's place
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class WindowGeneration(SQLModel, table=True):
    """How often what is signed for ``scope`` was withdrawn: post:12, all, feed:unit:12, wall:3."""

    __tablename__ = "window_generation"

    scope: str = Field(primary_key=True, max_length=60)
    generation: int = 0
    at: datetime


def generation_of(session: Session, *scopes: str) -> int:
    """Return the generation of what is signed for all of ``scopes`` together; 0 before any withdrawal.

    What is signed for any scope ends with a restored backup.
    """
    every = (*scopes, RESTORED)
    query = select(WindowGeneration.generation).where(col(WindowGeneration.scope).in_(every))
    return sum(session.exec(query))


def withdraw_scope(session: Session, scope: str, now: datetime) -> int:
    """Make what was signed for ``scope`` worthless; return the new generation."""
    row = session.get(WindowGeneration, scope, with_for_update=True)
    if row is None:
        row = WindowGeneration(scope=scope, at=now)
    row.generation, row.at = row.generation + 1, now
    session.add(row)
    session.flush()
    return row.generation


def withdraw_everything(session: Session, above: int, now: datetime) -> None:
    """Make everything that was ever signed worthless, also what a backup knows nothing of any more.

    ``above`` is a generation that was reached, as far as that is known; the new one is beyond it, and one that
    no count of withdrawals reaches: the seconds of a clock that goes on.
    """
    withdraw_scope(session, RESTORED, now)
    row = session.get_one(WindowGeneration, RESTORED)
    row.generation = max(row.generation, above + 1, int((now - _LONG_AGO).total_seconds()))
    session.flush()


def post_scope(post_id: int) -> str:
    """Return the scope of a post's links."""
    return f"post:{post_id}"
