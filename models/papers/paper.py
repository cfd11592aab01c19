"""Papers that were written out: kept by version, with the numbers they quote."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class Paper(SQLModel, table=True):
    """One version of a paper. Its file lies in the vault under ``sha256``.

    ``subject`` tells papers of a kind apart (a unit's dispatch, the report of a year). ``facts`` is canonical
    JSON of what it was written from, by which two versions are compared. ``characters`` counts its text,
    ``blanks`` the places that had to stay empty.
    """

    __table_args__ = (UniqueConstraint("campaign_id", "kind", "subject", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: str
    subject: str = ""
    version: int
    title: str
    sha256: str
    characters: int
    blanks: int = 0
    facts: str = Field(default="", sa_type=Text)
    made_at: datetime  # UTC
    made_by: str = ""  # a post


class PaperTemplate(SQLModel, table=True):
    """A template that an office brought for a kind of paper; its file lies in the vault under ``sha256``.

    The last row of a kind that is not ``withdrawn`` counts; a new one is a new row.
    """

    __tablename__ = "paper_template"
    __table_args__ = (Index("paper_template_of_kind", "campaign_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: str
    sha256: str
    file_name: str
    set_by: str = ""  # a post
    set_at: datetime  # UTC
    withdrawn: bool = False
