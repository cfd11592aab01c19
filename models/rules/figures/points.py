"""Points: what a score may be, and what deductions leave of it."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from models.rules.bounds import shown
from models.rules.calendar.days import half_width
from models.rules.figures.decimals import digits_of, exact, in_figures

MOST_POINTS = Decimal(10_000)
POINT_DIGITS = 2
# An indicator without points is only reached or not; the words an office writes for it, the first shown.
VERDICTS: Mapping[Decimal, tuple[str, ...]] = {
    Decimal(1): ("达到", "达标", "符合", "已达到"),
    Decimal("0.5"): ("基本达到", "基本达标", "基本符合", "部分达到"),
    Decimal(0): ("没有达到", "未达到", "未达标", "不达标", "不符合"),
}
_SAID = {word: points for points, words in VERDICTS.items() for word in words}
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
WITHOUT_POINTS = "这项指标没有分值，应写 达到（1）、基本达到（0.5）或 没有达到（0）"


def points_of(written: object, possible: Decimal | None, floor: Decimal = Decimal(0)) -> Decimal:
    """Return the score that is ``written`` in a cell for an indicator worth ``possible`` points.

    Without points (None) it is 1, 0.5 or 0, also in words. Raises ValueError that says in words what
    is wrong: no number, more than the indicator is worth, below its ``floor``.
    """
    text = half_width("".join(str(written).split())).removesuffix("分")
    points = _SAID.get(text) if possible is None else None
    if points is None:
        if not _NUMBER.fullmatch(text):
            wanted = WITHOUT_POINTS if possible is None else f"应为 {_range(possible, floor)}"
            raise ValueError(f"写的是“{shown(str(written))}”，{wanted}")
        points = Decimal(text)
    if fault := score_fault(points, possible, floor):
        raise ValueError(fault)
    return points


def score_fault(points: Decimal, possible: Decimal | None, floor: Decimal = Decimal(0)) -> str:
    """Return what is wrong with a score; empty when it will do."""
    if possible is None:
        return "" if points in VERDICTS else f"写的是 {in_figures(points)}，{WITHOUT_POINTS}"
    if points > possible:
        return f"写的是 {in_figures(points)} 分，高于分值 {in_figures(possible)} 分"
    if points < floor:
        return f"写的是 {in_figures(points)} 分，低于最低分 {in_figures(floor)} 分"
    if digits_of(points) > POINT_DIGITS:
        return f"写的是 {in_figures(points)} 分，最多 {POINT_DIGITS} 位小数"
    return ""


def _range(possible: Decimal, floor: Decimal) -> str:
    return f"{in_figures(floor)} 到 {in_figures(possible)} 的数"


def worth_fault(points: Decimal, floor: Decimal) -> str:
    """Return what is wrong with what the office's table says of an indicator; empty when it will do."""
    if not 0 < points <= MOST_POINTS:
        return f"分值写的是 {in_figures(points)}，应为大于 0、不超过 {MOST_POINTS} 的数"
    if digits_of(points) > POINT_DIGITS:
        return f"分值写的是 {in_figures(points)}，最多 {POINT_DIGITS} 位小数"
    if not 0 <= floor < points:
        return f"最低分写的是 {in_figures(floor)}，应为 0 到 {in_figures(points)} 之间（不含 {in_figures(points)}）"
    return ""


def deduction_fault(points: Decimal, reason: str, possible: Decimal | None) -> str:
    """Return what is wrong with a deduction: none without a reason, none where there are no points."""
    if possible is None:
        return "这项指标没有分值，不能扣分；没有达到的请直接写评定"
    if not 0 < points <= MOST_POINTS or digits_of(points) > POINT_DIGITS:
        return f"扣分写的是 {in_figures(points)}，应为大于 0、最多 {POINT_DIGITS} 位小数的数"
    return "" if reason.strip() else "扣了分，没有写理由"


def after_deductions(possible: Decimal, floor: Decimal, taken_off: Iterable[float]) -> Decimal:
    """Return what is left of ``possible``: never below ``floor`` (扣完为止，不计负分)."""
    return max(floor, possible - sum((exact(points) for points in taken_off), Decimal(0)))


def verdict_of(points: Decimal) -> str:
    """Return the word for the score of an indicator without points."""
    return VERDICTS[points][0] if points in VERDICTS else in_figures(points)


def part_follows_score(own: float | None, former: float | None) -> bool:
    """Say whether a unit's part takes the indicator's new score: it has none of its own, or had the former.

    What a unit said of its own part stays beside the indicator's score.
    """
    return own is None or own == former
