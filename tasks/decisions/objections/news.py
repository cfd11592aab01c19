"""An objection that stands, and telling everybody whom it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.audit.chain import AuditEntry
from models.campaign.moves import Occasion
from models.decisions.decision import campaign_posts
from models.decisions.hearing import Hearing
from models.rules.decisions.answers import Answer
from models.rules.said import inside
from models.rules.words import Level
from models.units.unit import Post
from tasks.decisions.codes.own_channel import tell_in_person
from tasks.decisions.deputies.spoken_for import SpokenFor


@dataclass(frozen=True, slots=True)
class Standing:
    """An objection that stands: of whom, to what, why, and who recorded it where the leader could not."""

    about: Hearing
    mine: SpokenFor
    post: Post
    reason: str
    registrar: str

    @property
    def word(self) -> Occasion:
        """Return on whose word it happens."""
        return Occasion(self.post.title, self.about.moment, self.reason)

    @property
    def others(self) -> list[Post]:
        """Return who was in the leader's place, and is there no longer."""
        return [post for post in self.mine.holder.both if post.id != self.post.id]

    def note(self, what: str, **facts: object) -> AuditEntry:
        """Write an entry of the audit about the decision."""
        known = {"stage": self.about.stage.name, "registrar": self.registrar, **facts}
        return self.about.note(what, self.word, **known)


def say_to_everybody(one: Standing, came_to: str, entry_id: int, heard: Iterable[int]) -> None:
    """Tell whoever heard of the decision that it counts no more, the leaders and the office at least."""
    about = one.about.in_hours()
    registered = f"，由{one.registrar}登记" if one.registrar else ""
    detail = (
        f"{one.post.title}对编号 {about.id} 的决定（{Answer(about.decision.answer).chinese}）提出异议"
        f"{registered}，理由：{inside(one.reason)}；{came_to}"
    )
    everybody = dict.fromkeys([*about.everybody, *heard])
    about.tell("decision_objected", everybody, detail=detail)
    say_at_once(one, came_to, entry_id, one.others)


def say_at_once(one: Standing, came_to: str, entry_id: int, others: Iterable[Post]) -> None:
    """Tell the leader, whoever was in the leader's place, and the office; all leaders where it registered."""
    about = one.about
    own = campaign_posts(about.session, about.stage.campaign_id)
    near = [p for p in own if p.level == Level.OFFICE or one.registrar]
    facts = {
        "by": one.post.title,
        "registrar": one.registrar,
        "reason": one.reason,
        "outcome": came_to,
    }
    tell_in_person(about, "objection", [one.post, *others, *near], entry_id, facts)
