"""A text is looked at place by place, and a person decides."""

import pytest

from models.rules.publicity.renamed_bodies import wordings_to_begin_with
from models.rules.publicity.wording import ListedWording, WordingLists, remarks_on
from models.rules.publicity.words import Remark, WordingKind

LISTS = WordingLists(
    [
        ListedWording(WordingKind.FORBIDDEN, "最强执法", "", "广告法"),
        ListedWording(WordingKind.OUTDATED, "副区长兼局长", "区公安分局局长"),
        ListedWording(WordingKind.REQUIRED, "习近平法治思想", "在开头写明"),
    ],
    gone={"市金融工作局": "市地方金融管理局", "市蔬菜办": ""},
    short={"市卫健委": "市卫生健康委员会"},
    full=["市地方金融管理局", "市卫生健康委员会"],
)
GOOD = "学习贯彻习近平法治思想。"


def found(text, name=""):
    return [
        (one.remark, one.line, one.found, one.proposal) for one in remarks_on(name, text, LISTS)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, []),
        ("开展活动。", [(Remark.REQUIRED, 0, "习近平法治思想", "在开头写明")]),
        (
            GOOD + "\n打造最强执法队伍。",
            [(Remark.FORBIDDEN, 2, "最强执法", "删去或改写（广告法）")],
        ),
        (
            GOOD + "副区长兼局长出席。",
            [(Remark.OUTDATED, 1, "副区长兼局长", "改为“区公安分局局长”")],
        ),
        (
            GOOD + "市金融工作局参加。",
            [(Remark.GONE_BODY, 1, "市金融工作局", "改为“市地方金融管理局”")],
        ),
        (
            GOOD + "市蔬菜办参加。",
            [(Remark.GONE_BODY, 1, "市蔬菜办", "已撤并，请核对现在的机构")],
        ),
        (
            GOOD + "市卫健委参加。\n市卫健委发言。",  # said once
            [(Remark.SHORT_NAME, 1, "市卫健委", "第一次出现写规范名称“市卫生健康委员会”")],
        ),
        (GOOD + "市卫生健康委员会（市卫健委）参加。", []),
    ],
)
def test_each_place_is_named_with_what_is_proposed(text, expected):
    assert found(text) == expected


def test_a_gone_body_within_the_name_of_one_that_is_there_is_none():
    lists = WordingLists(gone={"金融管理局": "某局"}, full=["市地方金融管理局"])

    assert remarks_on("", "市地方金融管理局参加。", lists) == []


def test_a_personal_number_is_found_and_shown_masked():
    [one] = remarks_on("", GOOD + "联系电话13812345678。", LISTS)

    assert (one.remark, one.found) == (Remark.PERSONAL, "138****5678")
    assert "13812345678" not in one.sentence


def test_a_text_marked_as_a_secret_is_looked_at_no_further():
    [one] = remarks_on("稿件.docx", "机密★1年\n打造最强执法队伍。电话13812345678", LISTS)

    assert one.remark is Remark.SECRET
    assert "不要发布" in one.proposal


def test_the_sentence_is_shown_and_not_the_whole_paragraph():
    [one] = remarks_on("", GOOD + "第一句。打造最强执法队伍！第三句。", LISTS)

    assert one.sentence == "打造最强执法队伍！"


def test_the_list_to_begin_with_says_of_each_what_to_write():
    begins = wordings_to_begin_with()

    assert all(one.proposal and one.why for one in begins)
    assert len({one.text for one in begins}) == len(begins)
