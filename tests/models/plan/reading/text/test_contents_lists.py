"""A contents list that somebody typed makes no chapters and no tasks."""

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.content import contents_of, plain_contents_of
from models.plan.reading.text.document import Document, Line


def lines(*texts: str) -> list[Line]:
    return [Line(text, at) for at, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["一、目标\t1", "二、任务\t1", "三、保障\t3"], {0, 1, 2}),
        (["方案", "一、目标\t\t1", "（一）建好公园\t2", "附件：任务表\t12", "一、目标"], {1, 2, 3}),
        (["第一章 总则.......1", "第二章 任务.......2", "第三章 附则.......9"], {0, 1, 2}),
        (["一、目标\t1", "二、任务\t2"], set()),  # two may be chance
        (["1.合格率\t95", "2.普法率\t90", "3.满意率\t80"], set()),  # a table of numbers
        (["一、目标\t1。", "二、任务\t2。", "三、保障\t3。"], set()),
    ],
)
def test_a_contents_list_is_headings_with_rising_pages(texts, found):
    assert contents_of(lines(*texts)) == found


def test_its_headings_are_not_read_twice():
    texts = [
        "芦汀县法治宣传实施方案", "目录", "一、主要任务\t1", "（一）建好法治公园\t1", "二、实施步骤\t2",
        "芦汀县法治宣传实施方案", "一、主要任务", "（一）建好法治公园。年底前建成。（牵头单位：县司法局）",
        "（二）更新宣传栏。每月更新。（牵头单位：县委宣传部）", "二、实施步骤", "（一）启动阶段（2024年3月）。动员。",
    ]  # fmt: skip

    plan = compile_plan(Document(tuple(lines(*texts))))

    assert [t.title for t in plan.tasks] == ["建好法治公园", "更新宣传栏"]


BODY = [
    "一、总体目标",
    "全面达标。",
    "二、重点任务",
    "（一）建好公园",
    "年底前建成。",
    "三、保障措施",
    "落实责任。",
]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["目录", "一、总体目标 1", "二、重点任务 1", "（一）建好公园 2", "三、保障措施 4"], 4),
        (["一、总体目标1", "二、重点任务1", "（一）建好公园2", "三、保障措施4"], 4),
        (["目录", "一、总体目标（1）", "二、重点任务（1）", "三、保障措施（4）"], 3),
        (["目录", "一、总体目标 —1—", "二、重点任务 —1—", "三、保障措施 —4—"], 3),
        (["目录", "总体目标 1", "重点任务 1", "保障措施 4"], 3),  # its numbers left out
        (["目 录", "一、总体目标", "二、重点任务", "（一）建好公园", "三、保障措施"], 4),
        (["一、总体目标", "二、重点任务", "三、保障措施"], 0),  # neither pages nor 目录
        (["一、总体目标 4", "二、重点任务 3", "三、保障措施 1"], 0),  # no pages: they fall
        (["一、合格率 80", "二、普法率 90", "三、满意率 95"], 0),  # not said again
        (["目录", "一、总体目标 1", "二、重点任务 1"], 0),  # two may be chance
    ],
)
def test_a_list_without_leaders_is_one_where_its_titles_come_again(texts, found):
    first = next((at for at, text in enumerate(texts) if "目" in text and len(text) > 3), 0)

    places = plain_contents_of(lines(*texts, *BODY))

    assert places == set(range(first, first + found))


def test_entries_without_leaders_are_no_tasks():
    texts = [
        "芦汀县法治宣传实施方案", "目录", "一、主要任务 1", "（一）建好法治公园 1", "（二）更新宣传栏 2", "二、实施步骤 3",
        "一、主要任务", "（一）建好法治公园。年底前建成。（牵头单位：县司法局）",
        "（二）更新宣传栏。每月更新。（牵头单位：县委宣传部）", "二、实施步骤", "（一）启动阶段（2024年3月）。动员。",
    ]  # fmt: skip

    plan = compile_plan(Document(tuple(lines(*texts))))

    assert [t.title for t in plan.tasks] == ["建好法治公园", "更新宣传栏"]
    assert [each.words for each in plan.not_read if each.why == "目录"][1:3] == [
        "一、主要任务1",
        "（一）建好法治公园1",
    ]
