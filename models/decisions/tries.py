"""Answers that are handed in: each is taken once, whatever is replayed, and what became of it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.decisions.codes import stop_useless
from models.decisions.wrong_codes import LONGEST_SOURCE

# Where an answer comes from, without a door that says more.
IN_WINDOW, AT_COMMAND, ON_PAGE = "界面", "命令行", "网页"


class DecisionTry(SQLModel, table=True):
    """One answer that was handed in, and what became of it; the replay of a run reads it back."""

    __tablename__ = "decision_try"
    __table_args__ = (UniqueConstraint("decision_id", "source", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decision.id")
    source: str  # the flow run, 命令行 or 网页
    number: int
    at: datetime
    accepted: bool
    outcome: str = Field(sa_type=Text)  # what the form or the command said; never a code


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A code as it was handed in: by which run or the command line, as its how-manieth answer, from where.

    Without a ``number`` it is a new one. ``client`` is where it was typed, as far as that is known:
    wrong codes count against it alone. ``name`` is who says to have typed it.
    """

    code: str
    source: str
    number: int | None = None
    client: str = IN_WINDOW
    name: str = ""

    @classmethod
    def at_command(cls, code: str, name: str = "") -> Self:
        """Return a code that was typed at a command; each is a new one."""
        return cls(code, AT_COMMAND, None, AT_COMMAND, name)

    @classmethod
    def on_page(cls, code: str, address: str, name: str = "") -> Self:
        """Return a code that was typed on a page of ours at ``address``; each is a new one.

        Counted under the address, as the door counts what is typed into a form from there.
        """
        return cls(code, ON_PAGE, None, address[:LONGEST_SOURCE] or IN_WINDOW, name)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an answer: ``done`` ends the run, else ``words`` say what to correct.

    ``entry`` is the entry of the audit that keeps what was said; 0 where nothing was, or where it was
    handed in before.
    """

    done: bool
    words: tuple[str, ...]
    overtaken: bool = False
    noted: bool = False  # heard, and others must still be heard
    again: bool = False  # the code did its work before: a button was pressed twice
    entry: int = 0

    @property
    def line(self) -> str:
        """Return the outcome in one line."""
        return "；".join(self.words)


LATER = Outcome(False, ())  # nothing to say before the answer is really taken


def tries_of(session: Session, decision_id: int, source: str) -> list[DecisionTry]:
    """Return what was handed in from ``source``, in order."""
    query = (
        select(DecisionTry)
        .where(DecisionTry.decision_id == decision_id, DecisionTry.source == source)
        .order_by(col(DecisionTry.number))
    )
    return list(session.exec(query))


def taken_once(
    session: Session,
    decision_id: int,
    handed: HandedIn,
    now: datetime,
    take: Callable[[], Outcome],
) -> Outcome:
    """Return what ``take`` makes of an answer, or what it came to when it was handed in before.

    The question's row must be locked: of two at once the second finds what became of the first.
    """
    known = {one.number: one for one in tries_of(session, decision_id, handed.source)}
    number = handed.number or len(known) + 1
    if before := known.get(number):
        return Outcome(before.accepted, tuple(before.outcome.split("\n")))
    outcome = take()
    session.add(
        DecisionTry(
            decision_id=decision_id,
            source=handed.source,
            number=number,
            at=now,
            accepted=outcome.done,
            outcome="\n".join(outcome.words),
        )
    )
    session.flush()
    stop_useless(session, now)
    return outcome
