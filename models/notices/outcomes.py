"""What became of messages: those that reached somebody, those that reached nobody, those to try afresh."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.campaign.campaign import Campaign
from models.database import run
from models.notices.notice import Delivery, Message, Notice
from models.rules.words import CampaignState


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that every channel of its recipient refused; ``campaigns`` are those it speaks of."""

    id: int
    campaigns: tuple[int, ...]
    tag: str
    secret: bool  # brings a one-time code


def dead_letters_unsettled(session: Session) -> list[DeadLetter]:
    """Return the messages that reached nobody and that nothing was done about yet, oldest first."""
    rows = run(
        session,
        """SELECT g.id, g.tag, g.secret, g.campaign_id, n.campaign_id AS also
           FROM message g LEFT JOIN notice n ON n.message_id = g.id
           JOIN campaign c ON c.id = coalesce(n.campaign_id, g.campaign_id) AND c.state = 'open'
           WHERE NOT g.settled
           AND EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id AND d.state = 'dead')
           AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id
               AND d.state NOT IN ('dead', 'superseded'))
           GROUP BY g.id, g.tag, g.secret, g.campaign_id, n.campaign_id ORDER BY g.id, n.campaign_id""",
        {},
    )
    tags: dict[int, tuple[str, bool]] = {}
    spoken_of: dict[int, dict[int, None]] = {}
    for row in rows:
        tags[row.id] = row.tag, bool(row.secret)
        spoken_of.setdefault(row.id, {})[row.also or row.campaign_id] = None
    return [DeadLetter(id, tuple(spoken_of[id]), *told) for id, told in tags.items()]


def targets_tried(session: Session, message_id: int) -> dict[str, bool]:
    """Return the targets a message was already sent to, and whether it may have arrived there."""
    query = select(Delivery.target, Delivery.unanswered).where(Delivery.message_id == message_id)
    return dict(session.exec(query).all())


def mark_dead(session: Session, messages: Sequence[int]) -> list[int]:
    """Mark the notices of wholly dead ``messages`` as dead, and the messages as settled; return which.

    What is dead no longer is let be.
    """
    messages = still_dead(session, messages)
    for table, values, key in (
        (Notice, {"state": "dead", "reason": "refused"}, col(Notice.message_id)),
        (Message, {"settled": True}, col(Message.id)),
    ):
        session.connection().execute(update(table).where(key.in_(messages)).values(**values))
    return messages


def still_dead(session: Session, messages: Sequence[int]) -> list[int]:
    """Return which of ``messages``, found wholly dead, are so still, and hold their deliveries until the commit.

    A yes that came late, or somebody who tries it afresh, may have been quicker.
    """
    of = col(Delivery.message_id).in_(messages)
    held = select(Delivery.id).where(of).order_by(col(Delivery.id)).with_for_update()
    session.exec(held).all()
    alive = col(Delivery.state).not_in(("dead", "superseded"))
    moved = set(session.exec(select(Delivery.message_id).where(of, alive)))
    return [id for id in messages if id not in moved]


def settle_messages(session: Session, today: date) -> None:
    """Mark the notices of every message that reached somebody as sent on ``today``.

    Among them may be dead ones, whose yes came after all. On a server a yes may come between the two
    statements: its message is settled by the next round, for a notice of it is not marked yet.
    """
    run(
        session,
        """UPDATE notice SET state = 'sent', reason = '', told_on = :today
           WHERE state IN ('posted', 'dead') AND message_id IN (SELECT d.message_id FROM delivery d JOIN message g
               ON g.id = d.message_id WHERE NOT g.settled AND d.state = 'delivered')""",
        {"today": today},
    )
    run(
        session,
        """UPDATE message SET settled = true WHERE NOT settled AND EXISTS (SELECT 1 FROM delivery d
               WHERE d.message_id = message.id AND d.state = 'delivered')
           AND NOT EXISTS (SELECT 1 FROM delivery d
               WHERE d.message_id = message.id AND d.state = 'waiting')
           AND NOT EXISTS (SELECT 1 FROM notice n
               WHERE n.message_id = message.id AND n.state IN ('posted', 'dead'))""",
        {},
    )


def revive(session: Session, campaign_id: int | None, now: datetime) -> int:
    """Let every dead delivery (of one campaign) be tried afresh; return how many.

    A message that reached others stays as it is for them.
    """
    ended = select(Campaign.id).where(Campaign.state != CampaignState.OPEN)
    mine = select(Message.id).where(col(Message.campaign_id).not_in(ended))
    if campaign_id is not None:
        about = select(Notice.message_id).where(Notice.campaign_id == campaign_id)
        mine = mine.where((col(Message.campaign_id) == campaign_id) | col(Message.id).in_(about))
    dead = select(Delivery.message_id).where(
        Delivery.state == "dead", col(Delivery.message_id).in_(mine)
    )
    messages = sorted(set(session.exec(dead)))
    if not messages:
        return 0
    execute = session.connection().execute
    # In the order in which an answer is written down, so that neither waits for the other for ever.
    revived = execute(
        update(Delivery)
        .where(col(Delivery.message_id).in_(messages), col(Delivery.state) == "dead")
        .values(state="waiting", attempts=0, next_try_at=now, lease_until=None)
    ).rowcount
    execute(
        update(Notice)
        .where(col(Notice.message_id).in_(messages), col(Notice.state) == "dead")
        .values(state="posted", reason="")
    )
    execute(update(Message).where(col(Message.id).in_(messages)).values(settled=False))
    return revived
