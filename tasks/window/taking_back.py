"""Taking back what one did: an entry of its own says so, and nothing vanishes."""

from collections.abc import Collection

from sqlmodel import Session

from models.audit.chain import AuditEntry, NewEntry, lock_chain, record
from models.audit.taking_back import TAKEN_BACK, entry_numbered, taken_back_by, written_with
from models.campaign.campaign import Campaign, require_open
from models.campaign.progress_back import registration_fault, take_back_registration
from models.database import open_session
from models.errors import EndedError, NotFoundError, ProgressError
from models.keys import key_of
from models.notices.acknowledgement import count_standing, end_acknowledgements
from models.notices.covering import quieten
from models.rules.calendar.moment import Moment
from models.rules.window.sight import ACCOUNT_ROLES, Right
from tasks.window.foreign import ForeignError
from tasks.window.told import message_in, told_to
from tasks.window.visitors import Visitor

PROGRESS, ACKNOWLEDGED, WITHDRAWN = "progress", "acknowledged", "acknowledgement-withdrawn"
NEEDED = {PROGRESS: Right.ACT, ACKNOWLEDGED: Right.ACKNOWLEDGE}
RUN_OUT = "这次签收已过有效期或事项已移交，不必撤回"


def take_back_entry(number: int, visitor: Visitor, moment: Moment) -> int:
    """Take back what entry ``number`` says was done; return the number of the entry that says so.

    A registration is registered back to what stood before; of an acknowledgement the notices that it
    quietened wait again, in every campaign that the one tap was about. Repeatable: what was taken back
    already is not taken back twice, and two at once are one. Raises ForeignError, or ProgressError in one
    line where nothing of it can be.
    """
    with open_session() as session:
        lock_chain(session)
        entry, act = act_seen(session, number, visitor)
        done = taken_back_by(session, entry)
        stands = [one for one in act if taken_back_by(session, one) is None]
        faults = {key_of(one): taking_back_fault(session, one, visitor, moment) for one in stands}
        free = [one for one in stands if not faults[key_of(one)]]
        if not free:
            if done:
                return done
            raise ProgressError(faults[number])
        back = {key_of(one): _take_back(session, one, visitor, moment) for one in free}
        return back.get(number) or next(iter(back.values()))


def may_be_taken_back(entry: AuditEntry, visitor: Visitor) -> bool:
    """Say whether ``visitor`` is one who takes back entries of this kind at all."""
    return entry.what in NEEDED and NEEDED[entry.what] in visitor.rights


def taking_back_fault(session: Session, entry: AuditEntry, visitor: Visitor, moment: Moment) -> str:
    """Return why ``visitor`` may not take ``entry`` back now, in one line; empty when it may be."""
    if not may_be_taken_back(entry, visitor):
        return "这一条记录不能在这里撤回"
    try:
        require_open(session.get_one(Campaign, entry.campaign_id))
    except EndedError as error:
        return str(error)
    if entry.what == PROGRESS:
        return registration_fault(session, entry, visitor.by, moment.today)
    return "" if count_standing(session, entry, moment.today) else RUN_OUT


def act_seen(
    session: Session, number: int, visitor: Visitor
) -> tuple[AuditEntry, list[AuditEntry]]:
    """Return entry ``number``, and with it all entries of its act that ``visitor`` may see, in their order.

    Only whoever made an entry sees it, and the office and auditors: of a message what was the post's own to
    acknowledge, in whatever campaign. What was decided every leader of the campaign sees: the code says
    whose it is, and not who is there. Raises NotFoundError where there is none, ForeignError for somebody
    else's.
    """
    entry = entry_numbered(session, number)
    if entry is None:
        raise NotFoundError(f"没有第 {number} 条记录")
    seen = _campaigns_seen(session, entry, visitor)
    if seen is not None and entry.campaign_id not in seen:
        raise ForeignError("这张回执是别人的，只有办理人本人和创建办可以看")
    act = written_with(session, entry) if entry.what in (ACKNOWLEDGED, WITHDRAWN) else [entry]
    return entry, [one for one in act if seen is None or one.campaign_id in seen]


def _campaigns_seen(
    session: Session, entry: AuditEntry, visitor: Visitor
) -> Collection[int | None] | None:
    """Return in which campaigns ``visitor`` sees entries of an act; None for all of them."""
    if visitor.campaign_id is None and visitor.role in ACCOUNT_ROLES:
        return None
    decided = entry.what.startswith("decision-") and Right.SEE_ALL in visitor.rights
    if not decided and entry.who not in (visitor.by, visitor.tag):
        return ()
    message = message_in(entry.subject)
    told = told_to(session, message, visitor).answer if message else ()
    return {visitor.campaign_id, *told}


def _take_back(session: Session, entry: AuditEntry, visitor: Visitor, moment: Moment) -> int:
    if entry.what == PROGRESS:
        return key_of(take_back_registration(session, entry, visitor.by, moment=moment))
    return _withdraw(session, entry, visitor.by, moment)


def _withdraw(session: Session, entry: AuditEntry, by_post: str, moment: Moment) -> int:
    count = end_acknowledgements(session, entry, by_post, moment)
    facts = {TAKEN_BACK: key_of(entry), "items": count}
    said = NewEntry(by_post, WITHDRAWN, entry.subject, facts)
    written = record(session, entry.campaign_id, moment, said)
    quieten(session, entry.campaign_id or 0, moment.today)
    return key_of(written)
