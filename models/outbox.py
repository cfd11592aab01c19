"""The outbox: notices gathered into messages, messages claimed, sent and answered.

A recipient gets one regular message per window; what is red for the group's head waits for none. A claim is a lease: who claims a delivery and dies lets it go when the lease runs out, and the next
try says that it is a repeat. What a provider took is never sent to it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.channel_health import keep_answer
from models.database import as_day, run
from models.notice import Delivery, Message, Notice

LEASE = timedelta(minutes=2)  # longer than the slowest answer we wait for
RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
CLOCK_WAS_WRONG = timedelta(hours=3)
MOST_TRIES = len(RETRY_AFTER) + 1


@dataclass(frozen=True, slots=True)
class WaitingNotice:
    """A notice that may go out now, with what it is about."""

    id: int
    campaign_id: int
    campaign: str
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


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this process may try now."""

    id: int
    target: str
    target_kind: str
    subject: str
    body: str
    link: str
    attempts: int
    repeat: bool


# Waiting, not held back, and its item still unfinished: what was done meanwhile needs no word.
_WAITING = """
    SELECT n.id, n.campaign_id, c.title AS campaign, c.is_demo, p.tag, n.rule, n.subject_kind,
           coalesce(m.code, 'W' || w.ordinal, i.code, 'S' || s.ordinal, '') AS code,
           coalesce(m.title, w.title, i.title, s.name, '') AS title,
           coalesce(um.name, ua.name, '创建办') AS owner,
           coalesce(m.due, a.due, s.planned_end) AS due, n.words, n.urgent, n.level, n.meant_for,
           p.unit_id, n.detail, coalesce(d.flow_run, '') AS flow_run
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
    WHERE n.state IN ('waiting', 'unsendable') AND n.message_id IS NULL AND n.hold_until <= :now
    ORDER BY n.campaign_id, p.tag, due, n.id"""

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


def told_in(session: Session, window: date) -> set[tuple[int, str]]:
    """Return who has a regular message of this window already, as (campaign, tag)."""
    query = select(Message.campaign_id, Message.tag).where(
        Message.window == window, col(Message.urgent).is_(False)
    )
    return {(campaign, tag) for campaign, tag in session.exec(query)}


def waiting_notices(session: Session, now: datetime) -> list[WaitingNotice]:
    """Return what may go out at ``now``, by campaign and tag, the earliest due first.

    Notices of what has been done since are dropped first, with that reason. What had no channel
    before is looked at again: channels may have been added.
    """
    run(session, _DROP_FINISHED, {})
    return [
        WaitingNotice(
            **{
                **row._mapping,
                "due": as_day(row.due),
                "is_demo": bool(row.is_demo),
                "urgent": bool(row.urgent),
            }
        )
        for row in run(session, _WAITING, {"now": now})
    ]


def open_message(
    session: Session, first: WaitingNotice, *, window: date, urgent: bool, now: datetime
) -> Message:
    """Return a new, still empty message to the recipient of ``first``; it has its number."""
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
    add_deliveries(session, message.id or 0, targets, message.made_at)
    _mark(session, notices, "posted", "", message.id)


def add_deliveries(
    session: Session, message_id: int, targets: Sequence[tuple[str, str]], now: datetime
) -> None:
    """Send a message to more targets."""
    session.add_all(
        Delivery(message_id=message_id, target=target, target_kind=kind, next_try_at=now)
        for target, kind in targets
    )
    session.flush()


def hold(session: Session, notices: Sequence[WaitingNotice], until: datetime, reason: str) -> None:
    """Let ``notices`` wait until ``until``, and keep why."""
    statement = (
        update(Notice)
        .where(col(Notice.id).in_([notice.id for notice in notices]))
        .values(state="waiting", hold_until=until, reason=reason)
    )
    session.connection().execute(statement)


def drop(session: Session, notices: Sequence[WaitingNotice], reason: str) -> None:
    """Leave ``notices`` unsaid for good, and keep why."""
    _mark(session, notices, "dropped", reason, None)


def put_aside(session: Session, notices: Sequence[WaitingNotice], reason: str) -> None:
    """Let ``notices`` wait for a leader's word."""
    _mark(session, notices, "over-budget", reason, None)


def post_secret(
    session: Session,
    campaign_id: int,
    tag: str,
    targets: Sequence[tuple[str, str]],
    *,
    subject: str,
    body: str,
    now: datetime,
    not_before: datetime,
) -> int:
    """Put a message of its own into the outbox whose body is wiped once it is sent; return its id."""
    message = Message(
        campaign_id=campaign_id, tag=tag, subject=subject, body=body, made_at=now, secret=True
    )
    session.add(message)
    session.flush()
    session.add_all(
        Delivery(
            message_id=message.id or 0, target=target, target_kind=kind, next_try_at=not_before
        )
        for target, kind in targets
    )
    return message.id or 0


def mark_unsendable(session: Session, notices: Sequence[WaitingNotice], reason: str) -> None:
    """Keep on each notice why nobody could be told."""
    _mark(session, notices, "unsendable", reason, None)


def _mark(
    session: Session,
    notices: Sequence[WaitingNotice],
    state: str,
    reason: str,
    message_id: int | None,
) -> None:
    statement = (
        update(Notice)
        .where(col(Notice.id).in_([notice.id for notice in notices]))
        .values(state=state, reason=reason, message_id=message_id)
    )
    session.connection().execute(statement)


def claim(
    session: Session, now: datetime, most: int = 200, *, only_urgent: bool = False
) -> list[Claim]:
    """Claim up to ``most`` deliveries that are due, and return them; nobody else gets them meanwhile.

    Outside office hours ``only_urgent`` leaves the regular ones for the morning. A delivery whose earlier claim ran out without an answer may have arrived: it comes as a repeat.
    """
    ready = (
        select(Delivery.id)
        .where(
            Delivery.state == "waiting",
            # An instant further ahead than we ever set one comes from a clock that was wrong.
            (col(Delivery.next_try_at) <= now)
            | (col(Delivery.next_try_at) > now + CLOCK_WAS_WRONG),
            (col(Delivery.lease_until).is_(None))
            | (col(Delivery.lease_until) < now)
            | (col(Delivery.lease_until) > now + CLOCK_WAS_WRONG),
        )
        .order_by(col(Delivery.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    if only_urgent:
        regular = select(Message.id).where(col(Message.urgent).is_(False))
        ready = ready.where(col(Delivery.message_id).not_in(regular))
    ids = list(session.exec(ready))
    query = select(Delivery, Message).join(Message).where(col(Delivery.id).in_(ids))
    claims = []
    for delivery, message in session.exec(query.order_by(col(Delivery.id))):
        delivery.unanswered = delivery.unanswered or delivery.lease_until is not None
        delivery.lease_until = now + LEASE
        delivery.attempts += 1
        claims.append(
            Claim(
                id=delivery.id or 0,
                target=delivery.target,
                target_kind=delivery.target_kind,
                subject=message.subject,
                body=message.body,
                link=message.link,
                attempts=delivery.attempts,
                repeat=delivery.unanswered,
            )
        )
    return claims


def put_back(session: Session, delivery_id: int, until: datetime) -> None:
    """Give a claimed delivery back untried, for ``until``: its channel must rest first."""
    delivery = session.get_one(Delivery, delivery_id)
    delivery.lease_until = None
    delivery.attempts -= 1
    delivery.next_try_at = until


def answered(
    session: Session,
    delivery_id: int,
    *,
    now: datetime,
    delivered: bool,
    code: str,
    answer: str,
    permanent: bool,
    uncertain: bool,
    retry_after: float | None,
) -> None:
    """Write down what the provider said, and when to try again if it refused.

    A permanent refusal, or the fifth, makes the delivery dead; somebody must look at it.
    """
    delivery = session.get_one(Delivery, delivery_id)
    delivery.lease_until = None
    delivery.code, delivery.answer = code, answer
    delivery.unanswered = delivery.unanswered or uncertain
    keep_answer(
        session,
        delivery.target,
        delivery.target_kind,
        now=now,
        delivered=delivered,
        code=code,
        answer=answer,
    )
    if delivered:
        delivery.state, delivery.delivered_at = "delivered", now
    elif permanent or delivery.attempts >= MOST_TRIES:
        delivery.state = "dead"
    else:
        wait = RETRY_AFTER[delivery.attempts - 1]
        asked = timedelta(seconds=retry_after or 0)
        delivery.next_try_at = now + max(wait, asked)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that every channel of its recipient refused."""

    id: int
    campaign_id: int
    tag: str


def dead_letters_unsettled(session: Session) -> list[DeadLetter]:
    """Return the messages that reached nobody and that nothing was done about yet, oldest first."""
    rows = run(
        session,
        """SELECT g.id, g.campaign_id, g.tag FROM message g WHERE NOT g.settled
           AND EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id AND d.state = 'dead')
           AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id
               AND d.state <> 'dead')
           ORDER BY g.id""",
        {},
    )
    return [DeadLetter(row.id, row.campaign_id, row.tag) for row in rows]


def targets_tried(session: Session, message_id: int) -> set[str]:
    """Return the targets a message was already sent to."""
    query = select(Delivery.target).where(Delivery.message_id == message_id)
    return set(session.exec(query))


def mark_dead(session: Session, messages: Sequence[int]) -> None:
    """Mark the notices of wholly dead ``messages`` as dead, and the messages as settled."""
    for table, values, key in (
        (Notice, {"state": "dead", "reason": "refused"}, col(Notice.message_id)),
        (Message, {"settled": True}, col(Message.id)),
    ):
        session.connection().execute(update(table).where(key.in_(messages)).values(**values))


def settle(session: Session, today: date) -> None:
    """Mark the notices of every message that reached somebody as sent on ``today``."""
    run(
        session,
        """UPDATE notice SET state = 'sent', reason = '', told_on = :today WHERE state = 'posted'
           AND message_id IN (SELECT d.message_id FROM delivery d JOIN message g
               ON g.id = d.message_id WHERE NOT g.settled AND d.state = 'delivered')""",
        {"today": today},
    )
    run(
        session,
        """UPDATE message SET settled = true WHERE NOT settled AND EXISTS (SELECT 1 FROM delivery d
               WHERE d.message_id = message.id AND d.state = 'delivered')
           AND NOT EXISTS (SELECT 1 FROM delivery d
               WHERE d.message_id = message.id AND d.state = 'waiting')""",
        {},
    )


def revive(session: Session, campaign_id: int | None, now: datetime) -> int:
    """Let every dead delivery (of one campaign) be tried afresh; return how many.

    A message that reached others stays as it is for them.
    """
    mine = select(Message.id)
    if campaign_id is not None:
        mine = mine.where(Message.campaign_id == campaign_id)
    dead = select(Delivery.message_id).where(
        Delivery.state == "dead", col(Delivery.message_id).in_(mine)
    )
    messages = sorted(set(session.exec(dead)))
    if not messages:
        return 0
    execute = session.connection().execute
    execute(
        update(Notice)
        .where(col(Notice.message_id).in_(messages), col(Notice.state) == "dead")
        .values(state="posted", reason="")
    )
    execute(update(Message).where(col(Message.id).in_(messages)).values(settled=False))
    return execute(
        update(Delivery)
        .where(col(Delivery.message_id).in_(messages), col(Delivery.state) == "dead")
        .values(state="waiting", attempts=0, next_try_at=now, lease_until=None)
    ).rowcount
