"""Who can be reached: which notices have no channel to go out by."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.database import open_session
from models.errors import ChannelError
from models.keys import key_of
from models.loading.posts import listed_posts
from models.notices.channel_health import failing_targets
from models.rules.bodies import Bodies
from models.rules.notices.rule_words import NO_WAY
from models.settings import settings

if TYPE_CHECKING:
    from notifications.channels.channels import Channels

NOT_CONFIGURED = "还没有配置通道：请把 SHIFAN_CHANNELS 指向通道配置文件（样例见 deployments/channels.example.yaml）"


@dataclass(frozen=True, slots=True)
class Unreachable:
    """How many notices have nowhere to go, and why."""

    count: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom the configured channels reach; ``has`` is None when none are configured at all.

    ``lists`` says whether the channels have a target, which is looked for by a tag first.
    """

    has: Callable[[str], bool] | None = None
    lists: Callable[[str, str], bool] = lambda _target, _tag: False
    faults: int = 0

    def failing(self, session: Session) -> int:
        """Return how many targets of the file refused the last time they were spoken to.

        Each is looked for where it was last known to be, so that of thousands only few are looked at. One
        whose tag was changed in the file still counts, and one taken out of it does not: who is not where
        it was is looked for among all, until the self-test of the next morning has written down where it is
        now, or that it is nowhere. Nobody looks for the latter again before it is spoken to, or a self-test
        finds it in the file once more.
        """
        failing = failing_targets(session)
        return sum(tag != "" and self.lists(target, tag or "") for target, tag in failing.items())


def channels_now() -> "Channels | None":
    """Return the configured channels; None when no file is named."""
    path = settings().channels
    if path is None:
        return None
    from notifications.channels.channels import load_channels

    return load_channels(path)


def read_channels_ahead() -> None:
    """Read the channels for the processes that are forked from this one; a fault is each of theirs to tell."""
    path = settings().channels
    if path is None:
        return
    from notifications.channels.channels import read_ahead

    with suppress(ChannelError):
        read_ahead(path)


def channels_named() -> "Channels":
    """Return the configured channels; raises ChannelError when no file is named."""
    channels = channels_now()
    if channels is None:
        raise ChannelError(NOT_CONFIGURED)
    return channels


def reach() -> Reach:
    """Return whom the channels reach now."""
    channels = channels_now()
    if channels is None:
        return Reach()
    lists = partial(_lists, channels)
    return Reach(channels.has, lists, len(channels.faults))


def _lists(channels: "Channels", target: str, tag: str) -> bool:
    return channels.target(target, tag) is not None


def unreachable(unsent: dict[str, int]) -> Unreachable:
    """Return what of ``unsent`` (notices by channel tag) no configured channel takes."""
    channels = channels_now()
    if channels is None:
        return Unreachable(sum(unsent.values()), NO_WAY["no-channels-file"])
    lost = {tag: n for tag, n in unsent.items() if not channels.has(tag)}
    shown = "、".join(list(lost)[:5]) + (f"等 {len(lost)} 个标签" if len(lost) > 5 else "")
    return Unreachable(sum(lost.values()), f"{shown}没有对应的通道" if lost else "")


def tags_to_ask_about(session: Session, campaign: Campaign) -> list[str]:
    """Return a line for each post without a channel whose unit the channels may know by another name."""
    channels = None if campaign.is_demo else channels_now()
    if channels is None:
        return []
    lines = {}
    bodies = Bodies(tag.partition("-")[0] for tag in channels.tags)
    for post in listed_posts(session, key_of(campaign)):
        body, _, rest = post.tag.partition("-")
        known = [f"{one}-{rest}" if rest else one for one in bodies.perhaps(body)]
        found = next(filter(channels.has, known), "")
        if found and not post.vacant and not channels.has(post.tag):
            lines[post.tag] = (
                f"{post.name}的标签“{post.tag}”没有通道，通道配置里有“{found}”：是同一个单位，"
                "请把通道配置或联系人表里的标签改成一样；不是，请给它配上通道"
            )
    return list(lines.values())


def lazily_reachable() -> Callable[[str], bool]:
    """Return the question whether a tag has a channel that works.

    The channels are read when it is first asked; most gates never ask.
    """
    known = cache(_working)
    return lambda tag: known()(tag)


def _working() -> Callable[[str], bool]:
    """Return the question whether a tag has a channel that did not refuse the last time it was used."""
    channels = channels_now()
    if channels is None:
        return lambda _tag: False
    with open_session(read_only=True) as session:
        failing = failing_targets(session)
    return lambda tag: any(target.id not in failing for target in channels.targets(tag))
