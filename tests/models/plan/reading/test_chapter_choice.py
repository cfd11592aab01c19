"""A chapter whose items speak for another reading than its heading is asked about."""

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
