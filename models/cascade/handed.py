"""What a city handed down to a county: the city's item and the county's, side by side."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class HandedItem(SQLModel, table=True):
    """An item or indicator of a campaign that one under it has a part in; taken back, its row and the county's stay.

    Exactly one of ``milestone_id`` and ``indicator_id`` is set.
    """

    __tablename__ = "handed_item"
    __table_args__ = (
        UniqueConstraint("milestone_id", "child_id"),
        UniqueConstraint("indicator_id", "child_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    child_id: int = Field(foreign_key="campaign.id")
    child_milestone_id: int = Field(foreign_key="milestone.id")
    handed_on: date
    made_by: str  # a post
    taken_back_on: date | None = None
    reason: str = ""
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
