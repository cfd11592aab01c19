"""The law: every name, date, number, repetition and role of a document is a fact, a doubt or a mention."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from models.plan.reading.accounting.account import settle
from models.plan.reading.accounting.ground import Place
from models.plan.reading.accounting.told import doubts_told, mentions
from models.plan.reading.compile import Reading, read_plan
from models.plan.reading.text.document import Document
from tasks.documents.reading import read_document
from tests.models.plan.reading.test_corpus import SAMPLES
from tests.places import REAL_DOCUMENTS
from tests.tools.knock_out import facts_in, is_shown

EVERY = [*SAMPLES, *sorted(REAL_DOCUMENTS.glob("*.txt"))]
# Found here apart from the reader: what of these is in no mark would be lost in silence.
SURE = (
    r"\d{1,4}(?:\.\d+)?%",
    r"(?<![\d.])20\d\d年\d{1,2}月(?:\d{1,2}日)?",
    r"每(?:年|月|周|季度|半年|旬)(?!龄)",
    r"(?<=[，。；：、（由])[市县区州](?:司法|公安|财政|教育|民政|审计|应急管理|市场监管)局",
    r"(?:牵头|责任|配合)单位(?=：)",
)


@cache
def reading(path: Path) -> Reading:
    return read_plan(read_document(path))


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_mark_of_a_document_ends_in_one_place(path):
    read = reading(path)

    settled = settle(read.marked, read.plan)

    assert len(settled) == sum(len(marks) for marks in read.marked.marks)
    assert all(bool(each.where) != bool(each.weighed) for each in settled)
    told = doubts_told(read.plan, read.doubts, read.marked.grounds)
    for each in settled:
        if each.weighed and each.weighed.doubted:
            assert any(each.sentence in doubt.text and each.line == doubt.line for doubt in told)
    lost = [each for each in mentions(settled) if not each.kind]
    assert lost == []


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_marks_leave_out_nothing_that_is_surely_one_and_take_nothing_twice(path):
    for ground, marks in zip(reading(path).marked.grounds, reading(path).marked.marks, strict=True):
        text = ground.passage.text
        ends = [0, *(mark.end for mark in marks)]
        assert all(mark.start >= end for mark, end in zip(marks, ends, strict=False))
        for found in (found for sure in SURE for found in re.finditer(sure, text)):
            held = [mark for mark in marks if mark.start < found.end() and found.start() < mark.end]
            assert held, (found[0], text[max(0, found.start() - 20) : found.end() + 20])


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_doubt_says_where_and_why(path):
    plan = json.loads(reading(path).plan.model_dump_json())

    for doubt in doubts_told(
        reading(path).plan, reading(path).doubts, reading(path).marked.grounds
    ):
        assert re.search("[一-龥]{4}", doubt.reason)
        held = plan
        for key in re.findall(r"\w+", doubt.where):
            held = held[int(key) if key.isdecimal() else key]


def test_a_clerk_is_asked_at_most_once_for_each_400_characters():
    plans = [reading(path) for path in EVERY if reading(path).plan.is_plan]
    letters = sum(len(ground.passage.text) for read in plans for ground in read.marked.grounds)

    assert sum(len(read.doubts) for read in plans) * 400 <= letters


def test_what_a_rule_would_miss_is_doubted():
    tried, silent = Counter[str](), Counter[str]()
    for path in EVERY:
        if not reading(path).plan.is_plan:
            continue
        for missed in list(facts_in(reading(path).plan))[:: len(path.stem)]:
            tried[missed.kind] += 1
            silent[missed.kind] += not is_shown(reading(path), missed)

    assert sum(tried.values()) > 100
    assert sum(silent.values()) <= 0.1 * sum(tried.values()), silent


@pytest.mark.parametrize(
    ("text", "mark", "kind"),
    [
        ("根据《某省法治政府建设纲要（2021—2025年）》，制定本方案。", "2025年", "quotation"),
        ("近年来，全市行政复议案件已下降12%，群众满意度提升。", "12%", "preamble"),
        ("联系人：张某，电话略，市司法局。", "市司法局", "contact"),
    ],
)
def test_what_is_no_fact_says_what_makes_it_none(text, mark, kind):
    plan = f"某市示范创建实施方案\n{text}\n一、主要任务\n1.加强执法。合格率95%以上。（牵头单位：市司法局）\n二、实施步骤\n（一）启动（3月）。"
    read = read_plan(Document.from_text(plan))

    told = {each.text: each.kind for each in mentions(settle(read.marked, read.plan))}

    assert told[mark] == kind


def test_a_text_that_is_no_plan_has_mentions_only():
    read = read_plan(
        Document.from_text(
            "某市召开推进会\n本报讯（记者某某）3月1日，市司法局召开会议，满意度95%。"
        )
    )

    assert not read.plan.is_plan
    assert {ground.place for ground in read.marked.grounds} == {Place.NO_PLAN}
    assert {each.kind for each in mentions(settle(read.marked, read.plan))} == {"no_plan"}
