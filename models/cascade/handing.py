"""Hand an item down to a campaign below, and take it back; what is registered on it stays the county's own."""

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, require_open
from models.campaign.milestone import Milestone, milestone_coded
from models.campaign.own_milestones import OwnMilestone, lay_milestones, withdraw_milestones
from models.cascade.handed import HandedItem
from models.cascade.subjects import HandedSubject, require_can_go, subject_to_hand
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import MilestoneKind
from models.units.unit import Unit, unit_named


def hand_down(
    session: Session, parent: Campaign, child: Campaign, code: str, said: tuple[str, Moment]
) -> Milestone:
    """Make the item or indicator ``code`` of ``parent`` an item of ``child`` with the same day; return the county's.

    Only that one row is written there: who does it there, and how far it is, the county says. Handed down
    again its title and day are brought in line, and one that was taken back is there again with all that was
    registered on it, and with its unit. Repeatable. Raises ProgressError where it cannot be handed down,
    NotFoundError for a code that is none, EndedError where either has ended.
    """
    by, moment = said
    require_open(child)
    _require_below(parent, child)
    subject = subject_to_hand(session, key_of(parent), code)
    require_can_go(subject)
    there = _handed(session, subject, key_of(child))
    before = session.get_one(Milestone, there.child_milestone_id) if there else None
    shape = _shape(before)
    row = _lay(session, parent, child, subject, before)
    if there is None:
        there = HandedItem(
            campaign_id=key_of(parent),
            milestone_id=subject.milestone_id,
            indicator_id=subject.indicator_id,
            child_id=key_of(child),
            child_milestone_id=key_of(row),
            handed_on=moment.today,
            made_by=by,
        )
        session.add(there)
    elif there.taken_back_on is None and shape == _shape(row):
        return row
    there.taken_back_on, there.reason = None, ""
    session.flush()
    to = f"{child.label} {row.code}"
    facts = {"title": subject.title, "due": subject.due, "from": subject.code, "to": to}
    for campaign, about in ((parent, subject.code), (child, row.code)):
        record(session, campaign.id, moment, NewEntry(by, "item-handed-down", about, facts))
    return row


def _lay(
    session: Session,
    parent: Campaign,
    child: Campaign,
    subject: HandedSubject,
    before: Milestone | None,
) -> Milestone:
    own = before.code if before else f"H{_number(session, child)}"
    title = f"{subject.title}（{parent.label} {subject.code} 交办）"
    unit_id = before.unit_id if before else None
    wanted = OwnMilestone(MilestoneKind.HANDED, own, title, subject.due, unit_id, subject.begin)
    return lay_milestones(session, key_of(child), [wanted])[own]


def take_back(
    session: Session, parent: Campaign, child: Campaign, code: str, said: tuple[str, str, Moment]
) -> Milestone:
    """Take an item back that was handed down; the county's row and what stands on it are kept.

    Raises NotFoundError where it was not handed down, or is back already; EndedError where the county has ended.
    """
    by, reason, moment = said
    require_open(child)
    subject = subject_to_hand(session, key_of(parent), code)
    there = _handed(session, subject, key_of(child))
    if there is None or there.taken_back_on:
        raise NotFoundError(
            f"{subject.code} 没有交办给“{child.label}”，交办了什么见 shifan campaign children"
        )
    row = session.get_one(Milestone, there.child_milestone_id)
    withdraw_milestones(session, key_of(child), [row.code])
    there.taken_back_on, there.reason = moment.today, reason
    session.flush()
    facts = {"title": subject.title, "from": f"{child.label} {row.code}", "to": subject.code}
    for campaign, about in ((parent, subject.code), (child, row.code)):
        entry = NewEntry(by, "item-taken-back", about, facts | {"reason": reason})
        record(session, campaign.id, moment, entry)
    return row


def give_to_unit(
    session: Session, child: Campaign, code: str, unit: str, said: tuple[str, Moment]
) -> tuple[Milestone, bool]:
    """Let a unit of ``child``, or the office where ``unit`` is empty, answer for an item from above.

    Return the item and whether that is new. Repeatable. Raises ProgressError for an item that was not handed
    down or was taken back, NotFoundError for a code or a unit that is none.
    """
    by, moment = said
    row = milestone_coded(session, key_of(child), code)
    if row.kind != MilestoneKind.HANDED or row.withdrawn:
        why = "上级已经收回" if row.withdrawn else "不是上级交办的，责任单位随方案和名册"
        raise ProgressError(f"{row.code} {row.title}：{why}")
    unit_id = unit_named(session, key_of(child), unit) if unit else None
    if unit_id and session.get_one(Unit, unit_id).retired:
        raise ProgressError(f"{unit}已经撤并，请写接手的单位")
    if row.unit_id == unit_id:
        return row, False
    before = session.get_one(Unit, row.unit_id).name if row.unit_id else ""
    row.unit_id = unit_id
    session.flush()
    facts = {"title": row.title, "from": before, "holder": unit}
    record(session, child.id, moment, NewEntry(by, "handed-item-given", row.code, facts))
    return row, True


def _require_below(parent: Campaign, child: Campaign) -> None:
    if child.parent_id != parent.id:
        raise ProgressError(
            f"“{child.label}”不在“{parent.label}”下面，先用 shifan campaign parent 归到它下面"
        )


def _handed(session: Session, subject: HandedSubject, child_id: int) -> HandedItem | None:
    of = (
        HandedItem.milestone_id == subject.milestone_id
        if subject.milestone_id
        else HandedItem.indicator_id == subject.indicator_id
    )
    return session.exec(select(HandedItem).where(HandedItem.child_id == child_id, of)).first()


def _number(session: Session, child: Campaign) -> int:
    query = select(Milestone.code).where(
        Milestone.campaign_id == child.id, col(Milestone.kind) == MilestoneKind.HANDED
    )
    return 1 + max((int(code[1:]) for code in session.exec(query)), default=0)


def _shape(row: Milestone | None) -> tuple[object, ...]:
    return (row.title, row.due, row.begin, row.withdrawn) if row else ()
