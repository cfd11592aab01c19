"""Allowances: a leader's word that a unit may be asked more often in a week than the plan's budget."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class AskAllowance(SQLModel, table=True):
    """One leader's word for one unit and one week; ``week`` is its Monday."""

    __tablename__ = "ask_allowance"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id", "week"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    week: date
    by_post: str
    reason: str = ""
    at: datetime
