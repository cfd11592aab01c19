"""The rules of a page of a PDF: every way to draw a straight line, as strokes along one of two ways.

A rule may be a line, a thin filled rectangle, the side of a box, a row of dots or dashes, two lines side
by side, or a piece for each cell. All of them come out as the one stroke that a person sees.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pdfminer.layout import LTCurve, LTFigure, LTRect

SAME = 8.0  # points; rules of one table begin and end as near to each other
NEAR = 3.0  # points; rules nearer than this are one rule, and ends nearer than this meet
THIN = 4.0  # points; a filled box that is not thicker is a rule
SHORT = 12.0  # points; pieces not longer may be dashes or dots…
GAP = 7.0  # …with gaps not wider between them
LEAST = 12.0  # points; what is shorter is a letter, a bullet or a tick
MOST_DRAWN = 40_000  # pieces of lines on a page, dots included; more is a map or a drawing
MOST_CORNERS = 64  # of a line that turns
DEEPEST = 8  # drawings within drawings
OVER = 8.0  # points that rules stand over before letters there are a column with an open side
MOST_STROKES = 1200  # joined ones; a page of 60 rows and 12 columns has 75


class Stroke(NamedTuple):
    """A straight rule: where it lies (y of a level one, x of an upright one), and from where to where."""

    at: float
    start: float
    end: float


class Strokes(NamedTuple):
    """The rules of a page, each way in order of where they lie."""

    level: list[Stroke]
    upright: list[Stroke]


class _Shape(NamedTuple):
    """What the file draws in one stroke of the pen, from the top left of the page."""

    x0: float
    x1: float
    top: float
    bottom: float
    drawn: bool  # along its edge; else only filled
    corners: Sequence[tuple[float, float]]  # of a line that turns; none for a box


def strokes_of(page: Any) -> Strokes | None:
    """Return the rules of ``page``; None where there are too many for a page of text."""
    level: list[Stroke] = []
    upright: list[Stroke] = []
    for number, shape in enumerate(_shapes(page, page.layout, 0)):
        if number >= MOST_DRAWN:
            return None
        _add(shape, level, upright)
    found = Strokes(_joined(_settled(level)), _joined(_settled(upright)))
    return found if len(found.level) + len(found.upright) <= MOST_STROKES else None


def _shapes(page: Any, drawn: Iterable[Any], depth: int) -> Iterator[_Shape]:
    """Yield what is drawn, in the measure of pdfplumber, whose own objects cost much more to make."""
    left, top = page.mediabox[0], page.height + page.mediabox[1]
    for each in drawn:
        if isinstance(each, LTFigure):
            if depth < DEEPEST:
                yield from _shapes(page, each, depth + 1)
        elif isinstance(each, LTCurve) and (each.stroke or each.fill):  # else it only clips
            points = () if isinstance(each, LTRect) else each.pts[:MOST_CORNERS]
            corners = [(left + x, top - y) for x, y in points]
            yield _Shape(
                left + each.x0, left + each.x1, top - each.y1, top - each.y0, each.stroke, corners
            )


def _add(shape: _Shape, level: list[Stroke], upright: list[Stroke]) -> None:
    """Add the rules that ``shape`` draws."""
    x0, x1, top, bottom, drawn, corners = shape
    wide, high = x1 - x0, bottom - top
    if wide <= THIN or high <= THIN:
        if wide >= high or high <= THIN:  # a dot is a piece of both, the middle of a rule is not
            level.append(Stroke((top + bottom) / 2, x0, x1))
        if high >= wide or wide <= THIN:
            upright.append(Stroke((x0 + x1) / 2, top, bottom))
    elif corners and drawn:
        _add_path(corners, level, upright)
    elif drawn:
        level += [Stroke(top, x0, x1), Stroke(bottom, x0, x1)]
        upright += [Stroke(x0, top, bottom), Stroke(x1, top, bottom)]


def _add_path(
    points: Sequence[tuple[float, float]], level: list[Stroke], upright: list[Stroke]
) -> None:
    """Add the straight parts of a line that turns corners; a frame with round corners has four."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) <= 1 and abs(x1 - x0) >= LEAST:
            level.append(Stroke((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= 1 and abs(y1 - y0) >= LEAST:
            upright.append(Stroke((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _settled(strokes: Iterable[Stroke]) -> list[list[Stroke]]:
    """Return the strokes by where they lie; those side by side come to lie on their mean."""
    groups: list[list[Stroke]] = []
    first = 0.0
    for stroke in sorted(strokes):
        # From the first of the group, so that a row of near ones does not creep over the page.
        if groups and stroke.at - first <= NEAR:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
            first = stroke.at
    return groups


def _joined(groups: Iterable[list[Stroke]]) -> list[Stroke]:
    """Return one stroke for the pieces that lie in a row, without what is too short for a rule."""
    found: list[Stroke] = []
    for group in groups:
        at = sum(stroke.at for stroke in group) / len(group)
        pieces = sorted((stroke.start, stroke.end) for stroke in group)
        start, end = pieces[0]
        last = end - start
        for begin, stop in pieces[1:]:
            short = max(last, stop - begin) <= SHORT
            if begin - end <= (GAP if short else NEAR):
                end = max(end, stop)
            else:
                found.append(Stroke(at, start, end))
                start, end = begin, stop
            last = stop - begin
        found.append(Stroke(at, start, end))
    return [stroke for stroke in found if stroke.end - stroke.start >= LEAST]


def connected(strokes: Strokes) -> list[Strokes]:
    """Return the rules that touch each other, group by group, in the order of the page."""
    level, upright = strokes
    places = [stroke.at for stroke in upright]
    up = list(range(len(level) + len(upright)))

    def root(one: int) -> int:
        while up[one] != one:
            up[one] = up[up[one]]
            one = up[one]
        return one

    for index, rule in enumerate(level):
        first = bisect_left(places, rule.start - NEAR)
        for other in range(first, bisect_right(places, rule.end + NEAR)):
            if upright[other].start - NEAR <= rule.at <= upright[other].end + NEAR:
                up[root(index)] = root(len(level) + other)
    groups: dict[int, Strokes] = {}
    for index, stroke in enumerate([*level, *upright]):
        group = groups.setdefault(root(index), Strokes([], []))
        (group.level if index < len(level) else group.upright).append(stroke)
    return sorted(groups.values(), key=top_of)


def top_of(strokes: Strokes) -> float:
    """Return where the first of ``strokes`` begins, from the top of the page."""
    return min([s.at for s in strokes.level[:1]] + [s.start for s in strokes.upright])


def alike(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Return groups of two or more that begin and end at the same places."""
    groups: list[list[Stroke]] = []
    for stroke in strokes:
        for group in groups:
            first = group[0]
            if abs(first.start - stroke.start) <= SAME and abs(first.end - stroke.end) <= SAME:
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    return [group for group in groups if len(group) > 1]


def is_box(level: Sequence[Stroke], upright: Sequence[Stroke]) -> bool:
    """Say whether rules are no more than a frame: most that touch each other are."""
    return len(level) == len(upright) == 2 and all(
        abs(a - b) <= OVER
        for a, b in (
            (min(s.start for s in level), upright[0].at),
            (max(s.end for s in level), upright[1].at),
            (min(s.start for s in upright), level[0].at),
            (max(s.end for s in upright), level[1].at),
        )
    )


def open_ends(before: list[float], behind: list[float], middles: Sequence[float]) -> list[float]:
    """Return the ends of rules that stand over the outermost rule across, where letters stand there."""
    return [
        outer
        for outer, (low, high) in ((before[0], before), (behind[1], behind))
        if high - low > OVER and any(low < middle < high for middle in middles)
    ]
