"""Acknowledgements: who said that a notice was received, and how long that counts."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Acknowledgement(SQLModel, table=True):
    """One post's word that it knows of one item.

    It counts up to ``runs_out`` (included); when the item moved since (``stood`` is what it was), the
    patrol lets it count anew.
    """

    __table_args__ = (
        Index("acknowledgement_of_subject", "campaign_id", "subject_kind", "subject_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    subject_kind: str
    subject_id: int
    by_post: str
    note: str = ""
    at: datetime
    day: date
    runs_out: date
    stood: str = ""
