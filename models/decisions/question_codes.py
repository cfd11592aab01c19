"""The codes of many questions at once: which are out, to whom one more may go, made void, kept."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from models.database import insert_rows
from models.decisions.codes import Matter, NewCode, Purpose, code_row
from models.decisions.decision import DecisionCode
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.codes import MOST_SENT_A_DAY

Pair = tuple[int, int]  # the ids of a question and of a post


def codes_out(session: Session, decision_ids: Collection[int]) -> list[DecisionCode]:
    """Return the open codes of the questions, also those whose time is over; one statement."""
    query = select(DecisionCode).where(
        DecisionCode.purpose == Purpose.DECIDE.value,
        col(DecisionCode.decision_id).in_(decision_ids),
        DecisionCode.state == "open",
    )
    return list(session.exec(query.order_by(col(DecisionCode.id))))


def codes_held(codes: Sequence[DecisionCode], now: datetime) -> set[Pair]:
    """Return who holds a code that can still be used, and for which question."""
    return {(code.decision_id or 0, code.post_id) for code in codes if code.expires_at > now}


def used_up(session: Session, decision_ids: Collection[int], today: date) -> set[Pair]:
    """Return who was sent as many codes of a question as may go out in a day; one statement."""
    asked_for = func.coalesce(DecisionCode.message_id, -col(DecisionCode.id))  # a retry is no other
    query = (
        select(DecisionCode.decision_id, DecisionCode.post_id)
        .where(
            DecisionCode.purpose == Purpose.DECIDE.value,
            col(DecisionCode.decision_id).in_(decision_ids),
            DecisionCode.made_on == today,
        )
        .group_by(col(DecisionCode.decision_id), col(DecisionCode.post_id))
        .having(func.count(func.distinct(asked_for)) >= MOST_SENT_A_DAY)
    )
    return {(question or 0, post) for question, post in session.exec(query)}


def void_all(session: Session, decision_ids: Collection[int]) -> None:
    """Make the open codes of the questions worthless; two statements."""
    for code in codes_out(session, decision_ids):
        code.state = "void"
    session.flush()


def keep_codes(session: Session, codes: Sequence[tuple[int, NewCode]], moment: Moment) -> None:
    """Keep a new code of each question; the post's earlier codes for it are void from now on."""
    replaced = {(question, key_of(code.holder.post)) for question, code in codes}
    for before in codes_out(session, [question for question, _ in codes]):
        if (before.decision_id, before.post_id) in replaced:
            before.state = "void"
    session.flush()
    rows = [code_row(Matter(Purpose.DECIDE, question), code, moment) for question, code in codes]
    insert_rows(session, DecisionCode, rows)
