"""Scores of indicators, from the office's own scoring table, and why points were taken off."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class ScoringRule(SQLModel, table=True):
    """What an indicator is worth and how it is scored, as the office's table says.

    The national system states no points: without a row an indicator has no score of its own.
    ``floor`` is the least it can come to (扣完为止: 0).
    """

    __tablename__ = "scoring_rule"
    __table_args__ = (UniqueConstraint("campaign_id", "indicator_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    indicator_id: int = Field(foreign_key="indicator.id")
    points: float
    method: str = Field(default="", sa_type=Text)
    floor: float = 0.0
    set_by: str = ""  # a post


class Score(SQLModel, table=True):
    """What an indicator scored: by the unit, by the office, in a mock assessment.

    ``points`` is what remains after its deductions. A score that was taken back is ``withdrawn``.
    """

    __table_args__ = (UniqueConstraint("campaign_id", "indicator_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    indicator_id: int = Field(foreign_key="indicator.id")
    kind: str
    points: float
    by_post: str = ""
    at: datetime  # UTC
    note: str = ""
    withdrawn: bool = False


class Deduction(SQLModel, table=True):
    """Points taken off a score, each with its reason and what shows it."""

    __table_args__ = (Index("deduction_of_score", "score_id"),)

    id: int | None = Field(default=None, primary_key=True)
    score_id: int = Field(foreign_key="score.id")
    points: float  # above 0
    reason: str
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id")
    withdrawn: bool = False
