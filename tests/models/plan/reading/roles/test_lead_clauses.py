"""A list of bodies that says of its own names who leads and who helps."""

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document

PLAN = """清河县法治建设工作实施方案
一、重点任务
（一）完善制度体系。加强文件管理。{}
（二）强化执法监督。开展案卷评查。（责任单位：县农业农村局）
清河县人民政府办公室
2026年2月3日
"""


def roles_of(said: str) -> tuple[list[str], list[str]]:
    """Return who leads the first task, and who else does it."""
    task = compile_plan(Document.from_text(PLAN.format(said))).tasks[0]
    return task.lead_units + task.lead_groups, task.responsible_units + task.responsible_groups


@pytest.mark.parametrize(
    "said",
    [
        "（责任单位：县司法局、县财政局，县司法局为牵头单位）",
        "（责任单位：县财政局、县司法局，其中县司法局牵头）",
        "（责任单位：县财政局、县司法局，其中，司法局为牵头单位）",  # without its county
        "（责任单位：县财政局、县司法局；由县司法局负责牵头）",
        "（责任单位：县财政局、县司法局（由县司法局牵头））",
        "（责任单位：县财政局、县司法局。以县司法局为牵头单位。完成时限：6月底前）",
        "（县财政局、县司法局；牵头单位为县司法局；完成时限：6月底前）",
        "（县财政局、县司法局；县司法局牵头；完成时限：6月底前）",
        "\n责任单位：县财政局、县司法局。县司法局为牵头单位",
        "（责任单位：县司法局、县财政局，第一个为牵头单位）",
        "（责任单位：县司法局、县财政局，首个单位牵头）",
        "（责任单位：县司法局、县财政局，牵头单位为第一个）",
        "（责任单位：县财政局、县司法局，后者为牵头单位）",
    ],
)
def test_a_list_that_names_its_own_lead_has_no_other(said):
    assert roles_of(said) == (["县司法局"], ["县财政局"])


@pytest.mark.parametrize(
    "said, lead, others",
    [
        # bodies that the list in front does not name are read as before
        ("（县司法局牵头，县财政局、县公安局配合）", ["县司法局"], ["县财政局", "县公安局"]),
        ("（责任单位：县司法局、县公安局牵头）", ["县司法局", "县公安局"], []),
        (
            "（责任单位：县司法局、县财政局、县公安局，前两个为牵头单位）",
            ["县司法局", "县财政局"],
            ["县公安局"],
        ),
        (
            "（责任单位：县司法局、县直各部门，由县直各部门牵头）",  # 门牵头 is nobody's name
            ["县直各部门"],
            ["县司法局"],
        ),
    ],
)
def test_only_names_of_the_list_itself_are_singled_out(said, lead, others):
    assert roles_of(said) == (lead, others)


def test_the_others_of_a_list_help_where_it_says_so():
    said = "（责任单位：县财政局、县司法局，县司法局为牵头单位，其他为配合单位）"

    task = compile_plan(Document.from_text(PLAN.format(said))).tasks[0]

    assert (task.lead_units, task.cooperating_units) == (["县司法局"], ["县财政局"])


def test_a_plain_list_in_front_of_a_time_says_who_does_it():
    assert roles_of("（县司法局、县财政局；完成时限：6月底前）") == ([], ["县司法局", "县财政局"])
