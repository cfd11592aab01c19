"""Who owes a recurring duty of the plan: the plan names the duty, the office the units."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.campaign import Campaign
from models.plan.schema import Plan, RecurringDuty
from models.units.succession import successors
from models.units.unit import Unit


class DutyOwner(SQLModel, table=True):
    """A unit that owes a recurring duty, by the duty's number in the plan, from ``begins`` on."""

    __tablename__ = "duty_owner"
    __table_args__ = (UniqueConstraint("campaign_id", "duty", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    duty: int
    begins: date
    by_post: str
    withdrawn: bool = False


def duties_of(campaign: Campaign) -> list[RecurringDuty]:
    """Return the recurring duties of a campaign's plan, in the order of their numbers from 1."""
    return Plan.model_validate_json(campaign.plan_json).recurring


def owners_kept(session: Session, campaign_id: int) -> list[DutyOwner]:
    """Return who owes what, those let off too, by duty and in the fixed order of units."""
    query = select(DutyOwner).where(DutyOwner.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(DutyOwner.duty), col(DutyOwner.unit_id))))


@dataclass(frozen=True, slots=True)
class Owner:
    """A unit that owes a duty now; ``number`` is its place among all units, from 1."""

    duty: int
    unit_id: int
    number: int
    begins: date


def owners_now(session: Session, campaign_id: int) -> list[Owner]:
    """Return who owes what today: of a unit that was succeeded its heir, of a retired one nobody; each once."""
    query = select(Unit.id, Unit.retired).where(Unit.campaign_id == campaign_id)
    units = [(id_ or 0, retired) for id_, retired in session.exec(query.order_by(col(Unit.id)))]
    numbers = {id_: number for number, (id_, _) in enumerate(units, 1)}
    retired = {id_ for id_, gone in units if gone}
    heirs = successors(session, campaign_id)
    found: dict[tuple[int, int], Owner] = {}
    for one in owners_kept(session, campaign_id):
        unit = heirs.get(one.unit_id, one.unit_id)
        if one.withdrawn or unit in retired:
            continue
        owner = Owner(one.duty, unit, numbers[unit], one.begins)
        there = found.setdefault((one.duty, unit), owner)
        if owner.begins < there.begins:
            found[one.duty, unit] = owner
    return sorted(found.values(), key=lambda one: (one.duty, one.unit_id))


def set_owners(
    session: Session,
    campaign_id: int,
    duty: int,
    units: Collection[int],
    by_post: str,
    begins: date | None,
) -> list[int]:
    """Let ``units`` owe a duty from ``begins`` on, or none of it (``begins`` None); return whose changed."""
    known = {one.unit_id: one for one in owners_kept(session, campaign_id) if one.duty == duty}
    changed: list[int] = []
    for unit_id in sorted(set(units)):
        row = known.get(unit_id)
        if begins is None:
            if row is None or row.withdrawn:
                continue
            row.withdrawn = True
        elif row is None:
            row = DutyOwner(
                campaign_id=campaign_id, unit_id=unit_id, duty=duty, begins=begins, by_post=by_post
            )
        elif row.withdrawn:
            row.withdrawn, row.begins = False, begins
        else:
            continue
        row.by_post = by_post
        session.add(row)
        changed.append(unit_id)
    session.flush()
    return changed


def names_in_order(session: Session, campaign_id: int) -> dict[int, str]:
    """Return the name of each unit by its id, in the fixed order of units."""
    query = select(Unit.id, Unit.name).where(Unit.campaign_id == campaign_id)
    return {id_ or 0: name for id_, name in session.exec(query.order_by(col(Unit.id)))}


def words_of_duties(duties: Sequence[RecurringDuty]) -> dict[int, str]:
    """Return the words of each duty by its number, without those that a later plan dropped."""
    return {number: duty.what for number, duty in enumerate(duties, 1) if not duty.dropped}
