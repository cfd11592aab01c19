"""Ask and hear decisions: every write about an open question, in the caller's transaction."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage
from models.campaign.moves import Occasion, as_facts, move, note, obstacles_json
from models.decisions.codes import Matter, void_codes
from models.decisions.decision import (
    ESCALATED,
    AskedPost,
    Decision,
    DecisionTry,
    asked_posts,
    campaign_posts,
    every_asked_post,
    open_decisions,
)
from models.keys import key_of
from models.rules.decisions.decisions import Answer, Why
from models.rules.gates.plan import PlanGates
from models.rules.words import Level, StageStatus
from models.units.unit import Post


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
        stage_id=key_of(stage),
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
    session.add_all(AskedPost(decision_id=key_of(decision), post_id=key_of(post)) for post in posts)
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


def hear(
    session: Session, decision: Decision, post_id: int, answer: Answer, said: Occasion
) -> None:
    """Write down what one asked post said."""
    for asked, _ in asked_posts(session, key_of(decision)):
        if asked.post_id == post_id:
            asked.answer, asked.said_by = answer.value, said.who
            asked.reason, asked.at = said.reason, said.now
    session.flush()


def hand_on(
    session: Session, decision: Decision, stage: Stage, giver: Post, to: Post, said: Occasion
) -> int:
    """Put the question to another post instead (转办); the first one's code is worthless.

    Whoever takes over from a post that it climbed to decides alone, as that post did. Returns the
    number of its entry in the audit.
    """
    rows = {asked.post_id: asked for asked, _ in asked_posts(session, key_of(decision))}
    row = rows[key_of(giver)]
    row.gone = True
    add_post(session, decision, to, ESCALATED if row.how == ESCALATED else "transferred")
    void_codes(session, Matter.question(decision.id), giver.id)
    entry = note(
        session,
        decision.campaign_id,
        said,
        "decision-transfer",
        f"S{stage.ordinal}",
        decision=decision.id,
        to=to.title,
        **{"from": giver.title},
    )
    return key_of(entry)


def take_voice_back(session: Session, decision: Decision, post: Post) -> None:
    """Let an asked post have said nothing yet; the audit keeps what was said in its name."""
    for asked, _ in asked_posts(session, key_of(decision)):
        if asked.post_id == post.id:
            asked.answer = asked.said_by = asked.reason = ""
            asked.new_end = asked.at = None
    session.flush()


def take_hand_on_back(session: Session, decision: Decision, giver: Post) -> list[Post]:
    """Put a question back to the post that it was handed on from; return who has it no longer.

    Whoever it was handed on to, and from there on, is no longer asked, and what they said is void.
    """
    rows = {
        post.title: (asked, post) for asked, post in every_asked_post(session, key_of(decision))
    }
    own, _ = rows.pop(giver.title)
    gone, at = [], giver.title
    while (to := _handed_to(session, decision, at)) in rows:
        asked, post = rows.pop(to)
        take_voice_back(session, decision, post)
        asked.gone = True
        void_codes(session, Matter.question(decision.id), post.id)
        gone.append(post)
        at = to
    own.gone = False
    session.flush()
    return gone


def _handed_to(session: Session, decision: Decision, title: str) -> str:
    """Return the post that ``title`` last handed the question on to, as the audit keeps it."""
    query = select(AuditEntry.facts).where(
        AuditEntry.campaign_id == decision.campaign_id, AuditEntry.what == "decision-transfer"
    )
    for kept in session.exec(query.order_by(col(AuditEntry.id).desc())):
        facts = json.loads(kept)
        if facts["decision"] == decision.id and facts.get("from") == title:
            return str(facts["to"])
    return ""


def add_post(session: Session, decision: Decision, post: Post, how: str) -> None:
    """Put the question to one more post; one that it was taken from is asked again."""
    known = select(AskedPost).where(
        AskedPost.decision_id == decision.id, AskedPost.post_id == post.id
    )
    row = session.exec(known).first()
    if row is None:
        session.add(AskedPost(decision_id=key_of(decision), post_id=key_of(post), how=how))
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
