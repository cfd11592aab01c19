"""Make a campaign as large as a real one: indicators given to every unit."""

from datetime import date

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.campaign.work import Assignment, Indicator
from models.units.unit import Unit


def fill_indicators(session: Session, campaign_id: int, indicators: int, due: date) -> int:
    """Give ``indicators`` indicators to every unit of the campaign; return how many assignments."""
    rows = [
        {
            "campaign_id": campaign_id,
            "code": f"I{n}",
            "level": 3,
            "title": f"第 {n} 项指标",
            "op": ">=",
            "value": 90.0,
            "unit_of_value": "%",
            "withdrawn": False,
        }
        for n in range(indicators)
    ]
    session.connection().execute(insert(Indicator), rows)
    ids = session.exec(select(Indicator.id).where(Indicator.campaign_id == campaign_id)).all()
    units = session.exec(
        select(Unit.id).where(Unit.campaign_id == campaign_id).order_by(col(Unit.id))
    ).all()
    parts = [
        {
            "campaign_id": campaign_id,
            "indicator_id": indicator,
            "unit_id": unit,
            "role": "responsible",
            "begin_by": due,
            "due": due,
            "original_due": due,
            "state": "open",
            "by_post": "",
            "note": "",
            "withdrawn": False,
        }
        for indicator in ids
        for unit in units
    ]
    session.connection().execute(insert(Assignment), parts)
    return len(parts)
