"""Ask what is due, chase what lies, close what was overtaken: the decisions' part of a patrol, in sets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from sqlmodel import Session

from models.audit.chain import appended
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import BY_PLAN, Occasion
from models.campaign.stage_end import reach_end, stages_and_ends_of
from models.decisions.asking import add_posts, next_level
from models.decisions.at_a_glance import open_questions
from models.decisions.closing import Closing, close_each
from models.decisions.decision import (
    ESCALATED,
    EXPIRED,
    OVERTAKEN,
    AskedPost,
    all_campaign_posts,
    last_answers,
)
from models.decisions.gate import gates_of
from models.decisions.hearing import Hearing
from models.keys import key_of
from models.notices.writing import tell_all
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.answers import Answer
from models.rules.decisions.decisions import Chase, Why, chase, moot, occasion, when_to_ask
from models.rules.gates.values import GateReport
from models.rules.words import UNDER_WAY, UNFINISHED, StageStatus
from models.units.unit import Post
from tasks.decisions.putting import Put, Telling, put_questions, tell_posts
from tasks.decisions.rounds import DecisionNews, Round
from tasks.office.reach import lazily_reachable


@dataclass(frozen=True, slots=True)
class _Standing:
    """An open question with those it is put to now, and what is due for it on the day."""

    one: Round
    asked: Hearing
    voices: Sequence[tuple[AskedPost, Post]]
    due: Chase

    @classmethod
    def of(cls, one: Round, asked: Hearing, voices: Sequence[tuple[AskedPost, Post]]) -> Self:
        escalated = any(voice.how == ESCALATED for voice, _ in voices)
        due = chase(asked.decision.due, escalated, one.moment.today, one.calendar)
        return cls(one, asked, voices, due)

    @property
    def filled(self) -> list[Post]:
        """Return who is chased: who has spoken already (会签) is not any more, and gets no second code."""
        return [post for voice, post in self.voices if not post.vacant and not voice.answer]

    @property
    def escalates(self) -> bool:
        """Say whether the next level is asked as well."""
        escalated = any(voice.how == ESCALATED for voice, _ in self.voices)
        return (self.due.escalate or not self.filled) and not escalated

    @property
    def reminds(self) -> bool:
        """Say whether those who are silent hear of it again today."""
        return self.due.remind and self.asked.decision.reminded_on != self.one.moment.today

    def ends(self, gates: Mapping[int, GateReport]) -> Closing | None:
        """Return why the question is closed, None while it stands."""
        due = self.asked.decision.due
        if why := self._overtaken(gates):
            return Closing(self.asked, OVERTAKEN, why)
        if self.due.expire:
            why = f"{due} 前没有答复，又过了 {self.due.late} 个工作日"
            return Closing(self.asked, EXPIRED, why)
        return None

    def _overtaken(self, gates: Mapping[int, GateReport]) -> str:
        """Return why the question no longer stands; empty while it does. One asked for a person's sake stands."""
        decision, stage, one = self.asked.decision, self.asked.stage, self.one
        if reason := moot(StageStatus(stage.status), opening=decision.is_opening):
            return reason
        if decision.why in (Why.OPENING, Why.BY_HAND, Why.OBJECTION):
            return ""
        near = one.plan.near_end_workdays
        if occasion(stage.planned_end, False, one.moment.today, one.calendar, near):
            return ""
        return "" if gates[key_of(stage)].open else "推进条件又有未满足的，离结束日也还早"


def look_after_decisions(
    session: Session, campaigns: Sequence[Campaign], calendar: WorkCalendar, moment: Moment
) -> dict[int, DecisionNews]:
    """Bring every question of the campaigns up to date, in the patrol's own transaction.

    A second patrol of a day asks, reminds and closes nothing. What is asked of the tables is asked of all
    campaigns at once, but for stages that an older version closed.
    """
    if not campaigns:
        return {}
    rounds = {key_of(one): Round.of(session, one, moment, calendar) for one in campaigns}
    stages = stages_and_ends_of(session, list(rounds))  # each question's stage is among them
    questions = open_questions(session, list(rounds))
    standing = [
        _Standing.of(one, one.hearing(decision, session.get_one(Stage, decision.stage_id)), voices)
        for id, one in rounds.items()
        for decision, voices in questions.get(id, ())
    ]
    asked_about = {one.asked.stage.id for one in standing}
    gated = [
        (rounds[id].campaign, stage)
        for id, each in stages.items()
        for stage, _ in each
        if stage.status == StageStatus.ACTIVE
        or (stage.status in UNDER_WAY and stage.id in asked_about)
    ]
    gates = gates_of(session, gated, moment.today, lazily_reachable())
    _look_after(session, standing, gates, Occasion(BY_PLAN, moment))
    for each in stages.values():
        for stage, end in each:
            if stage.status == StageStatus.CLOSED and end in UNFINISHED:
                reach_end(session, key_of(stage), BY_PLAN, moment=moment)
    _ask(session, rounds, [stage for _, stage in gated], gates)
    return {id: one.news for id, one in rounds.items()}


def _ask(
    session: Session,
    rounds: Mapping[int, Round],
    stages: Sequence[Stage],
    gates: Mapping[int, GateReport],
) -> None:
    """Put the questions that are due about ``stages``."""
    active = [stage for stage in stages if stage.status == StageStatus.ACTIVE]
    last = last_answers(session, [key_of(stage) for stage in active]) if active else {}
    puts = []
    for stage in active:
        one, gate = rounds[stage.campaign_id], gates[key_of(stage)]
        before = last.get(key_of(stage))
        why = when_to_ask(
            stage,
            gate_open=gate.open,
            returned_on=before.closed_on if before and before.answer == Answer.RETURN else None,
            today=one.moment.today,
            calendar=one.calendar,
            near_end_workdays=one.plan.near_end_workdays,
        )
        if why:
            word = Occasion(BY_PLAN, one.moment, obstacles=gate.obstacles)
            puts.append(Put(one, stage, why, word))
    put_questions(session, puts)


def _look_after(
    session: Session,
    standing: Sequence[_Standing],
    gates: Mapping[int, GateReport],
    said: Occasion,
) -> None:
    """Close the questions that no longer stand; escalate the others and remind of them as is due."""
    ends = {one.asked.id: one.ends(gates) for one in standing}
    of = {one.asked.id: one for one in standing}
    for closing in close_each(session, [end for end in ends.values() if end], said):
        of[closing.one.id].one.news.closed.append(closing.one.title)
    left = [one for one in standing if ends[one.asked.id] is None]
    above = _escalate(session, [one for one in left if one.escalates], said)
    tellings = []
    for one in left:
        asked, day = one.asked, one.one.moment.today
        if more := above.get(asked.id):
            tellings.append(Telling(one.one, asked, more, "decision_escalated"))
        if one.reminds and one.filled:
            asked.decision.reminded_on = day
            occurrence = f"{asked.id} {day}"
            tellings.append(Telling(one.one, asked, one.filled, "decision_reminder", occurrence))
            one.one.news.chased.append(asked.title)
    tell_posts(session, tellings)


def _escalate(
    session: Session, lying: Sequence[_Standing], said: Occasion
) -> dict[int, list[Post]]:
    """Ask the next level as well, and return it by question; where there is none, tell everybody that it lies."""
    if not lying:
        return {}
    posts = all_campaign_posts(session, list({one.asked.stage.campaign_id for one in lying}))
    above, words = {}, []
    for one in lying:
        asked, own = one.asked, posts[one.asked.stage.campaign_id]
        before = {key_of(post) for _, post in one.voices}
        if more := next_level(own, one.one.plan, before):
            above[asked.id] = more
            continue
        detail = f"{asked.decision.due} 前应答复，没有更高一级可以转请"
        word = asked.word("decision_unanswered", detail=detail)
        # Those asked are reminded.
        words += [(id, word) for id in sorted(map(key_of, own)) if id not in before]
    climbs = [one.asked for one in lying if one.asked.id in above]
    add_posts(session, [(asked, post) for asked in climbs for post in above[asked.id]], ESCALATED)
    facts = {id: {"to": [post.title for post in more]} for id, more in above.items()}
    appended(
        session,
        [
            (
                asked.stage.campaign_id,
                said.moment,
                [asked.entry("decision-escalated", said, facts[asked.id])],
            )
            for asked in climbs
        ],
    )
    news = {key_of(one.one.campaign): one.one.news for one in lying}
    for id, new in tell_all(session, list(news), words, said.moment).items():
        news[id].told += new
    return above
