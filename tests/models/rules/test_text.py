"""White space in Chinese text goes, and stays between words that are written apart."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document
from models.plan.schema import Plan
from models.rules.text import gap, join_words, squeeze


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("　\n\t", ""),
        ("加 强\u3000执\n法", "加强执法"),
        ("2 0 2 5 年 3 月", "2025年3月"),  # an OCR's
        ("W o r d", "Word"),
        ("A 1", "A1"),
        ("Word 2016 Office", "Word 2016 Office"),
        ("使用 Word  2016\u3000Office 软件", "使用Word 2016 Office软件"),
        ("Smart\n City", "Smart City"),
        ("“Smart City” 平台", "“Smart City”平台"),
        ("Windows 10 21H2", "Windows 10 21H2"),
        ("Office365 Word", "Office365 Word"),
        ("ISO 9001 14001 认证", "ISO 9001 14001认证"),
        ("GB/T 19001", "GB/T 19001"),
        ("Johnson & Johnson", "Johnson & Johnson"),
        ("Vitamin C plan", "Vitamin C plan"),
        ("Умный город", "Умный город"),
        ("达到 10 MW", "达到10MW"),  # a measure belongs to its number
        ("5 G", "5G"),
        ("1. Word 文档", "1.Word文档"),
        ("第 1 批 App 清单", "第1批App清单"),
    ],
)
def test_only_the_blanks_between_words_of_letters_stay(text, kept):
    assert squeeze(text) == kept


@given(st.text(st.sampled_from("甲乙。，1 2\nAbc&/.é"), max_size=30))
def test_no_letter_is_lost_and_a_second_time_changes_nothing(text):
    once = squeeze(text)

    assert "".join(once.split()) == "".join(text.split())
    assert squeeze(once) == once
    assert "  " not in once


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("Smart", "City", " "),
        ("加强", "City", ""),
        ("Smart", "平台", ""),
        ("", "City", ""),
        ("2025", "年", ""),
    ],
)
def test_lines_are_joined_as_words_are(left, right, between):
    assert gap(left, right) == between
    assert join_words([piece for piece in (left, right) if piece]) == left + between + right


def test_a_long_text_is_squeezed_in_time_that_grows_with_it():
    began = time.process_time()
    squeeze("Word 2016 Office 2 0 2 5 年 " * 40_000)

    assert time.process_time() - began < 2


TEXT = """某市创建 Smart
City 平台应用工作方案
一、重点任务
1.推广 Word 2016 Office 软件，组织 Open
Data 培训。（牵头单位：市 Smart City 中心、市司法局）
"""


def test_every_field_keeps_its_words_apart():
    plan = compile_plan(Document.from_text(TEXT))

    assert plan.title == "某市创建Smart City平台应用工作方案"
    [task] = plan.tasks
    assert task.title == "推广Word 2016 Office软件，组织Open Data培训"
    assert task.lead_units == ["市Smart City中心", "市司法局"]
    assert Plan.model_validate({"kind": "work_plan", "title": "Smart  City 方案"}).title == (
        "Smart City方案"
    )
