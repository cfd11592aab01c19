"""Hand an item down to a campaign below, and take it back; what is registered on it stays the county's own."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, require_open
from models.campaign.milestone import Milestone, milestone_coded
from models.campaign.own_milestones import OwnMilestone, lay_milestones, withdraw_milestones
from models.cascade.handed import HandedItem
from models.database import found_as
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import FINISHED, MilestoneKind, Progress


@dataclass(frozen=True, slots=True)
class HandedLine:
    """An item that was handed down: whose, under which code there, by when, and how far it is there."""

    code: str
    title: str
    due: date | None
    child: str
    child_code: str
    child_due: date | None
    state: str
    done_on: date | None
    handed_on: date
    taken_back_on: date | None

    @property
    def in_words(self) -> str:
        """Return how far it is, or that it was taken back."""
        if self.taken_back_on:
            return f"已收回（{self.taken_back_on}）"
        done = f"（{self.done_on}）" if self.done_on else ""
        moved = "；本级的时限已变，请再交办一次" if self.due != self.child_due else ""
        return Progress(self.state).chinese + done + moved


def hand_down(
    session: Session, parent: Campaign, child: Campaign, code: str, said: tuple[str, Moment]
) -> Milestone:
    """Make the item ``code`` of ``parent`` an item of ``child`` with the same day; return the county's.

    Only that one row is written there: who does it there, and how far it is, the county says. Handed down
    again its title and day are brought in line, and one that was taken back is there again with all that was
    registered on it. Repeatable. Raises ProgressError where it cannot be handed down, NotFoundError for a code
    that is none, EndedError where either has ended.
    """
    by, moment = said
    require_open(child)
    _require_below(parent, child)
    item = _item(session, parent, code)
    there = _handed(session, key_of(item), key_of(child))
    own = f"H{_number(session, child)}"
    if there:
        own = session.get_one(Milestone, there.child_milestone_id).code
    title = f"{item.title}（{parent.label} {item.code} 交办）"
    before = _shape(session, child, own)
    wanted = OwnMilestone(MilestoneKind.HANDED, own, title, item.due, begin=item.begin)
    row = lay_milestones(session, key_of(child), [wanted])[own]
    if there is None:
        there = HandedItem(
            campaign_id=key_of(parent),
            milestone_id=key_of(item),
            child_id=key_of(child),
            child_milestone_id=key_of(row),
            handed_on=moment.today,
            made_by=by,
        )
        session.add(there)
    elif there.taken_back_on is None and before == _shape(session, child, own):
        return row
    there.taken_back_on, there.reason = None, ""
    session.flush()
    facts = {"title": item.title, "due": item.due, "from": item.code, "to": f"{child.label} {own}"}
    for campaign, subject in ((parent, item.code), (child, own)):
        record(session, campaign.id, moment, NewEntry(by, "item-handed-down", subject, facts))
    return row


def take_back(
    session: Session, parent: Campaign, child: Campaign, code: str, said: tuple[str, str, Moment]
) -> Milestone:
    """Take an item back that was handed down; the county's row and what stands on it are kept.

    Raises NotFoundError where it was not handed down, or is back already.
    """
    by, reason, moment = said
    item = milestone_coded(session, key_of(parent), code)
    there = _handed(session, key_of(item), key_of(child))
    if there is None or there.taken_back_on:
        raise NotFoundError(
            f"{item.code} 没有交办给“{child.label}”，交办了什么见 shifan campaign children"
        )
    row = session.get_one(Milestone, there.child_milestone_id)
    withdraw_milestones(session, key_of(child), [row.code])
    there.taken_back_on, there.reason = moment.today, reason
    session.flush()
    facts = {"title": item.title, "from": f"{child.label} {row.code}", "to": item.code}
    for campaign, subject in ((parent, item.code), (child, row.code)):
        entry = NewEntry(by, "item-taken-back", subject, facts | {"reason": reason})
        record(session, campaign.id, moment, entry)
    return row


_HANDED = """
    SELECT m.code, m.title, m.due, c.slug AS child, o.code AS child_code, o.due AS child_due,
           o.state, o.done_on, h.handed_on, h.taken_back_on
    FROM handed_item h
    JOIN milestone m ON m.id = h.milestone_id
    JOIN milestone o ON o.id = h.child_milestone_id
    JOIN campaign c ON c.id = h.child_id
    WHERE h.campaign_id = :campaign ORDER BY m.position, m.code, c.id"""


def handed_lines(session: Session, campaign_id: int) -> list[HandedLine]:
    """Return every item that was handed down, in the plan's order; one statement."""
    return found_as(session, HandedLine, _HANDED, {"campaign": campaign_id})


def _require_below(parent: Campaign, child: Campaign) -> None:
    if child.parent_id != parent.id:
        raise ProgressError(
            f"“{child.label}”不在“{parent.label}”下面，先用 shifan campaign parent 归到它下面"
        )


def _item(session: Session, parent: Campaign, code: str) -> Milestone:
    item = milestone_coded(session, key_of(parent), code)
    if item.withdrawn or item.state in FINISHED or item.kind == MilestoneKind.STAGE_END:
        why = (
            "阶段收尾由本级决定"
            if item.kind == MilestoneKind.STAGE_END
            else "已经撤销"
            if item.withdrawn
            else Progress(item.state).chinese
        )
        raise ProgressError(f"{item.code} {item.title}不能交办：{why}")
    return item


def _handed(session: Session, milestone_id: int, child_id: int) -> HandedItem | None:
    query = select(HandedItem).where(
        HandedItem.milestone_id == milestone_id, HandedItem.child_id == child_id
    )
    return session.exec(query).first()


def _number(session: Session, child: Campaign) -> int:
    query = select(Milestone.code).where(
        Milestone.campaign_id == child.id, col(Milestone.kind) == MilestoneKind.HANDED
    )
    return 1 + max((int(code[1:]) for code in session.exec(query)), default=0)


def _shape(session: Session, child: Campaign, code: str) -> tuple[object, ...]:
    query = select(Milestone).where(Milestone.campaign_id == child.id, Milestone.code == code)
    row = session.exec(query).first()
    return (row.title, row.due, row.begin, row.withdrawn) if row else ()
