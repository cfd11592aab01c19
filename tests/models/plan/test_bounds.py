"""What a plan holds fits into every table, sheet and list, on either side of each bound."""

from datetime import date

import pytest

from models.plan.bounds import beyond_bounds
from models.plan.checks import contradictions
from models.plan.schema import Plan

GOOD = {
    "title": "某市创建方案",
    "kind": "implementation_plan",
    "stages": [{"ordinal": 1, "name": "部署启动"}],
    "tasks": [{"ordinal": 1, "title": "简政放权", "lead_units": ["市司法局"]}],
}


def faults(**changed: object) -> list[str]:
    return list(beyond_bounds(Plan.model_validate(GOOD | changed)))


@pytest.mark.parametrize(
    ("most", "more", "said"),
    [
        (
            {"title": "题" * 5000},
            {"title": "题" * 5001},
            "title:有 5001 个字,最多 5000 个字",
        ),
        (
            {"tasks": [{"ordinal": 1, "title": "x", "lead_units": ["市", "局" * 100]}]},
            {"tasks": [{"ordinal": 1, "title": "x", "lead_units": ["市", "局" * 101]}]},
            "tasks[1].lead_units[2]:有 101 个字,最多 100 个字",
        ),
        (
            {"tasks": [{"ordinal": 10**9, "title": "x"}]},
            {"tasks": [{"ordinal": 10**9 + 1, "title": "x"}]},
            "tasks[1].ordinal:数字太大",
        ),
        (
            {"other_targets": [{"raw": "x", "op": ">=", "value": 1e15}]},
            {"other_targets": [{"raw": "x", "op": ">=", "value": 1.1e15}]},
            "other_targets[1].value:数字太大",
        ),
        (
            {"gates": {"thresholds": {"x": 3}}},
            {"gates": {"thresholds": {"x": float("inf")}}},
            "gates.thresholds.x:数字太大",
        ),
        (
            {"stages": [{"ordinal": 1, "name": "x", "start": date(1949, 1, 1)}]},
            {"stages": [{"ordinal": 1, "name": "x", "start": date(1, 1, 1)}]},
            "stages[1].start:日期 0001-01-01 应在 1949 年到 2199 年之间",
        ),
        (
            {"issued_on": date(2199, 12, 31)},
            {"issued_on": date(9999, 12, 31)},
            "issued_on:日期 9999-12-31 应在 1949 年到 2199 年之间",
        ),
        (
            {"notes": ["x"] * 20_000},
            {"notes": ["x"] * 20_001},
            "notes:有 20001 项,最多 20000 项",
        ),
    ],
)
def test_what_is_too_much_is_told_with_its_place(most, more, said):
    assert faults(**most) == []
    assert faults(**more) == [said]


def test_it_is_told_alone_before_other_faults_quote_it():
    plan = Plan.model_validate(GOOD | {"title": "题" * 5001, "stages": [], "tasks": []})

    assert contradictions(plan) == ["title:有 5001 个字,最多 5000 个字"]
