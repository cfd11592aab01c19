"""Ledgers: which version went out to which unit, and what two returned versions say against each other."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class LedgerIssue(SQLModel, table=True):
    """A ledger that was sent out: one version of one unit's workbook.

    ``rows`` counts its items. ``facts`` is canonical JSON of what each row said when it went out, by which
    it is seen, when the workbook comes back, what the unit changed.
    """

    __tablename__ = "ledger_issue"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    version: int
    issued_at: datetime  # UTC
    issued_by: str = ""  # a post
    rows: int
    sha256: str
    facts: str = Field(default="", sa_type=Text)


class LedgerConflict(SQLModel, table=True):
    """Two returned versions of a ledger that disagree on one cell; both stand until a person decides.

    ``field`` is the column's name; ``standing`` is what is registered, ``offered`` what the other said.
    """

    __tablename__ = "ledger_conflict"
    __table_args__ = (Index("ledger_conflict_open", "campaign_id", "settled_at"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    assignment_id: int = Field(foreign_key="assignment.id")
    field: str
    standing: str = Field(default="", sa_type=Text)
    offered: str = Field(default="", sa_type=Text)
    standing_file_id: int | None = Field(default=None, foreign_key="received_file.id")
    offered_file_id: int = Field(foreign_key="received_file.id")
    found_at: datetime  # UTC
    taken: str = ""  # standing, offered
    settled_by: str = ""  # a post
    settled_at: datetime | None = None  # UTC
