"""Transitions: every move of a stage, with who decided it and what was shown."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

BY_PLAN = "按方案计划"  # who decided where the planned day did


class Transition(SQLModel, table=True):
    """One move of one stage (pending -> active -> deciding -> closed, or back)."""

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    stage_id: int = Field(foreign_key="stage.id")
    from_status: str
    to_status: str
    day: date
    at: datetime
    decided_by: str  # a post; 按方案计划 when the planned start came
    reason: str = ""
    obstacles: str = Field(default="", sa_type=Text)
    audit_id: int | None = Field(default=None, foreign_key="audit_entry.id")
