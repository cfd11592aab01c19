"""Rows without a number: tasks of their own, or the rest of a row that a page broke."""

import pytest

from tests.models.plan.reading.tables.test_odd_tables import HEADS, LEADS, TITLES, UNITS, plan_of

ODD_TIMES = [
    "国庆节前", "第三季度", "前三季度", "上半年", "“五一”前", "“十四五”末", "9.30前", "2026.9", "2026-09-30",
    "立行立改", "汛期前", "接到通知后10日内", "日常", "年底前", "月底前", "待定", "每月", "9月", "",
]  # fmt: skip


@pytest.mark.parametrize("number", ["1", ""])
@pytest.mark.parametrize("time", ODD_TIMES)
def test_a_row_without_number_that_says_what_and_who_is_a_task(number, time):
    rows = [
        [number, TITLES[0], LEADS[0], UNITS[0], time],
        ["", TITLES[1], LEADS[1], UNITS[1], time],
        ["", TITLES[2], "", "各镇街", time],
    ]

    assert [(t.title, t.lead_units) for t in plan_of([HEADS, *rows]).tasks] == [
        (TITLES[0], [LEADS[0]]),
        (TITLES[1], [LEADS[1]]),
        (TITLES[2], []),
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["建好法治", "县司法局", "县住建局、", "2024年9月底前"], ["公园一座", "", "县文旅局", ""]),
        (["建好法治", "县司法局", "县住建局", "2024年9月底前"], ["公园一座", "", "、县文旅局", ""]),
        (["建好法治", "县司法局", "县住建局、县文", "2024年9月底前"], ["公园一座", "", "旅局", ""]),
        (["建好法治", "县司法局", "县住建", "2024年9月底前"], ["公园一座", "", "局、县文旅局", ""]),
        (["建好法治", "县司法局", "县住建局、县文旅局", "2024年9"], ["公园一座", "县司法局", "", "月底前"]),
        (["建好法治", "县司法局", "县住建局、县文旅局", "2024年9月"], ["公园一座", "县司法局", "", "底前"]),
        (["建好法治", "县司法局", "县住建局、县文旅局", "2024年"], ["公园一座", "", "", "9月底前"]),
        (["建好法治公园（", "县司法局", "县住建局、县文旅局", ""], ["含凉亭）一座", "", "县文旅局", ""]),
    ],
)  # fmt: skip
def test_pieces_of_a_broken_row_are_one_task(above, below):
    plan = plan_of([HEADS, ["1", *above], ["", *below], ["2", TITLES[1], LEADS[1], UNITS[1], ""]])

    assert [t.lead_units for t in plan.tasks] == [["县司法局"], [LEADS[1]]]


def test_rows_of_other_categories_are_tasks_of_their_own():
    heads = ["序号", "类别", *HEADS[1:]]
    rows = [
        ["1", "阵地", TITLES[0], LEADS[0], UNITS[0], "国庆节前"],
        ["", "宣传", TITLES[1], LEADS[1], UNITS[1], "国庆节前"],
        ["", "宣传", TITLES[2], LEADS[2], UNITS[2], "国庆节前"],
    ]

    assert [(t.section, t.title) for t in plan_of([heads, *rows]).tasks] == [
        ("阵地", TITLES[0]), ("宣传", TITLES[1]), ("宣传", TITLES[2]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "below", "tasks"),
    [
        ("9月底", "国庆节前", 2),
        ("9月底", "立行立改", 2),
        ("第三季度", "第四季度", 2),
        ("2024年9月", "底前", 1),
        ("2024年", "9月底前", 1),
        ("", "9月底前", 1),
        ("9月底", "", 1),
    ],
)
def test_two_whole_times_are_those_of_two_tasks(above, below, tasks):
    rows = [["1", TITLES[0], LEADS[0], UNITS[0], above], ["", TITLES[1], "", "", below]]

    assert len(plan_of([HEADS, *rows, ["2", TITLES[2], LEADS[2], "", ""]]).tasks) == tasks + 1
