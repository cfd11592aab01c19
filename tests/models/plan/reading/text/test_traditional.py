"""A plan in traditional characters is read as its twin in simplified ones, and quoted as it is written."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from models.plan.reading.text.traditional import quoted_as_written, simplified
from models.plan.reading.text.traditional_table import SIMPLIFIED, TRADITIONAL

TEXT = """某縣法治政府建設示範創建實施方案
一、重點任務
1.規範執法監督。案卷評查合格率達到95%以上。（牽頭單位：縣司法局；責任單位：縣財政局、縣信訪局）
2.落實普法責任制。（牽頭單位：縣教育局）
二、實施步驟
（一）動員部署階段（2025年3月）。召開動員大會。
（二）組織實施階段（2025年4月至10月）。
"""
TWIN = TEXT.translate({ord(a): b for a, b in zip(TRADITIONAL, SIMPLIFIED, strict=True)})


def test_the_facts_are_those_of_its_twin():
    plan = read_plan(simplified(Document.from_text(TEXT))).plan
    twin = read_plan(Document.from_text(TWIN)).plan

    assert plan == twin
    assert [task.lead_units for task in plan.tasks] == [["县司法局"], ["县教育局"]]
    assert len(plan.stages) == 2


def test_its_sentences_are_quoted_as_they_are_written():
    document = simplified(Document.from_text(TEXT))
    reading = read_plan(document)

    doubts = quoted_as_written(reading.plan, reading.doubts, document)

    assert reading.plan.tasks[0].source
    assert reading.plan.tasks[0].source.sentence.startswith("規範執法監督。…（牽頭單位：")
    assert all(
        each.sentence in TEXT.replace("\n", "") for each in doubts if "|" not in each.sentence
    )
    assert all(each.line for each in doubts if each.sentence)


@pytest.mark.parametrize(
    "text", ["某县实施方案由蕭某某负责", "乾坤湾镇、于都县，著名的於潜镇", "plan", ""]
)
def test_a_name_or_two_make_no_text_traditional(text):
    document = Document.from_text(
        f"{text}\n" + "坚持以习近平法治思想为指导，全面推进依法治县工作。" * 5
    )

    assert simplified(document) is document


def test_a_letter_stands_for_a_letter():
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    assert not set(TRADITIONAL) & set(SIMPLIFIED)
