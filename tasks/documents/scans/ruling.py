"""The rules of tables that can be seen on a picture of a page: straight, crossing one another."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

LEAST_WIDE = 0.03  # of the page's width, of a rule that lies
NEAR = 0.006  # of the page's width: rules that close are one, ends that close meet
BOLD = 16  # of 255, how much darker than what is around it ink is
MOST_TILT = 10.0  # degrees of a rule that lies
INNER = 0.12  # of a line's height, at its edges: there rules may run


Box = tuple[float, float, float, float]  # left, top, right, bottom


class SeenRule(NamedTuple):
    """A rule: where it runs (y of one that lies, x of one that stands), from where to where."""

    at: float
    start: float
    end: float


def rules_on(grey: Any, words: Sequence[Box]) -> tuple[list[SeenRule], list[SeenRule]]:
    """Return the rules of tables on an upright page (numpy, grey), those that lie and those that stand.

    ``words`` are the boxes of its lines of letters, whose strokes are no rules. Rules that cross no other
    are no table's.
    """
    ink = _ink(grey)
    heights = sorted(bottom - top for _, top, _, bottom in words)
    letter = heights[len(heights) // 2] if heights else 30.0
    for left, top, right, bottom in words:
        edge = INNER * (bottom - top)
        ink[
            max(0, round(top + edge)) : max(0, round(bottom - edge)),
            max(0, round(left + edge)) : max(0, round(right - edge)),
        ] = 0
    wide = grey.shape[1]
    near = max(4.0, NEAR * wide)
    lying = _runs(ink, (max(40, round(LEAST_WIDE * wide)), 1))
    standing = _runs(ink, (1, max(24, round(0.7 * letter))))
    across = _merged([SeenRule(y + h / 2, x, x + w) for x, y, w, h in lying], near, 3 * near)
    down = _merged([SeenRule(x + w / 2, y, y + h) for x, y, w, h in standing], near, 1.5 * letter)
    return _meeting(across, down, near)


def _ink(grey: Any) -> Any:
    """Return what is darker than what is around it, the grain of the scanner left out."""
    import cv2

    smooth, mean = cv2.GaussianBlur(grey, (3, 3), 0), cv2.ADAPTIVE_THRESH_MEAN_C
    return cv2.adaptiveThreshold(smooth, 255, mean, cv2.THRESH_BINARY_INV, 31, BOLD)


def tilt_of_rules(grey: Any) -> float:
    """Return by how many degrees the long rules of a page fall to the right; 0 where it has none.

    For a page of short words in cells, which show no tilt by themselves.
    """
    import cv2
    import numpy

    ink = _ink(grey)
    least = grey.shape[1] // 4
    found = cv2.HoughLinesP(ink, 1, numpy.pi / 1800, least // 2, minLineLength=least, maxLineGap=12)
    if found is None:
        return 0.0
    x0, y0, x1, y1 = found.reshape(-1, 4).T
    angles = numpy.degrees(numpy.arctan2(y1 - y0, x1 - x0))
    lying = angles[abs(angles) < MOST_TILT]
    return float(numpy.median(lying)) if len(lying) else 0.0


def _runs(ink: Any, size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """Return the boxes of long runs of ink; a rule may be a little askew and have small gaps."""
    import cv2

    lies = size[0] > 1
    thick = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3) if lies else (3, 1)))
    gap = (9, 1) if lies else (1, 9)
    closed = cv2.morphologyEx(
        thick, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap)
    )
    long = cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    count, _, stats, _ = cv2.connectedComponentsWithStats(long)
    most = 14  # pixels; what is thicker is a bar or a picture
    return [
        (int(x), int(y), int(w), int(h))
        for x, y, w, h, _ in stats[1:count]
        if (h if lies else w) <= most
    ]


def _merged(rules: Sequence[SeenRule], near: float, gap: float) -> list[SeenRule]:
    """Return ``rules`` with those that run on in one another, over a ``gap`` at most, made one."""
    merged: list[SeenRule] = []
    for rule in sorted(rules):
        for at, other in enumerate(merged):
            close = abs(other.at - rule.at) <= near
            if close and rule.start <= other.end + gap and other.start <= rule.end + gap:
                merged[at] = SeenRule(
                    (other.at + rule.at) / 2,
                    min(other.start, rule.start),
                    max(other.end, rule.end),
                )
                break
        else:
            merged.append(rule)
    return merged


def _meeting(
    across: list[SeenRule], down: list[SeenRule], near: float
) -> tuple[list[SeenRule], list[SeenRule]]:
    """Return the rules that meet two others, their ends drawn to those: a stroke of a letter meets none."""
    while True:
        lying = [rule for rule in across if sum(_meet(rule, each, near) for each in down) >= 2]
        standing = [rule for rule in down if sum(_meet(each, rule, near) for each in lying) >= 2]
        if len(lying) == len(across) and len(standing) == len(down):
            break
        across, down = lying, standing
    drawn_across = [
        _drawn_to(rule, (each for each in down if _meet(rule, each, near))) for rule in across
    ]
    drawn_down = [
        _drawn_to(rule, (each for each in across if _meet(each, rule, near))) for rule in down
    ]
    return drawn_across, drawn_down


def _meet(lying: SeenRule, standing: SeenRule, near: float) -> bool:
    return (
        lying.start - 2 * near <= standing.at <= lying.end + 2 * near
        and standing.start - 2 * near <= lying.at <= standing.end + 2 * near
    )


def _drawn_to(rule: SeenRule, others: Iterator[SeenRule]) -> SeenRule:
    ends = [each.at for each in others]
    return SeenRule(rule.at, min(ends), max(ends))
