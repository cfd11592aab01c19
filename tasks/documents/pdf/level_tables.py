"""Tables that have only level rules: three of them, or one under each row."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.documents.pdf.columns import Band, Covered, band_of, columns_under, rows_within
from tasks.documents.pdf.grids import Grid, ruled_grid
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.numbered import counts
from tasks.documents.pdf.rules import SAME, Stroke, Strokes, alike

BREAK = 15.0  # points between the pieces of a rule that is drawn for each column
BLANK = 7.0  # points between two rules with nothing between them: a double rule, no end of a table
# A line of one piece that does not name a group of rows but the table, or speaks of it.
BESIDE = re.compile(r"^(?:附?表|附件|注[：:]|说明[：:]|备注[：:]|单位[：:]|资料来源|数据来源)")
MOST_LINES = 200  # of a table that no rule closes on this page


@dataclass
class _Ruled:
    """Level rules over the same width, and the letters between them."""

    rules: list[float]
    left: float
    right: float
    letters: list[Glyph]  # from the top
    middles: list[float]

    def band(self, top: float, bottom: float, borders: Sequence[float] = ()) -> Band:
        """Return the lines between ``top`` and ``bottom``."""
        first, last = bisect_left(self.middles, top), bisect_left(self.middles, bottom)
        return band_of(self.letters[first:last], top, bottom, borders)


def between_levels(level: Sequence[Stroke], letters: Sequence[Glyph]) -> Iterator[Grid]:
    """Yield the tables that have only level rules; ``letters`` are in order from the top."""
    whole = _whole(level)
    for group in alike(whole):
        left, right = min(s.start for s in group), max(s.end for s in group)
        inside = [g for g in letters if left - SAME <= (g.x0 + g.x1) / 2 <= right + SAME]
        middles = [(g.top + g.bottom) / 2 for g in inside]
        ruled = _Ruled([s.at for s in group], left, right, inside, middles)
        partly = [s for s in level if left - SAME <= s.start and s.end <= right + SAME]
        yield from _tables(ruled, partly)


def _whole(level: Sequence[Stroke]) -> list[Stroke]:
    """Return the rules with those that are broken at the columns as one."""
    found: list[Stroke] = []
    for stroke in level:
        last = found[-1] if found else None
        if last and last.at == stroke.at and stroke.start - last.end <= BREAK:
            found[-1] = Stroke(stroke.at, last.start, max(last.end, stroke.end))
        else:
            found.append(stroke)
    return found


def _tables(ruled: _Ruled, partly: Sequence[Stroke]) -> Iterator[Grid]:
    rules = ruled.rules
    first = 0
    while first + 1 < len(rules):
        head = ruled.band(rules[first], rules[first + 1])
        last, borders = first + 1, list[float]()
        if any(len(line) > 1 for line in head.lines):
            last, borders = _extent(ruled, head, first)
        bottom = rules[last]
        if not borders and last + 1 == len(rules) and any(len(line) > 1 for line in head.lines):
            bottom, borders = _below(ruled, head, rules[last])
        if borders and (grid := _grid(ruled, rules[first : last + 1], bottom, borders, partly)):
            yield grid
        first = last


def _extent(ruled: _Ruled, head: Band, first: int) -> tuple[int, list[float]]:
    """Return the last rule of the table whose head stands under rule ``first``, and its columns."""
    rules = ruled.rules
    body = Covered(ruled.left - SAME, ruled.right + SAME)
    borders: list[float] = []
    last = first + 1
    for at in range(first + 1, len(rules) - 1):
        band = ruled.band(rules[at], rules[at + 1])
        if not band.lines and rules[at + 1] - rules[at] > BLANK:
            break
        if borders and _is_text(band, borders):
            break
        body.add(band)
        found = columns_under(head, body)
        if not found or len(found) * 2 < len(borders):
            break
        borders, last = found, at + 1
    return last, borders


def _is_text(band: Band, borders: Sequence[float]) -> bool:
    """Say whether a band holds a paragraph or the name of the next table, not rows."""
    if any(len(line) > 1 for line in band.lines):
        crossing = sum(any(p.x0 < x < p.x1 for x in borders for p in line) for line in band.lines)
        return crossing * 2 > len(band.lines)
    pieces = [piece for line in band.lines for piece in line]
    if len(pieces) == 1:
        return bool(BESIDE.match(pieces[0].text))
    crossing = sum(any(p.x0 < x < p.x1 for x in borders) for p in pieces)
    return crossing * 2 > len(pieces)


def _below(ruled: _Ruled, head: Band, top: float) -> tuple[float, list[float]]:
    """Return where lines under a head that no rule closes end, and their columns."""
    body = Covered(ruled.left - SAME, ruled.right + SAME)
    borders: list[float] = []
    bottom, before = top, top
    rows = 0
    for line in ruled.band(top, float("inf")).lines[:MOST_LINES]:
        high = max(piece.bottom - piece.top for piece in line)
        if min(piece.top for piece in line) - before > 3 * high:
            break
        if len(line) == 1 and (line[0].x1 - line[0].x0) * 2 > ruled.right - ruled.left:
            break
        body.add(Band(top, bottom, [line]))
        found = columns_under(head, body)
        if not found or len(found) < len(borders):
            break
        borders, rows = found, rows + (len(line) > 1)
        before = max(piece.bottom for piece in line)
        bottom = before + 1
    return (bottom, borders) if rows else (top, [])


def _grid(
    ruled: _Ruled,
    rules: Sequence[float],
    bottom: float,
    borders: Sequence[float],
    partly: Sequence[Stroke],
) -> Grid | None:
    """Return the grid of a table, with walls where a column ends and where a row does."""
    left, right = ruled.left - SAME, ruled.right + SAME
    ys = list(rules)
    if bottom > ys[-1]:
        ys.append(bottom)
    ends: list[float] = []
    few = len(ys) <= 4  # a rule under each row would be more: rows are told by their lines
    for top, end in zip(ys[1:], ys[2:], strict=False):
        band = ruled.band(top, end, borders)
        if few or counts(band.lines, borders):
            ends += rows_within(band.lines, borders)
    sides = [left, *borders, right]
    partly = [
        Stroke(
            s.at,
            min(sides, key=lambda x: abs(x - s.start)),
            min(sides, key=lambda x: abs(x - s.end)),
        )
        for s in partly
        if ys[0] < s.at < ys[-1] and s.at not in ys
    ]
    level = [*(Stroke(y, left, right) for y in [*ys, *ends]), *partly]
    ys = sorted({*ys, *ends, *(s.at for s in partly)})
    upright = [
        Stroke(x, top, end)
        for top, end in zip(ys, ys[1:], strict=False)
        for x in _uncut(ruled.band(top, end), borders, [s for s in partly if s.at == end])
    ]
    grid = ruled_grid(Strokes(level, upright), [left, right], ys)
    if grid is not None:
        grid.widest = _widest(grid, ruled, bottom)
    return grid


def _widest(grid: Grid, ruled: _Ruled, bottom: float) -> list[float]:
    """Return how wide the widest line of each column is."""
    widest = [0.0] * grid.columns
    for line in ruled.band(grid.ys[0], bottom).lines:
        for piece in line:
            first = bisect_left(grid.xs, piece.x0) - 1
            if bisect_left(grid.xs, piece.x1) - 1 == first and 0 <= first < grid.columns:
                widest[first] = max(widest[first], piece.x1 - piece.x0)
    return widest


def _uncut(band: Band, borders: Sequence[float], under: Sequence[Stroke]) -> list[float]:
    """Return the borders that no piece of ``band`` stands on, nor alone over a rule ``under`` it."""
    pieces = [piece for line in band.lines for piece in line]
    spans = [(piece.x0, piece.x1) for piece in pieces]
    for rule in under:
        if sum(rule.start < (p.x0 + p.x1) / 2 < rule.end for p in pieces) == 1:
            spans.append((rule.start, rule.end))
    return [x for x in borders if not any(start < x < end for start, end in spans)]
