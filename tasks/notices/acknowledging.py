"""Acknowledgements (签收): a post says that it knows of an item, from the form or at the command."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from models.audit.chain import NewEntry, lock_chain, record
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, open_campaign, require_open, writing_to
from models.campaign.subjects import subject_named
from models.database import open_session
from models.errors import ProgressError
from models.keys import key_of
from models.notices.acknowledgement import (
    Received,
    SaidIn,
    acknowledge_items,
    acknowledge_said,
    acknowledge_several,
    keep_entry,
)
from models.notices.covering import quieten
from models.notices.outbox import campaigns_said, message_numbered
from models.rules.calendar.moment import Moment
from models.rules.words import CampaignState, post_fault
from tasks.office.ladder import ladder_of


def acknowledge(slug: str | None, subject: str, by_post: str, note: str, *, moment: Moment) -> int:
    """Acknowledge a code (W5, W5/市司法局); return how many items are newly acknowledged."""
    with writing_to(slug) as (session, campaign):
        rows = subject_named(session, key_of(campaign), subject).rows
        said = _received(session, campaign, by_post, note, moment)
        count = acknowledge_items(session, key_of(campaign), rows, said, moment)
        return _kept(session, campaign, count, said, subject, moment)


def acknowledge_message(
    number: int,
    by_post: str,
    note: str,
    *,
    moment: Moment,
    only: tuple[str, int] | None = None,
    within: Collection[int] | None = None,
) -> int:
    """Acknowledge every item of message ``number``, or ``only`` one; return how many newly are.

    In every campaign that it speaks of, or ``within`` some, with an entry of the audit for each.
    """
    with open_session() as session:
        lock_chain(session)
        message_numbered(session, number)
        said_of = campaigns_said(session, number)
        about = [one for one in said_of if within is None or one.id in within]
        still = [campaign for campaign in about if campaign.state == CampaignState.OPEN]
        if about and not still:
            require_open(about[0])
        found = 0
        for campaign in still:
            said = _received(session, campaign, by_post, note, moment)
            said_in = SaidIn(number, *(only or ()))
            count = acknowledge_said(session, key_of(campaign), said_in, said, moment)
            found += _kept(session, campaign, count, said, f"消息 {number}", moment)
        return found


def acknowledge_messages(
    campaign_id: int, numbers: Sequence[int], by_post: str, *, moment: Moment
) -> int:
    """Acknowledge every item of a campaign that the messages say; return how many newly are.

    What `acknowledge_message` does of each, by one statement for all and one entry of the audit.
    """
    with open_session() as session:
        lock_chain(session)
        campaign = session.get_one(Campaign, campaign_id)
        said = _received(session, campaign, by_post, "", moment)
        count = acknowledge_several(session, campaign_id, numbers, said, moment)
        return _kept(session, campaign, count, said, f"{len(numbers)} 条消息", moment)


def foresee_acknowledgement(slug: str | None, number: int, subject: str, by_post: str) -> None:
    """Raise in one line what forbids acknowledging message ``number``, or ``subject``; nothing is written."""
    if fault := post_fault(by_post, "签收"):
        raise ProgressError(fault)
    with open_session(read_only=True) as session:
        if subject:
            subject_named(session, key_of(open_campaign(session, slug)), subject)
        else:
            message_numbered(session, number)


def _received(
    session: Session, campaign: Campaign, by_post: str, note: str, moment: Moment
) -> Received:
    if fault := post_fault(by_post, "签收"):
        raise ProgressError(fault)
    lasts = ladder_of(campaign).acknowledgement_lasts
    runs_out = work_calendar(session).due_within(moment.today, lasts)
    return Received(by_post.strip(), note.strip(), runs_out)


def _kept(
    session: Session, campaign: Campaign, count: int, said: Received, subject: str, moment: Moment
) -> int:
    """Let the audit and what waits to be said know of ``count`` new acknowledgements."""
    if count:
        facts = {"items": count, "note": said.note, "runs_out": said.runs_out}
        entry = NewEntry(said.by_post, "acknowledged", subject, facts)
        keep_entry(session, record(session, key_of(campaign), moment, entry), said)
        quieten(session, key_of(campaign), moment.today)
    return count
