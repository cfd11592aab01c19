"""Between which days a campaign lies, and what it is called."""

from datetime import date

from sqlmodel import Session

from models.campaign.campaign import campaigns
from models.database import as_day, run
from models.rules.campaign_names import folded

_LAST_DUE = """
    SELECT max(due) FROM (
        SELECT max(due) AS due FROM milestone WHERE campaign_id = :campaign AND NOT withdrawn
        UNION ALL
        SELECT max(due) FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn) AS x"""
_LAST_ROUND = "SELECT max(day) FROM patrol_round WHERE campaign_id = :campaign"


def last_due(session: Session, campaign_id: int) -> date | None:
    """Return the last day on which anything of a campaign is due."""
    return as_day(run(session, _LAST_DUE, {"campaign": campaign_id}).scalar())


def last_round(session: Session, campaign_id: int) -> date | None:
    """Return the day of a campaign's last patrol; None before the first."""
    return as_day(run(session, _LAST_ROUND, {"campaign": campaign_id}).scalar())


def is_campaign(session: Session, called: str) -> bool:
    """Say whether a campaign, ended or not, is called so."""
    return folded(called) in {folded(one.slug) for one in campaigns(session, ended=True)}
