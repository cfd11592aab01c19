"""What is to be done: work items, indicators, and who is assigned to them (责任分解)."""

from datetime import date

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.rules.words import Progress

UNKNOWN = "待定"  # in place of the day of a part
UNFINISHED = text("state IN ('open', 'started') AND NOT withdrawn")


class WorkItem(SQLModel, table=True):
    """A numbered task of the plan.

    ``deadline_raw`` is what the plan says of its day; of a deadline in parts, a line for each part.
    """

    __tablename__ = "work_item"
    __table_args__ = (UniqueConstraint("campaign_id", "ordinal"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    ordinal: int
    number: str = ""
    section: str = ""
    title: str
    deadline_raw: str = ""
    withdrawn: bool = False  # no longer in the plan; kept because work was registered on it


def parts_in(deadline_raw: str | None) -> str:
    """Return the dated parts of a deadline, a line each; "" of one that has a single day."""
    return deadline_raw if deadline_raw and "\n" in deadline_raw else ""


class Indicator(SQLModel, table=True):
    """One indicator of the official system, a tree of three levels; loaded from the office's table.

    ``methods`` says how it is assessed and ``proofs`` what material is asked for, a line for each.
    """

    __table_args__ = (
        UniqueConstraint("campaign_id", "code"),
        Index("indicator_of_parent", "parent_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    code: str
    level: int
    parent_id: int | None = Field(default=None, foreign_key="indicator.id")
    title: str
    op: str = ""
    value: float | None = None
    unit_of_value: str = ""
    methods: str = Field(default="", sa_type=Text)
    proofs: str = Field(default="", sa_type=Text)
    withdrawn: bool = False


class GroupReference(SQLModel, table=True):
    """A group of units named at a work item or indicator; expands into assignments."""

    __tablename__ = "group_reference"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    group_id: int = Field(foreign_key="unit_group.id")
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id")
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
    role: str


class Assignment(SQLModel, table=True):
    """A work item or indicator x unit x role, with its days, progress and scores.

    Exactly one of ``work_item_id`` and ``indicator_id`` is set. ``group_id`` says that the unit came
    in through a group. ``begin_by`` is the day after which nothing begun means behind.
    """

    __table_args__ = (
        Index("assignment_of_work", "work_item_id", "unit_id", "role", unique=True),
        Index("assignment_of_indicator", "indicator_id", "unit_id", "role", unique=True),
        # Covers what the lights of units ask, so that a patrol reads the index alone.
        Index(
            "assignment_lights", "campaign_id", "unit_id", "withdrawn", "state", "due", "begin_by"
        ),
        Index(
            "assignment_unfinished",
            "campaign_id",
            "due",
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id")
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
    unit_id: int = Field(foreign_key="unit.id")
    group_id: int | None = Field(default=None, foreign_key="unit_group.id")
    role: str
    begin_by: date | None = None
    due: date | None = None
    original_due: date | None = None
    state: str = Progress.OPEN
    done_on: date | None = None
    by_post: str = ""  # who registered the state, and why where a reason is owed
    note: str = ""
    self_score: float | None = None
    office_score: float | None = None
    mock_score: float | None = None
    withdrawn: bool = False
