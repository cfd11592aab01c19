"""The targets that the plans of real cities name, from their sentence to what a unit is asked for."""

import pytest

from models.campaign.campaign import campaign_named
from models.evidence.demands.reading import read_demands
from models.figures.goals import counted_demands
from models.figures.measuring import NewMeasurement, measure, measured
from models.rules.figures.targets import goal_of
from models.settings import moment_of
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.packs import load_pack
from tests.support.scoring_table import add_demand, add_tree, units

AT = moment_of(NOW, TODAY)


def targets(text):
    for one in read_demands(text):
        target = (one.op, one.value, one.unit_of_value)
        goal = goal_of(target, one.per, one.text, (one.counted, one.out_of))
        if goal:
            yield goal.words, goal.out_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "政务服务事项网上可办率不低于90%,80%以上实现“一窗”分类受理。",
            [("不低于 90%", ""), ("不低于 80%", "")],
        ),
        ("按时回复率达到100%。", [("不低于 100%", "")]),
        (
            "每年至少对1件现行有效的地方政府规章或者行政规范性文件开展后评估。",
            [("不低于 1件，每年", "")],
        ),
        (
            "负责法制审核的人员不少于本单位执法人员总数的5%",
            [("不低于 5%，各单位分别达到", "本单位执法人员总数")],
        ),
        (
            "确保行政执法人员每人每年接受不少于40学时的公共法律知识、业务知识和行政执法技能培训",
            [("不低于 40学时，每年，各单位分别达到", "人数")],
        ),
        ("乡镇(街道)人民调解委员会有2名以上专职人民调解员", [("不低于 2名", "")]),
        ("各单位每季度至少开展1次旁听庭审。", [("不低于 1次，每季度，各单位分别达到", "")]),
    ],
)
def test_a_sentence_of_a_plan_becomes_a_target(text, said):
    assert list(targets(text)) == said


@ON_BOTH
def test_figures_of_one_campaign_are_none_of_another_s(session, campaign_id):
    load_pack(moment_of(NOW, TODAY), "other")
    session.expire_all()
    other = campaign_named(session, "other").id or 0
    demands = {
        one: add_demand(session, one, add_tree(session, one)["1.1.1"], (">=", 90.0, "%"))
        for one in (campaign_id, other)
    }
    unit = units(session, campaign_id)[0]
    measure(
        session, campaign_id, [NewMeasurement(demands[campaign_id], unit, "", 9, 10)], "创建办", AT
    )

    assert [line.value for line in measured(session, other)] == [None, None]
    assert [one.demand_id for one in counted_demands(session, other)] == [demands[other]]
