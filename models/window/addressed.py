"""A campaign by what stands in its address, without its plan: that is long, and no page shows it."""

from sqlalchemy.orm import defer
from sqlmodel import Session, col, or_, select

from models.campaign.campaign import Campaign
from models.rules.words import CampaignState


def campaign_addressed(session: Session, slug: str, number: int | None) -> Campaign | None:
    """Return the campaign ``number``, or the one called exactly ``slug``; None where none is shown."""
    query = (
        select(Campaign)
        .where(or_(Campaign.slug == slug, Campaign.id == number))
        .where(Campaign.state != CampaignState.REMOVED.value)
        .order_by(col(Campaign.id) != (number or 0))
        .options(defer(col(Campaign.plan_json)))  # type: ignore[arg-type]
    )
    return session.exec(query).first()
