"""Receipts (签收): a post says that it knows of an item, from the form or at the command."""

from sqlmodel import Session, select

from models.audit.chain import NewEntry, lock_chain, record
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, open_campaign, require_open, writing_to
from models.campaign.milestone import Milestone
from models.campaign.subjects import subject_named
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.notices.acknowledgement import Acknowledgement
from models.notices.covering import quieten
from models.notices.notice import Message, Notice
from models.rules.calendar.moment import Moment
from models.rules.words import CampaignState, post_fault
from tasks.office.ladder import ladder_of


def acknowledge(slug: str | None, subject: str, by_post: str, note: str, *, moment: Moment) -> int:
    """Acknowledge a code (W5, W5/市司法局); return how many items are newly acknowledged."""
    with writing_to(slug) as (session, campaign):
        rows = subject_named(session, key_of(campaign), subject).rows
        return _keep(session, campaign, list(rows), by_post, note, subject, moment)


def acknowledge_message(number: int, by_post: str, note: str, *, moment: Moment) -> int:
    """Acknowledge every item of message ``number``; return how many are newly acknowledged."""
    with open_session() as session:
        lock_chain(session)
        _message(session, number)
        query = select(Notice.campaign_id, Notice.subject_kind, Notice.subject_id)
        rows: dict[int, list[tuple[str, int]]] = {}
        for campaign_id, kind, id in session.exec(query.where(Notice.message_id == number)):
            rows.setdefault(campaign_id, []).append((kind, id))
        about = {campaign_id: session.get_one(Campaign, campaign_id) for campaign_id in rows}
        if about and all(one.state != CampaignState.OPEN for one in about.values()):
            require_open(next(iter(about.values())))
        return sum(
            _keep(
                session,
                about[campaign_id],
                list(dict.fromkeys(found)),
                by_post,
                note,
                f"消息 {number}",
                moment,
            )
            for campaign_id, found in rows.items()
            if about[campaign_id].state == CampaignState.OPEN
        )


def foresee_receipt(slug: str | None, number: int, subject: str, by_post: str) -> None:
    """Raise in one line what forbids acknowledging message ``number``, or ``subject``; nothing is written."""
    if fault := post_fault(by_post, "签收"):
        raise ProgressError(fault)
    with open_session(read_only=True) as session:
        if subject:
            subject_named(session, key_of(open_campaign(session, slug)), subject)
        else:
            _message(session, number)


def _message(session: Session, number: int) -> Message:
    message = session.get(Message, number)
    if message is None:
        raise NotFoundError(f"没有第 {number} 号消息，请从收到的链接打开")
    return message


def _keep(
    session: Session,
    campaign: Campaign,
    rows: list[tuple[str, int]],
    by_post: str,
    note: str,
    subject: str,
    moment: Moment,
) -> int:
    if fault := post_fault(by_post, "签收"):
        raise ProgressError(fault)
    campaign_id = key_of(campaign)
    lasts = ladder_of(campaign).acknowledgement_lasts
    runs_out = work_calendar(session).due_within(moment.today, lasts)
    known = select(Acknowledgement.subject_kind, Acknowledgement.subject_id).where(
        Acknowledgement.campaign_id == campaign_id, Acknowledgement.runs_out == runs_out
    )
    standing = set(session.exec(known))
    fresh = [row for row in rows if row[0] in ("milestone", "assignment") and row not in standing]
    for kind, id in fresh:
        item: Milestone | Assignment = (
            session.get_one(Milestone, id)
            if kind == "milestone"
            else session.get_one(Assignment, id)
        )
        session.add(
            Acknowledgement(
                campaign_id=campaign_id,
                subject_kind=kind,
                subject_id=id,
                by_post=by_post.strip(),
                note=note.strip(),
                at=moment.now,
                day=moment.today,
                runs_out=runs_out,
                stood=f"{item.state}|{item.note}",
            )
        )
    if fresh:
        session.flush()
        facts = {"items": len(fresh), "note": note.strip(), "runs_out": runs_out}
        said = NewEntry(by_post.strip(), "acknowledged", subject, facts)
        record(session, campaign_id, moment, said)
        quieten(session, campaign_id, moment.today)
    return len(fresh)
