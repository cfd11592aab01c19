"""Rows whose cells hold numbered lists: each task with its own bodies and times."""

import pytest

from tests.models.plan.reading.tables.test_odd_tables import plan_of, told

HEADS = ["序号", "工作任务", "责任单位", "完成时限"]


@pytest.mark.parametrize(
    ("units", "time", "expected"),
    [
        (
            "1.市司法局；2.市公安局",
            "1.6月底前；2.9月底前",
            [(["市司法局"], "6月底前"), (["市公安局"], "9月底前")],
        ),
        (
            "市司法局、市公安局",
            "1.6月底前；2.9月底前",
            [(["市司法局", "市公安局"], "6月底前"), (["市司法局", "市公安局"], "9月底前")],
        ),
        (
            "1.市司法局；2.市公安局",
            "9月底前",
            [(["市司法局"], "9月底前"), (["市公安局"], "9月底前")],
        ),
    ],
)
def test_tasks_of_one_row_have_their_own_bodies_and_times(units, time, expected):
    plan = plan_of([HEADS, ["1", "1.推行三项制度；2.组织案卷评查。", units, time]])

    assert told(plan) == [
        (title, [], *rest)
        for title, rest in zip(["推行三项制度", "组织案卷评查"], expected, strict=True)
    ]


@pytest.mark.parametrize("mark", ["1.{}2.{}", "1、{}2、{}", "（1）{}（2）{}"])
def test_a_body_with_a_list_of_tasks_has_each_of_them(mark):
    cell = mark.format("推行三项制度，2026年6月底前。", "组织案卷评查，2026年7月底前。")
    plan = plan_of([["责任单位", "工作任务"], ["市司法局", cell], ["市公安局", "规范执法办案"]])

    assert [(t.responsible_units, t.deadline and str(t.deadline.date)) for t in plan.tasks] == [
        (["市司法局"], "2026-06-30"),
        (["市司法局"], "2026-07-31"),
        (["市公安局"], None),
    ]


@pytest.mark.parametrize(
    ("number", "cell", "units"),
    [
        ("1", "推行三项制度：1.公示；2.记录", "市司法局"),
        ("1", "1.推行三项制度；2.组织案卷评查", "市司法局"),
        ("1", "1.推行三项制度；3.组织案卷评查", "1.市司法局；2.市公安局"),
        ("1", "1.推行三项制度", "1.市司法局；2.市公安局"),
        ("1", "1.推行三项制度；2.组织案卷评查", "1.市司法局；2.市公安局；3.市民政局"),
        ("", "推行1.5万件案卷评查，2.3万人参加", "市司法局"),
    ],
)
def test_another_cell_is_one_task(number, cell, units):
    assert len(plan_of([HEADS, [number, cell, units, "6月底前"]]).tasks) == 1
