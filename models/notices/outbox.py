"""The outbox: messages claimed, sent and answered.

A claim is a lease: who claims a delivery and dies lets it go when the lease runs out, and the next
try says that it is a repeat. What a provider took is never sent to it again: a yes counts however
late it is written down, a no only as long as nobody else has claimed the delivery.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.campaign.campaign import Campaign
from models.errors import NotFoundError
from models.keys import key_of
from models.notices.channel_health import Reply, keep_answer
from models.notices.notice import WAITING, Delivery, Message, Notice
from models.notices.rate_limit import back_off, take_token
from models.rules.notices.shares import EVERYBODY, Share
from models.rules.words import CLOCK_DOUBT, Level

LEASE = timedelta(minutes=2)  # longer than the slowest answer we wait for
RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
CLOCK_WAS_WRONG = timedelta(hours=3)
LONGEST_HOLD = timedelta(days=14)  # a secret waits for a morning, at worst over the longest holiday
MOST_TRIES = len(RETRY_AFTER) + 1
# The message of a delivery: asked of what waits, not of all.
IT = exists().where(col(Message.id) == Delivery.message_id)


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this process may try now."""

    id: int
    message_id: int
    campaign_id: int  # the message's own; it may speak of others too
    tag: str
    secret: bool  # holds a place for a code, which is made when it is sent
    target: str
    target_kind: str
    subject: str
    body: str
    link: str
    attempts: int
    repeat: bool
    until: datetime  # when the lease runs out
    urgent: bool = False  # its reader stands before the door

    def holds(self, delivery: Delivery) -> bool:
        """Say whether ``delivery`` is still ours; a process that slept too long has lost it."""
        return delivery.state == "waiting" and delivery.lease_until == self.until


def message_numbered(session: Session, number: int) -> Message:
    """Return message ``number``; raises NotFoundError where there is none."""
    message = session.get(Message, number)
    if message is None:
        raise NotFoundError(f"没有第 {number} 号消息，请从收到的链接打开")
    return message


def campaigns_said(session: Session, message_id: int) -> list[Campaign]:
    """Return the campaigns that a message speaks of, in its notices' order."""
    said = select(Notice.campaign_id).where(Notice.message_id == message_id)
    ids = dict.fromkeys(session.exec(said.order_by(col(Notice.id))))
    return [session.get_one(Campaign, id) for id in ids]


def claim(
    session: Session,
    now: datetime,
    most: int = 200,
    *,
    only_urgent: bool = False,
    held: bool = False,
    share: Share = EVERYBODY,
) -> list[Claim]:
    """Claim up to ``most`` deliveries to ``share`` that are due; nobody else gets them meanwhile.

    Returns them in the order of their numbers. Outside office hours ``only_urgent`` leaves the
    regular ones for the morning; a secret goes when its own time has come, for somebody waits for
    it at a form. A delivery whose earlier claim ran out without an answer may have arrived: it
    comes as a repeat. While the clock is not believed (``held``) only what liaisons hear goes, and
    the word to the office about the clock.
    """
    ready = _of_share(session, _ready(now, most), share)
    if only_urgent:
        ready = ready.where(
            ~IT.where(col(Message.urgent).is_(False), col(Message.secret).is_(False))
        )
    if held:
        said = select(Notice.id).where(Notice.message_id == Delivery.message_id)
        above = said.where(Notice.level > Level.LIAISON, Notice.rule != CLOCK_DOUBT)
        ready = ready.where(said.exists(), ~above.exists())
    ids = list(session.exec(ready))
    query = select(Delivery, Message).join(Message).where(col(Delivery.id).in_(ids))
    found = session.exec(query.order_by(col(Delivery.id)))
    return [_claimed(delivery, message, now) for delivery, message in found]


def _ready(now: datetime, most: int) -> SelectOfScalar[int | None]:
    """Return what asks for up to ``most`` deliveries that are due and that nobody holds, and locks them."""
    return (
        select(col(Delivery.id))
        .where(
            WAITING,
            # An instant further ahead than we ever set one comes from a clock that was wrong.
            (col(Delivery.next_try_at) <= now)
            | (col(Delivery.next_try_at) > now + LONGEST_HOLD)
            | (
                (col(Delivery.next_try_at) > now + CLOCK_WAS_WRONG)
                & ~IT.where(col(Message.secret).is_(True))
            ),
            (col(Delivery.lease_until).is_(None))
            | (col(Delivery.lease_until) < now)
            | (col(Delivery.lease_until) > now + CLOCK_WAS_WRONG),
        )
        .order_by(col(Delivery.next_try_at), col(Delivery.id))  # as their index lies
        .limit(most)
        .with_for_update(skip_locked=True)
    )


def _of_share(
    session: Session, ready: SelectOfScalar[int | None], share: Share
) -> SelectOfScalar[int | None]:
    """Return ``ready`` for the recipients of ``share`` alone; one statement more unless that is all."""
    if share.is_all:
        return ready
    waits = select(Message.tag).join(Delivery).where(WAITING).distinct()
    mine = [tag for tag in session.exec(waits) if share.takes(tag)]
    return ready.where(IT.where(col(Message.tag).in_(mine)))


def _claimed(delivery: Delivery, message: Message, now: datetime) -> Claim:
    """Lay a lease on a delivery, and return it as whoever sends it needs it."""
    delivery.unanswered = delivery.unanswered or delivery.lease_until is not None
    delivery.lease_until = now + LEASE
    delivery.attempts += 1
    return Claim(
        id=key_of(delivery),
        message_id=key_of(message),
        campaign_id=message.campaign_id,
        tag=message.tag,
        secret=message.secret,
        target=delivery.target,
        target_kind=delivery.target_kind,
        subject=message.subject,
        body=message.body,
        link=message.link,
        attempts=delivery.attempts,
        repeat=delivery.unanswered,
        until=delivery.lease_until,
        urgent=message.urgent,
    )


def take_turn(session: Session, claimed: Claim, bucket: str, now: datetime) -> bool:
    """Take a token of the robot's ``bucket``; without one put the delivery back until there is one.

    Say whether it may be sent now. What has no bucket may speak as often as it likes.
    """
    wait = take_token(session, bucket, now) if bucket else 0.0
    if wait:
        put_back(session, claimed, now + timedelta(seconds=wait))
    return not wait


def put_back(session: Session, claimed: Claim, until: datetime | None = None) -> None:
    """Give a claimed delivery back untried, due as it was claimed, or ``until`` its channel has rested."""
    delivery = _locked(session, claimed)
    if not claimed.holds(delivery):
        return
    delivery.lease_until = None
    delivery.attempts -= 1
    delivery.next_try_at = until or claimed.until - LEASE


def answered(
    session: Session, claimed: Claim, reply: Reply, now: datetime, bucket: str = ""
) -> None:
    """Write down what the provider said, and when to try again if it refused.

    A robot that was asked to wait rests, its ``bucket`` with it. A permanent refusal, or the fifth,
    makes the delivery dead; somebody must look at it. A refusal changes nothing once another has
    claimed the delivery or it has ended: that one may have got a yes, or be at it. A yes makes even a
    dead delivery a delivered one; who was told meanwhile that it died is not told again.
    """
    if reply.retry_after and bucket:  # its row first, as `take_turn` locks them
        back_off(session, bucket, now, reply.retry_after)
    delivery = _locked(session, claimed)
    keep_answer(session, delivery.target, delivery.target_kind, reply, now, claimed.tag)
    delivery.unanswered = delivery.unanswered or reply.uncertain
    if not reply.delivered and not claimed.holds(delivery):
        return
    delivery.lease_until = None
    delivery.code, delivery.answer = reply.code, reply.text
    if reply.delivered:
        if delivery.state == "dead":  # already raised as a dead letter: to be settled again
            session.get_one(Message, delivery.message_id).settled = False
        delivery.state, delivery.delivered_at = "delivered", now
    elif reply.permanent or delivery.attempts >= MOST_TRIES:
        delivery.state = "dead"
    else:
        asked = timedelta(seconds=reply.retry_after or 0)
        delivery.next_try_at = now + max(RETRY_AFTER[delivery.attempts - 1], asked)


def _locked(session: Session, claimed: Claim) -> Delivery:
    return session.get_one(Delivery, claimed.id, with_for_update=True)
