"""Ask and hear decisions: every write about an open question, in the caller's transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion, as_facts, move, obstacles_json
from models.decisions.codes import void_codes
from models.decisions.decision import (
    ESCALATED,
    TRANSFERRED,
    AskedPost,
    Decision,
    campaign_posts,
    every_asked_post,
    open_decisions,
)
from models.decisions.hearing import Hearing
from models.keys import key_of
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import Why
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
    every = campaign_posts(session, campaign_id)
    posts = [post for post in every if post.id not in asked]
    named = [post for title in plan.escalate_to for post in posts if post.title == title]
    if named:
        return named
    highest = max((post.level for post in every if post.id in asked), default=0)
    above = [post for post in posts if post.level > max(highest, Level.OFFICE)]
    lowest = min((post.level for post in above), default=0)
    return [post for post in above if post.level == lowest]


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """What is asked of whom, why and until when; ``together`` where all of several must agree."""

    posts: Sequence[Post]
    why: Why
    due: date
    together: bool


def ask(
    session: Session, campaign: Campaign, stage: Stage, asked: NewQuestion, said: Occasion
) -> Hearing | None:
    """Ask about ``stage``, which waits for the answer from now on; None when it is asked already.

    What stands in the way at this moment is kept with the question.
    """
    if any(d.stage_id == stage.id for d in open_decisions(session, stage.campaign_id)):
        return None
    decision = Decision(
        campaign_id=stage.campaign_id,
        stage_id=key_of(stage),
        why=asked.why,
        asked_by=said.who,
        asked_on=said.moment.today,
        asked_at=said.moment.now,
        due=asked.due,
        all_must_agree=asked.together and len(asked.posts) > 1,
        obstacles=obstacles_json(said.obstacles),
    )
    session.add(decision)
    session.flush()
    one = Hearing(session, decision, said.moment, stage, campaign)
    for post in asked.posts:
        session.add(AskedPost(decision_id=one.id, post_id=key_of(post)))
    facts = {"due": asked.due, "obstacles": as_facts(said.obstacles)}
    titles = [post.title for post in asked.posts]
    entry = one.note("decision-asked", said, why=asked.why.value, posts=titles, **facts)
    active = StageStatus.ACTIVE
    if stage.status == active:
        move(session, stage, StageStatus.DECIDING, said, entry, from_=(active,))
    return one


def hear(one: Hearing, post_id: int, answer: Answer, said: Occasion) -> None:
    """Write down what one asked post said."""
    voice = _voice(one, post_id)
    voice.answer, voice.said_by = answer.value, said.who
    voice.reason, voice.at = said.reason, said.moment.now
    one.session.flush()


def _voice(one: Hearing, post_id: int | None) -> AskedPost:
    return next(asked for asked, post in one.asked if post.id == post_id)


def hand_on(one: Hearing, giver: Post, to: Post, said: Occasion) -> int:
    """Put the question to another post instead (转办); the first one's code is worthless.

    Whoever takes over from a post that it climbed to decides alone, as that post did. Returns the
    number of its entry in the audit.
    """
    row = _voice(one, giver.id)
    row.gone = True
    add_post(one, to, ESCALATED if row.how == ESCALATED else TRANSFERRED)
    void_codes(one.session, one.matter, giver.id)
    given = {"to": to.title, "from": giver.title}
    return key_of(one.note("decision-transfer", said, **given))


def take_voice_back(one: Hearing, voice: AskedPost) -> None:
    """Let an asked post have said nothing yet; the audit keeps what was said in its name."""
    voice.answer = voice.said_by = voice.reason = ""
    voice.new_end = voice.at = None
    one.session.flush()


def take_hand_on_back(one: Hearing, giver: Post) -> list[Post]:
    """Put a question back to the post that it was handed on from; return who has it no longer.

    Whoever it was handed on to, and from there on, is no longer asked, and what they said is void.
    """
    rows = {p.title: (asked, p) for asked, p in every_asked_post(one.session, one.id)}
    own, _ = rows.pop(giver.title)
    gone, at = [], giver.title
    while (to := _handed_to(one, at)) in rows:
        asked, post = rows.pop(to)
        asked.gone = True
        take_voice_back(one, asked)
        void_codes(one.session, one.matter, post.id)
        gone.append(post)
        at = to
    own.gone = False
    one.session.flush()
    return gone


def _handed_to(one: Hearing, title: str) -> str:
    """Return the post that ``title`` last handed the question on to, as the audit keeps it."""
    query = select(AuditEntry.facts).where(
        AuditEntry.campaign_id == one.stage.campaign_id, AuditEntry.what == "decision-transfer"
    )
    for kept in one.session.exec(query.order_by(col(AuditEntry.id).desc())):
        facts = json.loads(kept)
        if facts["decision"] == one.id and facts.get("from") == title:
            return str(facts["to"])
    return ""


def add_post(one: Hearing, post: Post, how: str) -> None:
    """Put the question to one more post; one that it was taken from is asked again."""
    known = select(AskedPost).where(AskedPost.decision_id == one.id, AskedPost.post_id == post.id)
    row = one.session.exec(known).first()
    if row is None:
        row = AskedPost(decision_id=one.id, post_id=key_of(post))
        one.session.add(row)
    row.gone, row.how = False, how
    one.session.flush()
