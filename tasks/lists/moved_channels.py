"""Tell a leader on the channel used so far that codes and alerts go somewhere else from now on.

Whoever changes the list of posts could else have a leader's codes sent to a channel of his own.
"""

from collections.abc import Mapping

from sqlmodel import Session

from models.decisions.decision import campaign_posts
from models.keys import key_of
from models.notices.notice import Message
from models.notices.posting import post_message
from models.settings import local_minute
from notifications import links
from notifications.rendering import render
from tasks.lists.taking import Returned
from tasks.office.reach import channels_now

SUBJECT = "接收通道变更"


Places = Mapping[int, tuple[str, str]]  # the title and the channel tag of each post, by its id


def places(session: Session, campaign_id: int) -> Places:
    """Return where each of the campaign's own filled posts is told things."""
    found = campaign_posts(session, campaign_id)
    return {key_of(post): (post.title, post.tag) for post in found}


def tell_of_moved_channels(taken: Returned, before: Places, entry_id: int) -> None:
    """Send a message at once to every place of ``before`` where its post is told nothing any more."""
    campaign, now = taken.campaign, taken.moment.now
    told = {id: tag for id, (_, tag) in places(taken.session, taken.campaign_id).items()}
    moved = {id: (post, tag) for id, (post, tag) in before.items() if told.get(id) != tag}
    channels = channels_now() if moved and not campaign.is_demo else None
    if channels is None:
        return
    for id, (post, tag) in moved.items():
        targets = [(target.id, target.kind) for target in channels.targets(tag)]
        words = render(
            "decision/channel_moved.md.j2",
            campaign=campaign.title,
            at=local_minute(now),
            file=taken.book.name,
            post=post,
            tag=tag,
            to=told.get(id, ""),
            entry=entry_id,
        ).strip()
        if targets:
            message = Message(
                campaign_id=taken.campaign_id,
                tag=tag,
                subject=f"{SUBJECT}：{post}",
                body=words,
                link=links.board(campaign.address),
                made_at=now,
                urgent=True,
            )
            post_message(taken.session, message, targets)
