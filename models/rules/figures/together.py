"""A demand's figure over several units: the sum of what was counted, never the mean of their rates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.rules.figures.decimals import exact
from models.rules.figures.measuring import Figure, figure_of
from models.rules.figures.targets import Goal

SUMMED = "各单位分子之和除以分母之和，不是各单位百分数的平均"
NAMED = 10  # units named in a line before 等 N 个


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """What one unit counted; ``numerator`` None where it has said nothing.

    ``figure`` is what that comes to, where it is known already.
    """

    unit: str
    numerator: float | None = None
    denominator: float | None = None
    figure: Figure | None = None


def units_in_words(names: Sequence[str]) -> str:
    """Return units in their order, cut after a page's width and counted then."""
    more = f"等 {len(names)} 个单位" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def together(goal: Goal, units: Sequence[UnitFigure]) -> Figure:
    """Return what ``units`` come to together, in words with those that are missing and those that are short.

    A target that binds each unit is reached when every unit has reached it, whatever the sum says; one
    for all together is judged by the sum of those that have counted.
    """
    given = [one for one in units if one.numerator is not None]
    missing = [one.unit for one in units if one.numerator is None]
    if not given:
        return Figure(lacking=_missing_in_words(missing))
    figure = figure_of(goal, *summed(given))
    said, lacking = [figure.words if len(units) == 1 else f"合计 {figure.words}"], [figure.lacking]
    if len(given) > 1 and goal.scale:
        said.append(SUMMED)
    if goal.each:
        short = [
            one.unit
            for one in given
            if (one.figure or figure_of(goal, one.numerator, one.denominator)).reached is False
        ]
        lacking = [f"没有达到的单位：{units_in_words(short)}"] if short else []
        said += lacking
        reached = False if short else None if missing else figure.reached
        figure = replace(figure, reached=reached)
    lacking.append(_missing_in_words(missing))
    said.append(_missing_in_words(missing))
    return replace(
        figure,
        words="；".join(line for line in said if line),
        lacking="；".join(line for line in lacking if line),
    )


def _missing_in_words(missing: Sequence[str]) -> str:
    if not missing:
        return ""
    return f"还没有数据的单位 {len(missing)} 个：{units_in_words(missing)}（没有数据不等于零）"


def summed(given: Sequence[UnitFigure]) -> tuple[float, float | None]:
    """Return the sums above and below the line, the latter None where nothing is divided."""
    below = [exact(one.denominator) for one in given if one.denominator is not None]
    above = sum(exact(one.numerator or 0.0) for one in given)
    return float(above), float(sum(below)) if below else None
