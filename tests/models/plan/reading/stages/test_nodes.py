"""Stages told one behind the other in a running text: each is a stage, or what is left is doubted."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document

HEAD = "某镇平安建设工作方案\n2026年3月6日\n一、进度安排\n"
THREE = [
    ("2026-03-01", "2026-03-31"),
    ("2026-04-01", "2026-09-30"),
    ("2026-10-01", "2026-12-31"),
]


def read(*lines):
    return read_plan(Document.from_text(HEAD + "\n".join(lines) + "\n"))


@pytest.mark.parametrize(
    "told",
    [
        "3月为筹备阶段，4月至9月为攻坚阶段，10月至12月为收尾阶段。",
        "2026年3月为筹备阶段；4月至9月为攻坚阶段；四季度为收尾阶段。",
        "分三个阶段推进：3月为筹备阶段，4月至9月为攻坚阶段，四季度为收尾阶段。",
        "工作从2026年3月开始至12月结束，其中3月为筹备阶段，4月至9月为攻坚阶段，四季度为收尾阶段。",
        "从3月1日至3月31日为筹备阶段，从4月1日至9月30日为攻坚阶段，10月至12月为收尾阶段。",
        "一是筹备阶段（3月），二是攻坚阶段（4月至9月），三是收尾阶段（10月至12月）。",
        "（一）3月为筹备阶段，4月至9月为攻坚阶段，10月至12月为收尾阶段。",
        "2026年3月，筹备阶段。建账。2026年4月至9月，攻坚阶段。清账。2026年10月至12月，收尾阶段。",
    ],
)
def test_stages_of_one_sentence_are_told_apart(told):
    stages = read(told).plan.stages

    assert [(str(s.start), str(s.end)) for s in stages] == THREE
    assert [s.name.removesuffix("阶段") for s in stages] == ["筹备", "攻坚", "收尾"]


@pytest.mark.parametrize(
    "told",
    [
        "第一阶段3月，筹备；第二阶段4月至9月，攻坚；第三阶段10月至12月，收尾。",
        "第一阶段为3月，主要是筹备。第二阶段为4月至9月，主要是攻坚。第三阶段为10月至12月，主要是收尾。",
    ],
)
def test_stages_counted_in_one_paragraph_are_told_apart(told):
    assert [(str(s.start), str(s.end)) for s in read(told).plan.stages] == THREE


def test_a_stage_that_is_dated_by_a_festival_is_told_apart_too():
    stages = read(
        "（一）动员阶段（2026年3月）。开会。实施阶段（国庆节前）。推进。",
        "（二）总结阶段（12月）。",
    ).plan.stages

    assert [(s.name, str(s.end), s.steps) for s in stages] == [
        ("动员阶段", "2026-03-31", ["开会"]),
        ("实施阶段", "2026-09-30", ["推进"]),
        ("总结阶段", "2026-12-31", []),
    ]


def test_parts_of_a_numbered_stage_stay_in_it():
    stages = read(
        "（一）攻坚阶段（4月至9月）。4月至6月为清查阶段，7月至9月为整改阶段。",
        "（二）收尾阶段（10月）。总结。",
    ).plan.stages

    assert [s.name for s in stages] == ["攻坚阶段", "收尾阶段"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("3月，筹备；4月至9月，攻坚；10月，收尾。", "4月至9月"),
        ("2026年3月底前完成筹备，9月底前完成攻坚。", "9月底前完成攻坚"),
    ],
)
def test_days_beside_the_only_stage_are_doubted(told, words):
    [doubt] = [d.reason for d in read(told).doubts if d.about == "stage"]

    assert doubt == f"只读出这一个阶段，其中的“{words}”没有读成阶段，请核对"


def test_a_stage_of_preparation_is_no_day_that_others_set():
    doubts = read("（一）3月10日前为准备阶段，建账。", "（二）4月为攻坚阶段。").doubts

    assert not [d for d in doubts if "“为准”" in d.reason]
