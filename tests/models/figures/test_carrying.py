"""What was reported for a number of the plan is the indicator's, once an indicator asks for the same."""

import pytest
from sqlmodel import select

from models.campaign.work import Indicator, WorkItem
from models.database import open_session
from models.evidence.demands.demand import Demand
from models.evidence.demands.keeping import demand_lines, ensure_demands
from models.figures.carrying import carry_figures
from models.figures.measurement import Measurement
from models.figures.measuring import NewMeasurement, measure
from models.settings import moment_of
from tests.conftest import NOW, TODAY
from tests.support.scoring_table import units

AT = moment_of(NOW, TODAY)
ONLINE = "政务服务事项网上可办率不低于90%"


@pytest.fixture
def reported(campaign_id):
    """Report for W5, before any indicator is there, that 36 of 40 are done online."""
    with open_session() as session:
        ensure_demands(session, campaign_id)
        [goal] = [line for line in demand_lines(session, campaign_id) if line.text == ONLINE]
        unit = units(session, campaign_id)[0]
        measure(
            session, campaign_id, [NewMeasurement(goal.id, unit, "", 36, 40, "网")], "创建办", AT
        )
    return goal.id


def loaded(campaign_id, *titles):
    """Load indicators of these titles and carry what was reported; return that and where figures are."""
    with open_session() as session:
        for n, title in enumerate(titles, start=1):
            session.add(Indicator(campaign_id=campaign_id, code=f"1.1.{n}", level=3, title=title))
    with open_session() as session:
        ensure_demands(session, campaign_id)
        lines = demand_lines(session, campaign_id)
        carried = carry_figures(session, campaign_id, lines)
        name = {line.id: line.name for line in lines}
        figures = session.exec(select(Measurement)).all()
        return carried, [(name[one.demand_id], one.numerator, one.by_post) for one in figures]


def test_a_figure_of_the_plan_goes_over_to_the_indicator_that_asks_for_it(
    campaign_id, reported, any_database
):
    carried, figures = loaded(campaign_id, f"{ONLINE}。", "决定履行率达到100%。")

    assert (carried.amount, carried.left) == (1, [])
    assert figures == [("1.1.1#1", 36, "创建办")]

    carried, again = loaded(campaign_id)

    assert (carried.amount, carried.left, again) == (0, [], figures)


@pytest.mark.parametrize(
    "titles",
    [
        ["决定履行率达到100%。"],  # nobody asks for it
        [f"{ONLINE}。", f"市直部门{ONLINE}。"],  # two do
        [f"每年{ONLINE}。"],  # for a year, and the figure is of none
    ],
)
def test_a_figure_that_is_nobody_s_stays_and_is_named(campaign_id, reported, titles):
    carried, figures = loaded(campaign_id, *titles)

    assert carried.amount == 0
    assert [one.split()[0] for one in carried.left] == ["W5#2"]
    assert [name for name, *_ in figures] == ["W5#2"]


def test_a_figure_of_an_item_that_the_plan_dropped_stays_with_it(campaign_id, reported):
    with open_session() as session:
        goal = session.get_one(Demand, reported)
        session.get_one(WorkItem, goal.work_item_id).withdrawn = True
        goal.withdrawn = True
    with open_session() as session:
        session.add(Indicator(campaign_id=campaign_id, code="1.1.1", level=3, title=ONLINE))
    with open_session() as session:
        ensure_demands(session, campaign_id)
        carried = carry_figures(session, campaign_id, demand_lines(session, campaign_id))
        stands = session.exec(select(Measurement.demand_id)).all()

    assert (carried.amount, carried.left, stands) == (0, [], [reported])


def test_a_figure_of_the_indicator_s_own_is_not_written_over(campaign_id, reported):
    loaded(campaign_id, f"{ONLINE}。")
    with open_session() as session:
        unit = units(session, campaign_id)[0]
        [figure] = session.exec(select(Measurement)).all()
        session.add(
            Measurement(**figure.model_dump(exclude={"id", "demand_id"}), demand_id=reported)
        )
        assert figure.unit_id == unit

    carried, figures = loaded(campaign_id)

    assert carried.amount == 0
    assert len(carried.left) == 1
    assert sorted(name for name, *_ in figures) == ["1.1.1#1", "W5#2"]
