"""What a list is put in order by may be empty: such a row has the same place on both databases."""

from datetime import timedelta

from sqlmodel import col, select

from models.campaign.items import assigned_items, milestone_items
from models.campaign.milestone import milestones_of
from models.campaign.work import Assignment
from models.papers.parts import unit_parts
from models.rules.lights import LightDays
from tests.conftest import ON_BOTH, TODAY
from tests.support.fill import fill_indicators

DAYS = LightDays(TODAY, TODAY + timedelta(days=7))


@ON_BOTH
def test_what_has_no_number_or_no_day_comes_before_what_has(session, campaign_id):
    fill_indicators(session, campaign_id, 2, due=TODAY)
    undated = session.exec(
        select(Assignment).where(col(Assignment.work_item_id).is_not(None)).order_by(Assignment.id)
    ).first()
    undated.due = None
    first, second = milestones_of(session, campaign_id)[:2]
    second.position, second.due, first.due = first.position, None, TODAY
    session.flush()
    session.expire_all()

    units: dict[tuple[str, str], list[str]] = {}
    for item in assigned_items(session, campaign_id, DAYS):
        units.setdefault((item.unit, str(item.role)), []).append(item.code[0])
    assert all(codes == sorted(codes) for codes in units.values())
    assert {"I", "W"} in map(set, units.values())
    assert unit_parts(session, campaign_id, undated.unit_id)[0].due is None
    assert milestones_of(session, campaign_id)[0].id == second.id
    assert milestone_items(session, campaign_id, DAYS)[0].code == second.code
