"""What a figure comes to against its target, as the plans of five cities name targets."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.figures.measuring import (
    AVERAGE,
    NO_BASE,
    NO_FIGURE,
    figure_of,
    measurement_faults,
    trend_in_words,
)
from models.rules.figures.targets import Goal, goal_of
from models.rules.figures.together import UnitFigure, together

ONLINE = goal_of((">=", 90, "%"), names=("网上可办事项", "全部事项"))
HOURS = goal_of((">=", 40, "学时"), "year", "确保行政执法人员每人每年接受不少于40学时的培训")
REVIEWERS = goal_of((">=", 5, "%"), text="负责法制审核的人员不少于本单位执法人员总数的5%")
MEDIATORS = goal_of((">=", 2, "名"), text="人民调解委员会有2名以上专职人民调解员")
EVALUATED = goal_of((">=", 1, "件"), "year", "每年至少对1件行政规范性文件开展后评估")
ALL = goal_of(("==", 100, "%"), text="人民调解委员会实现全覆盖")
NONE = goal_of(("==", 0, "件"), text="违法文件为零")
CEILING = goal_of(("<=", 5, "%"))
ABOVE = goal_of((">", 90, "%"))


@pytest.mark.parametrize(
    ("goal", "numerator", "denominator", "shown", "reached", "short_by", "more"),
    [
        (ONLINE, 36, 40, "90%", True, "0", "0"),  # on the line
        (ONLINE, 35, 40, "87.5%", False, "2.5", "1"),
        (ONLINE, 89_995, 100_000, "89.99%", False, "0.01", "5"),  # 90.00 only by rounding
        (ONLINE, 2, 3, "66.67%", False, "23.34", "1"),  # what is lacking is rounded up
        (ONLINE, 0, 40, "0%", False, "90", "36"),  # zero is a figure
        (HOURS, 4_000, 100, "40学时", True, "0", "0"),
        (HOURS, 3_999, 100, "39.99学时", False, "0.01", "1"),
        (HOURS, 3_999.5, 100, "39.99学时", False, "0.01", "0.5"),  # hours come in halves
        (REVIEWERS, 1, 21, "4.76%", False, "0.24", "1"),
        (REVIEWERS, 1, 20, "5%", True, "0", "0"),
        (MEDIATORS, 2, None, "2名", True, "0", "0"),
        (MEDIATORS, 1, None, "1名", False, "1", "1"),
        (EVALUATED, 0, None, "0件", False, "1", "1"),
        (ALL, 99, 100, "99%", False, "1", "1"),
        (ALL, 99_999, 100_000, "99.99%", False, "0.01", "1"),
        (NONE, 0, None, "0件", True, "0", "0"),
        (NONE, 2, None, "2件", False, "2", "2"),
        (CEILING, 5, 100, "5%", True, "0", "0"),
        (CEILING, 50_001, 1_000_000, "5.01%", False, "0.01", "1"),  # 5.00 only by rounding
        (ABOVE, 90, 100, "90%", False, "0", "1"),  # 高于 is not 不低于
        (ABOVE, 91, 100, "91%", True, "0", "0"),
    ],
)
def test_a_figure_is_compared_exactly_and_shown_rounded(
    goal, numerator, denominator, shown, reached, short_by, more
):
    figure = figure_of(goal, numerator, denominator)

    assert (figure.shown, figure.reached) == (shown, reached)
    assert (figure.short_by, figure.more) == (Decimal(short_by), Decimal(more))


@pytest.mark.parametrize(
    ("goal", "numerator", "denominator", "words"),
    [
        (
            ONLINE,
            35,
            40,
            "87.5%（35/40），没有达到（目标：不低于 90%），还差 2.5 个百分点；"
            "分母不变时，“网上可办事项”再增加 1 即可",
        ),
        (
            ONLINE,
            89_995,
            100_000,
            "89.99%（89995/100000），没有达到（目标：不低于 90%），四舍五入后是 90%，不能算，"
            "还差 0.01 个百分点；分母不变时，“网上可办事项”再增加 5 即可",
        ),
        (ONLINE, 40, 40, "100%（40/40），已达到（目标：不低于 90%）"),
        (EVALUATED, 0, None, "0件，没有达到（目标：不低于 1件），还差 1 件"),
        (NONE, 2, None, "2件，没有达到（目标：等于 0件），超出 2 件"),
        (
            CEILING,
            6,
            100,
            "6%（6/100），没有达到（目标：不超过 5%），超出 1 个百分点；分母不变时，分子再减少 1 即可",
        ),
        (
            ABOVE,
            9,
            10,
            "90%（9/10），没有达到（目标：高于 90%），刚好 90%，要高于 90%才算；"
            "分母不变时，分子再增加 1 即可",
        ),
        (HOURS, 4_000, 100, f"40学时（4000/100），已达到（目标：不低于 40学时）；{AVERAGE}"),
        (ONLINE, 0, 0, f"0/0，{NO_BASE}"),
        (ONLINE, None, None, NO_FIGURE),
    ],
)
def test_a_figure_says_in_one_line_what_is_lacking(goal, numerator, denominator, words):
    assert figure_of(goal, numerator, denominator).words == words


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (None, None)])
def test_nothing_counted_is_neither_reached_nor_missed(numerator, denominator):
    figure = figure_of(ONLINE, numerator, denominator)

    assert (figure.value, figure.reached, figure.short_by) == (None, None, None)


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 10_000))
def test_the_verdict_is_that_of_exact_fractions_and_what_is_lacking_would_do(above, below, target):
    goal = goal_of((">=", target / 100, "%"))
    above = min(above, below)
    figure = figure_of(goal, above, below)

    assert figure.reached is (Fraction(above, below) >= Fraction(target, 10_000))
    assert figure_of(goal, above + int(figure.more), below).reached
    if figure.more:
        assert not figure_of(goal, above + int(figure.more) - 1, below).reached
        assert figure.value < goal.value  # never shown as if it were there


@pytest.mark.parametrize(
    ("goal", "numerator", "denominator", "fault"),
    [
        (ONLINE, 41, 40, "分子 41 大于分母 40，请核对是否填反"),
        (
            ONLINE,
            92,
            None,
            "目标是 90%，要填分母（全部事项）；手上只有百分数的，分子填这个数，分母填 100",
        ),
        (ONLINE, 1, 0, "分母（全部事项）是 0，分子却是 1"),
        (ONLINE, None, 40, "填了分母，却没有填分子"),
        (ONLINE, None, None, "没有填分子"),
        (ONLINE, -1, 40, "分子写的是“-1”，应为 0 到 999999999999 的数"),
        (ONLINE, float("nan"), 40, "分子写的是“nan”，应为 0 到 999999999999 的数"),
        (ONLINE, 1, float("inf"), "分母写的是“inf”，应为 0 到 999999999999 的数"),
        (HOURS, 4_000, None, "目标按人数平均，要填分母（人数）"),
        (MEDIATORS, 1.5, None, "分子写的是“1.5”，名数应为整数"),
    ],
)
def test_a_figure_that_cannot_be_is_a_fault(goal, numerator, denominator, fault):
    assert measurement_faults(goal, numerator, denominator) == [fault]


@pytest.mark.parametrize(
    ("goal", "numerator", "denominator"),
    [
        (ONLINE, 40, 40),
        (ONLINE, 0, 0),  # nothing happened
        (HOURS, 4_000.5, 100),  # hours above persons
        (MEDIATORS, 0, None),
        (goal_of((">=", 120, "%")), 130, 100),  # growth, whose target is above the whole
    ],
)
def test_a_figure_that_can_be_is_taken(goal, numerator, denominator):
    assert measurement_faults(goal, numerator, denominator) == []


def test_units_together_are_the_sum_of_what_they_counted_and_not_the_mean_of_rates():
    figure = together(ONLINE, [UnitFigure("甲局", 9, 10), UnitFigure("乙局", 10, 100)])

    assert figure.shown == "17.27%"  # 19 of 110; the mean would be 50
    assert "不是各单位百分数的平均" in figure.words


def test_units_that_said_nothing_are_named_and_are_not_zero():
    figure = together(ONLINE, [UnitFigure("甲局", 9, 10), UnitFigure("乙局")])

    assert figure.shown == "90%"
    assert figure.words.endswith("还没有数据的单位 1 个：乙局（没有数据不等于零）")


def test_a_target_of_each_unit_is_not_reached_by_the_sum():
    figure = together(REVIEWERS, [UnitFigure("甲局", 9, 100), UnitFigure("乙局", 1, 100)])

    assert (figure.shown, figure.reached) == ("5%", False)
    assert "没有达到的单位：乙局" in figure.words


def test_a_target_of_each_unit_is_open_while_one_is_missing():
    assert together(REVIEWERS, [UnitFigure("甲局", 9, 100), UnitFigure("乙局")]).reached is None


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ((36, 40), (35, 40), "比2025年第一季度高 2.5 个百分点"),
        ((35, 40), (36, 40), "比2025年第一季度低 2.5 个百分点"),
        ((36, 40), (9, 10), "与2025年第一季度持平"),
        ((36, 40), None, "2025年第一季度没有数据，看不出趋势"),
        ((None, None), (9, 10), ""),
    ],
)
def test_a_figure_is_set_against_the_period_before(now, before, words):
    then = figure_of(ONLINE, *before) if before else None

    assert trend_in_words(ONLINE, figure_of(ONLINE, *now), then, "2025Q1") == words


def test_a_demand_of_each_person_is_divided_by_persons_and_binds_each_unit():
    assert (HOURS.out_of, HOURS.each, HOURS.words) == (
        "人数",
        True,
        "不低于 40学时，每年，各单位分别达到",
    )
    assert not EVALUATED.each


@pytest.mark.parametrize("target", [("", 90, "%"), (">=", None, "%"), ("约", 90, "%")])
def test_a_demand_without_sign_or_number_has_no_target(target):
    assert goal_of(target) is None


def test_a_sign_in_an_office_s_words_is_one():
    assert goal_of(("不低于", 90, "％")) == Goal(">=", Decimal(90), "%")
