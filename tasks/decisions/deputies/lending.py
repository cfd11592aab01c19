"""One post that lends its decisions to another: on record, and told to those it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.campaign.moves import Occasion, note
from models.decisions.decision import campaign_posts
from models.decisions.delegation import Delegation
from models.errors import DecisionError
from models.keys import key_of
from models.notices.writing import Word, tell
from models.rules.words import Level
from models.settings import local_minute
from models.units.unit import Post
from notifications.rendering import render
from tasks.decisions.codes.code_channels import targets_of


@dataclass(frozen=True, slots=True)
class Lending:
    """A delegation with its campaign, who lends, and who decides instead."""

    session: Session
    campaign: Campaign
    one: Delegation
    giver: Post
    deputy: Post

    @classmethod
    def of(cls, session: Session, one: Delegation) -> Self:
        """Return a stored delegation with those it is about."""
        campaign = session.get_one(Campaign, one.campaign_id)
        posts = (session.get_one(Post, number) for number in (one.post_id, one.deputy_id))
        return cls(session, campaign, one, *posts)

    def record(self, what: str, rule: str, said: Occasion, facts: Mapping[str, object]) -> None:
        """Write an entry of the audit, and tell who lends, who decides instead, and the office.

        Every leader is told where who lends is not reachable.
        """
        giver, deputy, campaign_id = self.giver, self.deputy, key_of(self.campaign)
        days = {"first": self.one.first, "last": self.one.last}
        known = {"to": deputy.title, **days, **facts}
        entry = note(self.session, campaign_id, said, what, giver.title, **known)
        reachable = bool(targets_of(self.campaign, giver.tag))
        own = campaign_posts(self.session, campaign_id)
        near = [post for post in own if post.level == Level.OFFICE or not reachable]
        words = render(
            f"decision/{rule}.md.j2",
            campaign=self.campaign.title,
            giver=giver.title,
            deputy=deputy.title,
            at=local_minute(said.moment.now),
            entry=entry.id,
            by=said.who,
            reason=said.reason,
            **days,
            **facts,
        ).strip()
        word = Word("delegation", 0, rule, str(entry.id), words, urgent=True)
        told = {key_of(post): word for post in [giver, deputy, *near]}
        tell(self.session, campaign_id, told.items(), said.moment)


def post_titled(session: Session, campaign: Campaign, title: str) -> Post:
    """Return the campaign's own filled post of that title, or raise DecisionError that lists them."""
    posts = campaign_posts(session, key_of(campaign))
    found = next((post for post in posts if post.title == title.strip()), None)
    if found is None:
        known = "、".join(post.title for post in posts) or "（没有，请用 shifan posts 填写）"
        raise DecisionError(f"没有名为 {title.strip() or '（空）'} 的岗位，现有：{known}")
    return found
