"""Rounds of inspection: how many there must be, from when to when, and how many visits a team makes a day."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.campaign import Campaign
from models.errors import NotFoundError
from models.keys import key_of
from models.plan.reading.targets.visit_rounds import rounds_in_plan
from models.plan.schema import Plan
from models.rules.visits.words import USUAL_A_DAY


class InspectionSetting(SQLModel, table=True):
    """How many rounds a campaign makes: first what its plan says (``source``, its words), then the office."""

    __tablename__ = "inspection_setting"
    __table_args__ = (UniqueConstraint("campaign_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    rounds: int
    source: str = ""


class VisitRound(SQLModel, table=True):
    """A round: every member unit is visited once between two days, both in."""

    __tablename__ = "inspection_round"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    first: date
    last: date
    most: int = USUAL_A_DAY  # visits of a team on a day


def inspection_setting(session: Session, campaign: Campaign) -> InspectionSetting:
    """Return how many rounds there must be; on the first call it is read from the plan and kept."""
    query = select(InspectionSetting).where(InspectionSetting.campaign_id == campaign.id)
    found = session.exec(query).first()
    if found is None:
        count, words = rounds_wanted(campaign)
        found = InspectionSetting(campaign_id=key_of(campaign), rounds=count, source=words)
        session.add(found)
        session.flush()
    return found


def follow_rounds(session: Session, campaign: Campaign) -> int:
    """Keep how many rounds the plan asks for in words, or asks for now; return how many settings changed.

    What the office set itself stays. Repeatable.
    """
    count, words = rounds_wanted(campaign)
    query = select(InspectionSetting).where(InspectionSetting.campaign_id == campaign.id)
    row = session.exec(query).first()
    if not words or (row and (not row.source or (row.rounds, row.source) == (count, words))):
        return 0
    row = row or InspectionSetting(campaign_id=key_of(campaign), rounds=count)
    row.rounds, row.source = count, words
    session.add(row)
    session.flush()
    return 1


def known_setting(session: Session, campaign: Campaign) -> tuple[int, str]:
    """Return how many rounds there must be and whose words say so, without keeping it."""
    query = select(InspectionSetting).where(InspectionSetting.campaign_id == campaign.id)
    found = session.exec(query).first()
    return (found.rounds, found.source) if found else rounds_wanted(campaign)


def rounds_wanted(campaign: Campaign) -> tuple[int, str]:
    """Return how many rounds the plan of a campaign asks for, and its words."""
    return rounds_in_plan(Plan.model_validate_json(campaign.plan_json))


def rounds_of(session: Session, campaign_id: int) -> list[VisitRound]:
    """Return the rounds of a campaign in their order."""
    query = select(VisitRound).where(VisitRound.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(VisitRound.number))))


def round_numbered(session: Session, campaign_id: int, number: int) -> VisitRound:
    """Return a round; raises NotFoundError with those there are."""
    there = rounds_of(session, campaign_id)
    for one in there:
        if one.number == number:
            return one
    known = "、".join(f"第 {one.number} 轮" for one in there) or "还没有"
    raise NotFoundError(
        f"没有第 {number} 轮督导（现有：{known}）；用 shifan inspection round add 设置"
    )
