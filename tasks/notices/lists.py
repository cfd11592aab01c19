"""Lists for the operator: what was said to whom, and what died on the way."""

from datetime import datetime

from models.campaign.campaign import looking_at, open_campaign
from models.database import open_session
from models.keys import key_of
from models.notices.outcomes import revive
from models.notices.trail import DeadDelivery, ListedNotice, dead_deliveries, listed_notices
from models.rules.notices.states import NOTICE_STATES
from notifications.letter_lines import rule_in_words


def list_notices(slug: str | None, state: str, most: int) -> list[ListedNotice]:
    """Return the newest notices of a campaign, those of one ``state`` if it is not empty."""
    with looking_at(slug) as (session, campaign):
        return listed_notices(session, key_of(campaign), state, most)


def cells(notice: ListedNotice) -> list[str]:
    """Return the row of a notice that an operator reads."""
    state = NOTICE_STATES.get(notice.state, notice.state)
    rule = rule_in_words(notice.rule)
    return [notice.day.isoformat(), notice.to, notice.subject, rule, state]


def list_dead(slug: str | None) -> list[DeadDelivery]:
    """Return every dead delivery with the provider's own words, the newest first."""
    with looking_at(slug) as (session, campaign):
        return dead_deliveries(session, key_of(campaign))


def retry_dead(slug: str | None, now: datetime) -> int:
    """Let every dead delivery be tried afresh; return how many."""
    with open_session() as session:
        campaign_id = open_campaign(session, slug).id if slug else None
        return revive(session, campaign_id, now)
