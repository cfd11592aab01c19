"""Tables that look like tables of tasks and are none: each is doubted, others are not."""

import pytest

from models.plan.reading.compile import read_plan
from tests.models.plan.reading.tables.test_odd_tables import (
    ALL,
    HEADS,
    LEADS,
    TIMES,
    TITLES,
    UNITS,
    document_of,
    plan_of,
    told,
)

KNOWN = [HEADS, ["9", "整修普法长廊", "县司法局", "县文旅局", "2024年8月底前"]]


def unused(*tables):
    reasons = [doubt.reason for doubt in read_plan(document_of(KNOWN, *tables)).doubts]
    return [reason for reason in reasons if reason.endswith("行没有读，请核对")]


def rows_of(*columns):
    return [list(row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    "heads",
    [
        ["序号", "工作任务", "牵头单位（排在第一位的负总责，其余配合）", "责任单位", "完成时限"],
        ["序号", "工作任务（含年度重点改革任务和民生实事）", "牵头单位", "责任单位", "完成时限"],
        ["序号", "工作任务", "牵头单位", "责任单位〔以下均列首位者总抓〕", "完成时限(最迟)"],
        ["NO", "工作任务", "牵头单位", "责任单位", "完成时限"],
        ["No.", "工作任务", "牵头单位", "责任单位", "完成时限"],
    ],
)
def test_what_stands_in_brackets_is_no_part_of_a_head(heads):
    rows = rows_of(["1", "2", "3"], TITLES, LEADS, UNITS, TIMES)

    assert told(plan_of([heads, *rows])) == ALL


@pytest.mark.parametrize(
    "table",
    [
        [["序号", "评估标准", "责任单位", "报送时间"], *rows_of("123", TITLES, LEADS, TIMES)],
        [["工作任务", "完成时限"], *rows_of(TITLES, TIMES)],
        [["序号", "工作任务", *LEADS, "完成时限"], ["1", TITLES[0], "★", "●", "", TIMES[0]]],
        [["工作任务", *LEADS], [TITLES[0], "★", "●", ""]],
        [["类别", "任务名称", "谁来落实", "最迟日期"], ["一", "修路", "县交通局", "6月"]],
    ],
)
def test_a_table_like_one_of_tasks_that_gives_none_is_doubted(table):
    [reason] = unused(table)

    assert reason.startswith("这张表没有")


@pytest.mark.parametrize(
    "table",
    [
        [["序号", "姓名", "单位", "联系电话"], ["1", "某某", "县司法局", "略"]],
        [["指标名称", "单位", "指标值"], ["案卷合格率", "%", "95"], ["办结数", "件", "100"]],
        [["序号", "工作任务", "责任单位", "报送时间"], ["", "", "", ""]],
        [["项目", "数量", "单位"], ["宣传册", "200", "本"], ["展板", "12", "块"]],
        [["时间", "地点", "议程"], ["上午9时", "会议室", "领导讲话"]],
        [["组长", "市长"], ["成员", "市司法局局长"]],
        [["内容", "标准", "分值"], ["制度建设情况", "制度健全得满分", "5分"]],
        [HEADS, *rows_of("123", TITLES, LEADS, UNITS, TIMES)],
        [["阶段", "时间", "主要工作"], ["部署阶段", "2024年6月", "召开会议"]],
    ],
)
def test_other_tables_are_not_doubted(table):
    assert unused(table) == []


@pytest.mark.parametrize(
    "head",
    ["落实时间", "达标时间", "截止日期", "节点", "截止", "整改日期", "办结时间", "计划完成日期"],
)
def test_a_column_says_until_when_by_many_names(head):
    rows = rows_of("123", TITLES, LEADS, UNITS, TIMES)

    assert told(plan_of([[*HEADS[:4], head], *rows])) == ALL


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["时间安排", "时间安排"], ["启动", "完成"]),
        (["时间安排", ""], ["启动时间", "完成时间"]),
        (["时限要求", "时限要求"], ["开始", "结束"]),
        (["启动时间", "完成时间"], ["启动时间", "完成时间"]),
    ],
)
def test_times_below_one_head_are_the_begin_and_the_end(above, below):
    rows = rows_of("123", TITLES, LEADS, UNITS, ["2024年3月"] * 3, TIMES)

    assert told(plan_of([[*HEADS[:4], *above], [*HEADS[:4], *below], *rows])) == ALL


@pytest.mark.parametrize("head", ["报送时间", "预计何时", "备注", "年度成果"])
def test_a_column_of_times_that_is_not_used_is_named(head):
    rows = rows_of("123", TITLES, LEADS, UNITS, ["2024年9月底", "10月底", ""])
    reasons = [d.reason for d in read_plan(document_of([[*HEADS[:4], head], *rows])).doubts]

    assert f"表中“{head}”一栏写的是时间，没有当作完成时限，请核对" in reasons


@pytest.mark.parametrize(
    "last", [["备注", "", "无", "每季度报一次数"], ["备注", "2024年9月底前完成", "", ""]]
)
def test_other_columns_are_not_named(last):
    table = [[*HEADS[:4], last[0]], *rows_of("123", TITLES, LEADS, UNITS, last[1:])]

    assert not [d for d in read_plan(document_of(table)).doubts if "一栏写的是时间" in d.reason]
