"""Demands: what an indicator or a work item asks for that can be proved; evidence and targets hang on them."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Demand(SQLModel, table=True):
    """One testable demand of an indicator or a work item, exactly one of which is set.

    A third-level indicator is one to four sentences, each of which asks for something of its own.
    ``op`` and ``value`` are its target ('>=', 90, '%'), empty where nothing is counted; ``per`` is
    the period a measurement is for (year, quarter, month; empty: once). ``counted`` and ``out_of`` name what
    stands above and below the line. ``needs_evidence`` is false where nothing has to be shown.
    """

    __table_args__ = (
        Index("demand_of_indicator", "indicator_id", "ordinal", unique=True),
        Index("demand_of_work", "work_item_id", "ordinal", unique=True),
        Index("demand_of_campaign", "campaign_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id")
    ordinal: int  # 1, 2 ... within its item
    text: str
    op: str = ""
    value: float | None = None
    unit_of_value: str = ""
    per: str = ""
    counted: str = ""
    out_of: str = ""
    needs_evidence: bool = True
    source: str = ""  # from where it was read, or the post that wrote it
    withdrawn: bool = False
