"""Silences: what nobody is told of for a while, who decided so, why, and until when."""

from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, col, select

from models.errors import NotFoundError
from models.rules.words import OFFICE
from models.units.unit import Post


class Silence(SQLModel, table=True):
    """One silence, from ``begins`` to ``until`` (both included) unless it was ended earlier.

    It covers what all its set columns agree on; with none set, the whole campaign. ``scope`` is what
    was typed (W5, S2, W5/市司法局, a unit's name), for people.
    """

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    scope: str
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id")
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    stage_id: int | None = Field(default=None, foreign_key="stage.id")
    author: str
    author_tag: str  # who is reminded that it still stands
    reason: str
    begins: date
    until: date
    made_at: datetime
    ended_on: date | None = None
    ended_by: str = ""


def silences_of(session: Session, campaign_id: int) -> list[Silence]:
    """Return every silence of a campaign, the newest first."""
    query = select(Silence).where(Silence.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(Silence.id).desc())))


def silence_numbered(session: Session, campaign_id: int, number: int) -> Silence:
    """Return silence ``number`` of a campaign; raises NotFoundError where there is none."""
    silence = session.get(Silence, number)
    if silence is None or silence.campaign_id != campaign_id:
        raise NotFoundError(f"没有第 {number} 号静默，现有的见 shifan silence list --all")
    return silence


def same_silence(session: Session, silence: Silence) -> int | None:
    """Return the number of one that stands and says the same, None where there is none."""
    query = select(Silence.id).where(
        Silence.campaign_id == silence.campaign_id,
        Silence.scope == silence.scope,
        Silence.author == silence.author,
        Silence.reason == silence.reason,
        Silence.until == silence.until,
        Silence.begins == silence.begins,
        col(Silence.ended_on).is_(None),
    )
    return session.exec(query.limit(1)).first()


def keep_silence(session: Session, silence: Silence) -> None:
    """Keep a new silence; its ``author_tag`` is that of the author's post, else the office's."""
    author = silence.author
    posts = select(Post).where(Post.campaign_id == silence.campaign_id)
    found = [
        post.tag
        for post in session.exec(posts.order_by(col(Post.level).desc()))
        if author in (post.tag, post.title)
    ]
    silence.author_tag = found[0] if found else OFFICE
    session.add(silence)
    session.flush()
