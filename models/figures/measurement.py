"""Measurements: what a unit counted for a demand in a period."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Measurement(SQLModel, table=True):
    """What was counted: of ``denominator`` (None where nothing is divided) so many were ``numerator``.

    ``period`` is 2026, 2026Q1 or 2026-03, or empty for a demand without one. ``source`` says where the
    figure is from; ``evidence_id`` proves it. A corrected figure is the same row; the chain keeps the old one.
    One that was taken back is ``withdrawn``: there is no figure then, which is not zero.
    """

    __table_args__ = (UniqueConstraint("demand_id", "unit_id", "period"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    demand_id: int = Field(foreign_key="demand.id")
    unit_id: int = Field(foreign_key="unit.id")
    period: str = ""
    numerator: float
    denominator: float | None = None
    source: str = ""
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id")
    by_post: str = ""
    at: datetime  # UTC
    withdrawn: bool = False
