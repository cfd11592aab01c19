"""Tables of aims: numbers whose measure stands beside them, years as columns, amounts without a target."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document, Line


def read(*rows):
    lines = [Line("某市提质行动方案", 1), Line("一、工作目标", 2)]
    for row in rows:
        lines.append(Line(" ".join(row), len(lines) + 1, None, tuple(row), 1))
    return read_plan(Document(tuple(lines)))


def targets(reading):
    plan = reading.plan
    found = [*plan.other_targets, *(t for task in plan.tasks for t in task.targets)]
    return [(t.op, t.value, t.unit) for t in found]


@pytest.mark.parametrize(
    ("cell", "measure", "target"),
    [
        ("≥97", "%", (">=", 97, "%")),
        ("97以上", "%", (">=", 97, "%")),
        ("≤30", "天", ("<=", 30, "天")),
        ("不少于12", "个", (">=", 12, "个")),
        ("≥97%", "%", (">=", 97, "%")),
    ],
)
def test_a_number_takes_the_measure_of_its_row(cell, measure, target):
    heads = ("序号", "指标名称", "计量单位", "目标值", "责任单位")

    assert targets(read(heads, ("1", "抽检水平", measure, cell, "市统计局"))) == [target]


def test_a_name_of_a_body_is_no_measure():
    heads = ("序号", "指标名称", "目标值", "责任单位")

    assert targets(read(heads, ("1", "抽检水平", "≥97", "市统计局"))) == [(">=", 97, "")]


def test_the_result_of_another_year_is_no_target():
    heads = ("序号", "指标名称", "计量单位", "2025年实际", "2026年目标值", "责任单位")
    row = ("1", "抽检水平", "%", "96.5", "≥97", "市统计局")

    assert targets(read(heads, row)) == [(">=", 97, "%")]


def test_bounds_in_columns_of_years_are_targets():
    reading = read(
        ("指标", "2026年", "2027年"), ("抽检合格率", "≥90%", "95%以上"), ("差错率", "≤3%", "≤2%")
    )

    assert targets(reading) == [
        (">=", 90, "%"), (">=", 95, "%"), ("<=", 3, "%"), ("<=", 2, "%"),
    ]  # fmt: skip
    assert reading.plan.other_targets[0].metric_hint == "抽检合格率"


@pytest.mark.parametrize(("cell", "doubted"), [("40", True), ("40个", True), ("≥40", False)])
def test_an_amount_that_is_no_target_is_doubted(cell, doubted):
    reading = read(("序号", "指标名称", "目标值", "责任单位"), ("1", "驿站", cell, "市民政局"))
    doubts = [d.reason for d in reading.doubts if "没有读成指标" in d.reason]

    assert doubts == ([f"“目标值”一栏的“{cell}”没有读成指标，请核对"] if doubted else [])
