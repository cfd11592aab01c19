"""Units by their numbers, as addresses name them."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from models.errors import NotFoundError
from models.rules.bounds import LARGEST_NUMBER
from models.units.unit import Unit


def unit_numbered(session: Session, campaign_id: int, number: int) -> Unit:
    """Return the unit of that number; raises NotFoundError where the campaign has none."""
    unit = session.get(Unit, number) if 0 < number <= LARGEST_NUMBER else None
    if unit is None or unit.campaign_id != campaign_id:
        raise NotFoundError("这里没有这个单位；单位都列在总览的“各单位”里")
    return unit


def names_numbered(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """Return the names of the units of ``numbers``; one statement."""
    query = select(Unit.id, Unit.name).where(col(Unit.id).in_(numbers))
    return {id_ or 0: name for id_, name in session.exec(query)}
