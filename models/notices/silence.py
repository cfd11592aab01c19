"""Silences: what nobody is told of for a while, who decided so, why, and until when."""

from datetime import date, datetime

from sqlmodel import Field, Session, SQLModel, col, select


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
