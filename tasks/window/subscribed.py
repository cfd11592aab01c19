"""What a secret address leads to, as the tables say now: a campaign, and of it perhaps a unit or a post."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.keys import key_of
from models.rules.campaign_names import DEMO
from models.rules.words import CampaignState, Level
from models.units.unit import Post, Unit
from tasks.window.addresses import Behind, SecretAddress


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What stands behind an address. ``unit_id`` None and ``post_id`` None: all of the campaign.

    ``ended`` is the day it ended, None while it is under way.
    """

    secret: SecretAddress
    campaign_id: int
    slug: str
    title: str
    address: str
    is_demo: bool
    ended: date | None
    unit_id: int | None = None
    unit: str = ""
    post_id: int | None = None
    post: str = ""
    level: int = 0

    @property
    def demo(self) -> str:
        """Return what stands first in whatever shows a demonstration; empty otherwise."""
        return DEMO if self.is_demo else ""

    @property
    def name(self) -> str:
        """Return what a calendar of it is called."""
        return self.demo + f"{self.slug} {self.unit}{self.post}".strip()

    @property
    def is_of_the_office(self) -> bool:
        """Say whether it is the office's own post, whose items no unit owns."""
        return self.post_id is not None and self.level == Level.OFFICE


def subscribed_to(session: Session, secret: SecretAddress) -> Subscribed | None:
    """Return what stands behind ``secret``; None where there is nothing any more.

    That is so of a post that is vacant, a unit that was retired, a campaign that was removed.
    """
    post = session.get(Post, secret.number) if secret.behind is Behind.POST else None
    if secret.behind is Behind.POST and (post is None or post.vacant):
        return None
    unit_id = post.unit_id if post else secret.number if secret.behind is Behind.UNIT else None
    unit = session.get(Unit, unit_id) if unit_id else None
    if unit_id and (unit is None or unit.retired):
        return None
    owner = post or unit
    campaign = session.get(Campaign, owner.campaign_id if owner else secret.number)
    if campaign is None or campaign.state == CampaignState.REMOVED:
        return None
    return Subscribed(
        secret=secret,
        campaign_id=key_of(campaign),
        slug=campaign.slug,
        title=campaign.title,
        address=campaign.address,
        is_demo=campaign.is_demo,
        ended=campaign.closed_on if campaign.state != CampaignState.OPEN else None,
        unit_id=unit_id,
        unit=unit.name if unit else "",
        post_id=post.id if post else None,
        post=post.title if post else "",
        level=post.level if post else 0,
    )
