"""A campaign by the number that stands in its address."""

from sqlmodel import Session, select

from models.campaign.campaign import Campaign
from models.rules.words import CampaignState


def campaign_numbered(session: Session, number: int) -> Campaign | None:
    """Return the campaign ``number`` that is shown; None where there is none."""
    query = select(Campaign).where(
        Campaign.id == number, Campaign.state != CampaignState.REMOVED.value
    )
    return session.exec(query).first()
