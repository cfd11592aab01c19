"""The package for the application system: its limits as the office sets them, and what was uploaded by whom."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class PackageLimit(SQLModel, table=True):
    """What the application system takes, as the office wrote it down; nothing is limited without a row.

    ``suffixes`` are endings split by blanks, for ``kind`` of evidence. ``largest`` is bytes of a file,
    ``most`` files of an indicator, ``side`` pixels of a picture's longer side; None: no limit.
    """

    __tablename__ = "package_limit"
    __table_args__ = (UniqueConstraint("campaign_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: str
    suffixes: str = ""
    largest: int | None = None
    most: int | None = None
    side: int | None = None
    set_by: str = ""  # a post
    set_on: date


class Package(SQLModel, table=True):
    """A package that was made: its hash, what it holds, and what is missing in it."""

    __table_args__ = (Index("package_of_campaign", "campaign_id", "made_at"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    sha256: str
    files: int
    gaps: int
    made_at: datetime  # UTC
    made_by: str = ""  # a post


class UploadReceipt(SQLModel, table=True):
    """That a revision was put into the application system for an indicator: by whom, when."""

    __tablename__ = "upload_receipt"
    __table_args__ = (UniqueConstraint("revision_id", "indicator_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    revision_id: int = Field(foreign_key="evidence_revision.id")
    indicator_id: int = Field(foreign_key="indicator.id")
    uploaded_on: date
    uploaded_by: str  # a post
    note: str = ""
