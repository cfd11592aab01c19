"""The numbers of a plan are measured until an indicator asks for them; a unit reports each once."""

import pytest

from models.campaign.work import Indicator
from models.database import open_session
from models.evidence.citing import Citing
from models.evidence.demands.goals import goals_left
from models.evidence.demands.keeping import demand_lines, ensure_demands
from models.evidence.demands.reading import ReadDemand
from models.evidence.known import items_known, units_known
from models.rules.evidence.demands import same_number


def made(campaign_id):
    with open_session() as session:
        ensure_demands(session, campaign_id)
        return {
            line.text: line for line in demand_lines(session, campaign_id) if not line.withdrawn
        }


def test_a_work_item_is_measured_by_the_numbers_of_the_plan(campaign_id, any_database):
    demands = made(campaign_id)

    online = demands["政务服务事项网上可办率不低于90%"]
    assert (online.name, online.op, online.value, online.unit_of_value) == ("W5#2", ">=", 90, "%")
    assert not online.needs_evidence  # it is counted; the item itself wants evidence
    assert demands["优化公共服务"].needs_evidence
    assert demands["行政执法人员每人每年培训不少于40学时"].per == "year"


def test_where_indicators_are_loaded_the_numbers_are_theirs(campaign_id):
    made(campaign_id)
    with open_session() as session:
        text = "政务服务事项网上可办率不低于90%。"
        session.add(Indicator(campaign_id=campaign_id, code="1.1.1", level=3, title=text))

    demands = made(campaign_id)

    assert [d.name for d in demands.values() if d.value == 90] == ["1.1.1#1"]
    with open_session(read_only=True) as session:
        left = goals_left(session, campaign_id, demand_lines(session, campaign_id))
    assert "W5 “一窗”分类受理80%以上" in left
    assert not [one for one in left if "网上可办率" in one]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("网上可办率不低于90%", 90, "%"), ("事项网上可办率达到90%", 90, "%"), True),
        (("网上可办率不低于90%", 90, "%"), ("事项网上可办率达到95%", 95, "%"), False),
        (("答复率达100%", 100, "%"), ("合法性审核率达到100%", 100, "%"), False),  # 率, 100% alone
        (("培训不少于40学时", 40, "学时"), ("培训不少于40学时", None, ""), False),
    ],
)
def test_two_demands_ask_for_one_number_when_words_and_number_are_the_same(one, other, same):
    first, second = (
        ReadDemand(text, ">=" if value else "", value, unit) for text, value, unit in (one, other)
    )

    assert same_number(first, second) is same


def test_a_work_item_named_alone_means_the_demand_that_wants_evidence(campaign_id):
    made(campaign_id)
    with open_session(read_only=True) as session:
        items = items_known(session, campaign_id)
        uses, faults = Citing(items, units_known(session, campaign_id), None).uses(["W5"], None)
        demands = {line.name: line.id for line in demand_lines(session, campaign_id)}

    assert (uses, faults) == ([("demand", demands["W5#1"])], [])
