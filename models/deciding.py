"""Ask, hear and close decisions: every write about a question, in the caller's transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.campaign import Stage, stages_of
from models.decision import (
    ANSWERED,
    ASKED,
    AskedPost,
    Decision,
    DecisionTry,
    asked_posts,
    campaign_posts,
    open_decisions,
)
from models.decision_codes import void_codes
from models.plan.schema import PlanGates
from models.rules.decisions import Answer, StageDays, Voice, Why, opens_after, status_after, verdict
from models.rules.words import Level, StageStatus
from models.stage_moves import Occasion, as_facts, move, note, obstacles_json, postpone
from models.unit import Post


def deciders(session: Session, campaign_id: int, plan: PlanGates) -> list[Post]:
    """Return the posts a question is put to: those the plan names, else the highest filled one."""
    posts = campaign_posts(session, campaign_id)
    named = [post for title in plan.deciders for post in posts if post.title == title]
    return named or posts[:1]


def next_level(session: Session, campaign_id: int, plan: PlanGates, asked: set[int]) -> list[Post]:
    """Return whom an unanswered question goes to as well: the plan's, else the next level up."""
    posts = [post for post in campaign_posts(session, campaign_id) if post.id not in asked]
    named = [post for title in plan.escalate_to for post in posts if post.title == title]
    if named:
        return named
    levels = {post.id: post.level for post in campaign_posts(session, campaign_id)}
    highest = max((levels[i] for i in asked if i in levels), default=0)
    above = [post for post in posts if post.level > max(highest, Level.OFFICE)]
    lowest = min((post.level for post in above), default=0)
    return [post for post in above if post.level == lowest]


def ask(
    session: Session,
    stage: Stage,
    posts: Sequence[Post],
    why: Why,
    occasion: Occasion,
    *,
    due: date,
    all_must_agree: bool,
) -> Decision | None:
    """Ask about ``stage``, which waits for the answer from now on; None when it is asked already.

    What stands in the way at this moment is kept with the question.
    """
    decision = Decision(
        campaign_id=stage.campaign_id,
        stage_id=stage.id or 0,
        why=why,
        asked_by=occasion.who,
        asked_on=occasion.today,
        asked_at=occasion.now,
        due=due,
        all_must_agree=all_must_agree and len(posts) > 1,
        obstacles=obstacles_json(occasion.obstacles),
    )
    if any(d.stage_id == stage.id for d in open_decisions(session, stage.campaign_id)):
        return None
    session.add(decision)
    session.flush()
    session.add_all(AskedPost(decision_id=decision.id or 0, post_id=post.id or 0) for post in posts)
    entry = note(
        session,
        stage.campaign_id,
        occasion,
        "decision-asked",
        f"S{stage.ordinal}",
        decision=decision.id,
        why=why.value,
        posts=[post.title for post in posts],
        due=due,
        obstacles=as_facts(occasion.obstacles),
    )
    if stage.status == StageStatus.ACTIVE:
        move(
            session,
            stage,
            StageStatus.DECIDING,
            occasion,
            "stage-deciding",
            from_=(StageStatus.ACTIVE,),
            audit_id=entry.id,
        )
    return decision


def lock_decision(session: Session, decision_id: int) -> Decision | None:
    """Return a question with its row locked until the commit, as it is now."""
    query = select(Decision).where(Decision.id == decision_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).first()


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
    void_codes(session, decision.id or 0)
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


def hear(
    session: Session, decision: Decision, post_id: int, answer: Answer, said: Occasion
) -> None:
    """Write down what one asked post said."""
    for asked, _ in asked_posts(session, decision.id or 0):
        if asked.post_id == post_id:
            asked.answer, asked.said_by = answer.value, said.who
            asked.reason, asked.at = said.reason, said.now
    session.flush()


def settled(session: Session, decision: Decision) -> Answer | None:
    """Return what all voices heard so far come to; None while somebody must still be heard."""
    voices = [
        Voice(post.title, Answer(asked.answer) if asked.answer else None, asked.how == "escalated")
        for asked, post in asked_posts(session, decision.id or 0)
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
    void_codes(session, decision.id or 0)
    session.refresh(stage)
    voices = [
        {
            "post": post.title,
            "said_by": asked.said_by,
            "answer": asked.answer,
            "reason": asked.reason,
        }
        for asked, post in asked_posts(session, decision.id or 0)
    ]
    entry = note(
        session,
        decision.campaign_id,
        said,
        f"decision-{answer.value}",
        f"S{stage.ordinal}",
        decision=decision.id,
        stage=stage.name,
        original_end=stage.original_end,
        planned_end=stage.planned_end,
        new_end=new_end,
        obstacles=as_facts(said.obstacles),
        voices=voices,
        **facts,
    )
    decision.audit_id = entry.id
    if answer is Answer.POSTPONE and new_end:
        postpone(session, stage, new_end)
    move(session, stage, status_after(answer), said, "", audit_id=entry.id)
    if status_after(answer) is not StageStatus.CLOSED:
        return None
    return _open_next(session, stage, said)


def _open_next(session: Session, closed: Stage, said: Occasion) -> Stage | None:
    stages = stages_of(session, closed.campaign_id)
    ordinal = opens_after(
        closed.ordinal,
        [StageDays(s.ordinal, StageStatus(s.status), s.planned_end) for s in stages],
    )
    following = next((s for s in stages if s.ordinal == ordinal), None)
    if following is None:
        return None
    opening = Occasion(said.who, said.today, said.now)
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


def hand_on(
    session: Session, decision: Decision, stage: Stage, from_id: int, to: Post, said: Occasion
) -> None:
    """Put the question to another post instead (转办); the first one's code is worthless."""
    rows = {asked.post_id: asked for asked, _ in asked_posts(session, decision.id or 0)}
    rows[from_id].gone = True
    add_post(session, decision, to, "transferred")
    void_codes(session, decision.id or 0, from_id)
    note(
        session,
        decision.campaign_id,
        said,
        "decision-transfer",
        f"S{stage.ordinal}",
        decision=decision.id,
        to=to.title,
    )


def add_post(session: Session, decision: Decision, post: Post, how: str) -> None:
    """Put the question to one more post; one that it was taken from is asked again."""
    known = select(AskedPost).where(
        AskedPost.decision_id == decision.id, AskedPost.post_id == post.id
    )
    row = session.exec(known).first()
    if row is None:
        session.add(AskedPost(decision_id=decision.id or 0, post_id=post.id or 0, how=how))
    else:
        row.gone, row.how = False, how
    session.flush()


def keep_try(
    session: Session,
    decision_id: int,
    source: str,
    number: int,
    *,
    accepted: bool,
    outcome: str,
    now: datetime,
) -> None:
    """Remember what became of an answer, so that the replay of a run does not hand it in again."""
    session.add(
        DecisionTry(
            decision_id=decision_id,
            source=source,
            number=number,
            at=now,
            accepted=accepted,
            outcome=outcome,
        )
    )
    session.flush()
