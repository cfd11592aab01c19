"""Fingerprints of pictures and texts, by which copies of one another are found; made anew at any time."""

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel


class Fingerprint(SQLModel, table=True):
    """What a revision's pictures or text look like to a machine.

    ``scheme`` says how it was made: prints of two schemes are never compared. ``print`` is packed, its
    shape is the scheme's; of pictures it may hold several (`packing`). No fact: it follows from the file.
    """

    __table_args__ = (
        UniqueConstraint("revision_id", "scheme"),
        Index("fingerprint_of_scheme", "scheme", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="evidence_revision.id")
    scheme: str
    print: bytes = Field(sa_type=LargeBinary)
