"""A question as it is dealt with: the question, its stage and campaign, at one moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.audit.chain import AuditEntry, NewEntry, lock_chain, record
from models.calendar.calendar import in_hours
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion, entry_of
from models.decisions.codes import Matter, Purpose
from models.decisions.decision import (
    AskedPost,
    Decision,
    asked_about,
    asked_posts,
    campaign_posts,
    decision_numbered,
)
from models.keys import key_of
from models.notices.stages import leaders_and_office
from models.notices.writing import Word, tell
from models.rules.bounds import LARGEST_NUMBER
from models.rules.calendar.moment import Moment
from models.units.unit import Post


@dataclass(frozen=True, slots=True)
class Hearing:
    """One question in one session; whoever writes has locked the chain and the question's row."""

    session: Session
    decision: Decision
    moment: Moment
    stage: Stage
    campaign: Campaign

    @classmethod
    def of(cls, session: Session, decision: Decision, moment: Moment) -> Self:
        """Return the hearing of ``decision``, its stage as it is in the database now."""
        stage = session.get_one(Stage, decision.stage_id, populate_existing=True)
        return cls(session, decision, moment, stage, session.get_one(Campaign, stage.campaign_id))

    @classmethod
    def locked(cls, session: Session, decision_id: int, moment: Moment) -> Self | None:
        """Return the hearing of that number with its row and the chain locked until the commit; None if there is none."""
        lock_chain(session)
        if not 0 < decision_id <= LARGEST_NUMBER:
            return None
        query = select(Decision).where(Decision.id == decision_id).with_for_update()
        decision = session.exec(query.execution_options(populate_existing=True)).first()
        return cls.of(session, decision, moment) if decision else None

    @classmethod
    def numbered(cls, session: Session, decision_id: int, moment: Moment) -> Self:
        """Return the hearing of the question of that number, or raise NotFoundError."""
        return cls.of(session, decision_numbered(session, decision_id), moment)

    @property
    def id(self) -> int:
        """Return the number of the question."""
        return key_of(self.decision)

    @property
    def title(self) -> str:
        """Return what the question is about, as titles and messages name it."""
        return asked_about(self.decision, self.stage.name)

    @property
    def matter(self) -> Matter:
        """Return what a code that answers it is for."""
        return Matter(Purpose.DECIDE, self.id)

    @property
    def asked(self) -> list[tuple[AskedPost, Post]]:
        """Return the posts that it is put to now, in the order they were asked."""
        return asked_posts(self.session, self.id)

    @property
    def silent(self) -> list[Post]:
        """Return the posts that it is put to and that said nothing yet."""
        return [post for voice, post in self.asked if not voice.answer]

    @property
    def others(self) -> list[Post]:
        """Return the campaign's other posts, to which it may be handed on."""
        asked = {post.id for _, post in self.asked}
        posts = campaign_posts(self.session, self.stage.campaign_id)
        return [post for post in posts if post.id not in asked]

    @property
    def everybody(self) -> list[int]:
        """Return the leaders and the office."""
        return leaders_and_office(self.session, self.stage.campaign_id)

    def in_hours(self) -> Self:
        """Return the hearing with what it writes held back until the office is open."""
        return replace(self, moment=in_hours(self.session, self.moment))

    def leave(self, before: str, to: str, **values: Any) -> bool:
        """Give the question the status ``to``; True for exactly one of all who find it at ``before``."""
        standing = (col(Decision.id) == self.id, col(Decision.status) == before)
        statement = update(Decision).where(*standing).values(status=to, **values)
        won = self.session.connection().execute(statement).rowcount == 1
        self.session.refresh(self.decision)
        return won

    def note(self, what: str, said: Occasion, **facts: Any) -> AuditEntry:
        """Write an entry of the audit about the question."""
        entry = self.entry(what, said, facts)
        return record(self.session, self.stage.campaign_id, said.moment, entry)

    def entry(self, what: str, said: Occasion, facts: Mapping[str, Any]) -> NewEntry:
        """Return an entry of the audit about the question, not written yet."""
        about = f"S{self.stage.ordinal}"
        return entry_of(said, what, about, {"decision": self.id, **facts})

    def tell(self, rule: str, posts: Iterable[int], occurrence: str = "", detail: str = "") -> int:
        """Write a notice about the stage to each post, once per ``occurrence`` (the question's number)."""
        said = ((post, self.word(rule, occurrence, detail)) for post in posts)
        return tell(self.session, self.stage.campaign_id, said, self.moment)

    def word(self, rule: str, occurrence: str = "", detail: str = "") -> Word:
        """Return what `tell` tells."""
        return Word("stage", key_of(self.stage), rule, occurrence or str(self.id), detail=detail)

    def tell_at_once(self, rule: str, words: Mapping[int, str], entry_id: int) -> int:
        """Write free words about the question to each post, once per entry; they wait for nothing."""
        about = ("decision", self.id, rule, str(entry_id))
        said = ((post, Word(*about, text, urgent=True)) for post, text in words.items())
        return tell(self.session, self.stage.campaign_id, said, self.moment)
