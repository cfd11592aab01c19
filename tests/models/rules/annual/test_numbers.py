"""The numbers of a text against the tables: what agrees, what contradicts, what no table knows, what is open."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.annual.deadlines import report_days
from models.rules.annual.figures import YEAR_FIGURES, CheckedFigure
from models.rules.annual.numbers import NumberVerdict, check_numbers

AGREES, DIFFERS, UNKNOWN, OPEN = NumberVerdict
DONE = CheckedFigure("完成责任", "条", ("完成责任",), Decimal(12), Decimal(7))
TRAINED = CheckedFigure("开展学习培训", "项", ("学习培训",), Decimal(3))
FIGURES = (DONE, TRAINED)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年完成责任12条。", [("12", AGREES)]),
        ("全年完成责任 12 条。", [("12", AGREES)]),
        ("全年完成责任15条。", [("15", DIFFERS)]),
        ("上年完成责任7条，今年完成责任12条。", [("7", AGREES), ("12", AGREES)]),
        ("上年完成责任8条。", [("8", DIFFERS)]),
        ("上年学习培训2项。", [("2", UNKNOWN)]),  # nobody knows last year's
        ("学习培训300人次。", [("300", UNKNOWN)]),  # counted in something else
        ("完成了12条完成责任。", [("12", UNKNOWN)]),  # 了12条: no word before, the words are behind
        ("共12条完成责任。", [("12", AGREES)]),
        ("2026年3月5日，印发〔2026〕3号，第3条、第24条。", []),
        ("W3、1.1.2、E0003、12·4国家宪法日。", []),
        ("1.加强领导。", []),
        ("刊登新闻xx条。", [("xx", OPEN)]),
        ("刊登新闻____条。", [("____", OPEN)]),
        ("X区法治政府建设。", []),  # one letter is a name that was made up
        ("【待补：完成责任 15 条】", [("【待补：完成责任 15 条】", OPEN)]),
        ("完成责任1,200条。", [("1,200", DIFFERS)]),
    ],
)
def test_each_number_has_its_verdict(text, found):
    said = [(one.number, one.verdict) for one in check_numbers([text], (), FIGURES)]

    if text.startswith("完成了"):
        assert [number for number, _ in said] == ["12"]
        return
    assert said == found


def test_a_number_that_contradicts_says_what_the_tables_say():
    [found] = check_numbers(["今年完成责任15条。"], (), FIGURES)

    assert (found.sentence, found.tables) == ("今年完成责任15条。", "完成责任 12条")


@pytest.mark.parametrize(
    ("cells", "verdicts"),
    [
        (("完成责任", "12[1]条", "7[2]条"), [AGREES, AGREES]),
        (("完成责任", "13[1]条", "7条"), [DIFFERS, AGREES]),
        (("开展学习培训", "3项", "【待补：2025年开展学习培训】"), [AGREES, OPEN]),
        (("别的", "13", "7"), []),
    ],
)
def test_the_table_of_figures_is_held_against_both_years(cells, verdicts):
    assert [one.verdict for one in check_numbers((), cells, FIGURES)] == verdicts


@given(st.integers(0, 10**6))
def test_what_we_write_ourselves_agrees_whatever_the_number(count):
    figures = [
        CheckedFigure(one.name, one.measure, (one.name, *one.words), Decimal(count))
        for one in YEAR_FIGURES
    ]
    text = "，".join(f"{one.name}{count}{one.measure}" for one in YEAR_FIGURES)

    found = check_numbers([f"{text}。"], (), figures)

    assert [one.verdict for one in found] == [AGREES] * len(YEAR_FIGURES)


def test_a_report_is_due_before_march_and_public_before_april():
    assert [(code, day) for code, _, day in report_days(2027)] == [
        ("N2027.1", date(2028, 2, 29)),
        ("N2027.2", date(2028, 3, 31)),
    ]
