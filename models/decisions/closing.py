"""Close questions: what an answer does to its stage, exactly once, in the caller's transaction."""

from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from models.campaign.campaign import Stage, stages_of
from models.campaign.moves import Occasion, as_facts, move, note, postpone
from models.decisions.codes import Matter, void_codes
from models.decisions.decision import ANSWERED, ASKED, ESCALATED, Decision, asked_posts
from models.keys import key_of
from models.rules.decisions.decisions import (
    Answer,
    StageDays,
    Voice,
    opens_after,
    status_after,
    verdict,
)
from models.rules.words import StageStatus


def win(session: Session, decision: Decision, status: str, values: dict[str, Any]) -> bool:
    """Close a question; True for exactly one of all who try."""
    statement = (
        update(Decision)
        .where(col(Decision.id) == decision.id, col(Decision.status) == ASKED)
        .values(status=status, **values)
    )
    won = session.connection().execute(statement).rowcount == 1
    session.refresh(decision)
    return won


def close_unanswered(
    session: Session, decision: Decision, stage: Stage, status: str, why: str, occasion: Occasion
) -> bool:
    """Close a question that was overtaken or lay too long; the stage is active again. Once only."""
    values = {"closed_on": occasion.today, "closed_at": occasion.now, "closed_why": why}
    if not win(session, decision, status, values):
        return False
    void_codes(session, Matter.question(decision.id))
    entry = note(
        session,
        decision.campaign_id,
        occasion,
        f"decision-{status}",
        f"S{stage.ordinal}",
        decision=decision.id,
        why=why,
    )
    decision.audit_id = entry.id
    if stage.status == StageStatus.DECIDING:
        move(
            session,
            stage,
            StageStatus.ACTIVE,
            occasion,
            "",
            from_=(StageStatus.DECIDING,),
            audit_id=entry.id,
        )
    return True


def settled(session: Session, decision: Decision) -> Answer | None:
    """Return what all voices heard so far come to; None while somebody must still be heard."""
    voices = [
        Voice(post.title, Answer(asked.answer) if asked.answer else None, asked.how == ESCALATED)
        for asked, post in asked_posts(session, key_of(decision))
        if not (post.vacant and not asked.answer)
    ]
    return verdict(voices, decision.all_must_agree)


def settle(
    session: Session,
    decision: Decision,
    stage: Stage,
    answer: Answer,
    said: Occasion,
    *,
    new_end: date | None,
    **facts: Any,
) -> Stage | None | bool:
    """Do what ``answer`` does; return the stage it opened, None if it opened none, False if it lost.

    Exactly one answer wins. What was in the way stays on the transition, what is not done stays not
    done; a later end leaves the original day as it is.
    """
    values = {
        "answer": answer.value,
        "answered_by": said.who,
        "reason": said.reason,
        "new_end": new_end,
        "closed_on": said.today,
        "closed_at": said.now,
    }
    if not win(session, decision, ANSWERED, values):
        return False
    void_codes(session, Matter.question(decision.id))
    session.refresh(stage)
    voices = [
        {
            "post": post.title,
            "said_by": asked.said_by,
            "answer": asked.answer,
            "reason": asked.reason,
        }
        for asked, post in asked_posts(session, key_of(decision))
    ]
    entry = note(
        session,
        decision.campaign_id,
        said,
        f"decision-{answer.value}",
        f"S{stage.ordinal}",
        decision=decision.id,
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
        return _open(session, stage, answer, said, entry.id)
    if answer is Answer.POSTPONE and new_end:
        postpone(session, stage, new_end)
    move(session, stage, status_after(answer), said, "", audit_id=entry.id)
    if status_after(answer) is not StageStatus.CLOSED:
        return None
    return _open_next(session, stage, said)


def _open(
    session: Session, stage: Stage, answer: Answer, said: Occasion, audit_id: int | None
) -> Stage | None:
    """Open a stage before its day, beside whatever is under way; a 退回 leaves it to its day."""
    if answer is not Answer.APPROVE:
        return None
    opened = move(
        session,
        stage,
        StageStatus.ACTIVE,
        said,
        "",
        from_=(StageStatus.PENDING,),
        audit_id=audit_id,
    )
    return stage if opened else None


def _open_next(session: Session, closed: Stage, said: Occasion) -> Stage | None:
    stages = stages_of(session, closed.campaign_id)
    ordinal = opens_after(
        closed.ordinal,
        [StageDays(s.ordinal, StageStatus(s.status), s.planned_end) for s in stages],
    )
    following = next((s for s in stages if s.ordinal == ordinal), None)
    if following is None:
        return None
    opening = Occasion(said.who, said.moment)
    opened = move(
        session,
        following,
        StageStatus.ACTIVE,
        opening,
        "stage-opened",
        from_=(StageStatus.PENDING,),
        planned_start=following.planned_start,
        after=f"S{closed.ordinal}",
    )
    return following if opened else None
