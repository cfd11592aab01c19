"""Whose a message is: the posts that hold its tag, one in each campaign that its links may lead to."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select

from models.campaign.campaign import Campaign
from models.decisions.decision import Decision
from models.rules.campaign_names import address_of

# The last of a campaign counts: who the message was written to before others of the same tag, then
# whoever stands higher. A tag that has moved to another post since then is no longer the message's.
_POSTS = text("""
    SELECT g.id, p.campaign_id, p.id AS post_id
    FROM message g
    JOIN post p ON p.tag = g.tag AND NOT p.vacant
    JOIN campaign c ON c.id = p.campaign_id AND NOT c.is_demo
    LEFT JOIN unit u ON u.id = p.unit_id
    WHERE g.id IN :messages AND NOT coalesce(u.retired, false)
    ORDER BY CASE
        WHEN EXISTS (SELECT 1 FROM notice n WHERE n.message_id = g.id AND n.post_id = p.id) THEN 1
        WHEN EXISTS (SELECT 1 FROM decision_code d
                     WHERE d.message_id = g.id AND d.holder_id = p.id) THEN 1
        ELSE 0 END, p.level, p.id""").bindparams(bindparam("messages", expanding=True))


@dataclass(frozen=True, slots=True)
class Addressee:
    """A post that reads a message, in one campaign."""

    post_id: int
    campaign_id: int


def addressees(session: Session, messages: Collection[int]) -> dict[tuple[int, int], Addressee]:
    """Return who reads each of ``messages``, by message and campaign; nobody in a demonstration."""
    rows = session.connection().execute(_POSTS, {"messages": list(messages)})
    return {(row.id, row.campaign_id): Addressee(row.post_id, row.campaign_id) for row in rows}


def campaign_addresses(session: Session) -> dict[str, int]:
    """Return every campaign by its part of an address; demonstrations, which send nothing, are left out."""
    query = select(Campaign.id, Campaign.slug).where(col(Campaign.is_demo).is_(False))
    return {address_of(slug, id): id for id, slug in session.exec(query) if id is not None}


def campaigns_of_decisions(session: Session, numbers: Collection[int]) -> dict[int, int]:
    """Return the campaign of each of the decisions ``numbers``."""
    query = select(Decision.id, Decision.campaign_id).where(col(Decision.id).in_(numbers))
    return {id: campaign for id, campaign in session.exec(query) if id is not None}
