"""Mock assessments (drills): the tables, apart from the campaign's own scores."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.errors import CampaignError, NotFoundError
from models.rules.assessment.words import DrillState


class Drill(SQLModel, table=True):
    """One mock assessment: its days, by whom, and how far it is; on the milestones it is M1, M2 ...

    ``weights`` is canonical JSON of the table by which it was put together, kept when it was finished.
    """

    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    title: str
    begin: date
    due: date
    assessor: str  # a post or a body
    third_party: bool = False
    state: str = DrillState.OPEN
    weights: str = Field(default="", sa_type=Text)
    closed_on: date | None = None
    note: str = ""
    made_by: str  # a post
    made_at: datetime  # UTC

    @property
    def code(self) -> str:
        """Return what it is called: M1."""
        return f"M{self.number}"


class DrillDraw(SQLModel, table=True):
    """A sample of a method: first what it is drawn from, how many and by which seed, then that it was drawn.

    The population lies in the vault under ``population_sha256``, a line of JSON an item. ``criteria`` is
    canonical JSON of what is looked at: by kind of file, by place, or for all. ``source`` says where the
    seed is from.
    """

    __tablename__ = "drill_draw"
    __table_args__ = (UniqueConstraint("drill_id", "method", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    drill_id: int = Field(foreign_key="drill.id")
    method: str
    number: int  # 1, 2 ...: the last one counts
    seed: str
    source: str
    population_sha256: str
    population: int
    size: int
    criteria: str = Field(default="", sa_type=Text)
    reason: str = ""  # why it was drawn again
    seeded_by: str
    seeded_at: datetime  # UTC
    drawn_at: datetime | None = None  # UTC
    left_out: str = Field(default="", sa_type=Text)


class DrawnItem(SQLModel, table=True):
    """One thing that was drawn; ``sheet`` names which of the draw's criteria it is looked at by."""

    __tablename__ = "drawn_item"
    __table_args__ = (UniqueConstraint("draw_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    draw_id: int = Field(foreign_key="drill_draw.id")
    position: int
    key: str
    sheet: str = ""
    unit: str = ""
    area: str = ""
    trade: str = ""
    title: str = Field(default="", sa_type=Text)
    detail: str = Field(default="", sa_type=Text)


class ItemMark(SQLModel, table=True):
    """What a reviewer said of a drawn item by one criterion. A corrected mark is the same row; the chain keeps the old one."""

    __tablename__ = "item_mark"
    __table_args__ = (UniqueConstraint("item_id", "reviewer", "criterion"),)

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="drawn_item.id")
    reviewer: str  # a post
    criterion: str = ""
    outcome: str = ""
    count: int | None = None  # of faults
    note: str = ""
    at: datetime  # UTC


class Workpaper(SQLModel, table=True):
    """What a test set out to show, what it looked at and what came of it; locked once ``reviewed_at`` is set.

    A later change is a new revision, with its ``reason``; the newest reviewed one counts. ``score`` is of
    100, ``judged`` how many things it is of, ``basis`` both in words.
    """

    __table_args__ = (
        UniqueConstraint("drill_id", "method", "revision"),
        Index("workpaper_of_drill", "drill_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    drill_id: int = Field(foreign_key="drill.id")
    method: str
    revision: int = 1
    aim: str = Field(default="", sa_type=Text)
    population: str = Field(default="", sa_type=Text)
    sample: str = Field(default="", sa_type=Text)
    procedure: str = Field(default="", sa_type=Text)
    evidence: str = Field(default="", sa_type=Text)
    result: str = Field(default="", sa_type=Text)
    conclusion: str = Field(default="", sa_type=Text)
    score: float | None = None
    judged: int = 0
    basis: str = Field(default="", sa_type=Text)
    reason: str = ""
    made_by: str  # a post
    made_at: datetime  # UTC
    reviewed_by: str = ""  # another post
    reviewed_at: datetime | None = None  # UTC


class CaseCriterion(SQLModel, table=True):
    """A row of the office's own sheet for a kind of file; it takes the place of our sample."""

    __tablename__ = "case_criterion"
    __table_args__ = (UniqueConstraint("campaign_id", "kind", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: str
    position: int
    code: str
    section: str
    text: str = Field(sa_type=Text)
    points: float = 0
    full: float = 0
    set_by: str  # a post
    withdrawn: bool = False


class MethodWeight(SQLModel, table=True):
    """How many of the 100 points a method is worth to the office, and to which part it belongs."""

    __tablename__ = "method_weight"
    __table_args__ = (UniqueConstraint("campaign_id", "method"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    method: str
    part: str
    points: float
    set_by: str  # a post


def drills_of(session: Session, campaign_id: int) -> list[Drill]:
    """Return the drills of a campaign in the order of their numbers."""
    query = select(Drill).where(Drill.campaign_id == campaign_id).order_by(col(Drill.number))
    return list(session.exec(query))


def drill_coded(session: Session, campaign_id: int, code: str) -> Drill:
    """Return the drill called ``code`` (M1, in capitals or not); raises NotFoundError with those there are."""
    found = drills_of(session, campaign_id)
    wanted = code.strip().upper()
    if one := next((each for each in found if each.code == wanted), None):
        return one
    known = "、".join(f"{each.code}（{each.title}）" for each in found)
    raise NotFoundError(
        f"没有编号为 {code.strip()} 的模拟评估，现有：{known}"
        if found
        else "还没有模拟评估，请先运行 shifan assessment make"
    )


def open_drill_coded(session: Session, campaign_id: int, code: str) -> Drill:
    """Return the drill called ``code`` to be written to; raises CampaignError for one that is over."""
    drill = drill_coded(session, campaign_id, code)
    if drill.state != DrillState.OPEN:
        raise CampaignError(f"{drill.code} {DrillState(drill.state).chinese}，不再登记")
    return drill


def changeable_drill(session: Session, campaign_id: int, code: str) -> Drill:
    """Return the drill called ``code`` of which something may still be corrected; raises CampaignError for a dropped one.

    Of a finished one only what a new revision of a workpaper has opened again.
    """
    drill = drill_coded(session, campaign_id, code)
    if drill.state == DrillState.DROPPED:
        raise CampaignError(f"{drill.code} {DrillState.DROPPED.chinese}，不再登记")
    return drill
