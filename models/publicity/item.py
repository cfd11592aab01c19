"""The register of publicity items: what was published where, when, by whom; it is counted for nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from models.evidence.evidence import Evidence
from models.units.unit import Unit


class PublicityItem(SQLModel, table=True):
    """One thing that was published: an article, a broadcast, a board; linked to evidence where it is one.

    ``unit_id`` None is the office's own.
    """

    __tablename__ = "publicity_item"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    number: int
    title: str
    channel: str
    published_on: date
    url: str = ""
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id")
    note: str = ""
    by_post: str
    at: datetime  # UTC
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class NewPublished:
    """What somebody says was published."""

    title: str
    channel: str
    published_on: date
    unit_id: int | None = None
    url: str = ""
    note: str = ""
    evidence_id: int | None = None
    withdraw: bool = False


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One item as a list shows it; ``evidence`` is the number of the piece it is."""

    number: int
    unit: str
    title: str
    channel: str
    published_on: date
    url: str
    evidence: int | None
    note: str


def items_published(
    session: Session, campaign_id: int, first: date | None = None, last: date | None = None
) -> list[PublishedLine]:
    """Return what was published from ``first`` to ``last`` (both in), by day and as registered; one statement."""
    query = (
        select(PublicityItem, Unit.name, Evidence.number)
        .outerjoin(Unit, col(Unit.id) == PublicityItem.unit_id)
        .outerjoin(Evidence, col(Evidence.id) == PublicityItem.evidence_id)
        .where(PublicityItem.campaign_id == campaign_id, col(PublicityItem.withdrawn).is_(False))
        .order_by(col(PublicityItem.published_on), col(PublicityItem.number))
    )
    if first:
        query = query.where(PublicityItem.published_on >= first)
    if last:
        query = query.where(PublicityItem.published_on <= last)
    return [
        PublishedLine(
            one.number,
            unit or "",
            one.title,
            one.channel,
            one.published_on,
            one.url,
            evidence,
            one.note,
        )
        for one, unit, evidence in session.exec(query)
    ]


def store_items(
    session: Session, campaign_id: int, said: Sequence[NewPublished], by: str, at: datetime
) -> list[int]:
    """Register what was published; return the numbers of the rows that are new or changed. Repeatable.

    The same title, channel, day and unit is the same item: said again it is brought in line.
    """
    every = session.exec(select(PublicityItem).where(PublicityItem.campaign_id == campaign_id))
    known = {(o.title, o.channel, o.published_on, o.unit_id): o for o in every}
    last = select(func.max(PublicityItem.number)).where(PublicityItem.campaign_id == campaign_id)
    number = session.exec(last).one() or 0
    changed: list[int] = []
    for new in said:
        key = new.title, new.channel, new.published_on, new.unit_id
        row = known.get(key)
        evidence = new.evidence_id or (row.evidence_id if row else None)
        if row is None:
            if new.withdraw:
                continue
            number += 1
            row = known[key] = PublicityItem(
                campaign_id=campaign_id,
                unit_id=new.unit_id,
                number=number,
                title=new.title,
                channel=new.channel,
                published_on=new.published_on,
                by_post=by,
                at=at,
            )
        elif (row.url, row.note, row.evidence_id, row.withdrawn) == (
            new.url,
            new.note,
            evidence,
            new.withdraw,
        ):
            continue
        row.url, row.note, row.evidence_id = new.url, new.note, evidence
        row.withdrawn, row.by_post, row.at = new.withdraw, by, at
        session.add(row)
        changed.append(row.number)
    session.flush()
    return changed
