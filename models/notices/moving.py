"""Messages that wait for a channel a post has left: stopped there, and said again on its new one."""

from collections.abc import Mapping

from sqlmodel import Session, select

from models.database import run
from models.units.unit import Post

# What waits for the old channel and can only be for this post; a claimed or half-sent one goes its way.
_MINE = """
    g.campaign_id = :campaign AND g.tag = :old AND NOT g.settled AND NOT g.secret
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.message_id = g.id AND n.post_id <> :post)
    AND EXISTS (SELECT 1 FROM notice n WHERE n.message_id = g.id)
    AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = g.id
        AND (d.state <> 'waiting' OR d.unanswered OR d.lease_until IS NOT NULL))"""
_STOP = (
    f"""UPDATE delivery SET state = 'superseded', code = 'handed-over', answer = '接收通道已变更'
        WHERE message_id IN (SELECT g.id FROM message g WHERE {_MINE})""",  # noqa: S608
    """UPDATE notice SET message_id = NULL, reason = '', state = 'waiting'
       WHERE post_id = :post AND state = 'posted' AND message_id IN (
           SELECT d.message_id FROM delivery d WHERE d.code = 'handed-over')""",
    """UPDATE message SET settled = true, "window" = NULL
       WHERE campaign_id = :campaign AND NOT settled AND EXISTS (
           SELECT 1 FROM delivery d WHERE d.message_id = message.id AND d.code = 'handed-over')""",
)


def channels_of(session: Session, campaign_id: int) -> dict[int, str]:
    """Return the channel tag of every post of a campaign that has one."""
    query = select(Post.id, Post.tag).where(Post.campaign_id == campaign_id, Post.tag != "")
    return {key: tag for key, tag in session.exec(query) if key is not None}


def move_waiting(session: Session, campaign_id: int, before: Mapping[int, str]) -> int:
    """Let what waits for the channel that a post of ``before`` (post to tag) has left be said anew.

    Returns how many notices wait again; three statements a post that has another tag by now. Only what
    can be for nobody else moves: a code, and what a provider has taken or may have, stays. Repeatable.
    """
    session.flush()
    now = channels_of(session, campaign_id)
    again = 0
    for post, old in before.items():
        if now.get(post, old) != old:
            values = {"campaign": campaign_id, "old": old, "post": post}
            again += [run(session, sql, values).rowcount for sql in _STOP][1]
    session.expire_all()
    return again
