"""What a post was told and has not acknowledged, and what stands acknowledged of a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.campaign.about import ITEM, STATE
from models.database import found_as
from models.notices.acknowledgement import SAID_BY
from models.notices.notice import Notice
from models.notices.unacknowledged import NOT_LONGER_THAN
from models.rules.words import Level
from models.units.unit import Post

_STANDS = """k.subject_kind = n.subject_kind AND k.subject_id = n.subject_id
          AND k.campaign_id = n.campaign_id AND k.runs_out >= :today AND k.ended_at IS NULL"""
# Each item in the last message that told this post of it.
_UNREAD = f"""
    SELECT g.id AS message, g.subject, max(n.told_on) AS told, count(DISTINCT n.subject_kind || n.subject_id)
           AS items, p.title AS post
    FROM notice n {ITEM} JOIN message g ON g.id = n.message_id JOIN post p ON p.id = n.post_id
    WHERE n.campaign_id = :campaign AND n.post_id IN ({{posts}}) AND n.state = 'sent'
      AND n.told_on >= :since AND {STATE} IN ('open', 'started')
      AND NOT coalesce(m.withdrawn, a.withdrawn)
      AND NOT EXISTS (SELECT 1 FROM acknowledgement k WHERE {_STANDS})
      AND NOT EXISTS (SELECT 1 FROM notice l WHERE l.campaign_id = n.campaign_id
          AND l.subject_kind = n.subject_kind AND l.subject_id = n.subject_id
          AND l.post_id = n.post_id AND l.state = 'sent' AND l.message_id > n.message_id)
    GROUP BY g.id, g.subject, p.title
    ORDER BY g.id DESC"""  # noqa: S608
_STANDING = f"""
    SELECT k.subject_kind AS "table", k.subject_id AS id, k.by_post, k.at, k.runs_out,
           {SAID_BY} AS entry
    FROM acknowledgement k WHERE EXISTS (
        SELECT 1 FROM notice n WHERE n.message_id = :message AND {_STANDS})
    ORDER BY k.id"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class UnansweredMessage:
    """A message with items that its recipient has not acknowledged, and how many these are."""

    message: int
    subject: str
    told: date
    items: int
    post: str


@dataclass(frozen=True, slots=True)
class StandingReceipt:
    """That an item is acknowledged: by whom, when, until when, by which entry of the audit."""

    table: str
    id: int
    by_post: str
    at: datetime
    runs_out: date
    entry: int | None


def unread_messages(
    session: Session, campaign_id: int, post_ids: Sequence[int], today: date
) -> list[UnansweredMessage]:
    """Return the messages of ``post_ids`` in which something unfinished waits for an acknowledgement.

    The newest first; what was told longer ago than anybody is reminded of is left out.
    """
    names = {f"post{n}_": id for n, id in enumerate(post_ids)}
    if not names:
        return []
    sql = _UNREAD.format(posts=", ".join(f":{name}" for name in names))
    values = {"campaign": campaign_id, "today": today, "since": today - NOT_LONGER_THAN, **names}
    return found_as(session, UnansweredMessage, sql, values)


def standing_in(session: Session, message_id: int, today: date) -> list[StandingReceipt]:
    """Return what of a message's items is acknowledged on ``today``, the latest last."""
    return found_as(session, StandingReceipt, _STANDING, {"message": message_id, "today": today})


def posts_told(session: Session, message_id: int) -> list[Post]:
    """Return the posts that a message was written for."""
    of = select(Notice.post_id).where(Notice.message_id == message_id)
    return list(session.exec(select(Post).where(col(Post.id).in_(of)).order_by(col(Post.id))))


def office_posts(session: Session, campaign_id: int) -> list[int]:
    """Return the posts of a campaign's office."""
    query = select(Post.id).where(
        Post.campaign_id == campaign_id, col(Post.unit_id).is_(None), Post.level == Level.OFFICE
    )
    return [id for id in session.exec(query) if id is not None]
