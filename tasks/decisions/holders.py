"""Who decides for a post on a day: the post itself, or its deputy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.decisions.delegation import deputy_of
from models.keys import key_of
from models.units.unit import Post


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may decide for an asked post on a day: itself, or its deputy."""

    post: Post
    person: Post

    @property
    def name(self) -> str:
        """Return who decides, in words: 组长, or 副组长(受组长委托)."""
        if self.person.id == self.post.id:
            return self.post.title
        return f"{self.person.title}（受{self.post.title}委托）"

    @property
    def both(self) -> Sequence[Post]:
        """Return the post and whoever decides for it, each once."""
        return list({post.id: post for post in (self.post, self.person)}.values())


def holder_of(session: Session, post: Post, today: date) -> Holder:
    """Return who decides for ``post`` on ``today``."""
    return Holder(post, deputy_of(session, key_of(post), today) or post)
