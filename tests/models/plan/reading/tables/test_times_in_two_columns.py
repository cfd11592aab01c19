"""A table that says in one column when work begins and in another when it ends."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document, Line

FIRST, LAST = ("2026年3月", "2026年4月底前"), ("2026年5月1日", "2026年9月30日")


def read(*rows):
    lines = [Line("某区文明创建工作方案", 1), Line("一、进度安排", 2)]
    for row in rows:
        lines.append(Line(" ".join(row), len(lines) + 1, None, tuple(row), 1))
    return read_plan(Document(tuple(lines)))


def days(reading):
    return [(str(s.start), str(s.end)) for s in reading.plan.stages]


@pytest.mark.parametrize(
    "heads",
    [
        [("阶段", "开始时间", "结束时间", "主要工作")],
        [("阶段", "启动时间", "完成时间", "主要工作")],
        [("步骤", "起始日期", "截止日期", "主要工作")],
        [("步骤", "起止时间", "", "主要工作"), ("", "开始", "结束", "")],
        [("步骤", "起止时间", "起止时间", "主要工作"), ("步骤", "起", "止", "主要工作")],
        [("阶段", "时间", "时间", "主要工作"), ("阶段", "开始时间", "结束时间", "主要工作")],
    ],
)
def test_a_stage_runs_from_the_one_to_the_other(heads):
    reading = read(*heads, ("筹备", *FIRST, "建账"), ("攻坚", *LAST, "清账"))

    assert days(reading) == [("2026-03-01", "2026-04-30"), ("2026-05-01", "2026-09-30")]
    assert [s.steps for s in reading.plan.stages] == [["建账"], ["清账"]]


@pytest.mark.parametrize("end", ["长期", "长期坚持", "持续推进"])
def test_a_stage_without_a_last_day_stays_open(end):
    reading = read(
        ("阶段", "开始时间", "结束时间"), ("筹备", *FIRST), ("长效", "2026年5月1日", end)
    )

    [_, stage] = reading.plan.stages
    assert (str(stage.start), stage.end, stage.open_ended) == ("2026-05-01", None, True)


@pytest.mark.parametrize(
    "heads",
    [
        [("序号", "工作任务", "责任单位", "启动时间", "完成时间")],
        [
            ("序号", "工作任务", "责任单位", "工作时限", "工作时限"),
            ("序号", "工作任务", "责任单位", "起", "止"),
        ],
    ],
)
def test_a_task_is_due_at_the_end(heads):
    [task] = read(*heads, ("1", "更新标识", "区城管局", *FIRST)).plan.tasks

    assert task.deadline.raw == "2026年4月底前"


def test_a_column_of_beginnings_alone_is_named():
    reading = read(
        ("序号", "工作任务", "责任单位", "启动时间"), ("1", "更新标识", "区城管局", "2026年3月")
    )

    assert reading.plan.tasks[0].deadline is None
    assert any("“启动时间”一栏写的是时间" in doubt.reason for doubt in reading.doubts)
