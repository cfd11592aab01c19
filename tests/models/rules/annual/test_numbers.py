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
LATE = CheckedFigure("到期未完成的责任", "条", ("到期未完成", "到期未完成的责任"), Decimal(4))
TAKEN = CheckedFigure("办结投诉建议", "件", ("投诉建议",), Decimal(312), Decimal(260))
CONTENT = CheckedFigure("群众满意度", "%", ("群众满意度",), Decimal("92.5"))
FIGURES = (DONE, TRAINED, LATE, TAKEN, CONTENT)


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
        ("共12条完成责任。", [("12", AGREES)]),
        ("2026年3月5日，印发〔2026〕3号，第3条、第24条。", []),
        ("W3、1.1.2、E0003、12·4国家宪法日。", []),
        ("1.加强领导。", []),
        ("刊登新闻xx条。", [("xx", OPEN)]),
        ("刊登新闻____条。", [("____", OPEN)]),
        ("X区法治政府建设。", []),  # one letter is a name that was made up
        ("【待补：完成责任 15 条】", [("【待补：完成责任 15 条】", OPEN)]),
        ("完成责任1,200条。", [("1,200", DIFFERS)]),
        ("分别完成责任12，34条。", [("12", UNKNOWN), ("34", UNKNOWN)]),  # two numbers, not 1234
        ("到期未完成的责任4条。", [("4", AGREES)]),  # and not 完成的责任, which stands in it
        ("未完成责任5条。", [("5", UNKNOWN)]),
        ("完成责任十二条。", [("十二", AGREES)]),
        ("完成责任一十三条。", [("一十三", DIFFERS)]),
        ("办结投诉建议三百余件。", [("三百余", AGREES)]),
        ("办结投诉建议300多件。", [("300多", AGREES)]),
        ("办结投诉建议四百余件。", [("四百余", DIFFERS)]),
        ("办结投诉建议近320件。", [("320", AGREES)]),
        ("办结投诉建议近300件。", [("300", DIFFERS)]),
        ("办结投诉建议超过300件。", [("300", AGREES)]),
        ("办结投诉建议约三百件。", [("三百", AGREES)]),
        ("办结投诉建议数百件。", [("数百", UNKNOWN)]),  # said to be no number
        ("群众满意度百分之九十二点五。", [("百分之九十二点五", AGREES)]),
        ("群众满意度达到百分之九十五。", [("百分之九十五", DIFFERS)]),
        ("群众满意度90%以上。", [("90", AGREES)]),
        ("办结投诉建议比上年增加52件。", [("52", AGREES)]),
        ("办结投诉建议比上年增长20%。", [("20", AGREES)]),
        ("办结投诉建议比上年增长百分之三十。", [("百分之三十", DIFFERS)]),
        ("办结投诉建议增加到312件。", [("312", AGREES)]),
        ("办结投诉建议312件，其中投诉建议转办20件。", [("312", AGREES), ("20", UNKNOWN)]),
        ("其中投诉建议400件。", [("400", DIFFERS)]),  # a part is no more than the whole
        ("一是加强学习培训，落实三项制度、十四五规划，第十二条。", []),
        ("学习培训三个月，用时15个工作日，二〇二六年，千家万户。", []),
        ("这是一项重要工作。", []),
        ("开展学习培训一项。", [("一", DIFFERS)]),
        ("发放资料两千三百份。", [("两千三百", UNKNOWN)]),
    ],
)
def test_each_number_has_its_verdict(text, found):
    said = [(one.number, one.verdict) for one in check_numbers([text], (), FIGURES)]

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
        (("别的", "13", "7"), [UNKNOWN, UNKNOWN]),  # a row that somebody added
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
