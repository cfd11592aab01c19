"""Delegations: a post's decisions in the hands of a deputy, for some days or until it is ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, col, select

from models.keys import key_of
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
    return holders_of(session, [post], today)[key_of(post)]


def holders_of(session: Session, posts: Iterable[Post], today: date) -> dict[int, Holder]:
    """Return who decides for each post on ``today``; one statement for all of them."""
    found = {key_of(post): Holder(post, post) for post in posts}
    query = (
        select(Delegation.post_id, Post)
        .join(Post, col(Delegation.deputy_id) == Post.id)
        .where(
            col(Delegation.post_id).in_(found),
            Delegation.first <= today,
            Delegation.last >= today,
            col(Delegation.revoked).is_(False),
            col(Delegation.agreed),
            col(Post.vacant).is_(False),
        )
        .order_by(col(Delegation.id))
    )
    for post_id, deputy in session.exec(query):
        found[post_id] = Holder(found[post_id].post, deputy)
    return found


def delegations_of(session: Session, campaign_id: int, today: date) -> list[Delegation]:
    """Return the delegations that stand on ``today`` or will, the earliest first."""
    return all_delegations(session, [campaign_id], today)[campaign_id]


def all_delegations(
    session: Session, campaign_ids: Sequence[int], today: date
) -> dict[int, list[Delegation]]:
    """Return what `delegations_of` does of each campaign; one statement for all of them."""
    found: dict[int, list[Delegation]] = {one: [] for one in campaign_ids}
    query = select(Delegation).where(
        col(Delegation.campaign_id).in_(campaign_ids),
        Delegation.last >= today,
        col(Delegation.revoked).is_(False),
        col(Delegation.agreed),
    )
    for one in session.exec(query.order_by(col(Delegation.first), col(Delegation.id))):
        found[one.campaign_id].append(one)
    return found


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
