"""The register of publicity items: what was published where, when, by whom; it is counted for nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import UniqueConstraint
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
    """What somebody says was published; ``number`` is that of the row it corrects, None where it is new."""

    title: str
    channel: str
    published_on: date
    unit_id: int | None = None
    url: str = ""
    note: str = ""
    evidence_id: int | None = None
    withdraw: bool = False
    number: int | None = None

    @property
    def key(self) -> tuple[str, str, date, int | None]:
        """Return by what the same item is known again."""
        return self.title, self.channel, self.published_on, self.unit_id


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


def numbers_published(session: Session, campaign_id: int) -> dict[int, NewPublished]:
    """Return what every number of the register says, withdrawn ones too."""
    query = select(PublicityItem).where(PublicityItem.campaign_id == campaign_id)
    return {
        o.number: NewPublished(
            o.title,
            o.channel,
            o.published_on,
            o.unit_id,
            o.url,
            o.note,
            o.evidence_id,
            o.withdrawn,
            o.number,
        )
        for o in session.exec(query)
    }


def store_items(
    session: Session, campaign_id: int, said: Sequence[NewPublished], by: str, at: datetime
) -> list[int]:
    """Register what was published; return the numbers of the rows that are new or changed. Repeatable.

    The same title, channel, day and unit is the same item: said again it is brought in line. So is the one
    of a ``number``; evidence that was linked stays linked.
    """
    every = session.exec(select(PublicityItem).where(PublicityItem.campaign_id == campaign_id))
    rows = {one.number: one for one in every}
    known = {(o.title, o.channel, o.published_on, o.unit_id): o for o in rows.values()}
    number = max(rows, default=0)
    changed: list[int] = []
    for new in said:
        row = rows.get(new.number or 0) or known.get(new.key)
        if row is None:
            if new.withdraw:
                continue
            number += 1
            row = PublicityItem(
                campaign_id=campaign_id,
                number=number,
                title=new.title,
                channel=new.channel,
                published_on=new.published_on,
                by_post=by,
                at=at,
            )
        values = {
            "title": new.title,
            "channel": new.channel,
            "published_on": new.published_on,
            "unit_id": new.unit_id,
            "url": new.url,
            "note": new.note,
            "evidence_id": new.evidence_id or row.evidence_id,
            "withdrawn": new.withdraw,
        }
        if row.id and all(getattr(row, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(row, name, value)
        row.by_post, row.at = by, at
        known[new.key] = row
        session.add(row)
        changed.append(row.number)
    session.flush()
    return changed
