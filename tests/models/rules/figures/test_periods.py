"""Periods as an office writes them, and the one before."""

from datetime import date

import pytest

from models.rules.figures.periods import (
    Per,
    is_over,
    per_of,
    period_before,
    period_in_words,
    period_on,
    periods_between,
    read_period,
)


@pytest.mark.parametrize(
    ("written", "per", "period"),
    [
        ("2025", Per.YEAR, "2025"),
        ("２０２５年度", Per.YEAR, "2025"),
        ("2025Q1", Per.QUARTER, "2025Q1"),
        ("2025-q4", Per.QUARTER, "2025Q4"),
        ("2025年第三季度", Per.QUARTER, "2025Q3"),
        ("2025年 2 季度", Per.QUARTER, "2025Q2"),
        ("2025-03", Per.MONTH, "2025-03"),
        ("2025年3月", Per.MONTH, "2025-03"),
        ("2025.12", Per.MONTH, "2025-12"),
        ("202503", Per.MONTH, "2025-03"),
        ("", Per.ONCE, ""),
    ],
)
def test_a_period_is_read_as_offices_write_it(written, per, period):
    assert read_period(written, per) == period


@pytest.mark.parametrize(
    ("written", "per"),
    [
        ("2025", Per.ONCE),
        ("2025", Per.QUARTER),
        ("2025Q5", Per.QUARTER),
        ("2025-13", Per.MONTH),
        ("2025-00", Per.MONTH),
        ("1989", Per.YEAR),
        ("2100", Per.YEAR),
        ("", Per.YEAR),
        ("今年", Per.YEAR),
        ("2025" * 9_999, Per.YEAR),
    ],
)
def test_what_is_no_period_of_the_demand_is_refused(written, per):
    with pytest.raises(ValueError):
        read_period(written, per)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2025", "2024"),
        ("2025Q1", "2024Q4"),
        ("2025Q3", "2025Q2"),
        ("2025-01", "2024-12"),
        ("2025-10", "2025-09"),
        ("", ""),
    ],
)
def test_the_period_before(period, before):
    assert period_before(period) == before


def test_periods_between_two_days_include_both_ends_and_end_somewhere():
    first, last = date(2025, 12, 31), date(2026, 4, 1)

    assert periods_between(first, last, Per.QUARTER) == ["2025Q4", "2026Q1", "2026Q2"]
    assert periods_between(first, last, Per.YEAR) == ["2025", "2026"]
    assert periods_between(first, last, Per.ONCE) == [""]
    assert len(periods_between(date(1990, 1, 1), date(2099, 12, 31), Per.MONTH)) == 240


@pytest.mark.parametrize("per", [Per.YEAR, Per.QUARTER, Per.MONTH])
def test_a_period_is_over_when_the_next_has_begun(per):
    period = period_on(date(2025, 12, 31), per)

    assert not is_over(period, date(2025, 12, 31))
    assert is_over(period, date(2026, 1, 1))


def test_a_period_in_words():
    said = [period_in_words(each) for each in ("2025", "2025Q2", "2025-03", "")]

    assert said == ["2025年", "2025年第二季度", "2025年3月", "创建期内"]


@pytest.mark.parametrize(
    ("word", "per"), [("每年", Per.YEAR), ("quarter", Per.QUARTER), ("x", Per.ONCE)]
)
def test_how_often_is_known_by_key_and_by_word(word, per):
    assert per_of(word) is per
