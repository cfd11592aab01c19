"""Make a copy of the office's database fit to be walked in: one campaign speaks in it, and nobody else."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from models.calendar.clock_watch import watched
from models.campaign.campaign import Campaign
from models.database import run
from models.keys import key_of
from models.rules.words import CampaignState

# What another campaign's message says of ours is said anew; nothing of what others wait for goes out.
_SAY_ANEW = """
    UPDATE notice SET state = 'waiting', reason = '', message_id = NULL
    WHERE campaign_id = :one AND state = 'posted'
      AND message_id IN (SELECT id FROM message WHERE campaign_id <> :one)"""
_SAY_NOTHING = """
    UPDATE notice SET state = 'dropped', reason = 'campaign-closed'
    WHERE campaign_id <> :one AND state IN ('waiting', 'unsendable', 'over-budget', 'posted')"""
_SEND_NOTHING = """
    UPDATE delivery SET state = 'superseded'
    WHERE state = 'waiting' AND message_id IN (SELECT id FROM message WHERE campaign_id <> :one)"""
# Nothing is foreseen on the way, and what was foreseen before it would be said on its first day alone.
_FORESEE_NOTHING = ("DELETE FROM forecast_line", "DELETE FROM forecast")
_SETTLED = "UPDATE message SET settled = true WHERE campaign_id <> :one AND NOT settled"


def let_speak_alone(session: Session, campaign: Campaign, now: datetime) -> int:
    """Let nobody but ``campaign`` be patrolled, asked about or sent in this database; return how many others were.

    A demonstration speaks as a real one does. The clock is believed at ``now``, whatever was seen before.
    """
    others = update(Campaign).where(
        col(Campaign.id) != campaign.id, col(Campaign.state) == CampaignState.OPEN
    )
    closed = session.connection().execute(others.values(state=CampaignState.CLOSED)).rowcount
    for sql in (_SAY_ANEW, _SAY_NOTHING, _SEND_NOTHING, _SETTLED, *_FORESEE_NOTHING):
        run(session, sql, {"one": key_of(campaign)})
    campaign.is_demo = False
    row = watched(session, now)
    row.seen_at, row.doubted_at = now, None
    return closed


def is_the_only(session: Session) -> bool:
    """Say whether at most one campaign is under way."""
    under_way = select(Campaign.id).where(Campaign.state == CampaignState.OPEN).limit(2)
    return len(session.exec(under_way).all()) < 2
