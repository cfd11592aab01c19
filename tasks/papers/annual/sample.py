"""The annual report as it would be today, for whoever tries a template of an office's own; nothing is written."""

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.rules.calendar.moment import Moment
from notifications.paper_blocks import Draft
from tasks.papers.annual.drafts import YearHead, annual_draft
from tasks.papers.annual.writing import facts_of_year, place_reported


def annual_as_it_stands(session: Session, campaign: Campaign, moment: Moment) -> Draft:
    """Return the report of this year until today, with nothing that an office supplied."""
    facts = facts_of_year(session, campaign, moment.today.year, moment, {})
    head = YearHead(campaign.title, place_reported(campaign), campaign.issuer, moment.today)
    return annual_draft(facts, head, {})
