"""What was a near thing is asked about: a chapter whose items speak for something else, a line joined or not."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document

PLAN = """某市示范创建实施方案
一、主要任务
1.加强执法。（牵头单位：市司法局）
二、{heading}
{items}
某市人民政府
2026年2月1日"""
WHO = "1.加强检查。完善检查。（牵头单位：市审计局）\n2.加强问责。（责任单位：市纪委监委）"
WHEN = "（一）部署准备（2026年3月）。动员。\n（二）全面实施（2026年4月至8月）。推进。"
PLAIN = "1.加强领导。各单位要高度重视。\n2.严格考核。定期通报。"


def asked(heading: str, items: str) -> list[str]:
    read = read_plan(Document.from_text(PLAN.format(heading=heading, items=items)))
    return [doubt.reason for doubt in read.doubts if "也可能是" in doubt.reason]


@pytest.mark.parametrize(
    ("heading", "items", "other"),
    [
        ("监督考核体系", WHO, "任务"),
        ("工作要求", WHEN, "步骤、阶段"),
    ],
)
def test_a_chapter_whose_items_name_who_or_when_is_asked_about(heading, items, other):
    [reason] = asked(heading, items)

    assert f"“{heading}”当作保障、要求来读，也可能是{other}" in reason
    assert "2 条没有收成" in reason


@pytest.mark.parametrize("heading", ["保障措施", "工作要求", "组织领导"])
def test_a_chapter_of_requirements_is_none(heading):
    assert asked(heading, PLAIN) == []


STAGES = """某市示范创建实施方案
一、主要任务
1.加强执法。（牵头单位：市司法局）
二、实施步骤
（一）总结提升三月份
{below}
某市人民政府
2026年2月1日"""


def asked_about_lines(below: str) -> list[tuple[str, int | None]]:
    read = read_plan(Document.from_text(STAGES.format(below=below)))
    return [(doubt.reason, doubt.line) for doubt in read.doubts if "这一行当作" in doubt.reason]


def test_a_line_that_may_be_joined_otherwise_is_shown_with_both_readings():
    [told] = asked_about_lines("评比和表彰先进")

    assert told == (
        "“评比和表彰先进”这一行当作上一行的接续来读，也可能是另起一段（上一行是“（一）总结提升三月份”），请核对",
        6,
    )


def test_a_line_that_is_surely_joined_is_not_shown():
    assert asked_about_lines("评比先进，表彰一批单位。") == []
