"""An objection that stands, and telling everybody whom it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from models.calendar.calendar import in_hours
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion, note
from models.decisions.decision import Decision, asked_about, campaign_posts
from models.keys import key_of
from models.notices.stages import leaders_and_office
from models.notices.writing import Word, tell
from models.rules.calendar.moment import Moment
from models.rules.decisions.decisions import Answer
from models.rules.words import Level
from models.settings import local_minute
from models.units.unit import Post
from notifications.rendering import render
from tasks.decisions.deputies.spoken_for import SpokenFor


@dataclass(frozen=True, slots=True)
class Standing:
    """An objection that stands: of whom, to what, why, and who recorded it where the leader could not."""

    session: Session
    campaign: Campaign
    decision: Decision
    stage: Stage
    mine: SpokenFor
    post: Post
    reason: str
    registrar: str
    moment: Moment

    @property
    def word(self) -> Occasion:
        """Return on whose word it happens."""
        return Occasion(self.post.title, self.moment, self.reason)

    @property
    def others(self) -> list[Post]:
        """Return who was in the leader's place, and is there no longer."""
        return [post for post in self.mine.holder.both if post.id != self.post.id]

    def note(self, what: str, **facts: object) -> int:
        """Write an entry of the audit about the decision; return its number."""
        entry = note(
            self.session,
            key_of(self.campaign),
            self.word,
            what,
            f"S{self.stage.ordinal}",
            decision=self.decision.id,
            stage=self.stage.name,
            registrar=self.registrar,
            **facts,
        )
        return key_of(entry)


def say_to_everybody(one: Standing, came_to: str, entry_id: int, heard: Iterable[int]) -> None:
    """Tell whoever heard of the decision that it counts no more, the leaders and the office at least."""
    said = Answer(one.decision.answer).chinese
    registered = f"，由{one.registrar}登记" if one.registrar else ""
    detail = (
        f"{one.post.title}对编号 {one.decision.id} 的决定（{said}）提出异议{registered}，"
        f"理由：{one.reason}；{came_to}"
    )
    everybody = dict.fromkeys([*leaders_and_office(one.session, key_of(one.campaign)), *heard])
    word = Word(
        "stage", key_of(one.stage), "decision_objected", str(one.decision.id), detail=detail
    )
    told = ((post, word) for post in everybody)
    tell(one.session, key_of(one.campaign), told, in_hours(one.session, one.moment))
    say_at_once(one, came_to, entry_id, one.others)


def say_at_once(one: Standing, came_to: str, entry_id: int, others: Iterable[Post]) -> None:
    """Tell the leader, whoever was in the leader's place, and the office; all leaders where it registered."""
    own = campaign_posts(one.session, key_of(one.campaign))
    near = [p for p in own if p.level == Level.OFFICE or one.registrar]
    words = render(
        "decision/objection.md.j2",
        campaign=one.campaign.title,
        stage=asked_about(one.decision, one.stage.name),
        decision=one.decision.id,
        at=local_minute(one.moment.now),
        by=one.post.title,
        registrar=one.registrar,
        reason=one.reason,
        outcome=came_to,
        entry=entry_id,
    ).strip()
    about = ("decision", key_of(one.decision), "objection", str(entry_id))
    told = {key_of(post): Word(*about, words, urgent=True) for post in [one.post, *others, *near]}
    tell(one.session, key_of(one.campaign), told.items(), one.moment)
