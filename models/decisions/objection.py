"""Objections: a leader says that what was decided in the post's name was not the leader's own word."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, Session, SQLModel, col, select

from models.units.unit import Post


class Objection(SQLModel, table=True):
    """An objection that stood, and what came of it.

    ``registrar`` is the post that recorded it for a leader no channel reaches; empty when the
    leader's own code did. ``asked_again`` is the new question, where there is one.
    """

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decision.id", index=True)
    post_id: int = Field(foreign_key="post.id")
    reason: str = Field(sa_type=Text)
    registrar: str = ""
    day: date
    at: datetime
    outcome: str = Field(default="", sa_type=Text)
    asked_again: int | None = Field(default=None, foreign_key="decision.id")
    audit_id: int = Field(foreign_key="audit_entry.id")


def keep_objection(session: Session, objection: Objection) -> None:
    """Keep an objection that stands."""
    session.add(objection)
    session.flush()


def objections_to(session: Session, decision_id: int, by: str) -> list[Objection]:
    """Return the objections of the post titled ``by`` to a decision, the first one first."""
    query = (
        select(Objection)
        .join(Post, col(Post.id) == Objection.post_id)
        .where(Objection.decision_id == decision_id, Post.title == by)
    )
    return list(session.exec(query.order_by(col(Objection.id))))
