"""Close questions: what an answer does to its stage, exactly once, in the caller's transaction."""

from datetime import date
from typing import Any

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage, stages_of
from models.campaign.moves import Occasion, as_facts, move, move_end
from models.decisions.codes import void_codes
from models.decisions.decision import ANSWERED, ASKED, ESCALATED
from models.decisions.hearing import Hearing
from models.groups.documents import lay_documents
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


def close_unanswered(one: Hearing, status: str, why: str, said: Occasion) -> bool:
    """Close a question that was overtaken or lay too long; the stage is active again. Once only."""
    if not _close(one, status, said, closed_why=why):
        return False
    entry = one.note(f"decision-{status}", said, why=why)
    one.decision.audit_id = entry.id
    deciding = StageStatus.DECIDING
    if one.stage.status == deciding:
        move(one.session, one.stage, StageStatus.ACTIVE, said, entry, from_=(deciding,))
    return True


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
