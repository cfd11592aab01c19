"""Which channels a one-time code may go to: the leader's own, which nobody else reads."""

from collections.abc import Sequence

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.decisions.decision import campaign_posts
from models.keys import key_of
from models.rules.words import Level
from models.units.unit import Post
from tasks.office.reach import channels_now


def targets_of(campaign: Campaign, tag: str) -> list[tuple[str, str]]:
    """Return the channel targets that are the tag's own; a demonstration reaches nobody.

    What reaches anybody else too, under whatever spelling, would show the code to them: it is none.
    """
    channels = None if campaign.is_demo else channels_now()
    return [(target.id, target.kind) for target in channels.own(tag)] if channels else []


def shared_channels(session: Session, campaign: Campaign) -> list[str]:
    """Return a line for each leader whose channels are all read by others: no code can go there.

    Of a leader with at least one channel of their own nothing is said, for the code goes there.
    """
    return unread_codes(campaign, campaign_posts(session, key_of(campaign)))


def unread_codes(campaign: Campaign, posts: Sequence[Post]) -> list[str]:
    """Return what `shared_channels` does of the campaign's own ``posts``."""
    channels = None if campaign.is_demo else channels_now()
    if channels is None:
        return []
    lines = []
    for post in posts:
        targets = channels.targets(post.tag)
        if post.level <= Level.OFFICE or not targets or channels.own(post.tag):
            continue
        why = "；".join(f"{t.kind}{channels.why_not_own(post.tag, t)}" for t in targets)
        lines.append(
            f"{post.title}的通道不能发验证码：{why}；请给 {post.tag} 配一个只有本人能看到的通道，"
            "或用 shifan decision code 打印验证码单当面交给"
        )
    return lines
