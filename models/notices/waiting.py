"""What waits to be said: notices on their way into messages, one message per recipient and window.

What is red for the group's head waits for no window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from models.campaign.about import ABOUT, CODE, DUE, STATE, TITLE
from models.database import found_as, run
from models.evidence.intake.waiting_told import renew_files_waiting
from models.evidence.shown.telling import drop_settled
from models.notices.notice import REGULAR, Message, Notice
from models.rules import campaign_names
from models.rules.words import OFFICE

AT_ONCE = 10_000  # ids in one statement; SQLite takes 32,766 values


@dataclass(frozen=True, slots=True)
class WaitingNotice:
    """A notice that may go out now, with what it is about."""

    id: int
    campaign_id: int
    campaign: str
    slug: str
    is_demo: bool
    tag: str
    rule: str
    subject_kind: str
    code: str
    title: str
    owner: str
    due: date | None
    words: str
    urgent: bool
    level: int
    meant_for: int | None
    unit_id: int | None  # whose post it is; None for the campaign's own
    detail: str = ""
    decision_id: int | None = None  # the open question about the stage
    last_decision_id: int | None = None  # the latest one, open or not
    owner_id: int | None = None  # the unit that `owner` names; None for the office
    state: str = ""  # how far the item is now
    day: date | None = None  # of the patrol that wrote it
    subject_id: int = 0

    @property
    def address(self) -> str:
        """Return its campaign's part of an address."""
        return campaign_names.address_of(self.slug, self.campaign_id)


_NOTICES = f"""
    SELECT n.id, n.campaign_id, c.title AS campaign, c.slug, c.is_demo, p.tag, n.rule, n.subject_kind,
           {CODE} AS code, {TITLE} AS title, coalesce(u.name, '{OFFICE}') AS owner,
           coalesce({DUE}, s.planned_end) AS due, n.words, n.urgent, n.level, n.meant_for,
           p.unit_id, n.detail, d.id AS decision_id,
           (SELECT max(q.id) FROM decision q WHERE q.stage_id = s.id) AS last_decision_id, u.id AS owner_id, {STATE} AS state, n.day,
           n.subject_id
    FROM notice n
    JOIN post p ON p.id = n.post_id
    JOIN campaign c ON c.id = n.campaign_id {ABOUT}
    LEFT JOIN decision d ON d.stage_id = s.id AND d.status = 'asked'"""  # noqa: S608
# Waiting, not held back, and its item still unfinished: what was done meanwhile needs no word.
_WAITING = f"""{_NOTICES}
    WHERE n.state IN ('waiting', 'unsendable') AND n.message_id IS NULL AND n.hold_until <= :now
      AND c.state = 'open'
    ORDER BY p.tag, n.campaign_id, due, n.id"""

_SAID = f"""{_NOTICES}
    WHERE n.message_id = :message
    ORDER BY due, n.id"""

_DROP_FINISHED = """
    UPDATE notice SET state = 'dropped', reason = 'already-done'
    WHERE state IN ('waiting', 'unsendable') AND message_id IS NULL AND (
        (subject_kind = 'milestone' AND EXISTS (SELECT 1 FROM milestone m
            WHERE m.id = notice.subject_id AND (m.state IN ('done', 'dropped') OR m.withdrawn)))
        OR (subject_kind = 'assignment' AND EXISTS (SELECT 1 FROM assignment a
            WHERE a.id = notice.subject_id AND (a.state IN ('done', 'dropped') OR a.withdrawn))))"""


# A message of an earlier window that never left is not sent beside the new one: its notices join it.
# Found among the few that are not settled: a window that could be looked up leads to all that were ever sent.
_SUPERSEDED = """
    SELECT g.id FROM message g WHERE NOT g.settled AND NOT g.urgent
      AND coalesce(g."window", :window) < :window
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id
          AND (d.state <> 'waiting' OR d.unanswered OR d.lease_until IS NOT NULL))"""
_TAKE_BACK = (
    f"UPDATE delivery SET state = 'superseded' WHERE message_id IN ({_SUPERSEDED})",  # noqa: S608
    f"""UPDATE notice SET state = 'waiting', reason = '', message_id = NULL
        WHERE message_id IN ({_SUPERSEDED.replace("state <> 'waiting'", "state <> 'superseded'")})""",  # noqa: S608
)
# On a server somebody may claim one between the two: what is held is passed over by whoever claims.
_HOLD = f"SELECT id FROM delivery WHERE state = 'waiting' AND message_id IN ({_SUPERSEDED}) ORDER BY id FOR UPDATE"  # noqa: S608
_SETTLE_SUPERSEDED = """
    UPDATE message SET settled = true WHERE NOT settled AND NOT EXISTS (
        SELECT 1 FROM delivery d WHERE d.message_id = message.id AND d.state <> 'superseded')"""


def lock_outbox(session: Session) -> None:
    """Let nobody else gather or settle messages until the commit; on SQLite the write lock sees to it already."""
    if session.get_bind().dialect.name == "postgresql":
        run(session, "SELECT pg_advisory_xact_lock(7412)", {})


def begin_window(session: Session, window: date) -> set[str]:
    """Return the tags that have a regular message of this window already, of whichever campaign.

    One process gathers at a time, and the notices of messages that missed their window are put back
    first, to be said in this one. A delivery that is being sent stays with its message.
    """
    lock_outbox(session)
    if session.get_bind().dialect.name == "postgresql":
        run(session, _HOLD, {"window": window})
    for sql in _TAKE_BACK:
        run(session, sql, {"window": window})
    run(session, _SETTLE_SUPERSEDED)
    told = select(Message.tag).where(Message.window == window, REGULAR)
    return set(session.exec(told))


def waiting_notices(session: Session, now: datetime) -> list[WaitingNotice]:
    """Return what may go out at ``now``, by tag and campaign, the earliest due first.

    Notices of what has been done since are dropped first, with that reason, and what is said of several
    files names those that wait still. What had no channel before is looked at again: channels may have
    been added.
    """
    run(session, _DROP_FINISHED)
    drop_settled(session)
    renew_files_waiting(session, now)
    return found_as(session, WaitingNotice, _WAITING, {"now": now})


def notices_said(session: Session, message_id: int) -> list[WaitingNotice]:
    """Return what a message says, the earliest due first."""
    return found_as(session, WaitingNotice, _SAID, {"message": message_id})


def leave_unsaid(
    session: Session, notices: Sequence[WaitingNotice], state: str, reason: str, **more: datetime
) -> None:
    """Let ``notices`` be in ``state`` and keep why; only those that are still unsaid are written.

    A patrol may have silenced or dropped one since it was read.
    """
    values = {"state": state, "reason": reason, **more}
    unsaid = col(Notice.state).in_(("waiting", "unsendable"))
    new = or_(*(col(getattr(Notice, name)).is_distinct_from(v) for name, v in values.items()))
    ids = [notice.id for notice in notices]
    for first in range(0, len(ids), AT_ONCE):
        named = col(Notice.id).in_(ids[first : first + AT_ONCE])
        session.connection().execute(update(Notice).where(named, unsaid, new).values(**values))
