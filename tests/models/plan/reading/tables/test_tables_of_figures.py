"""Tables that name no work: figures as they were and as they shall be, and whom to ask."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document, Line
from models.plan.schema import Plan

PLAN = "某县创建工作方案\n一、重点任务\n（一）加强执法。（牵头单位：县司法局；完成时限：2026年9月底）\n"


def plan_with(*rows: tuple[str, ...]) -> Plan:
    lines = list(Document.from_text(PLAN).lines)
    lines += [Line("|".join(row), len(lines) + at, None, row, 1) for at, row in enumerate(rows, 1)]
    return read_plan(Document(tuple(lines))).plan


@pytest.mark.parametrize(
    ("heads", "row", "targets"),
    [
        (
            ("序号", "指标", "2024年", "2027年目标"),
            ("1", "人均预期寿命（岁）", "80.6", "≥81.5"),
            [81.5],
        ),
        (
            ("序号", "指标名称", "单位", "2024年实绩", "2025年目标"),
            ("1", "网上办理率", "%", "88.5", "≥95"),
            [95],
        ),
        (
            ("序号", "指标名称", "2024年现状", "2025年目标", "2027年目标"),
            ("1", "5G网络通达率", "71%", "≥85%", "≥98%"),
            [85, 98],
        ),
    ],
)
def test_rows_of_figures_are_targets_and_no_tasks(heads, row, targets):
    plan = plan_with(heads, row)

    assert [task.title for task in plan.tasks] == ["加强执法"]
    assert [target.value for target in plan.other_targets] == targets


def test_rows_that_say_whom_to_ask_are_no_tasks():
    plan = plan_with(("单位", "咨询内容", "电话"), ("县发改局", "收购政策", "0000-0000000"))

    assert [task.title for task in plan.tasks] == ["加强执法"]


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        # Somebody does it, or it is due: work, whatever its figures.
        (
            ("序号", "指标", "2024年实绩", "2025年目标", "责任单位"),
            ("1", "办结率", "88%", "≥95%", "县信访局"),
        ),
        (
            ("序号", "工作任务", "责任单位", "联系电话"),
            ("1", "落实三项制度", "县信访局", "0000-0000000"),
        ),
        (("序号", "工作任务", "目标要求"), ("1", "落实三项制度", "办结率达到95%")),
    ],
)
def test_rows_of_work_stay_tasks(heads, row):
    assert [task.title for task in plan_with(heads, row).tasks][-1] == row[1]
