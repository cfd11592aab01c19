"""Put messages into the outbox: one or many, each with a delivery per target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from models.database import insert_rows
from models.keys import key_of
from models.notices.notice import Delivery, Message, Notice


@dataclass(frozen=True, slots=True)
class Posting:
    """A message and its targets, (id, kind) pairs: one delivery each, not before ``not_before``."""

    message: Message
    targets: Sequence[tuple[str, str]]
    not_before: datetime


def post_message(
    session: Session,
    message: Message,
    targets: Sequence[tuple[str, str]],
    notices: Sequence[int] = (),
    *,
    not_before: datetime | None = None,
) -> int:
    """Put ``message``, which says ``notices``, into the outbox; return its number.

    One delivery per target, an (id, kind) pair, from when it was made or ``not_before``.
    """
    [number] = post_messages(session, [Posting(message, targets, not_before or message.made_at)])
    if notices:
        posted = {"state": "posted", "reason": "", "message_id": message.id}
        named = col(Notice.id).in_(notices)  # it says them, whatever they are now
        session.connection().execute(update(Notice).where(named).values(**posted))
    return number


def post_messages(session: Session, postings: Sequence[Posting]) -> list[int]:
    """Put messages into the outbox in their order; return their numbers.

    Two statements for all of them; SQLite, which does not say which number is whose, takes the messages singly.
    """
    session.add_all(one.message for one in postings)
    session.flush()
    rows = [
        row for one in postings for row in _rows(key_of(one.message), one.targets, one.not_before)
    ]
    insert_rows(session, Delivery, rows)
    return [key_of(one.message) for one in postings]


def add_deliveries(
    session: Session,
    message_id: int,
    targets: Sequence[tuple[str, str]],
    now: datetime,
    *,
    repeat: bool = False,
) -> None:
    """Send a message to more targets; ``repeat`` when it may have reached its recipient already."""
    insert_rows(session, Delivery, _rows(message_id, targets, now, repeat=repeat))


def _rows(
    message_id: int, targets: Sequence[tuple[str, str]], now: datetime, *, repeat: bool = False
) -> list[Delivery]:
    return [
        Delivery(
            message_id=message_id,
            target=target,
            target_kind=kind,
            next_try_at=now,
            unanswered=repeat,
        )
        for target, kind in targets
    ]
