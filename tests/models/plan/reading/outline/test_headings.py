"""Whether a line without a number is a heading: by its form, by others like it, by what it stands between."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.outline.headings import CLOSE, EVIDENCE, HEADING, TEXT, Bare
from models.plan.reading.outline.outline import build_outline
from models.plan.reading.text.choice import choose, evidence
from models.plan.reading.text.document import Document
from models.plan.reading.text.passages import join_lines


def outlined(*lines: str):
    near = []
    root = build_outline(join_lines(Document.from_text("\n".join(lines)).lines), near)
    kinds = [(node.kind, node.text[:6]) for node in root.walk() if node.kind != "root"]
    return kinds, [(each.text, each.choice.taken) for each in near]


@pytest.mark.parametrize(
    ("bare", "taken", "close"),
    [
        (Bare("heading", 1), TEXT, False),  # the end of a title
        (Bare("heading", 1, parts=True), TEXT, True),
        (Bare("heading", 2), TEXT, False),
        (Bare("heading", 2, parts=True), TEXT, True),
        (Bare("heading", 3), HEADING, False),
        (Bare("heading", 3, parts=True), HEADING, False),
        (Bare("stage", 1), TEXT, False),  # 通过为期10个月的整治，…
        (Bare("stage", 2), HEADING, False),
        (Bare("stage", 3), HEADING, False),
    ],
)
def test_form_others_like_it_and_place_are_weighed(bare, taken, close):
    choice = choose((HEADING, TEXT), evidence(EVIDENCE, bare))

    assert (choice.taken, choice.is_close(CLOSE)) == (taken, close)


def test_three_headings_without_numbers_make_an_outline():
    kinds, near = outlined(
        "工作目标", "全面达标。", "主要任务", "（一）加强检查。", "保障措施", "落实责任。"
    )

    assert [kind for kind, _ in kinds] == ["heading", "heading", "section", "heading"]
    assert near == []


@pytest.mark.parametrize(
    ("lines", "near"),
    [
        (["一、主要任务", "（一）加强检查。", "保障措施", "各单位要落实责任。"], ["保障措施"]),
        (["一、主要任务", "（一）加强检查。", "保障措施", "（二）加强培训。"], ["保障措施"]),
        (["实施方案", "一、主要任务", "（一）加强检查。"], []),  # the end of a title
        (
            ["一、主要任务", "（一）加强检查", "保障措施", "各单位要落实责任。"],
            [],
        ),  # no sentence ends
        (["一、主要任务", "（一）加强检查。", "保障措施"], []),  # nothing below it
    ],
)
def test_a_lonely_heading_between_paragraphs_is_a_near_thing(lines, near):
    assert outlined(*lines)[1] == [(text, TEXT) for text in near]


def test_a_person_is_shown_both_readings_of_a_lonely_heading():
    text = (
        "某市示范创建实施方案\n一、主要任务\n（一）加强执法。全面推进。（牵头单位：市司法局）\n"
        "（二）加强培训。全面推进。\n保障措施\n各单位要落实责任。\n某市人民政府\n2026年2月1日"
    )
    told = [
        each for each in read_plan(Document.from_text(text)).doubts if "保障措施" in each.reason
    ]

    assert [(each.reason, each.line) for each in told] == [
        (
            "“保障措施”这一行当作正文来读，也可能是标题（上一行是“（二）加强培训。全面推进。”），请核对",
            5,
        )
    ]


def test_stages_are_named_by_their_dates_and_symbols_by_their_headings():
    stages, _ = outlined("部署阶段（2026年3月）。动员。", "总结阶段（2026年12月）。总结。")
    symbols, _ = outlined("■工作目标", "▲加强检查。", "▲加强培训。", "■保障措施", "▲落实责任。")

    assert [kind for kind, _ in stages] == ["stage", "stage"]
    assert [kind for kind, _ in symbols] == ["heading", "section", "section", "heading", "section"]


@pytest.mark.parametrize(
    "text",
    [
        "——“回头看”复核（第四季度）。随机复核。",
        "集中整治阶段：3—5月。全面整治。",
        "总结阶段二〇二六年底前。总结。",
        "验收（11.1—12.20）。验收。",
        "动员部署（自今年三月起）。动员。",
    ],
)
def test_a_stage_without_a_number_is_known_by_its_time(text):
    kinds, _ = outlined("部署阶段（2026年3月）。动员。", text)

    assert [kind for kind, _ in kinds] == ["stage", "stage"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("一、主要任务：（一）检查；（二）培训。", ["chapter", "section", "section"]),
        ("1.检查：①入户；②抽样。2.培训。", ["item", "circle", "circle", "item"]),
        ("（一）步骤。第一阶段（3月）动员。第二阶段：推进。", ["section", "stage", "stage"]),
        ("（一）步骤。第一阶段为动员阶段，3月底前完成。", ["section"]),
        ("（一）新建：1所学校", ["section"]),
        ("（一）原则。第一，坚持标准。第二，坚持公开。", ["section"]),  # a sentence
    ],
)
def test_an_item_begins_behind_the_end_of_a_sentence(text, kinds):
    assert [kind for kind, _ in outlined(text)[0]] == kinds
