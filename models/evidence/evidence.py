"""Evidence: pieces, their revisions, what they prove, what was remarked on them, copies made of them."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.hashing import SHA256
from models.rules.evidence.words import EvidenceState


class Evidence(SQLModel, table=True):
    """A piece of evidence; what is in it lies in its revisions, of which ``latest`` is the newest number.

    ``fact_on`` is the day of the fact it proves, apart from the day it came in (its revisions) and the
    day it was promised for. ``provider_id`` is the unit it comes from, apart from who handed it in.
    ``caption`` names 时间、地点、人物、事由; ``passage`` the words in it that prove.
    """

    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        Index("evidence_of_provider", "provider_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int  # within the campaign; shown as E0001
    kind: str
    title: str
    caption: str = ""
    passage: str = ""
    fact_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    promised_on: date | None = None
    provider_id: int | None = Field(default=None, foreign_key="unit.id")
    to_publish: bool = False  # will be shown to the public
    latest: int = 1
    withdrawn: bool = False

    @property
    def code(self) -> str:
        """Return what it is called: E0001."""
        return f"E{self.number:04d}"


class EvidenceRevision(SQLModel, table=True):
    """One state of a piece of evidence, never overwritten; of a file its hash, of a link its address.

    The file lies in the vault under its SHA-256. ``algorithm`` names the hash that was chosen when it was
    handed in; where that is another, ``digest`` is the file's hash by it. ``file_name`` is the name as
    received. ``media`` is the kind of file by its content (pdf, docx, png ...). ``url`` is set for links,
    whose page at that time lies under the hash.
    """

    __tablename__ = "evidence_revision"
    __table_args__ = (
        UniqueConstraint("evidence_id", "number"),
        Index("evidence_revision_of_file", "sha256"),
    )

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id")
    number: int
    sha256: str = ""
    algorithm: str = SHA256
    digest: str = Field(default="", sa_column_kwargs={"server_default": ""})
    size: int = 0  # bytes
    media: str = ""
    file_name: str = ""
    url: str = ""
    received_id: int | None = Field(default=None, foreign_key="received_file.id")
    received_at: datetime  # UTC
    uploaded_by: str = ""  # a post
    via: str
    state: str = EvidenceState.SUBMITTED
    state_by: str = ""  # a post
    state_at: datetime | None = None  # UTC
    reason: str = Field(default="", sa_type=Text)


class EvidenceUse(SQLModel, table=True):
    """That a piece proves an assignment's work, a demand or a milestone of our own: one piece, many uses.

    Exactly one of the three is set.
    """

    __tablename__ = "evidence_use"
    __table_args__ = (
        Index("evidence_use_of_assignment", "assignment_id", "evidence_id", unique=True),
        Index("evidence_use_of_demand", "demand_id", "evidence_id", unique=True),
        Index("evidence_use_of_milestone", "milestone_id", "evidence_id", unique=True),
        Index("evidence_use_of_evidence", "evidence_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id")
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id")
    demand_id: int | None = Field(default=None, foreign_key="demand.id")
    withdrawn: bool = False
    milestone_id: int | None = None

    @property
    def proves(self) -> tuple[str, int]:
        """Return what it proves: assignment, demand or milestone, and its id."""
        if self.assignment_id:
            return "assignment", self.assignment_id
        return (
            ("demand", self.demand_id) if self.demand_id else ("milestone", self.milestone_id or 0)
        )


class EvidenceMark(SQLModel, table=True):
    """What a check found about a revision; a person decides, and the decision is kept.

    ``check_id`` names the check, ``detail`` says in words what the unit can act on, ``other_id`` is the
    revision it was found to be like, ``measure`` how near (0 to 1) where the check measures. ``verdict``
    is empty until a post has judged.
    """

    __tablename__ = "evidence_mark"
    __table_args__ = (
        Index("evidence_mark_of_revision", "revision_id", "check_id"),
        Index("evidence_mark_by_check", "check_id", "verdict"),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="evidence_revision.id")
    check_id: str
    detail: str = Field(sa_type=Text)
    other_id: int | None = Field(default=None, foreign_key="evidence_revision.id")
    measure: float | None = None
    verdict: str = ""
    judged_by: str = ""
    judged_at: datetime | None = None  # UTC
    why: str = ""


class EvidenceCopy(SQLModel, table=True):
    """A copy made of a revision for a purpose (masked, scaled); it lies in the vault under its own hash.

    ``made_for`` says to what bounds it was made; a picture that keeps to them is its own copy.
    """

    __tablename__ = "evidence_copy"
    __table_args__ = (UniqueConstraint("revision_id", "purpose", "made_for", "sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="evidence_revision.id")
    purpose: str
    made_for: str = ""
    sha256: str
    size: int  # bytes
    made_at: datetime  # UTC
    made_by: str = ""  # a post


class LinkCheck(SQLModel, table=True):
    """One look at a link: what answered, and whether the page is still the one that was handed in."""

    __tablename__ = "link_check"
    __table_args__ = (Index("link_check_of_revision", "revision_id", "checked_at"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="evidence_revision.id")
    checked_at: datetime  # UTC
    outcome: str  # same, changed, dead, refused
    status: int | None = None  # of HTTP
    sha256: str = ""
    detail: str = ""
