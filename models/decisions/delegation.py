"""Delegations: a post's decisions in the hands of a deputy, for some days or until it is ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, col, select

from models.units.unit import Post


class Delegation(SQLModel, table=True):
    """A post's decisions handed to a deputy post for some days (委托)."""

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    post_id: int = Field(foreign_key="post.id")
    deputy_id: int = Field(foreign_key="post.id")
    first: date
    last: date
    made_by: str
    made_at: datetime
    agreed: bool = True  # False while it waits for the leader's own code; nothing follows from it
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may decide for an asked post on a day: itself, or its deputy."""

    post: Post
    person: Post

    @property
    def name(self) -> str:
        """Return who decides, in words: 组长, or 副组长(受组长委托)."""
        if self.person.id == self.post.id:
            return self.post.title
        return f"{self.person.title}（受{self.post.title}委托）"

    @property
    def both(self) -> Sequence[Post]:
        """Return the post and whoever decides for it, each once."""
        return list({post.id: post for post in (self.post, self.person)}.values())


def holder_of(session: Session, post: Post, today: date) -> Holder:
    """Return who decides for ``post`` on ``today``; the latest delegation counts."""
    query = (
        select(Post)
        .join(Delegation, col(Delegation.deputy_id) == Post.id)
        .where(
            Delegation.post_id == post.id,
            Delegation.first <= today,
            Delegation.last >= today,
            col(Delegation.revoked).is_(False),
            col(Delegation.agreed),
            col(Post.vacant).is_(False),
        )
        .order_by(col(Delegation.id).desc())
        .limit(1)
    )
    return Holder(post, session.exec(query).first() or post)


def delegations_of(session: Session, campaign_id: int, today: date) -> list[Delegation]:
    """Return the delegations that stand on ``today`` or will, the earliest first."""
    query = select(Delegation).where(
        Delegation.campaign_id == campaign_id,
        Delegation.last >= today,
        col(Delegation.revoked).is_(False),
        col(Delegation.agreed),
    )
    return list(session.exec(query.order_by(col(Delegation.first), col(Delegation.id))))


def waiting_delegation(session: Session, delegation_id: int) -> Delegation | None:
    """Return a delegation that was not ended, as it is in the database now."""
    one = session.get(Delegation, delegation_id, populate_existing=True)
    return None if one is None or one.revoked else one


def asked_delegation(session: Session, wish: Delegation) -> Delegation:
    """Return the delegation of the posts and days of ``wish`` that is there, else ``wish`` itself.

    One that nobody agreed to yet is from now on as it is wished: by whom, when.
    """
    query = select(Delegation).where(
        Delegation.post_id == wish.post_id,
        Delegation.deputy_id == wish.deputy_id,
        Delegation.first == wish.first,
        Delegation.last == wish.last,
        col(Delegation.revoked).is_(False),
    )
    one = session.exec(query.order_by(col(Delegation.agreed).desc()).limit(1)).first() or wish
    if not one.agreed:
        one.made_by, one.made_at = wish.made_by, wish.made_at
    session.add(one)
    session.flush()
    return one
