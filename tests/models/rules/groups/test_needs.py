"""By when a document is needed, as the stages say."""

from datetime import date

import pytest

from models.rules.groups.needs import NeededAt, need_of

STAGES = [
    NeededAt(1, "宣传动员阶段", "launch", date(2023, 1, 1), date(2023, 2, 28), ["制定责任分解表"]),
    NeededAt(2, "自查阶段", "implementation", date(2023, 3, 1), date(2023, 3, 10)),
    NeededAt(
        3, "提升阶段", "consolidation", date(2023, 3, 21), None, ["开展轮次督导", "报送迎检资料"]
    ),
    NeededAt(
        4, "模拟评估阶段", "self_evaluation", date(2023, 4, 1), date(2023, 4, 10), ["模拟测评"]
    ),
]


@pytest.mark.parametrize(
    ("title", "due", "stage"),
    [
        ("指标任务分解表", date(2023, 2, 28), 1),  # made in the stage: at its end
        ("宣传方案", date(2023, 2, 28), 1),  # the launch makes its papers until its own end
        ("督导检查方案", date(2023, 3, 21), 3),  # any other stage works by it from its start
        ("实地评估核查迎检方案", date(2023, 3, 21), 3),
        ("第三方模拟评估方案", date(2023, 4, 1), 4),
        ("人民群众满意度模拟测评方案", date(2023, 4, 1), 4),
    ],
)
def test_a_document_is_needed_by_the_stage_that_works_by_it(title, due, stage):
    need = need_of(title, STAGES)

    assert (need.due, need.stage) == (due, stage)
    assert f"第 {stage} 阶段" in need.why


@pytest.mark.parametrize("title", ["培训方案", "财务报销办法", ""])
def test_what_no_stage_speaks_of_has_no_day(title):
    assert need_of(title, STAGES) is None


def test_a_stage_without_days_needs_it_on_none():
    need = need_of("督导检查方案", [NeededAt(1, "督导", "implementation", None, None)])

    assert need.due is None
