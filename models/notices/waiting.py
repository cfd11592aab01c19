"""What waits to be said: notices on their way into messages, one message per recipient and window.

What is red for the group's head waits for no window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from models.database import as_day, run
from models.keys import key_of
from models.notices.notice import Message, Notice
from models.notices.outbox import add_deliveries

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
    flow_run: str = ""  # the run whose form answers an open question about the stage
    state: str = ""  # how far the item is now
    day: date | None = None  # of the patrol that wrote it


_NOTICES = """
    SELECT n.id, n.campaign_id, c.title AS campaign, c.slug, c.is_demo, p.tag, n.rule, n.subject_kind,
           coalesce(m.code, 'W' || w.ordinal, i.code, 'S' || s.ordinal, '') AS code,
           coalesce(m.title, w.title, i.title, s.name, '') AS title,
           coalesce(um.name, ua.name, un.name, '创建办') AS owner,
           coalesce(m.due, a.due, s.planned_end) AS due, n.words, n.urgent, n.level, n.meant_for,
           p.unit_id, n.detail, coalesce(d.flow_run, '') AS flow_run,
           coalesce(m.state, a.state, '') AS state, n.day
    FROM notice n
    JOIN post p ON p.id = n.post_id
    JOIN campaign c ON c.id = n.campaign_id
    LEFT JOIN milestone m ON n.subject_kind = 'milestone' AND m.id = n.subject_id
    LEFT JOIN assignment a ON n.subject_kind = 'assignment' AND a.id = n.subject_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN stage s ON n.subject_kind = 'stage' AND s.id = n.subject_id
    LEFT JOIN decision d ON d.stage_id = s.id AND d.status = 'asked'
    LEFT JOIN unit um ON um.id = m.unit_id
    LEFT JOIN unit ua ON ua.id = a.unit_id
    LEFT JOIN unit un ON n.subject_kind = 'unit' AND un.id = n.subject_id"""
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
        (subject_kind = 'milestone' AND subject_id IN
            (SELECT id FROM milestone WHERE state IN ('done', 'dropped') OR withdrawn))
        OR (subject_kind = 'assignment' AND subject_id IN
            (SELECT id FROM assignment WHERE state IN ('done', 'dropped') OR withdrawn)))"""


# A message of an earlier window that never left is not sent beside the new one: its notices join it.
_SUPERSEDED = """
    SELECT g.id FROM message g WHERE NOT g.settled AND NOT g.urgent AND g."window" < :window
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id
          AND (d.state <> 'waiting' OR d.unanswered OR d.lease_until IS NOT NULL))"""
_TAKE_BACK = (
    f"UPDATE delivery SET state = 'superseded' WHERE message_id IN ({_SUPERSEDED})",  # noqa: S608
    f"""UPDATE notice SET state = 'waiting', reason = '', message_id = NULL
        WHERE message_id IN ({_SUPERSEDED.replace("state <> 'waiting'", "state <> 'superseded'")})""",  # noqa: S608
)
_SETTLE_SUPERSEDED = """
    UPDATE message SET settled = true WHERE NOT settled AND NOT EXISTS (
        SELECT 1 FROM delivery d WHERE d.message_id = message.id AND d.state <> 'superseded')"""


def gather_alone(session: Session) -> None:
    """Let one process gather at a time; SQLite's write lock does so already."""
    if session.get_bind().dialect.name == "postgresql":
        run(session, "SELECT pg_advisory_xact_lock(7412)", {})


def take_back(session: Session, window: date) -> None:
    """Put the notices of messages that missed their window back, to be said in the one of ``window``."""
    for sql in _TAKE_BACK:
        run(session, sql, {"window": window})
    run(session, _SETTLE_SUPERSEDED, {})


def told_in(session: Session, window: date) -> set[str]:
    """Return the tags that have a regular message of this window already, of whichever campaign."""
    query = select(Message.tag).where(Message.window == window, col(Message.urgent).is_(False))
    return set(session.exec(query))


def waiting_notices(session: Session, now: datetime) -> list[WaitingNotice]:
    """Return what may go out at ``now``, by tag and campaign, the earliest due first.

    Notices of what has been done since are dropped first, with that reason. What had no channel
    before is looked at again: channels may have been added.
    """
    run(session, _DROP_FINISHED, {})
    return _notices(session, _WAITING, {"now": now})


def notices_said(session: Session, message_id: int) -> list[WaitingNotice]:
    """Return what a message says, the earliest due first."""
    return _notices(session, _SAID, {"message": message_id})


def _notices(session: Session, sql: str, values: dict[str, Any]) -> list[WaitingNotice]:
    return [
        WaitingNotice(
            **{
                **row._mapping,
                "due": as_day(row.due),
                "day": as_day(row.day),
                "is_demo": bool(row.is_demo),
                "urgent": bool(row.urgent),
            }
        )
        for row in run(session, sql, values)
    ]


def open_message(
    session: Session, first: WaitingNotice, *, window: date, urgent: bool, now: datetime
) -> Message:
    """Return a new, still empty message to the recipient of ``first``; it has its number.

    It stands under the campaign of ``first``; what it says may be of several.
    """
    message = Message(
        campaign_id=first.campaign_id,
        tag=first.tag,
        subject="",
        body="",
        made_at=now,
        window=window,
        urgent=urgent,
    )
    session.add(message)
    session.flush()
    return message


def post_message(
    session: Session,
    message: Message,
    notices: Sequence[WaitingNotice],
    targets: Sequence[tuple[str, str]],
) -> None:
    """Put ``message`` with all ``notices`` into the outbox, one delivery per target.

    ``targets`` are (id, kind) pairs, at least one.
    """
    add_deliveries(session, key_of(message), targets, message.made_at)
    posted = {"state": "posted", "reason": "", "message_id": message.id}
    named = col(Notice.id).in_(
        [notice.id for notice in notices]
    )  # it says them, whatever they are now
    session.connection().execute(update(Notice).where(named).values(**posted))


def hold(session: Session, notices: Sequence[WaitingNotice], until: datetime, reason: str) -> None:
    """Let ``notices`` wait until ``until``, and keep why."""
    _write(session, notices, state="waiting", hold_until=until, reason=reason)


def drop(session: Session, notices: Sequence[WaitingNotice], reason: str) -> None:
    """Leave ``notices`` unsaid for good, and keep why."""
    _write(session, notices, state="dropped", reason=reason)


def put_aside(session: Session, notices: Sequence[WaitingNotice], reason: str) -> None:
    """Let ``notices`` wait for a leader's word."""
    _write(session, notices, state="over-budget", reason=reason)


def mark_unsendable(session: Session, notices: Sequence[WaitingNotice], reason: str) -> None:
    """Keep on each notice why nobody could be told."""
    _write(session, notices, state="unsendable", reason=reason)


def _write(session: Session, notices: Sequence[WaitingNotice], **values: object) -> None:
    """Write ``values`` to the rows of ``notices`` that are still unsaid and do not hold them already.

    A patrol may have silenced or dropped one since it was read.
    """
    unsaid = col(Notice.state).in_(("waiting", "unsendable"))
    new = or_(*(col(getattr(Notice, name)).is_distinct_from(v) for name, v in values.items()))
    ids = [notice.id for notice in notices]
    for first in range(0, len(ids), AT_ONCE):
        named = col(Notice.id).in_(ids[first : first + AT_ONCE])
        session.connection().execute(update(Notice).where(named, unsaid, new).values(**values))
