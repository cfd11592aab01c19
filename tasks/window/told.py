"""Whose a message is: what of it whoever looks may read, and what of it is theirs to answer.

A personal link is bound to one post of one campaign, and opens the pages of that campaign alone. A
message is bound to a channel: whoever serves two campaigns is told of both in one message, on the one
channel that only this reader has. So a post reads and answers of a message what was told to itself, and
what the same message told to posts that stand on its own channel to this day, in whatever campaign: one
tap for one message. A post that has moved to another channel since is somebody else by now, and its part
is neither shown nor answered. Nothing else of another campaign opens: neither its items nor its board.
"""

import re
from dataclasses import dataclass

from sqlmodel import Session

from models.notices.unanswered import posts_told
from models.rules.window.sight import Right, VisitorRole
from models.rules.words import Level
from models.units.unit import Post
from tasks.window.visitors import Visitor

_MESSAGE = re.compile(r"消息 ([0-9]{1,10})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TheirPart:
    """The campaigns of whose part in a message somebody may ``read``, and of which ``answer``."""

    read: frozenset[int]
    answer: frozenset[int]


def told_to(session: Session, number: int, visitor: Visitor) -> TheirPart:
    """Return what of message ``number`` is for ``visitor``; see the module.

    The office's accounts answer what the office was told. A unit reads what its own posts were told; who
    sees everything reads every message of its own campaigns.
    """
    posts = posts_told(session, number)
    answer = frozenset(post.campaign_id for post in posts if _is_theirs(post, visitor))
    read = {post.campaign_id for post in posts if _is_seen(post, visitor)}
    return TheirPart(frozenset(read) | answer, answer)


def message_in(subject: str) -> int | None:
    """Return the number of the message that an entry of the audit is about; None for one about another thing."""
    found = _MESSAGE.fullmatch(subject)
    return int(found[1]) if found else None


def _is_theirs(post: Post, visitor: Visitor) -> bool:
    """Say whether ``visitor`` is who was told as ``post``: the post, its channel, or the office for its accounts."""
    if visitor.role is VisitorRole.OFFICE:
        return post.unit_id is None and post.level == Level.OFFICE
    return post.id == visitor.post_id or bool(visitor.tag and post.tag == visitor.tag)


def _is_seen(post: Post, visitor: Visitor) -> bool:
    if visitor.campaign_id not in (None, post.campaign_id):
        return False
    return Right.SEE_ALL in visitor.rights or post.unit_id == visitor.unit_id
