"""Codes that people type: tried against those that are out, worn out by wrong ones, used up."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.decisions.codes import Matter, open_codes, void_codes
from models.decisions.decision import DecisionCode
from models.decisions.wrong_codes import count_wrong, must_wait
from models.rules.decisions import tries
from models.rules.decisions.codes import matches


class Tried(StrEnum):
    """What became of a typed code."""

    RIGHT = "right"
    WRONG = "wrong"
    WAIT = "wait"  # not looked at: this source typed too many wrong ones
    WORN = "worn"  # too many wrong ones from everywhere: no code of the matter counts any more
    USED = "used"  # right, and something was done with it already: a button that was pressed twice
    EXPIRED = "expired"  # right or wrong, every code of the matter has run out
    NONE = "none"  # no code is out for this matter
    BLANK = "blank"  # nothing was typed


@dataclass(frozen=True, slots=True)
class CodeTried:
    """A tried code: the one it is when right; else how long to wait.

    ``wait`` is how long its source waits from now on, ``wrong`` how many wrong codes count against it.
    """

    result: Tried
    code: DecisionCode | None = field(default=None, repr=False)
    wait: timedelta = timedelta(0)
    wrong: int = 0
    worn: tuple[int, ...] = ()  # the posts whose code this try wore out


def try_code(
    session: Session,
    matter: Matter,
    typed: str,
    source: str,
    now: datetime,
    post_id: int | None = None,
) -> CodeTried:
    """Try what was typed at ``source``, sealed, against every open code of a matter, or of one post for it.

    A wrong one makes only its own source wait (`models.rules.decisions.tries`); during the wait nothing is
    compared. One that was used already is no wrong one. The row of the matter must be locked: tries count one
    after another, whoever types.
    """
    if wait := must_wait(session, matter.name, source, now):
        return CodeTried(Tried.WAIT, wait=wait)
    out = [c for c in open_codes(session, matter, now) if post_id in (None, c.post_id)]
    if was_used(session, matter, typed, post_id):
        return CodeTried(Tried.USED)
    if not out:
        return CodeTried(_why_none(session, matter, post_id))
    # Every one is compared, so that the time says nothing about which post's code was nearly right.
    hits = [code for code in out if matches(typed, code.salt, code.hash)]
    if hits:
        return CodeTried(Tried.RIGHT, hits[0])
    for code in out:
        code.tries += 1
        if code.tries >= tries.MOST_WRONG:
            code.state = "worn"
    session.flush()
    worn = tuple(code.post_id for code in out if code.state == "worn")
    wrong = count_wrong(session, matter.name, source, now)
    return CodeTried(Tried.WRONG, wait=tries.wait_after(wrong), wrong=wrong, worn=worn)


def use_code(session: Session, matter: Matter, right: DecisionCode) -> bool:
    """Use a right code up, and void what else the same post holds for the same matter.

    False when somebody else did meanwhile.
    """
    statement = (
        update(DecisionCode)
        .where(col(DecisionCode.id) == right.id, col(DecisionCode.state) == "open")
        .values(state="used")
    )
    if session.connection().execute(statement).rowcount != 1:
        return False
    void_codes(session, matter, right.post_id)
    return True


def was_used(session: Session, matter: Matter, typed: str, post_id: int | None = None) -> bool:
    """Say whether what was typed, sealed, is a code that did its work; every one is compared."""
    query = select(DecisionCode).where(*matter.codes, DecisionCode.state == "used")
    used = [c for c in session.exec(query) if post_id in (None, c.post_id)]
    return sum(matches(typed, code.salt, code.hash) for code in used) > 0


def _why_none(session: Session, matter: Matter, post_id: int | None) -> Tried:
    """Return why no code of a matter can be used, by the latest one."""
    query = select(DecisionCode.state).where(*matter.codes, DecisionCode.state != "void")
    if post_id is not None:
        query = query.where(DecisionCode.post_id == post_id)
    last = session.exec(query.order_by(col(DecisionCode.id).desc()).limit(1)).first()
    return {"worn": Tried.WORN, "open": Tried.EXPIRED}.get(last or "", Tried.NONE)
