"""What contradicts what in a plan."""

from datetime import date

import pytest

from models.plan.checks import contradictions
from models.plan.schema import Plan
from tasks.plans.loading import PACKS, pack_names, read_plan


def plan(**changes):
    stage = {"ordinal": 1, "name": "部署启动", "start": "2025-06-01", "end": "2025-06-20"}
    task = {"ordinal": 1, "title": "简政放权", "lead_units": ["市司法局"]}
    facts = {
        "kind": "implementation_plan",
        "title": "某市创建方案",
        "year_context": 2025,
        "stages": [stage],
        "tasks": [task],
    }
    return Plan.model_validate(facts | changes)


def test_a_sound_plan_has_no_contradictions():
    assert contradictions(plan()) == []


@pytest.mark.parametrize("pack", pack_names())
def test_every_pack_is_sound(pack):
    assert contradictions(read_plan(PACKS / f"{pack}.yaml")) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "briefing", "is_plan": False}, "这不是方案"),
        ({"stages": [], "tasks": []}, "没有可以执行的内容"),
        (
            {"stages": [{"ordinal": 1, "name": "甲", "start": "2025-07-02", "end": "2025-07-01"}]},
            "开始日 2025-07-02 晚于结束日 2025-07-01",
        ),
        (
            {"stages": [{"ordinal": 1, "name": "甲", "end": "2025-07-01", "open_ended": True}]},
            "却又给了结束日",
        ),
        (
            {
                "stages": [
                    {"ordinal": 1, "name": "甲", "start": "2025-07-01"},
                    {"ordinal": 2, "name": "乙", "start": "2025-06-01"},
                ]
            },
            "早于第 1 阶段“甲”的开始日",
        ),
        ({"stages": [{"ordinal": 1, "name": "甲", "start": "2052-07-01"}]}, "相差太远"),
        (
            {"tasks": [{"ordinal": 1, "title": "甲"}, {"ordinal": 1, "title": "乙"}]},
            "序号 1 出现 2 次",
        ),
        (
            {"tasks": [{"ordinal": 1, "title": "甲", "lead_units": ["市司法局", "市司法局"]}]},
            "市司法局 出现 2 次",
        ),
        (
            {
                "tasks": [
                    {
                        "ordinal": 1,
                        "title": "甲",
                        "lead_units": ["市司法局"],
                        "responsible_units": ["市司法局"],
                    }
                ]
            },
            "既是牵头单位又是责任单位",
        ),
        (
            {"other_targets": [{"raw": "达到120%", "op": ">=", "value": 120, "unit": "%"}]},
            "超过 100%",
        ),
        (
            {"recurring": [{"freq": "weekly", "day": 8, "what": "报送"}]},
            "应为 1（周一）到 7（周日）",
        ),
        ({"recurring": [{"freq": "yearly", "month": 13, "what": "报送"}]}, "月份应为 1 到 12"),
        (
            {
                "unit_aliases": [
                    {"canonical": "甲局", "variants": ["丙局"]},
                    {"canonical": "乙局", "variants": ["丙局"]},
                ]
            },
            "丙局 同时算作 甲局 和 乙局",
        ),
    ],
)
def test_a_contradiction_is_told_in_one_line(changes, said):
    [fault] = contradictions(plan(**changes))

    assert said in fault


def test_overlaps_gaps_and_open_ends_are_as_the_plan_wrote_them():
    stages = [
        {"ordinal": 1, "name": "甲", "start": "2025-06-01", "end": "2025-06-20"},
        {"ordinal": 2, "name": "乙", "start": "2025-06-11", "end": "2025-07-31"},
        {"ordinal": 3, "name": "丙", "start": "2025-09-01", "open_ended": True},
        {"ordinal": 4, "name": "丁"},
    ]

    assert contradictions(plan(stages=stages)) == []


def test_all_contradictions_are_listed_at_once():
    broken = plan(
        stages=[{"ordinal": 1, "name": "甲", "start": "2025-07-02", "end": "2025-07-01"}],
        tasks=[{"ordinal": 1, "title": "甲", "lead_units": ["市司法局", "市司法局"]}],
        issued_on=date(2021, 1, 1),
    )

    assert len(contradictions(broken)) == 3
