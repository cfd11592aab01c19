"""The campaign and its stages: tables, queries, and the plan they were made from."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Index, Text, UniqueConstraint, func
from sqlalchemy.orm import defer
from sqlmodel import Field, Session, SQLModel, col, select

from models.audit.chain import AuditEntry, lock_chain
from models.database import open_session
from models.errors import EndedError, NotFoundError, UnclearError
from models.keys import key_of
from models.rules import campaign_names
from models.rules.typed_words import as_typed
from models.rules.words import CampaignState, RunKind, StageStatus

Row = TypeVar("Row", bound=SQLModel)

RENAMED = "campaign-renamed"  # in the audit, with the name before and after


class Campaign(SQLModel, table=True):
    """One city's or county's run at the title; a county's campaign has a city's as parent.

    ``slug`` is its 简称: what people type and read, Chinese or not. ``closed_on`` is the day it ended;
    a removed one keeps its rows (nothing is overwritten) under a name that nobody types.
    """

    # What is below a campaign, and what is under way, is found without the plans of all others.
    __table_args__ = (
        Index("campaign_of_parent", "parent_id"),
        Index("campaign_under_way", "state", "is_demo", "loaded_at", "slug"),
    )

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
    state: str = CampaignState.OPEN
    closed_on: date | None = None
    evaluated_from: date | None = None  # evidence proves what was done from here
    evaluated_until: date | None = None  # to here, this day too
    run_kind: str = RunKind.CAMPAIGN
    approval_number: str = ""  # 批准文号: only an approved campaign may be run
    parent_unit_id: int | None = None  # the unit of the parent whose campaign this is

    @property
    def label(self) -> str:
        """Return what it is called wherever it is named: 金昌 2025, with 【演示】 behind a demonstration."""
        return campaign_names.label(self.slug, self.is_demo)

    @property
    def address(self) -> str:
        """Return its part of an address or a key that takes only small letters, digits and dashes."""
        return campaign_names.address_of(self.slug, key_of(self))


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


def any_campaign(session: Session) -> bool:
    """Say whether there is, or was, a campaign."""
    return session.exec(select(Campaign.id)).first() is not None


def campaigns(session: Session, *, ended: bool = False) -> list[Campaign]:
    """Return every campaign under way, real ones before demonstrations, the last loaded first.

    With ``ended`` the closed and archived ones too, behind all others; removed ones never.
    """
    states = [s for s in CampaignState if s is CampaignState.OPEN or (ended and s.is_shown)]
    order = (col(Campaign.state) != CampaignState.OPEN, col(Campaign.is_demo))
    last = (col(Campaign.loaded_at).desc(), col(Campaign.id))
    query = select(Campaign).where(col(Campaign.state).in_(states)).order_by(*order, *last)
    light = query.options(defer(col(Campaign.plan_json)))  # type: ignore[arg-type]
    return list(session.exec(light))


def campaign_named(session: Session, slug: str | None) -> Campaign:
    """Return the campaign that ``slug`` names, to be looked at; without one, the only one meant.

    Only one can be meant where exactly one under way is no demonstration, or where there is no other
    at all. Any spelling of the name will do, and one it had before. Raises UnclearError or NotFoundError with the list.
    """
    if slug is not None and (one := _called_exactly(session, slug)):
        return one
    found = campaigns(session, ended=True)
    if not found:
        raise NotFoundError("还没有创建活动或工作计划，请先运行 shifan plan load 文件或方案包")
    if slug is None:
        return _only_one(found)
    wanted = campaign_names.folded(slug)
    named = [one for one in found if wanted == campaign_names.folded(one.slug)]
    plan = wanted + RunKind.WORK_PLAN.chinese  # of a department's the word need not be typed
    named = named or [one for one in found if plan == campaign_names.folded(one.slug)]
    named = named or [one for one in found if one.id == _called_before(session).get(wanted)]
    if not named:
        raise NotFoundError(f"没有简称为“{slug}”的创建活动或工作计划，现有：{in_a_list(found)}")
    return named[0]


def campaigns_named(session: Session, slugs: Sequence[str | None]) -> list[Campaign]:
    """Return what `campaign_named` does of each of ``slugs``; one statement for those called exactly so."""
    exact = select(Campaign).where(col(Campaign.slug).in_([slug for slug in slugs if slug]))
    rows = session.exec(exact) if len(slugs) > 1 else ()
    found = {one.slug: one for one in rows if one.state != CampaignState.REMOVED}
    return [found.get(slug or "") or campaign_named(session, slug) for slug in slugs]


def _called_exactly(session: Session, slug: str) -> Campaign | None:
    """Return the campaign of that very name in one statement, its plan with it."""
    one = session.exec(select(Campaign).where(Campaign.slug == slug)).first()
    return one if one and one.state != CampaignState.REMOVED else None


def _called_before(session: Session) -> dict[str, int]:
    """Return the campaign that each earlier name meant last: links and lists with it are still out."""
    query = select(AuditEntry.campaign_id, AuditEntry.facts).where(AuditEntry.what == RENAMED)
    return {
        campaign_names.folded(json.loads(facts)["from"]): campaign_id or 0
        for campaign_id, facts in session.exec(query.order_by(col(AuditEntry.id)))
    }


def open_campaign(session: Session, slug: str | None) -> Campaign:
    """Return the campaign that `campaign_named` does, to be written to or to send for.

    Raises EndedError for one that has ended.
    """
    campaign = campaign_named(session, slug)
    require_open(campaign)
    return campaign


@contextmanager
def looking_at(slug: str | None) -> Iterator[tuple[Session, Campaign]]:
    """Yield a session that only reads, and the campaign that `campaign_named` returns."""
    with open_session(read_only=True) as session:
        yield session, campaign_named(session, slug)


@contextmanager
def writing_to(slug: str | None) -> Iterator[tuple[Session, Campaign]]:
    """Yield a session that has the chain to itself, and the campaign that `open_campaign` returns."""
    with open_session() as session:
        lock_chain(session)
        yield session, open_campaign(session, slug)


def require_open(campaign: Campaign) -> None:
    """Raise EndedError for a campaign that has ended."""
    if campaign.state != CampaignState.OPEN:
        raise EndedError(
            f"{RunKind(campaign.run_kind).chinese}“{campaign.label}”已于 {campaign.closed_on} 结束，只能查看，不再登记，也不发消息；"
            f"如果结束得不对，运行 shifan campaign reopen {as_typed(campaign.slug)}"
        )


def _only_one(found: list[Campaign]) -> Campaign:
    real = [one for one in found if one.state == CampaignState.OPEN and not one.is_demo]
    meant = real or found
    if len(meant) == 1:
        return meant[0]
    raise UnclearError(
        f"有 {len(found)} 个{kinds_in_words(found)}，请写明是哪一个（命令加 --campaign 简称，"
        f"表单填“创建活动或工作计划”一栏）：{in_a_list(found)}"
    )


def kinds_in_words(found: list[Campaign]) -> str:
    """Return what runs are called together: 创建活动、工作计划."""
    return "、".join(kind.chinese for kind in RunKind if kind in {one.run_kind for one in found})


def in_a_list(found: list[Campaign]) -> str:
    """Return campaigns by name and title, in one line."""
    ended = {True: "", False: "，已结束"}
    return "、".join(
        f"{one.label}（{one.title}{ended[one.state == CampaignState.OPEN]}）" for one in found
    )


def begins_on(session: Session, campaign_id: int) -> date | None:
    """Return the first day of the campaign: its plan's date or its first stage's, the earlier; None while open."""
    first = func.min(func.coalesce(Stage.original_start, Stage.planned_start))
    query = select(first).where(Stage.campaign_id == campaign_id)
    issued = select(col(Campaign.issued_on)).where(
        Campaign.id == campaign_id, Campaign.shifted_days == 0
    )  # a plan that was moved was not issued on its date
    days = [session.exec(one).first() for one in (query, issued)]
    return min((day for day in days if day), default=None)


def ends_on(session: Session, campaign_id: int) -> date | None:
    """Return the last day of the campaign's last stage; None where a stage is open, or none has a day."""
    stages = stages_of(session, campaign_id)
    days = [one.planned_end for one in stages if one.planned_end and not one.open_ended]
    return max(days) if days and len(days) == len(stages) else None


def stages_of(session: Session, campaign_id: int) -> list[Stage]:
    """Return the stages of a campaign in the plan's order, without those that left the plan."""
    return stages_of_all(session, [campaign_id])[campaign_id]


def stages_of_all(session: Session, campaign_ids: Sequence[int]) -> dict[int, list[Stage]]:
    """Return what `stages_of` does of each campaign; one statement for all of them."""
    found: dict[int, list[Stage]] = {one: [] for one in campaign_ids}
    stands = (col(Stage.campaign_id).in_(campaign_ids), Stage.status != StageStatus.WITHDRAWN)
    for stage in session.exec(select(Stage).where(*stands).order_by(col(Stage.ordinal))):
        found[stage.campaign_id].append(stage)
    return found


def all_of(session: Session, table: type[Row], campaign_id: int) -> list[Row]:
    """Return every row that a campaign has in ``table``, in the order they were made."""
    columns: Any = table.__table__.c  # type: ignore[attr-defined]
    query = select(table).where(columns.campaign_id == campaign_id).order_by(columns.id)
    return list(session.exec(query))
