"""Close questions: what an answer does to its stage, exactly once, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry, NewEntry, appended
from models.campaign.campaign import Stage, stages_of
from models.campaign.moves import Moved, Occasion, as_facts, move, move_each
from models.campaign.other_end import move_end
from models.decisions.codes import void_codes
from models.decisions.decision import ANSWERED, ASKED, ESCALATED, Decision
from models.decisions.hearing import Hearing
from models.decisions.question_codes import void_all
from models.groups.documents import lay_documents
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.answers import Answer, Voice, status_after, verdict
from models.rules.decisions.decisions import opens_after
from models.rules.words import StageStatus


def _close(one: Hearing, status: str, said: Occasion, **values: Any) -> bool:
    """Close a question, its codes with it; True for exactly one of all who try."""
    at = {"closed_on": said.moment.today, "closed_at": said.moment.now}
    won = one.leave(ASKED, status, **at, **values)
    if won:
        void_codes(one.session, one.matter)
    return won


@dataclass(frozen=True, slots=True)
class Closing:
    """A question that is closed without an answer: what became of it, and why."""

    one: Hearing
    status: str
    why: str


def close_unanswered(one: Hearing, status: str, why: str, said: Occasion) -> bool:
    """Close a question that was overtaken or lay too long; the stage is active again. Once only."""
    return bool(close_each(one.session, [Closing(one, status, why)], said))


def close_each(session: Session, closings: Sequence[Closing], said: Occasion) -> list[Closing]:
    """Close questions as `close_unanswered` does; return those that were open until now.

    Eight statements for all of them, none for none.
    """
    if not closings:
        return []
    ids = [closing.one.id for closing in closings]
    query = select(Decision).where(col(Decision.id).in_(ids), Decision.status == ASKED)
    found = session.exec(query.with_for_update().execution_options(populate_existing=True))
    open_ = {key_of(decision) for decision in found}
    won = [closing for closing in closings if closing.one.id in open_]
    for each in won:
        decision = each.one.decision
        decision.status, decision.closed_why = each.status, each.why
        decision.closed_on, decision.closed_at = said.moment.today, said.moment.now
    void_all(session, open_)
    entries = appended(session, [_closed(each, said) for each in won])
    moves = []
    for each, entry in zip(won, entries, strict=True):
        each.one.decision.audit_id = entry.id
        if each.one.stage.status == StageStatus.DECIDING:
            moves.append(Moved(each.one.stage, entry, said))
    move_each(session, moves, StageStatus.DECIDING, StageStatus.ACTIVE)
    session.flush()
    return won


def _closed(closing: Closing, said: Occasion) -> tuple[int, Moment, list[NewEntry]]:
    entry = closing.one.entry(f"decision-{closing.status}", said, {"why": closing.why})
    return closing.one.stage.campaign_id, said.moment, [entry]


def settled(one: Hearing) -> Answer | None:
    """Return what all voices heard so far come to; None while somebody must still be heard."""
    voices = [
        Voice(post.title, Answer(asked.answer) if asked.answer else None, asked.how == ESCALATED)
        for asked, post in one.asked
        if not (post.vacant and not asked.answer)
    ]
    return verdict(voices, one.decision.all_must_agree)


def settle(
    one: Hearing, answer: Answer, said: Occasion, *, new_end: date | None, **facts: Any
) -> Stage | None | bool:
    """Do what ``answer`` does; return the stage it opened, None if it opened none, False if it lost.

    Exactly one answer wins. What was in the way stays on the transition, what is not done stays not
    done; a later end leaves the original day as it is.
    """
    session, stage, decision = one.session, one.stage, one.decision
    told = {"answer": answer.value, "answered_by": said.who, "reason": said.reason}
    if not _close(one, ANSWERED, said, new_end=new_end, **told):
        return False
    session.refresh(stage)
    voices = [
        {
            "post": post.title,
            "said_by": asked.said_by,
            "answer": asked.answer,
            "reason": asked.reason,
        }
        for asked, post in one.asked
    ]
    entry = one.note(
        f"decision-{answer.value}",
        said,
        stage=stage.name,
        why=decision.why,
        original_end=stage.original_end,
        planned_end=stage.planned_end,
        new_end=new_end,
        obstacles=as_facts(said.obstacles),
        voices=voices,
        **facts,
    )
    decision.audit_id = entry.id
    if decision.is_opening:
        return _open(one, answer, said, entry)
    if answer is Answer.POSTPONE and new_end:
        move_end(session, stage, new_end)
        lay_documents(session, stage.campaign_id)
    move(session, stage, status_after(answer), said, entry)
    return _open_next(one, said) if status_after(answer) is StageStatus.CLOSED else None


def _open(one: Hearing, answer: Answer, said: Occasion, entry: AuditEntry) -> Stage | None:
    """Open a stage before its day, beside whatever is under way; a 退回 leaves it to its day."""
    if answer is not Answer.APPROVE:
        return None
    pending = (StageStatus.PENDING,)
    opened = move(one.session, one.stage, StageStatus.ACTIVE, said, entry, from_=pending)
    return one.stage if opened else None


def _open_next(one: Hearing, said: Occasion) -> Stage | None:
    stages = stages_of(one.session, one.stage.campaign_id)
    ordinal = opens_after(one.stage.ordinal, stages)
    following = next((s for s in stages if s.ordinal == ordinal), None)
    if following is None:
        return None
    opened = move(
        one.session,
        following,
        StageStatus.ACTIVE,
        Occasion(said.who, said.moment),
        "stage-opened",
        from_=(StageStatus.PENDING,),
        planned_start=following.planned_start,
        after=f"S{one.stage.ordinal}",
    )
    return following if opened else None
