"""Milestones: dated things to be done, each made from the plan."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.work import UNFINISHED
from models.errors import NotFoundError
from models.rules.words import Progress


class Milestone(SQLModel, table=True):
    """A dated thing to be done within a stage, with an owner.

    ``code`` is what people type and read: S2.1 the first step of stage 2, S2.END its end, W5 work
    item 5, D1.2025-07-28 an occurrence of duty 1. Without ``unit_id`` the office owns it. ``due`` is
    None while the plan leaves the end open; ``original_due`` stays what the plan said.
    """

    __table_args__ = (
        UniqueConstraint("campaign_id", "code"),
        Index(
            "milestone_unfinished",
            "campaign_id",
            "due",
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
        Index("milestone_of_stage", "stage_id"),
        Index("milestone_of_work", "work_item_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    stage_id: int | None = Field(default=None, foreign_key="stage.id")
    work_item_id: int | None = Field(default=None, foreign_key="work_item.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    kind: str
    code: str
    position: int = 0  # the plan's order
    title: str
    begin: date | None = None
    begin_by: date | None = None
    due: date | None = None
    original_due: date | None = None
    state: str = Progress.OPEN
    done_on: date | None = None
    by_post: str = ""
    note: str = ""
    withdrawn: bool = False


def milestone_coded(session: Session, campaign_id: int, code: str) -> Milestone:
    """Return the milestone ``code``, in capitals or not.

    Raises NotFoundError that shows what codes look like.
    """
    wanted = code.strip().upper()
    query = select(Milestone).where(Milestone.campaign_id == campaign_id, Milestone.code == wanted)
    found = session.exec(query).first()
    if found is None:
        raise NotFoundError(
            f"没有编号为 {code} 的事项；编号形如 W5（第5项工作任务）、S2.1（第2阶段第1步）、S2.END（第2阶段收尾），"
            "全部编号见 shifan progress export"
        )
    return found


def milestones_of(session: Session, campaign_id: int) -> list[Milestone]:
    """Return the milestones still in the plan, in the plan's order."""
    query = (
        select(Milestone)
        .where(Milestone.campaign_id == campaign_id, col(Milestone.withdrawn).is_(False))
        .order_by(
            col(Milestone.position),
            col(Milestone.due).is_not(None),  # else either database puts what has no day elsewhere
            col(Milestone.due),
            col(Milestone.code),
        )
    )
    return list(session.exec(query))
