"""How many rounds of inspection a plan asks for."""

import pytest

from models.plan.reading.targets.visit_rounds import rounds_in_plan
from models.plan.schema import Plan, Target
from tasks.plans.loading import read_plan
from tests.places import ROOT


def plan(*targets):
    made = [Target.model_validate({"op": ">=", **one}) for one in targets]
    return Plan(kind="work_plan", title="方案", other_targets=made)


def test_the_plan_of_zengdu_asks_for_two():
    found = read_plan(ROOT / "deployments" / "plans" / "zengdu-2023.yaml")
    assert rounds_in_plan(found) == (2, "不少于2次")


@pytest.mark.parametrize(
    ("targets", "rounds"),
    [
        ([], 2),  # nothing said
        ([{"raw": "不少于3次", "metric_hint": "督导轮次", "value": 3, "unit": "次"}], 3),
        ([{"raw": "开展4轮督导", "value": 4, "unit": "轮"}], 4),
        ([{"raw": "至少1次", "metric_hint": "督导", "value": 1, "unit": "次"}], 2),  # two at least
        ([{"raw": "培训不少于5次", "metric_hint": "培训", "value": 5, "unit": "次"}], 2),
        ([{"raw": "检查100%", "metric_hint": "检查", "value": 100, "unit": "%"}], 2),
    ],
)
def test_the_largest_number_of_rounds_counts_and_two_are_the_fewest(targets, rounds):
    assert rounds_in_plan(plan(*targets))[0] == rounds
