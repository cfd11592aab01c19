"""The mails of the units: known ones, one taken in at a time, and the answers that are owed.

Who takes a mail in, or sends its answer, holds a lease: killed, another may go on when it runs out. What
came of a mail is written once, by whoever still holds it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from models.database import run
from models.evidence.intake.received import ReceivedFile, ReceivedMail
from models.keys import key_of
from models.notices.outbox import LEASE, MOST_TRIES, RETRY_AFTER

SENDING = 5 * LEASE  # a few answers go out one by one
TAKING_IN = timedelta(minutes=20)  # longer than the slowest mail takes
NO_ID = "no-message-id:"  # begins the substitute for a Message-ID that a mail has not
AT_ONCE = 500  # names in one statement
_NAMES = tuple(name for name in ReceivedMail.model_fields if name != "id")
# Two rounds at once both find it new: the table lets one of them in.
_FIRST = f"""
    INSERT INTO received_mail ({", ".join(_NAMES)}) VALUES ({", ".join(f":{name}" for name in _NAMES)})
    ON CONFLICT (message_id, digest) DO NOTHING"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class KnownMail:
    """A mail that was seen before; ``done`` when everything of it is kept."""

    message_id: str
    size: int
    done: bool


@dataclass(frozen=True, slots=True)
class AnswerOwed:
    """An answer that this process may send now; ``attached`` are names and hashes in the vault."""

    id: int
    message_id: str
    sender: str
    subject: str
    thread: str
    sent_at: datetime | None
    received_at: datetime
    text: str
    attached: tuple[tuple[str, str], ...]
    repeat: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer did not go out: its server's words; ``maybe_sent``: it may have arrived all the same."""

    said: str
    for_good: bool
    maybe_sent: bool


@dataclass(frozen=True, slots=True)
class MailEnd:
    """What came of a mail: its answer is owed unless ``reason`` says why there is none.

    ``attached`` are names and hashes in the vault; ``subject`` is empty where it may be secret.
    """

    text: str
    reason: str
    attached: tuple[tuple[str, str], ...]
    subject: str


def known_mails(session: Session, message_ids: Iterable[str]) -> list[KnownMail]:
    """Return those of ``message_ids`` that were seen before; one statement for 500."""
    wanted, found = sorted(set(message_ids)), []
    for first in range(0, len(wanted), AT_ONCE):
        query = select(ReceivedMail.message_id, ReceivedMail.size, ReceivedMail.answer).where(
            col(ReceivedMail.message_id).in_(wanted[first : first + AT_ONCE])
        )
        found += [
            KnownMail(name, size, state != "open") for name, size, state in session.exec(query)
        ]
    return found


def begin_mail(session: Session, mail: ReceivedMail, now: datetime) -> tuple[int, str]:
    """Claim ``mail`` to be taken in; return its number and how it stands: new, again, done, held.

    A mail without a Message-ID whose header changed on its way is "done" when its digest is known. "again":
    an earlier try did not come to its end; what it kept is known by its key. "held": another round is at it.
    """
    mail.lease_until = now + TAKING_IN
    written = run(session, _FIRST, {name: getattr(mail, name) for name in _NAMES}).rowcount
    same = (ReceivedMail.message_id == mail.message_id, ReceivedMail.digest == mail.digest)
    known = session.exec(select(ReceivedMail).where(*same).with_for_update()).one()
    if written and mail.message_id.startswith(NO_ID) and _seen_otherwise(session, known):
        known.answer, known.reason, known.lease_until = "none", "same-mail", None
    elif written:
        return key_of(known), "new"
    if known.answer != "open":
        return key_of(known), "done"
    if known.lease_until is not None and now < known.lease_until <= now + TAKING_IN:
        return key_of(known), "held"
    known.lease_until = now + TAKING_IN
    return key_of(known), "again"


def _seen_otherwise(session: Session, mail: ReceivedMail) -> bool:
    query = select(ReceivedMail.id).where(
        ReceivedMail.digest == mail.digest,
        ReceivedMail.id != mail.id,
        col(ReceivedMail.message_id).startswith(NO_ID),
    )
    return session.exec(query).first() is not None


def let_go(session: Session, mail_id: int) -> None:
    """Give a mail back that could not be taken in now; the next round tries again."""
    this = (col(ReceivedMail.id) == mail_id, col(ReceivedMail.answer) == "open")
    session.connection().execute(update(ReceivedMail).where(*this).values(lease_until=None))


def finish_mail(session: Session, mail_id: int, now: datetime, end: MailEnd) -> bool:
    """Write what came of a mail, once; say whether it was not written before."""
    values = {
        "answer": "none" if end.reason else "owed",
        "reason": end.reason,
        "subject": end.subject,
        "answer_text": end.text,
        "attached": json.dumps(list(end.attached), ensure_ascii=False),
        "next_try_at": None if end.reason else now,
        "lease_until": None,
    }
    this = (col(ReceivedMail.id) == mail_id, col(ReceivedMail.answer) == "open")
    written = session.connection().execute(update(ReceivedMail).where(*this).values(**values))
    return bool(written.rowcount)


def answers_since(session: Session, sender: str, since: datetime) -> int:
    """Return how many answers ``sender`` got or is to get for mails that came after ``since``."""
    query = select(func.count()).where(
        ReceivedMail.sender == sender,
        ReceivedMail.received_at > since,
        col(ReceivedMail.answer).in_(("owed", "sent")),
    )
    return session.exec(query).one()


def outcomes_of(session: Session, received: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Return key, outcome and words of files that came in, by number."""
    numbers = sorted(set(received))
    query = select(
        ReceivedFile.id, ReceivedFile.key, ReceivedFile.outcome, ReceivedFile.detail
    ).where(col(ReceivedFile.id).in_(numbers))
    return {id or 0: (key, what, words) for id, key, what, words in session.exec(query)}


def claim_answers(session: Session, now: datetime, most: int) -> list[AnswerOwed]:
    """Claim up to ``most`` answers that are due, oldest first; nobody else gets them meanwhile.

    One whose earlier claim ran out without word of its end may have arrived: it comes as a repeat.
    """
    due = (
        select(ReceivedMail)
        .where(
            ReceivedMail.answer == "owed",
            (col(ReceivedMail.next_try_at) <= now)
            | (col(ReceivedMail.next_try_at) > now + 2 * RETRY_AFTER[-1]),  # a clock that was wrong
            col(ReceivedMail.lease_until).is_(None)
            | (col(ReceivedMail.lease_until) < now)
            | (col(ReceivedMail.lease_until) > now + 2 * RETRY_AFTER[-1]),
        )
        .order_by(col(ReceivedMail.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    claimed = []
    for mail in session.exec(due).all():
        mail.maybe_sent = mail.maybe_sent or mail.lease_until is not None
        mail.lease_until = now + SENDING
        mail.answer_tries += 1
        claimed.append(
            AnswerOwed(
                id=key_of(mail),
                message_id=mail.message_id,
                sender=mail.sender,
                subject=mail.subject,
                thread=mail.thread,
                sent_at=mail.sent_at,
                received_at=mail.received_at,
                text=mail.answer_text,
                attached=tuple((name, kept) for name, kept in json.loads(mail.attached)),
                repeat=mail.maybe_sent,
                until=mail.lease_until,
            )
        )
    return claimed


def put_answers_back(session: Session, owed: Sequence[AnswerOwed]) -> None:
    """Give claimed answers back untried."""
    if owed:
        ids = [one.id for one in owed]
        this = (col(ReceivedMail.id).in_(ids), col(ReceivedMail.answer) == "owed")
        values = {"lease_until": None, "answer_tries": ReceivedMail.answer_tries - 1}
        session.connection().execute(update(ReceivedMail).where(*this).values(values))


def answer_sent(session: Session, owed: AnswerOwed, now: datetime, said: str) -> None:
    """Write down that the server took an answer; a yes counts however late it is written."""
    values = {"answer": "sent", "answered_at": now, "said": said[:300], "lease_until": None}
    this = update(ReceivedMail).where(col(ReceivedMail.id) == owed.id)
    session.connection().execute(this.values(**values))


def answer_refused(session: Session, owed: AnswerOwed, now: datetime, no: Refusal) -> bool:
    """Write down a no, and when to try again; say whether it was the last try.

    It changes nothing once another has claimed the answer.
    """
    mail = session.get_one(ReceivedMail, owed.id, with_for_update=True)
    if mail.answer != "owed" or mail.lease_until != owed.until:
        return False
    mail.lease_until, mail.said = None, no.said[:300]
    mail.maybe_sent = mail.maybe_sent or no.maybe_sent
    if no.for_good or mail.answer_tries >= MOST_TRIES:
        mail.answer, mail.reason = "dead", "refused"
        return True
    mail.next_try_at = now + RETRY_AFTER[mail.answer_tries - 1]
    return False


def answers_waiting(session: Session) -> int:
    """Return how many answers are owed."""
    query = select(func.count()).where(ReceivedMail.answer == "owed")
    return session.exec(query).one()
