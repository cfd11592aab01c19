"""Cells of bodies: every mark that parts names, roles in the cell, and words that are no body."""

import pytest

from models.plan.reading.compile import read_plan
from tests.models.plan.reading.tables.test_odd_tables import document_of

HEADS = ["序号", "工作任务", "责任单位", "完成时限"]


def reading(cell: str):
    read = read_plan(document_of([HEADS, ["1", "修订政府规章", cell, "2026年9月底前"]]))
    [task] = read.plan.tasks
    doubts = [doubt.reason for doubt in read.doubts if doubt.about == "task"]
    return task, doubts


@pytest.mark.parametrize(
    "mark",
    [
        "、", "，", "；", ",", ";", " ", "\u3000", "/", "|", "\\", "\n", "、\n", "、、", " 、 ",
        "+", "＋", "·", ".", "．", "-", "—", "——", "……", ">", "→", "&", "＆", "和", "及", "与", "以及",
    ],
)  # fmt: skip
def test_names_are_parted_whatever_stands_between_them(mark):
    task, doubts = reading(f"市司法局{mark}市公安局")

    assert task.responsible_units == ["市司法局", "市公安局"]
    assert doubts == []


@pytest.mark.parametrize(
    "cell",
    ["1.市司法局2.市公安局", "①市司法局②市公安局", "1、市司法局\n2、市公安局", "（1）市司法局（2）市公安局", "1.市司法局；2.市公安局"],
)  # fmt: skip
def test_names_with_numbers_are_names(cell):
    assert reading(cell)[0].responsible_units == ["市司法局", "市公安局"]


@pytest.mark.parametrize(
    "cell",
    [
        "市司法局牵头，市公安局配合",
        "市司法局牵头市公安局配合",  # nothing between
        "市司法局会同市公安局",
        "牵头：市司法局；配合：市公安局",
        "市司法局（牵头）\n市公安局（配合）",
        "牵头单位：市司法局配合单位：市公安局",
    ],
)
def test_roles_within_a_cell_are_read(cell):
    task, doubts = reading(cell)

    assert (task.lead_units, task.responsible_units) == (["市司法局"], ["市公安局"])
    assert task.cooperating_units == ["市公安局"]
    assert doubts == []


@pytest.mark.parametrize("cell", ["市司法局（牵头）市公安局", "市司法局(牵头)、市公安局"])
def test_a_body_behind_a_bracket_of_another_is_not_lost(cell):
    task, _ = reading(cell)

    assert (task.lead_units, task.responsible_units) == (["市司法局"], ["市公安局"])


@pytest.mark.parametrize(
    "aside", ["（按职责分工负责）", "按职责分工负责", "（配合）", "等部门按职责分工"]
)
def test_how_they_share_it_is_no_part_of_a_name(aside):
    assert reading(f"市司法局、市公安局{aside}")[0].responsible_units == ["市司法局", "市公安局"]


@pytest.mark.parametrize("mark", ["#", "_", "=", "?"])
def test_names_with_a_mark_that_no_name_has_are_doubted(mark):
    assert reading(f"市司法局{mark}市公安局")[1] == [
        f"“市司法局{mark}市公安局”不像单位名称，请核对"
    ]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("市司法局、长期", "“长期”"),
        ("市、县司法局", "“市”"),
        ("市司法局100%", "“市司法局100%”"),
        (
            f"市{'法治建设' * 9}办公室、市公安局",
            f"“市{'法治建设' * 9}办公室”",
        ),  # too long for a name
        ("牵头单位：市司法局；备注：另行通知", "“备注”"),
    ],
)
def test_words_of_a_cell_that_are_no_body_are_doubted(cell, words):
    assert f"单位一栏里的{words}没有读成单位，请核对" in reading(cell)[1]


def test_a_person_among_the_bodies_is_not_quoted():
    doubts = reading("牵头单位：市司法局；联系人：张某某")[1]

    assert not any("张某" in doubt for doubt in doubts)


def test_a_body_that_a_count_of_others_hides_is_doubted():
    assert reading("市司法局等12个市直部门")[1] == ["“市司法局等12个市直部门”不像单位名称，请核对"]


@pytest.mark.parametrize(
    "cell",
    [
        "市政协办公室、市委办公室",
        "市委政法委牵头，市法院、市公安局按职责分工负责，各县（市、区）配合",
        "市直有关部门单位，县区政府",
        "各乡镇（街道）、市属国有企业",
        "市推进政府职能转变和“放管服”改革协调小组办公室",
        "市公安局及各分局",
        "由市司法局负责，市直各部门、各县（市、区）人民政府分别落实",
        "市城管局等有关部门",
        "市司法局，2026年底前完成",
        "县区党委、政府",
        "各级党委和政府，市直各有关单位",
        "乡镇（街道）党委、政府",
        "各县、区政府",
        "市司法局（排名第一的为牵头单位）、市公安局",
    ],
)
def test_sound_cells_are_not_doubted(cell):
    assert reading(cell)[1] == []
