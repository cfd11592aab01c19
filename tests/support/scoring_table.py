"""A small tree of indicators with demands and units, for the tests of figures and scores."""

from datetime import date

from sqlmodel import Session, select

from models.campaign.work import Assignment, Indicator
from models.evidence.demands.demand import Demand
from models.figures.score import ScoringRule
from models.keys import key_of
from models.units.unit import Unit

# Code, parent, points: one on the first level, two on the second, four leaves.
TREE = (
    ("1", "", 10.0),
    ("1.1", "1", 6.0),
    ("1.2", "1", 4.0),
    ("1.1.1", "1.1", 2.5),
    ("1.1.2", "1.1", 3.5),
    ("1.2.1", "1.2", 3.0),
    ("1.2.2", "1.2", 1.0),
)


def add_tree(session: Session, campaign_id: int, *, points: bool = True) -> dict[str, int]:
    """Add the tree, each leaf led by the first unit with the second beside it; return ids by code."""
    ids: dict[str, int] = {}
    for code, parent, worth in TREE:
        row = Indicator(
            campaign_id=campaign_id,
            code=code,
            level=code.count(".") + 1,
            parent_id=ids.get(parent),
            title=f"指标{code}",
        )
        session.add(row)
        session.flush()
        ids[code] = key_of(row)
        if points:
            session.add(
                ScoringRule(
                    campaign_id=campaign_id, indicator_id=ids[code], points=worth, method="按件扣分"
                )
            )
    first, second = units(session, campaign_id)[:2]
    for code in ids:
        if code.count(".") == 2:
            for unit, role in ((first, "lead"), (second, "responsible")):
                session.add(
                    Assignment(
                        campaign_id=campaign_id,
                        indicator_id=ids[code],
                        unit_id=unit,
                        role=role,
                        due=date(2025, 12, 31),
                    )
                )
    session.flush()
    return ids


def units(session: Session, campaign_id: int) -> list[int]:
    """Return the ids of the campaign's units in their order."""
    query = select(Unit.id).where(Unit.campaign_id == campaign_id).order_by(Unit.id)
    return [unit or 0 for unit in session.exec(query)]


def names(session: Session, campaign_id: int) -> list[str]:
    """Return the names of the campaign's units in their order."""
    query = select(Unit.name).where(Unit.campaign_id == campaign_id).order_by(Unit.id)
    return list(session.exec(query))


def add_demand(
    session: Session, campaign_id: int, indicator_id: int, target: tuple[str, float, str], **more
) -> int:
    """Add a demand with a target to an indicator; return its id."""
    ordinal = more.pop("ordinal", 1)
    row = Demand(
        campaign_id=campaign_id,
        indicator_id=indicator_id,
        ordinal=ordinal,
        text=more.pop("text", "政务服务事项网上可办率不低于90%"),
        op=target[0],
        value=target[1],
        unit_of_value=target[2],
        **more,
    )
    session.add(row)
    session.flush()
    return key_of(row)
