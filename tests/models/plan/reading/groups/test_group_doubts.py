"""Groups and people that may have been lost are doubts; usual wording is none."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document

HEAD = "某县创建工作方案\n一、重点任务\n1.加强执法。（牵头单位：县司法局）\n二、组织保障\n"


def reasons(text: str) -> list[str]:
    found = read_plan(Document.from_text(HEAD + text)).doubts
    return [d.reason for d in found if "工作组" in d.reason or "没有记入" in d.reason]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("领导小组下设3个工作组。\n1.综合协调组。由县政府办公室牵头。", (3, 1)),
        ("领导小组下设办公室和三个专项组，各司其职。", (3, 0)),
        ("领导小组下设综合协调组、督导检查组等4个工作组。", (4, 2)),
        ("领导小组下设综合协调、督导检查等3个工作组。", (3, 0)),
    ],
)
def test_fewer_groups_than_the_text_says_are_a_doubt(text, told):
    [reason] = reasons(text)

    assert reason.startswith(f"原文说有 {told[0]} 个工作组，只读出 {told[1]} 个")


@pytest.mark.parametrize(
    "text",
    [
        "领导小组下设综合协调、督导检查2个工作组。",
        "领导小组下设综合协调组、督导检查组2个工作组。",
        "领导小组下设2个工作组。\n1.综合协调组。由县政府办公室牵头。\n2.督导检查组。由县司法局牵头。",
        "各县区要成立3个工作组。",
        "组成2个组员名额充足的队伍。",
        "第3个工作组由县司法局牵头。",
        "组长：县长\n成员：县司法局、县财政局主要负责同志\n联络员：县司法局副局长",
        "组长：王某某　县委副书记、县长\n成员：李某　县司法局党组书记、局长（兼）",
        "组长：王某某（县委书记）成员：李某某（县司法局局长）联络员：孙某（县司法局副局长）",
        "（一）报送材料。联系人：王某某，电话：12345678。",
        "（一）抓好落实。（牵头单位：县司法局；成员单位：县公安局、县财政局）",
        "成员单位：按照职责分工抓好落实。",
    ],
)
def test_usual_wording_of_groups_is_no_doubt(text):
    assert reasons(text) == []


def test_a_line_of_people_that_no_group_took_is_a_doubt():
    text = "（一）综合协调。由县司法局统筹。副组长：县财政局局长。"

    assert reasons(text) == ["“副组长”里的“县财政局局长”没有记入哪个机构，请核对、补齐"]


def test_people_of_a_group_that_no_word_names_are_a_doubt():
    [first, *_] = reasons("（一）县委书记任组长，县长任第一副组长，其他县委常委任副组长。")

    assert first == "“组长”里的“县委书记”没有记入哪个机构，请核对、补齐"
