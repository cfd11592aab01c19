"""Taking back what one did: an entry of its own says so, and nothing vanishes."""

from sqlmodel import Session

from models.audit.chain import AuditEntry, NewEntry, lock_chain, record
from models.audit.taking_back import TAKEN_BACK, entry_numbered, taken_back_by
from models.campaign.campaign import Campaign, require_open
from models.campaign.progress_back import registration_fault, take_back_registration
from models.database import open_session
from models.errors import EndedError, NotFoundError, ProgressError
from models.keys import key_of
from models.notices.acknowledgement import count_standing, end_acknowledgements
from models.notices.covering import quieten
from models.rules.calendar.moment import Moment
from models.rules.window.sight import Right, VisitorRole
from tasks.window.foreign import ForeignError
from tasks.window.visitors import Visitor

PROGRESS, ACKNOWLEDGED, WITHDRAWN = "progress", "acknowledged", "acknowledgement-withdrawn"
NEEDED = {PROGRESS: Right.ACT, ACKNOWLEDGED: Right.ACKNOWLEDGE}
RUN_OUT = "这次签收已过有效期或事项已移交，不必撤回"


def take_back_entry(number: int, visitor: Visitor, moment: Moment) -> int:
    """Take back what entry ``number`` says was done; return the number of the entry that says so.

    A registration is registered back to what stood before; of an acknowledgement the notices that it
    quietened wait again. Repeatable: what was taken back already is not taken back twice, and two at
    once are one. Raises ForeignError, or ProgressError in one line where it cannot be.
    """
    with open_session() as session:
        lock_chain(session)
        entry = entry_seen(session, number, visitor)
        if done := taken_back_by(session, entry):
            return done
        if fault := taking_back_fault(session, entry, visitor, moment):
            raise ProgressError(fault)
        if entry.what == PROGRESS:
            return key_of(take_back_registration(session, entry, visitor.by, moment=moment))
        return _withdraw(session, entry, visitor.by, moment)


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
    return "" if count_standing(session, key_of(entry), moment.today) else RUN_OUT


def entry_seen(session: Session, number: int, visitor: Visitor) -> AuditEntry:
    """Return entry ``number``, which only whoever made it sees, and the office and auditors.

    What was decided every leader of the campaign sees: the code says whose it is, and not who is there.
    Raises NotFoundError where there is none, ForeignError for somebody else's.
    """
    entry = entry_numbered(session, number)
    if entry is None:
        raise NotFoundError(f"没有第 {number} 条记录")
    whole = visitor.campaign_id is None and visitor.role in (
        VisitorRole.OFFICE,
        VisitorRole.AUDITOR,
    )
    decided = entry.what.startswith("decision-") and Right.SEE_ALL in visitor.rights
    mine = decided or entry.who in (visitor.by, visitor.tag)
    if not whole and not (mine and entry.campaign_id == visitor.campaign_id):
        raise ForeignError("这张回执是别人的，只有办理人本人和创建办可以看")
    return entry


def _withdraw(session: Session, entry: AuditEntry, by_post: str, moment: Moment) -> int:
    count = end_acknowledgements(session, key_of(entry), by_post, moment)
    facts = {TAKEN_BACK: key_of(entry), "items": count}
    said = NewEntry(by_post, WITHDRAWN, entry.subject, facts)
    written = record(session, entry.campaign_id, moment, said)
    quieten(session, entry.campaign_id or 0, moment.today)
    return key_of(written)
