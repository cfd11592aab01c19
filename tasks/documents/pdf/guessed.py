"""The grid of a table whose columns are guessed from blanks between letters."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tasks.documents.pdf.columns import Band, Span, band_of
from tasks.documents.pdf.grids import Grid, ruled_grid
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.numbered import counts
from tasks.documents.pdf.row_ends import COUNTED, rows_within
from tasks.documents.pdf.rules import SAME, Stroke, Strokes

FEW = 3  # bands between rules; more are the rows


class KnownColumns(NamedTuple):
    """What is known of a table that goes on."""

    texts: Sequence[Span]  # where that of each column stands
    lined: bool  # a rule stands under each row


@dataclass
class Between:
    """What stands between two sides of a page: letters in order from the top, and rules over all of it."""

    rules: list[float]
    left: float
    right: float
    letters: list[Glyph]
    partly: list[Stroke]  # rules over some of the columns

    def __post_init__(self) -> None:
        self.middles = [(glyph.top + glyph.bottom) / 2 for glyph in self.letters]

    @classmethod
    def within(
        cls, rules: Sequence[Stroke], sides: Span, level: Sequence[Stroke], letters: Sequence[Glyph]
    ) -> "Between":
        """Return what of ``letters`` and ``level`` rules stands between ``sides``."""
        left, right = sides[0] - SAME, sides[1] + SAME
        inside = [glyph for glyph in letters if left <= (glyph.x0 + glyph.x1) / 2 <= right]
        partly = [stroke for stroke in level if left <= stroke.start and stroke.end <= right]
        return cls([stroke.at for stroke in rules], left, right, inside, partly)

    def band(self, top: float, bottom: float, borders: Sequence[float] = ()) -> Band:
        """Return the lines between ``top`` and ``bottom``."""
        first, last = bisect_left(self.middles, top), bisect_left(self.middles, bottom)
        return band_of(self.letters[first:last], top, bottom, borders)


def guessed_grid(
    held: Between,
    ys: Sequence[float],
    borders: Sequence[float],
    *,
    heads: int,
    cut: bool = False,
    known: KnownColumns | None = None,
) -> Grid | None:
    """Return the grid of rows between ``ys``, with walls where a column ends and where a row does.

    The first ``heads`` bands are one row each; ``cut`` says that the first row begins on another page,
    ``known`` is what the pages before tell.
    """
    ends: list[float] = []
    few = len(ys) - 1 <= FEW if known is None else not known.lined
    for at, (top, end) in enumerate(zip(ys[heads:], ys[heads + 1 :], strict=False)):
        band = held.band(top, end, borders)
        if few or counts(band.lines, borders):
            ends += rows_within(band.lines, borders, cut=cut and at == 0)
    sides = [held.left, *borders, held.right]
    partly = [
        Stroke(stroke.at, _nearest(sides, stroke.start), _nearest(sides, stroke.end))
        for stroke in held.partly
        if ys[0] < stroke.at < ys[-1] and stroke.at not in ys
    ]
    level = [*(Stroke(y, held.left, held.right) for y in [*ys, *ends]), *partly]
    every = sorted({*ys, *ends, *(stroke.at for stroke in partly)})
    bands = [held.band(top, end) for top, end in pairwise(every)]
    named = _are_named(bands, borders)
    upright = [
        Stroke(x, band.top, band.bottom)
        for band in bands
        if not (named and _is_name(band, borders))
        for x in _uncut(band, borders, [s for s in partly if s.at == band.bottom])
    ]
    grid = ruled_grid(Strokes(level, upright), [held.left, held.right], every)
    if grid is not None:
        grid.lined = not few
        grid.texts = _texts(grid, held.band(ys[0], ys[-1]), known.texts if known else ())
    return grid


def _are_named(bands: Sequence[Band], borders: Sequence[float]) -> bool:
    """Say whether the rows count, so that a row with nothing but words in the first cell is a name."""
    firsts = [
        line[0].text
        for band in bands
        for line in band.lines
        if len(line) > 1 and line[0].x0 < borders[0]
    ]
    return sum(bool(COUNTED.match(text)) for text in firsts) * 2 >= len(firsts) > 1


def _is_name(band: Band, borders: Sequence[float]) -> bool:
    """Say whether a band holds the name of a group of rows, which is one cell over all columns."""
    pieces = [piece for line in band.lines for piece in line]
    alone = len(pieces) == 1 and (
        pieces[0].x0 < borders[0] or any(pieces[0].x0 < x < pieces[0].x1 for x in borders)
    )
    return alone and len(pieces[0].text) > 1 and not COUNTED.match(pieces[0].text)


def _nearest(places: Sequence[float], x: float) -> float:
    return min(places, key=lambda place: abs(place - x))


def _uncut(band: Band, borders: Sequence[float], under: Sequence[Stroke]) -> list[float]:
    """Return the borders that no piece of ``band`` stands on, nor alone over a rule ``under`` it."""
    pieces = [piece for line in band.lines for piece in line]
    spans = [(piece.x0, piece.x1) for piece in pieces]
    for rule in under:
        if sum(rule.start < (p.x0 + p.x1) / 2 < rule.end for p in pieces) == 1:
            spans.append((rule.start, rule.end))
    return [x for x in borders if not any(start < x < end for start, end in spans)]


def _texts(grid: Grid, band: Band, known: Sequence[Span]) -> list[Span]:
    """Return from where to where the text of each column stands."""
    texts: list[Span | None] = [None] * grid.columns
    if len(known) == grid.columns:
        texts = list(known)
    for line in band.lines:
        for piece in line:
            column = bisect_right(grid.xs, piece.x0) - 1
            if 0 <= column < grid.columns and piece.x1 <= grid.xs[column + 1]:
                x0, x1 = texts[column] or (piece.x0, piece.x1)
                texts[column] = min(x0, piece.x0), max(x1, piece.x1)
    return [text or (grid.xs[at], grid.xs[at + 1]) for at, text in enumerate(texts)]
