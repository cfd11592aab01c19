"""What a figure comes to against its target: reached or not, short by how much, in words.

Values are compared exactly and only shown rounded (two digits, a half up; what is lacking is rounded
up): what reaches its target by rounding alone has not reached it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import isfinite

from models.rules.bounds import LARGEST_AMOUNT
from models.rules.figures.decimals import (
    divided,
    exact,
    in_figures,
    multiplied,
    rounded,
    rounded_away,
)
from models.rules.figures.periods import period_in_words
from models.rules.figures.targets import Goal

NO_FIGURE = "还没有数据（没有数据不等于零）"
NO_BASE = "本期分母为 0，没有发生，不计入，也不算达到"
AVERAGE = "这是平均数，平均达到不等于每一个都达到"
POINTS: Mapping[str, str] = {"%": "个百分点", "‰": "个千分点"}
# What is counted one by one, so that half of one is a slip of the pen.
ONE_BY_ONE = frozenset("件次个人名场项起份篇户家所处宗期")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and what it says; all None where nothing was counted.

    ``value`` is as shown. ``short_by`` is in the target's own unit (points for a share), ``more`` in
    that of the numerator, the denominator being as it is; both are what is too much where the target
    is a ceiling. ``lacking`` says that in
    words, ``words`` all of it in one line.
    """

    value: Decimal | None = None
    reached: bool | None = None
    short_by: Decimal | None = None
    more: Decimal | None = None
    shown: str = "—"
    lacking: str = ""
    words: str = NO_FIGURE


def measurement_faults(
    goal: Goal, numerator: float | None, denominator: float | None = None
) -> list[str]:
    """Return what is wrong with a figure that is handed in, in words; empty when it can be kept."""
    for name, number in (("分子", numerator), ("分母", denominator)):
        if number is not None and not (isfinite(number) and 0 <= number <= LARGEST_AMOUNT):
            return [f"{name}写的是“{number:g}”，应为 0 到 {LARGEST_AMOUNT} 的数"]
    if numerator is None:
        return ["填了分母，却没有填分子"] if denominator is not None else ["没有填分子"]
    name = f"（{goal.out_of}）" if goal.out_of else ""
    if denominator is None:
        if goal.scale:
            return [
                f"目标是 {goal.number}，要填分母{name}；手上只有百分数的，分子填这个数，分母填 {goal.scale}"
            ]
        if goal.out_of:
            return [f"目标按{goal.out_of}平均，要填分母{name}"]
        if goal.unit in ONE_BY_ONE and numerator != int(numerator):
            return [f"分子写的是“{numerator:g}”，{goal.unit}数应为整数"]
        return []
    if denominator == 0 and numerator:
        return [f"分母{name}是 0，分子却是 {numerator:g}"]
    if goal.scale and goal.value <= goal.scale and numerator > denominator:
        return [f"分子 {numerator:g} 大于分母 {denominator:g}，请核对是否填反"]
    return []


def figure_of(goal: Goal, numerator: float | None, denominator: float | None = None) -> Figure:
    """Return what a figure comes to against ``goal``; None for the numerator is no figure, and not zero.

    Without a denominator the numerator is the value. A denominator of 0 means that nothing happened:
    neither reached nor missed.
    """
    if numerator is None:
        return Figure()
    above, below = exact(numerator), None if denominator is None else exact(denominator)
    if below == 0:
        return Figure(words=f"{in_figures(above)}/0，{NO_BASE}")
    scale = (goal.scale or Decimal(1)) if below is not None else Decimal(1)
    base = below or Decimal(1)
    # value >= target, without dividing: above * scale >= target * base
    left, right = multiplied(above, scale), multiplied(goal.value, base)
    reached = _holds(goal.sign, left, right)
    actual = divided(left, base)
    value = _shown(goal, actual, reached)
    of = f"（{in_figures(above)}/{in_figures(below)}）" if below is not None else ""
    said = f"{in_figures(value)}{goal.unit}{of}"
    average = f"；{AVERAGE}" if below is not None and not goal.scale else ""
    if reached:
        words = f"{said}，已达到（目标：{goal.bare}）{average}"
        return Figure(value, True, Decimal(0), Decimal(0), in_figures(value) + goal.unit, "", words)
    gap = rounded_away(abs(goal.value - actual), goal.digits)
    more = _more(goal, above, divided(right, scale), below)
    rounding = ""
    if _holds(goal.sign, rounded(actual, goal.digits), goal.value):
        up = in_figures(rounded(actual, goal.digits))
        rounding = f"，四舍五入后是 {up}{goal.unit}，不能算"
    lacking = _lacking(goal, left < right, gap, more)
    words = f"{said}，没有达到（目标：{goal.bare}）{rounding}，{lacking}{average}"
    return Figure(value, False, gap, more, in_figures(value) + goal.unit, lacking, words)


def _holds(sign: str, left: Decimal, right: Decimal) -> bool:
    return {
        ">=": left >= right,
        "<=": left <= right,
        ">": left > right,
        "<": left < right,
        "==": left == right,
    }[sign]


def _shown(goal: Goal, actual: Decimal, reached: bool) -> Decimal:
    """Return the value as shown: a half up, unless that would look like the other verdict."""
    for rounding in ("ROUND_HALF_UP", ROUND_FLOOR, ROUND_CEILING):
        value = rounded(actual, goal.digits, rounding)
        if _holds(goal.sign, value, goal.value) is reached:
            return value
    return rounded(actual, goal.digits)


def _more(goal: Goal, above: Decimal, needed: Decimal, below: Decimal | None) -> Decimal | None:
    """Return how many more (or fewer) of the numerator would do; None where no number would exactly."""
    whole = above == above.to_integral_value() and (below is None or below == int(below))
    strict = goal.sign in ("<", ">")
    lacking = abs(needed - above)
    if not whole:
        return rounded_away(lacking, goal.digits)
    up = lacking.to_integral_value(ROUND_CEILING)
    if goal.sign == "==" and up != lacking:
        return None
    return up + 1 if strict and up == lacking else up


def _lacking(goal: Goal, below: bool, gap: Decimal, more: Decimal | None) -> str:
    """Return in words what is lacking, or too much."""
    unit = POINTS.get(goal.unit, goal.unit)
    word = "还差" if below else "超出"
    if gap == 0:
        said = f"刚好 {goal.number}，要{goal.bare}才算"
    else:
        said = f"{word} {in_figures(gap)} {unit}" if unit else f"{word} {in_figures(gap)}"
    if more is None or not (goal.scale or goal.out_of):
        return said
    name = f"“{goal.counted}”" if goal.counted else "分子"
    up = below or (gap == 0 and goal.sign == ">")
    return f"{said}；分母不变时，{name}再{'增加' if up else '减少'} {in_figures(more)} 即可"


def trend_in_words(goal: Goal, now: Figure, before: Figure | None, period: str) -> str:
    """Return how a figure moved against that of ``period``, the one before; "" where there is none."""
    if not period or now.value is None:
        return ""
    said = period_in_words(period)
    if before is None or before.value is None:
        return f"{said}没有数据，看不出趋势"
    moved = now.value - before.value
    if not moved:
        return f"与{said}持平"
    unit = POINTS.get(goal.unit, goal.unit)
    return f"比{said}{'高' if moved > 0 else '低'} {in_figures(abs(moved))} {unit}".rstrip()
