"""One-time codes in the tables: kept as hashes, tried, locked, used, and wiped from the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from models.database import run
from models.decision import DecisionCode
from models.rules.codes import MOST_SENT_A_DAY, MOST_TRIES, hash_code, matches

WIPED = "验证码已发送或已失效,正文不保留。"


class Tried(StrEnum):
    """What became of a typed code."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"  # wrong, and the last try of this code
    EXPIRED = "expired"  # right or wrong, every code of the question has run out
    NONE = "none"  # no code is out for this question


@dataclass(frozen=True, slots=True)
class CodeTried:
    """A tried code: the asked post and the holder it belongs to when right; tries left when wrong."""

    result: Tried
    code_id: int = 0
    post_id: int = 0
    holder_id: int = 0
    left: int = 0
    locked: tuple[int, ...] = ()  # the posts whose code this try used up


def keep_code(
    session: Session,
    *,
    decision_id: int,
    post_id: int,
    holder_id: int,
    code: str,
    salt: str,
    hours: int,
    way: str,
    today: date,
    now: datetime,
    handed_by: str = "",
    message_id: int | None = None,
) -> None:
    """Keep the hash of a new code; the post's earlier codes for this question are void from now on."""
    void_codes(session, decision_id, post_id)
    session.add(
        DecisionCode(
            decision_id=decision_id,
            post_id=post_id,
            holder_id=holder_id,
            salt=salt,
            hash=hash_code(code, salt),
            made_on=today,
            made_at=now,
            expires_at=now + timedelta(hours=hours),
            way=way,
            handed_by=handed_by,
            message_id=message_id,
        )
    )
    session.flush()


def void_codes(session: Session, decision_id: int, post_id: int | None = None) -> None:
    """Make the open codes of a question worthless, of one post or of all."""
    statement = (
        update(DecisionCode)
        .where(col(DecisionCode.decision_id) == decision_id, col(DecisionCode.state) == "open")
        .values(state="void")
    )
    if post_id is not None:
        statement = statement.where(col(DecisionCode.post_id) == post_id)
    session.connection().execute(statement)
    session.expire_all()


def open_codes(session: Session, decision_id: int, now: datetime) -> list[DecisionCode]:
    """Return the codes that can still be used for a question."""
    query = select(DecisionCode).where(
        DecisionCode.decision_id == decision_id,
        DecisionCode.state == "open",
        DecisionCode.expires_at > now,
        DecisionCode.tries < MOST_TRIES,
    )
    return list(session.exec(query.order_by(col(DecisionCode.id))))


def try_code(session: Session, decision_id: int, typed: str, now: datetime) -> CodeTried:
    """Try what was typed against every open code of a question; a wrong one costs each of them a try.

    The question's row must be locked: tries count one after another, whoever types.
    """
    out = open_codes(session, decision_id, now)
    if not out:
        any_out = session.exec(
            select(func.count()).where(
                DecisionCode.decision_id == decision_id, DecisionCode.state == "open"
            )
        ).one()
        return CodeTried(Tried.EXPIRED if any_out else Tried.NONE)
    # Every one is compared, so that the time says nothing about which post's code was nearly right.
    hits = [code for code in out if matches(typed, code.salt, code.hash)]
    if hits:
        code = hits[0]
        return CodeTried(Tried.RIGHT, code.id or 0, code.post_id, code.holder_id)
    for code in out:
        code.tries += 1
        if code.tries >= MOST_TRIES:
            code.state = "locked"
    session.flush()
    left = max(MOST_TRIES - code.tries for code in out)
    locked = tuple(code.post_id for code in out if code.state == "locked")
    return CodeTried(Tried.WRONG if left else Tried.LOCKED, left=left, locked=locked)


def use_code(session: Session, code_id: int) -> bool:
    """Use a code up; False when somebody else did meanwhile."""
    statement = (
        update(DecisionCode)
        .where(col(DecisionCode.id) == code_id, col(DecisionCode.state) == "open")
        .values(state="used")
    )
    return session.connection().execute(statement).rowcount == 1


def may_send(session: Session, decision_id: int, post_id: int, today: date) -> bool:
    """Say whether one more code may go out today: whoever types nonsense cannot flood a telephone."""
    query = select(func.count()).where(
        DecisionCode.decision_id == decision_id,
        DecisionCode.post_id == post_id,
        DecisionCode.made_on == today,
    )
    return session.exec(query).one() < MOST_SENT_A_DAY


def posts_without_code(
    session: Session, decision_id: int, post_ids: Sequence[int], now: datetime
) -> list[int]:
    """Return which of the asked posts hold no code that could still be used."""
    held = {code.post_id for code in open_codes(session, decision_id, now)}
    return [post_id for post_id in post_ids if post_id not in held]


_STILL_NEEDED = """SELECT message_id FROM decision_code
    WHERE message_id IS NOT NULL AND state = 'open' AND expires_at > :now"""

_STOP = f"""
    UPDATE delivery SET state = 'dead', lease_until = NULL, answer = '验证码已失效,不再发送'
    WHERE state = 'waiting' AND message_id IN (SELECT id FROM message WHERE secret)
      AND message_id NOT IN ({_STILL_NEEDED})"""  # noqa: S608

_WIPE = f"""
    UPDATE message SET body = :wiped WHERE secret AND body <> :wiped
      AND (id NOT IN (SELECT message_id FROM delivery WHERE state = 'waiting')
           OR id NOT IN ({_STILL_NEEDED}))"""  # noqa: S608


def wipe_codes(session: Session, now: datetime) -> int:
    """Stop sending codes that are worthless by now, and wipe the body of every code already sent.

    Repeatable. On SQLite the old bytes are overwritten in the file too.
    """
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")
    run(session, _STOP, {"now": now})
    return run(session, _WIPE, {"now": now, "wiped": WIPED}).rowcount
