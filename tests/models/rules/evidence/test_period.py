"""The evaluation period in a plan's words, and what lies outside it."""

from datetime import date

import pytest

from models.rules.evidence.period import (
    evaluation_faults,
    period_findings,
    period_words,
    stated_periods,
)

FIRST, LAST = date(2023, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("评估期为2023年1月1日至2025年12月31日。", (FIRST, LAST)),
        ("（三）材料要求。佐证材料的时间范围为2023年1月至2025年12月", (FIRST, LAST)),
        ("本次考评期为２０２３年—２０２５年", (FIRST, LAST)),
        ("评估时段：2023-2025年度", (FIRST, LAST)),
        ("评估周期2023.1.1至2025.12.31；其余照旧", (FIRST, LAST)),
        ("评价期自 2023 年 1 月起至今", (FIRST, None)),
        ("评估期为2023年以来", (FIRST, None)),
        ("考核期间为2024年2月至2024年2月", (date(2024, 2, 1), date(2024, 2, 29))),
    ],
)
def test_a_period_is_read_as_offices_write_it(text, period):
    assert [one.period for one in stated_periods([text])] == [period]


@pytest.mark.parametrize(
    "text",
    [
        "自评阶段（2025年6月1日至9月30日）",  # a stage
        "评估期末形成报告，2025年1月1日至2025年6月30日公示",  # the end of one
        "评估期为2025年2月30日至2025年12月31日",  # no day
        "评估期为2025年至2023年",  # the wrong way round
        "评估期为近三年",  # of which year, nobody says
        "评估期为9999年至9999年",
        "",
    ],
)
def test_what_is_no_period_is_none(text):
    assert stated_periods([text]) == []


def test_a_period_said_twice_is_said_once_and_two_stand_side_by_side():
    said = [
        "评估期为2023年至2025年",
        "评估期为2023年1月1日至2025年12月31日",
        "考核期为2024年至2025年",
    ]

    assert [one.period for one in stated_periods(said)] == [
        (FIRST, LAST),
        (date(2024, 1, 1), LAST),
    ]


@pytest.mark.parametrize(
    ("fact_on", "taken_on", "said"),
    [
        (date(2022, 12, 31), None, ["早于"]),
        (FIRST, None, []),
        (LAST, None, []),
        (date(2026, 1, 1), None, ["晚于"]),
        (FIRST, date(2020, 1, 1), []),  # the day that somebody said goes before the picture's
        (None, date(2020, 1, 1), ["拍摄日期 2020-01-01 早于"]),
        (None, None, []),
    ],
)
def test_only_days_outside_are_found(fact_on, taken_on, said):
    found = period_findings(fact_on, taken_on, (FIRST, LAST))

    assert len(found) == len(said)
    assert all(words in one.detail for one, words in zip(found, said, strict=True))


def test_a_period_says_what_is_wrong_with_it():
    assert evaluation_faults((LAST, FIRST)) == ["评估期的最后一天 2023-01-01 早于第一天 2025-12-31"]
    assert len(evaluation_faults((date(1900, 1, 1), date(2200, 1, 1)))) == 2
    assert evaluation_faults((None, None)) == []
    assert [period_words(one) for one in ((FIRST, LAST), (FIRST, None), (None, LAST))] == [
        "2023-01-01 至 2025-12-31",
        "2023-01-01 起",
        "2025-12-31 止",
    ]
