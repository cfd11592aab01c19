"""Delegations: a post's decisions in the hands of a deputy, for some days or until it is ended."""

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


def deputy_of(session: Session, post_id: int, today: date) -> Post | None:
    """Return the deputy who decides for a post on ``today``; the latest delegation counts."""
    query = (
        select(Post)
        .join(Delegation, col(Delegation.deputy_id) == Post.id)
        .where(
            Delegation.post_id == post_id,
            Delegation.first <= today,
            Delegation.last >= today,
            col(Delegation.revoked).is_(False),
            col(Delegation.agreed),
            col(Post.vacant).is_(False),
        )
        .order_by(col(Delegation.id).desc())
        .limit(1)
    )
    return session.exec(query).first()


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


def asked_delegation(
    session: Session,
    giver: Post,
    deputy: Post,
    days: tuple[date, date],
    made: tuple[str, datetime],
) -> tuple[Delegation, bool]:
    """Return the delegation of these posts and days, and whether it stood already.

    One that nobody agreed to yet, or that is new, is from now on as it was ``made``: by whom, when.
    """
    query = select(Delegation).where(
        Delegation.post_id == giver.id,
        Delegation.deputy_id == deputy.id,
        Delegation.first == days[0],
        Delegation.last == days[1],
        col(Delegation.revoked).is_(False),
    )
    one = session.exec(query.order_by(col(Delegation.agreed).desc()).limit(1)).first()
    if one is not None and one.agreed:
        return one, True
    if one is None:
        one = Delegation(
            campaign_id=giver.campaign_id,
            post_id=key_of(giver),
            deputy_id=key_of(deputy),
            first=days[0],
            last=days[1],
            made_by="",
            made_at=made[1],
            agreed=False,
        )
        session.add(one)
    one.made_by, one.made_at = made
    session.flush()
    return one, False
