"""Dispatches (督办单): numbered without gaps, what each urges, and what came back."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.rules.findings.numbers import DispatchState


class Dispatch(SQLModel, table=True):
    """A dispatch that went out; its text is a paper, the last whose subject is the unit and that bears its number.

    ``answer_by`` is by when an answer is due. What came back from the scanner lies in the vault under
    ``returned_sha256``; it counts once a post has confirmed it.
    """

    __tablename__ = "dispatch"
    __table_args__ = (
        UniqueConstraint("campaign_id", "year", "number"),
        Index("dispatch_of_unit", "unit_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    number: int
    name: str  # 督办〔2026〕3号
    level: str
    sender: str
    issued_on: date
    issued_by: str = ""  # a post
    answer_by: date
    paper_sha256: str = ""
    state: str = DispatchState.ISSUED
    returned_sha256: str = ""
    returned_name: str = ""
    returned_at: datetime | None = None  # UTC
    settled_on: date | None = None
    settled_by: str = ""
    settled_why: str = ""


class DispatchItem(SQLModel, table=True):
    """What a dispatch urges, by its code: W5, 1.1.3, F12."""

    __tablename__ = "dispatch_item"
    __table_args__ = (UniqueConstraint("dispatch_id", "code"), Index("dispatch_item_code", "code"))

    id: int | None = Field(default=None, primary_key=True)
    dispatch_id: int = Field(foreign_key="dispatch.id")
    code: str
