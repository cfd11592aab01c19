"""Units that a clerk types into the review workbook: parted as in a document, or told what is wrong."""

import pytest

from models.plan.checks import contradictions
from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from tasks.plans.unit_cells import names_typed, units_typed
from tasks.workbook.cells import CellError


@pytest.mark.parametrize(
    "typed",
    [
        "市司法局、市公安局",
        "市司法局，市公安局",
        "市司法局;市公安局",
        "市司法局\n市公安局",
        "市司法局 市公安局",
        "市司法局\u3000市公安局",
        "市 司法局、市公安局",
        "市司法局/市公安局",
        "市司法局和市公安局",
        "市司法局.市公安局",
        "1.市司法局；2.市公安局",
        "①市司法局②市公安局",
        " 市司法局、、市公安局、",
        "市司法局、市公安局、/",
    ],
)
def test_two_units_are_two_whatever_parts_them(typed):
    assert units_typed(typed) == ["市司法局", "市公安局"]


@pytest.mark.parametrize(
    "name",
    [
        "市司法局",
        "市发展和改革委员会",
        "市司法局（市委依法治市办）",
        "各县（市、区）司法局局长",
        "和平区司法局",
        "会同县公安局",
        "A公司",
        "甲",
    ],
)
def test_one_name_stays_as_it_is(name):
    assert names_typed(name) == [name]


@pytest.mark.parametrize("typed", ["", "无", "/", "—", "——", " - ", "／", None])
def test_a_cell_that_is_crossed_out_holds_none(typed):
    assert units_typed(typed) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("市公安局等", "“市公安局等”不只是单位名称，请只写“市公安局”"),
        ("市司法局(牵头)", "“市司法局(牵头)”不只是单位名称，请只写“市司法局”"),
        ("各县区、市公安局", "“各县区”是一类单位，请写在旁边注明“一类单位”的那一列"),
        ("市公安局 各乡镇", "“各乡镇”是一类单位"),
    ],
)
def test_what_would_be_lost_or_stands_in_the_other_column_is_a_fault(typed, told):
    with pytest.raises(CellError, match=told.replace("(", r"\(").replace(")", r"\)")):
        units_typed(typed)


@pytest.mark.parametrize("typed", ["各县区、市直有关部门", "各县（市、区）政府\n各乡镇"])
def test_classes_of_units_are_names_of_their_own_column(typed):
    assert len(names_typed(typed)) == 2


@pytest.mark.parametrize(
    ("last", "faults"), [("2026-09-30", 0), ("2026-10-01", 0), ("2026-09-29", 1)]
)
def test_a_part_that_is_due_behind_the_last_day_is_a_fault(last, faults):
    text = "某市创建工作方案\n2026年3月6日\n二、重点任务\n（一）规范执法。（牵头单位：市司法局；完成时限：6月底前完成摸排，9月底前完成整改）\n"
    plan = read_plan(Document.from_text(text)).plan
    (task,) = plan.tasks
    due = task.deadline.model_copy(update={"date": task.deadline.date.fromisoformat(last)})
    plan = plan.model_copy(update={"tasks": [task.model_copy(update={"deadline": due})]})

    told = [line for line in contradictions(plan) if "分段时限" in line]

    assert len(told) == faults
    assert all("2026-09-30，晚于完成日期 2026-09-29" in line for line in told)
