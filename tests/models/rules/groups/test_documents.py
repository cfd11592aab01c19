"""Which documents a duty names: made by the group, followed by it, pressed for, or doubtful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.groups.documents import documents_in


@pytest.mark.parametrize(
    ("duty", "titles"),
    [
        ("制定《督导检查方案》；督导检查工作开展情况", ["督导检查方案"]),
        (
            "制定《指标任务分解表》《实地评估核查迎检方案》",
            ["指标任务分解表", "实地评估核查迎检方案"],
        ),
        ("制定《宣传方案》，采取拍摄专题宣传片、制作宣传册等多种方式", ["宣传方案"]),
        ("起草《实施细则》，并组织落实", ["实施细则"]),
        # read, followed or held against: nobody hands these in
        ("学习贯彻《法治政府建设实施纲要》", []),
        ("根据《市县法治政府建设示范指标体系》开展自评", []),
        ("对照《责任分解表》逐项研究", []),
        # others' work
        ("督促各工作组制定工作方案", []),
        ("指导各单位制定《实施方案》", []),
        ("审核《宣传方案》", []),
        ("撰写、编发示范创建工作信息", []),
        ("", []),
    ],
)
def test_a_title_after_a_word_for_making_is_a_document(duty, titles):
    found = documents_in(duty)

    assert [one.title for one in found] == titles
    assert all(one.sure for one in found)


@pytest.mark.parametrize(
    ("duty", "title", "doubt"),
    [
        ("制定工作方案", "工作方案", "没有写明文件的名称"),
        ("牵头编制督导检查方案", "督导检查方案", "没有写明文件的名称"),
        ("编印《典型案例》", "典型案例", "是不是一份要交的方案文件"),
        ("负责《督导检查方案》", "督导检查方案", "由谁制定"),
    ],
)
def test_what_is_doubtful_is_asked_and_not_guessed(duty, title, doubt):
    [found] = documents_in(duty)

    assert found.title == title
    assert doubt in found.doubt


def test_several_without_a_title_are_asked_about_one_by_one():
    found = documents_in("牵头制定督导检查方案、宣传方案和迎检方案")

    assert [one.title for one in found] == ["督导检查方案", "宣传方案", "迎检方案"]


def test_the_same_document_is_named_once():
    [found] = documents_in("制定《宣传方案》；印发《宣传方案》")

    assert found.title == "宣传方案"


@given(st.text(alphabet="制定督促《》方案表，；。、学习的", max_size=60))
def test_any_text_gives_titles_that_stand_in_it(duty):
    for one in documents_in(duty):
        assert one.title and one.title in duty
