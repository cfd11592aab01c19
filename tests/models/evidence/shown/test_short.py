"""A figure below its target stands beside the light of its part, with its source and its day."""

from datetime import timedelta

from sqlmodel import select

from models.campaign.work import Assignment
from models.evidence.shown.lit import parts_lit
from models.figures.measuring import NewMeasurement, measure
from models.keys import key_of
from models.rules.lights import LightDays
from models.rules.words import Role
from models.settings import moment_of
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.scoring_table import add_demand, add_tree, units


@ON_BOTH
def test_a_figure_below_its_target_is_told_with_source_and_day_and_one_that_reaches_is_not(
    session, campaign_id
):
    ids = add_tree(session, campaign_id)
    demand = add_demand(
        session, campaign_id, ids["1.1.1"], (">=", 90.0, "%"), counted="网上可办", out_of="全部"
    )
    unit = units(session, campaign_id)[0]
    about = {"campaign_id": campaign_id, "indicator_id": ids["1.1.1"], "unit_id": unit}
    query = select(Assignment).filter_by(**about)
    part = session.exec(query).first() or Assignment(**about, role=Role.LEAD)
    session.add(part)
    session.flush()

    def told(above: int) -> dict[str, str]:
        figure = NewMeasurement(demand, unit, "", above, 40, "政务服务网")
        measure(session, campaign_id, [figure], "市司法局联络员", moment_of(NOW, TODAY))
        days = LightDays(TODAY, TODAY + timedelta(days=7))
        [found] = parts_lit(session, campaign_id, days, [key_of(part)], {}).values()
        return dict(found.lines)

    short = told(35)["数据未达标，灯不按数据算"]
    assert "87.5" in short
    assert "90" in short
    assert "（来源：政务服务网，2025年7月1日市司法局联络员登记）" in short
    assert "数据未达标，灯不按数据算" not in told(36)
