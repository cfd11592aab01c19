"""The outbox: notices gathered into messages, messages claimed, sent and answered.

A claim is a lease: who claims a delivery and dies lets it go when the lease runs out, and the next
try says that it is a repeat. What a provider took is never sent to it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.database import as_day, run
from models.notice import Delivery, Message, Notice

LEASE = timedelta(minutes=2)  # longer than the slowest answer we wait for
RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
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
    detail: str = ""
    flow_run: str = ""  # the run whose form answers an open question about the stage


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this process may try now."""

    id: int
    target: str
    subject: str
    body: str
    link: str
    attempts: int
    repeat: bool


# Waiting, not held back, and its item still unfinished: what was done meanwhile needs no word.
_WAITING = """
    SELECT n.id, n.campaign_id, c.title AS campaign, c.is_demo, p.tag, n.rule, n.subject_kind,
           coalesce(m.code, 'W' || w.ordinal, i.code, 'S' || s.ordinal) AS code,
           coalesce(m.title, w.title, i.title, s.name) AS title,
           coalesce(um.name, ua.name, '创建办') AS owner,
           coalesce(m.due, a.due, s.planned_end) AS due, n.detail,
           coalesce(d.flow_run, '') AS flow_run
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


def waiting_notices(session: Session, now: datetime) -> list[WaitingNotice]:
    """Return what may go out at ``now``, by campaign and tag, the earliest due first.

    Notices of what has been done since are dropped first, with that reason. What had no channel
    before is looked at again: channels may have been added.
    """
    run(session, _DROP_FINISHED, {})
    return [
        WaitingNotice(**{**row._mapping, "due": as_day(row.due), "is_demo": bool(row.is_demo)})
        for row in run(session, _WAITING, {"now": now})
    ]


def post_message(
    session: Session,
    notices: Sequence[WaitingNotice],
    targets: Sequence[tuple[str, str]],
    *,
    subject: str,
    body: str,
    link: str,
    now: datetime,
) -> None:
    """Put one message with all ``notices`` of a tag into the outbox, one delivery per target.

    ``targets`` are (id, kind) pairs, at least one.
    """
    first = notices[0]
    message = Message(
        campaign_id=first.campaign_id,
        tag=first.tag,
        subject=subject,
        body=body,
        link=link,
        made_at=now,
    )
    session.add(message)
    session.flush()
    session.add_all(
        Delivery(message_id=message.id or 0, target=target, target_kind=kind, next_try_at=now)
        for target, kind in targets
    )
    _mark(session, notices, "posted", "", message.id)


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


def claim(session: Session, now: datetime, most: int = 200) -> list[Claim]:
    """Claim up to ``most`` deliveries that are due, and return them; nobody else gets them meanwhile.

    A delivery whose earlier claim ran out without an answer may have arrived: it comes as a repeat.
    """
    ready = (
        select(Delivery.id)
        .where(
            Delivery.state == "waiting",
            Delivery.next_try_at <= now,
            (col(Delivery.lease_until).is_(None)) | (col(Delivery.lease_until) < now),
        )
        .order_by(col(Delivery.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
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
    if delivered:
        delivery.state, delivery.delivered_at = "delivered", now
    elif permanent or delivery.attempts >= MOST_TRIES:
        delivery.state = "dead"
    else:
        wait = RETRY_AFTER[delivery.attempts - 1]
        asked = timedelta(seconds=retry_after or 0)
        delivery.next_try_at = now + max(wait, asked)


def settle(session: Session) -> None:
    """Mark the notices of every message that reached somebody as sent, of wholly dead ones as dead."""
    run(
        session,
        """UPDATE notice SET state = 'sent', reason = '' WHERE state = 'posted' AND message_id IN
           (SELECT message_id FROM delivery WHERE state = 'delivered')""",
        {},
    )
    run(
        session,
        """UPDATE notice SET state = 'dead', reason = 'refused' WHERE state = 'posted'
           AND message_id NOT IN (SELECT message_id FROM delivery WHERE state <> 'dead')""",
        {},
    )
