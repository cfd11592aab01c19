"""What stands between a stage and its close."""

from datetime import date

import pytest

from models.plan.schema import StageKind
from models.rules.gates import GATES, GateFacts, Step, names, obstacles

END = date(2025, 7, 31)


@pytest.mark.parametrize("kind", list(StageKind))
def test_every_kind_of_stage_has_a_gate(kind):
    assert GATES[kind]


def test_a_gate_without_obstacles_is_open():
    done = GateFacts(end=END, indicators=104)

    assert all(obstacles(kind, done) == [] for kind in StageKind)


def test_an_open_step_is_an_obstacle_with_its_owner_and_day():
    facts = GateFacts(end=END, steps=[Step("S1.1", "全面动员部署", "创建办", END)])

    [found] = obstacles(StageKind.LAUNCH, facts)

    assert (found.owner, found.due) == ("创建办", END)
    assert "S1.1 全面动员部署" in found.text


def test_the_launch_asks_for_members_liaisons_and_channels():
    facts = GateFacts(
        end=END,
        open_groups=["县区政府"],
        units_without_liaison=["市司法局"],
        unreachable=["市财政局"],
    )

    found = [o.rule for o in obstacles(StageKind.LAUNCH, facts)]

    assert found == ["groups-expanded", "liaisons-named", "liaisons-reachable"]


def test_a_long_list_of_names_is_cut_with_its_number():
    assert names(["甲", "乙", "丙", "丁", "戊", "己"]) == "甲、乙、丙、丁、戊等 6 个"
    assert names(["甲", "乙"]) == "甲、乙"
