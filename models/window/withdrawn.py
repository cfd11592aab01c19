"""What was withdrawn: links and addresses are signed for a generation, and a later one makes them worthless."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

EVERY_LINK = "all"  # of all posts


class WindowGeneration(SQLModel, table=True):
    """How often what is signed for ``scope`` was withdrawn: post:12, all, feed:unit:12, wall:3."""

    __tablename__ = "window_generation"

    scope: str = Field(primary_key=True, max_length=60)
    generation: int = 0
    at: datetime


def generation_of(session: Session, *scopes: str) -> int:
    """Return the generation of what is signed for all of ``scopes`` together; 0 before any withdrawal."""
    query = select(WindowGeneration.generation).where(col(WindowGeneration.scope).in_(scopes))
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


def post_scope(post_id: int) -> str:
    """Return the scope of a post's links."""
    return f"post:{post_id}"
