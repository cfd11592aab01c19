"""One-time codes in the tables: promised, made when they are sent, tried, worn out, used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, func, select

from models.database import run
from models.decisions.decision import DecisionCode
from models.decisions.delegation import Holder
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.codes import MOST_SENT_A_DAY, Seal


class Purpose(StrEnum):
    """What a code is good for."""

    DECIDE = "decide"
    OBJECT = "object"
    DELEGATE = "delegate"
    ENTER = "enter"  # to come into the window as a post


@dataclass(frozen=True, slots=True)
class Matter:
    """What a code is for: a purpose, and the decision or delegation it is about; of an entry the post."""

    purpose: Purpose
    id: int

    @property
    def name(self) -> str:
        """Return the matter in one word, by which wrong codes are counted."""
        return f"{self.purpose.value}:{self.id}"

    @property
    def columns(self) -> Mapping[str, Any]:
        """Return the columns in which a code says what it is for."""
        if self.purpose is Purpose.ENTER:
            return {"purpose": self.purpose.value, "decision_id": None}  # a code's post says whose
        about = "delegation_id" if self.purpose is Purpose.DELEGATE else "decision_id"
        return {"purpose": self.purpose.value, about: self.id}

    @property
    def codes(self) -> list[ColumnElement[bool]]:
        """Return the conditions that find the codes of this matter."""
        return [col(getattr(DecisionCode, name)) == what for name, what in self.columns.items()]


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code to keep: whose it is, by which way it goes, how long it is good.

    One whose ``seal`` is empty is only promised, and made when its message goes out (`make_when_sent`).
    """

    holder: Holder
    way: str
    seal: Seal
    expires_at: datetime
    handed_by: str = ""
    message_id: int | None = None


def keep_code(session: Session, matter: Matter, code: NewCode, moment: Moment) -> None:
    """Keep a new code; the post's earlier codes for this matter are void from now on."""
    void_codes(session, matter, key_of(code.holder.post))
    session.add(code_row(matter, code, moment))
    session.flush()


def code_row(matter: Matter, code: NewCode, moment: Moment) -> DecisionCode:
    """Return the row of a new code."""
    return DecisionCode(
        **matter.columns,
        post_id=key_of(code.holder.post),
        holder_id=key_of(code.holder.person),
        salt=code.seal.salt,
        hash=code.seal.hash,
        made_on=moment.today,
        made_at=moment.now,
        expires_at=code.expires_at,
        way=code.way,
        handed_by=code.handed_by,
        message_id=code.message_id,
    )


def make_when_sent(
    session: Session,
    message_id: int,
    delivery_id: int,
    seal: Seal,
    now: datetime,
    until: datetime,
) -> bool:
    """Keep the code that one delivery of a message is about to send; False when none is wanted any more.

    What the same delivery sent before is void: nobody knows whether it arrived. Other deliveries of
    the message keep theirs. Commit before sending, so that a code that arrives counts, however this
    process ends.
    """
    query = select(DecisionCode).where(DecisionCode.message_id == message_id, *_usable(now))
    # Locked: two deliveries of one message may be sent at once, and each makes a code of its own.
    out = list(session.exec(query.order_by(col(DecisionCode.id)).with_for_update()))
    if not out:
        return False
    code = next((one for one in out if one.delivery_id is None), None)  # promised, and not made yet
    if code is None:
        code = DecisionCode(**out[0].model_dump(exclude={"id", "tries"}))
        session.add(code)
    for before in out:
        if before.delivery_id == delivery_id:
            before.state = "void"
    code.delivery_id, code.salt, code.hash = delivery_id, seal.salt, seal.hash
    code.made_at, code.expires_at = now, until
    session.flush()
    return True


def sheets_out(session: Session, decision_id: int) -> dict[int, datetime]:
    """Return by post when the sheet was printed whose code still stands for a question."""
    query = select(DecisionCode.post_id, DecisionCode.made_at).where(
        *Matter(Purpose.DECIDE, decision_id).codes,
        DecisionCode.state == "open",
        DecisionCode.way == "sheet",
    )
    return dict(session.exec(query).all())


def void_codes(session: Session, matter: Matter, post_id: int | None = None) -> None:
    """Make the open codes of a matter worthless, of one post or of all."""
    statement = (
        update(DecisionCode)
        .where(*matter.codes, col(DecisionCode.state) == "open")
        .values(state="void")
    )
    if post_id is not None:
        statement = statement.where(col(DecisionCode.post_id) == post_id)
    session.flush()  # what the caller set and did not write yet would be forgotten below
    session.connection().execute(statement)
    session.expire_all()


def open_codes(session: Session, matter: Matter, now: datetime) -> list[DecisionCode]:
    """Return the codes that can still be used for a matter."""
    query = select(DecisionCode).where(*matter.codes, *_usable(now))
    return list(session.exec(query.order_by(col(DecisionCode.id))))


def _usable(now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions that find the codes that still count."""
    return [col(DecisionCode.state) == "open", col(DecisionCode.expires_at) > now]


def used_codes(session: Session, decision_id: int) -> list[DecisionCode]:
    """Return the code each post answered a question with, its latest one, in the order they were made."""
    matter = Matter(Purpose.DECIDE, decision_id)
    query = select(DecisionCode).where(*matter.codes, DecisionCode.state == "used")
    return list({c.post_id: c for c in session.exec(query.order_by(col(DecisionCode.id)))}.values())


def may_send(session: Session, matter: Matter, post_id: int, today: date) -> bool:
    """Say whether one more code may go out today: whoever asks for them cannot flood a telephone.

    Delegations count together, for another day makes another one.
    """
    alike = matter.codes
    if matter.purpose is Purpose.DELEGATE:
        alike = [col(DecisionCode.purpose) == matter.purpose.value]
    asked_for = func.coalesce(DecisionCode.message_id, -col(DecisionCode.id))  # a retry is no other
    query = select(func.count(func.distinct(asked_for))).where(
        *alike, DecisionCode.post_id == post_id, DecisionCode.made_on == today
    )
    return session.exec(query).one() < MOST_SENT_A_DAY


_STILL_NEEDED = """SELECT message_id FROM decision_code
    WHERE message_id IS NOT NULL AND state = 'open' AND expires_at > :now"""

_STOP = f"""
    UPDATE delivery SET state = 'dead', lease_until = NULL, answer = '验证码已失效，不再发送'
    WHERE state = 'waiting' AND message_id IN (SELECT id FROM message WHERE secret)
      AND message_id NOT IN ({_STILL_NEEDED})"""  # noqa: S608


def is_wanted(session: Session, message_id: int, now: datetime) -> bool:
    """Say whether a code that ``message_id`` brings, or would bring, can still be used."""
    query = select(func.count()).where(DecisionCode.message_id == message_id, *_usable(now))
    return session.exec(query).one() > 0


def stop_useless(session: Session, now: datetime) -> int:
    """Stop the deliveries of codes that are worthless by now; return how many. Repeatable."""
    return run(session, _STOP, {"now": now}).rowcount
