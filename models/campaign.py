"""The campaign and its stages: tables, queries, and the plan they were made from."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint, func, or_, update
from sqlalchemy.orm import defer
from sqlmodel import Field, Session, SQLModel, col, select

from models.errors import NotFoundError
from models.rules.words import StageStatus


class Campaign(SQLModel, table=True):
    """One city's or county's run at the title; a county's campaign has a city's as parent."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    title: str
    kind: str
    issuer: str = ""
    document_number: str = ""
    issued_on: date | None = None
    is_demo: bool = False
    parent_id: int | None = Field(default=None, foreign_key="campaign.id")
    shifted_days: int = 0  # all dates were moved by so many days at loading
    duties_until: date | None = None  # recurring duties are milestones up to here
    plan_json: str = Field(sa_type=Text)  # what was loaded, with its sources
    loaded_at: datetime


class Stage(SQLModel, table=True):
    """One stage of a campaign; ``original_*`` are the plan's own days, whatever was moved later."""

    __table_args__ = (UniqueConstraint("campaign_id", "ordinal"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    ordinal: int
    kind: str
    name: str
    raw: str = ""
    planned_start: date | None = None
    planned_end: date | None = None
    open_ended: bool = False
    original_start: date | None = None
    original_end: date | None = None
    status: str = StageStatus.PENDING
    opened_on: date | None = None
    closed_on: date | None = None


def campaigns(session: Session) -> list[Campaign]:
    """Return every campaign, real ones before demonstrations, the last loaded first."""
    query = select(Campaign).order_by(col(Campaign.is_demo), col(Campaign.loaded_at).desc())
    light = query.options(defer(col(Campaign.plan_json)))  # type: ignore[arg-type]
    return list(session.exec(light))


def campaign_named(session: Session, slug: str | None) -> Campaign:
    """Return the campaign ``slug``; without one, the first of `campaigns`.

    Raises NotFoundError that lists the slugs there are.
    """
    named = select(Campaign).where(Campaign.slug == slug)
    if slug is not None and (one := session.exec(named).first()):
        return one
    found = campaigns(session)
    if not found:
        raise NotFoundError("还没有创建活动，请先运行 shifan plan load 文件或方案包")
    if slug is None:
        return found[0]
    raise NotFoundError(f"没有名为 {slug} 的创建活动，现有：{'、'.join(c.slug for c in found)}")


def stages_of(session: Session, campaign_id: int) -> list[Stage]:
    """Return the stages of a campaign in the plan's order, without those that left the plan."""
    query = (
        select(Stage)
        .where(Stage.campaign_id == campaign_id, Stage.status != StageStatus.WITHDRAWN)
        .order_by(col(Stage.ordinal))
    )
    return list(session.exec(query))


def open_due_stages(session: Session, campaign_id: int, today: date) -> list[Stage]:
    """Make every pending stage whose planned start has come active, and return those just opened.

    A stage with an end but no start ("…前") is under way at once; one without any day waits for a
    decision.
    """
    statement = (
        update(Stage)
        .where(
            col(Stage.campaign_id) == campaign_id,
            col(Stage.status) == StageStatus.PENDING,
            func.coalesce(Stage.planned_start, today) <= today,
            or_(col(Stage.planned_start).is_not(None), col(Stage.planned_end).is_not(None)),
        )
        .values(status=StageStatus.ACTIVE, opened_on=today)
        .returning(Stage)
    )
    opened = session.scalars(statement, execution_options={"populate_existing": True})
    return sorted(opened, key=lambda stage: stage.ordinal)
