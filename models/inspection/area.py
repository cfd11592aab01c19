"""Areas of units, by which visits go together; and which units are not visited, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.rules.visits.round_frame import VisitedUnit
from models.units.unit import Unit


class UnitArea(SQLModel, table=True):
    """The area of a unit; ``left_out`` says why no visit is made to it, empty where one is."""

    __tablename__ = "unit_area"
    __table_args__ = (UniqueConstraint("unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    area: str = ""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """A unit's area as the office lists it."""

    unit_id: int
    unit: str
    area: str = ""
    left_out: str = ""


def unit_areas(session: Session, campaign_id: int) -> list[AreaEntry]:
    """Return every unit that is there, neither retired nor another's by now, with its area, in the plan's order."""
    query = (
        select(Unit.id, Unit.name, UnitArea.area, UnitArea.left_out)
        .join(UnitArea, col(UnitArea.unit_id) == col(Unit.id), isouter=True)
        .where(Unit.campaign_id == campaign_id, col(Unit.retired).is_(False))
        .where(col(Unit.successor_id).is_(None))
        .order_by(col(Unit.id))
    )
    return [
        AreaEntry(id_ or 0, name, area or "", out or "")
        for id_, name, area, out in session.exec(query)
    ]


def visited_units(session: Session, campaign_id: int) -> tuple[VisitedUnit, ...]:
    """Return the units that every round visits: all that are there and not left out for a reason."""
    return tuple(
        VisitedUnit(one.unit_id, one.unit, one.area)
        for one in unit_areas(session, campaign_id)
        if not one.left_out
    )


def store_areas(session: Session, campaign_id: int, entries: Sequence[AreaEntry]) -> int:
    """Bring areas in line with ``entries``; return how many changed. Units not listed stay as they are."""
    query = select(UnitArea).where(UnitArea.campaign_id == campaign_id)
    rows = {row.unit_id: row for row in session.exec(query)}
    count = 0
    for one in entries:
        row = rows.get(one.unit_id) or UnitArea(campaign_id=campaign_id, unit_id=one.unit_id)
        if (row.area, row.left_out) != (one.area, one.left_out):
            row.area, row.left_out = one.area, one.left_out
            session.add(row)
            count += 1
    session.flush()
    return count
