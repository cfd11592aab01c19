"""No pattern of the reader backtracks badly: hostile text of any length is read in a moment."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document

LENGTH = 30_000  # characters; a pattern that backtracks would not end within the hour

# What patterns of dates, numbers, units, headings and brackets begin with and then never end.
SEEDS = [
    "(",
    "（",
    "《",
    "“",
    "1",
    "一",
    "、",
    "，",
    "。",
    " ",
    "2025年",
    "6月",
    "2025年6月至",
    "第一",
    "第一阶段：",
    "（一）",
    "1.",
    "市司法局、",
    "牵头单位：",
    "（牵头单位：",
    "责任单位",
    "不低于",
    "达到100%",
    "每月25日前",
    "|",
    "\t",
    "各",
    "县（市、区）",
    "附件",
    "组长：",
    "\n一、",
    "\n（一）",
    "至",
    "—",
]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_phrase_repeated_without_end_is_read_in_a_moment(seed):
    text = "某市创建工作实施方案\n一、重点任务\n" + seed * (LENGTH // len(seed))

    assert compile_plan(Document.from_text(text)).schema_version == 1


@pytest.mark.timeout(120)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SEEDS), min_size=1, max_size=5))
def test_any_mixture_of_such_phrases_too(seeds):
    text = "某市创建工作实施方案\n一、实施步骤\n" + "".join(seeds) * 400

    assert compile_plan(Document.from_text(text)).schema_version == 1
