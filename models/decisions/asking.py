"""Ask and hear decisions: every write about an open question, in the caller's transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry, NewEntry, appended
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Moved, Occasion, as_facts, move_each, obstacles_json
from models.database import insert_rows
from models.decisions.codes import void_codes
from models.decisions.decision import (
    ASKED,
    ESCALATED,
    TRANSFERRED,
    AskedPost,
    Decision,
    every_asked_post,
)
from models.decisions.hearing import Hearing
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import Why
from models.rules.gates.plan import PlanGates
from models.rules.words import Level, StageStatus
from models.units.unit import Post


def deciders(posts: Sequence[Post], plan: PlanGates) -> Sequence[Post]:
    """Return which of a campaign's ``posts`` a question is put to: those the plan names, else the highest filled one."""
    named = [post for title in plan.deciders for post in posts if post.title == title]
    return named or posts[:1]


def next_level(every: Sequence[Post], plan: PlanGates, asked: set[int]) -> list[Post]:
    """Return whom an unanswered question goes to as well: the plan's, else the next level up."""
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
    """What is asked about a stage, of whom, why, until when and on whose word; ``together`` where all must agree."""

    campaign: Campaign
    stage: Stage
    posts: Sequence[Post]
    why: Why
    due: date
    together: bool
    said: Occasion

    def row(self) -> Decision:
        """Return the row of the question; what stands in the way at this moment is kept with it."""
        return Decision(
            campaign_id=self.stage.campaign_id,
            stage_id=key_of(self.stage),
            why=self.why,
            asked_by=self.said.who,
            asked_on=self.said.moment.today,
            asked_at=self.said.moment.now,
            due=self.due,
            all_must_agree=self.together and len(self.posts) > 1,
            obstacles=obstacles_json(self.said.obstacles),
        )

    def entry(self, one: Hearing) -> tuple[int, Moment, list[NewEntry]]:
        """Return what the audit says of it."""
        facts = {
            "why": self.why.value,
            "posts": [post.title for post in self.posts],
            "due": self.due,
            "obstacles": as_facts(self.said.obstacles),
        }
        said = one.entry("decision-asked", self.said, facts)
        return self.stage.campaign_id, self.said.moment, [said]


def ask_each(session: Session, questions: Sequence[NewQuestion]) -> list[Hearing | None]:
    """Ask about stages, which wait for the answers from now on; None for one that is asked already.

    Seven statements for all of them, none for none.
    """
    about = [key_of(one.stage) for one in questions]
    open_ = select(Decision.stage_id).where(
        col(Decision.stage_id).in_(about), Decision.status == ASKED
    )
    waiting = set(session.exec(open_)) if about else set()
    put = [one for one in questions if one.stage.id not in waiting]
    insert_rows(session, Decision, [one.row() for one in put])
    mine = {key_of(one.stage): one for one in put}
    open_now = select(Decision).where(col(Decision.stage_id).in_(mine), Decision.status == ASKED)
    asked = {}
    for row in session.exec(open_now) if put else ():
        one = mine[row.stage_id]
        asked[row.stage_id] = Hearing(session, row, one.said.moment, one.stage, one.campaign)
    hearings = [asked[key_of(one.stage)] for one in put]
    voices = [
        AskedPost(decision_id=hearing.id, post_id=key_of(post))
        for one, hearing in zip(put, hearings, strict=True)
        for post in one.posts
    ]
    insert_rows(session, AskedPost, voices)
    entries = appended(session, [one.entry(asked[key_of(one.stage)]) for one in put])
    moves = [
        Moved(one.stage, entry, one.said)
        for one, entry in zip(put, entries, strict=True)
        if one.stage.status == StageStatus.ACTIVE
    ]
    move_each(session, moves, StageStatus.ACTIVE, StageStatus.DECIDING)
    return [asked.get(stage_id) for stage_id in about]


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
    add_posts(one.session, [(one, post)], how)


def add_posts(session: Session, more: Sequence[tuple[Hearing, Post]], how: str) -> None:
    """Put each question to one more post as `add_post` does; two statements for all of them."""
    known = select(AskedPost).where(col(AskedPost.decision_id).in_([one.id for one, _ in more]))
    rows = {(row.decision_id, row.post_id): row for row in session.exec(known)} if more else {}
    for one, post in more:
        row = rows.get((one.id, key_of(post)))
        if row is None:
            row = AskedPost(decision_id=one.id, post_id=key_of(post))
            session.add(row)
        row.gone, row.how = False, how
    session.flush()
