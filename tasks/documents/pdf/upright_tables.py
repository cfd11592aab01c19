"""Tables that have only upright rules, between their columns."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.documents.pdf.columns import Band, band_of, rows_within
from tasks.documents.pdf.grids import Grid, ruled_grid
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.rules import Stroke, Strokes, alike


def between_uprights(upright: Sequence[Stroke], letters: Sequence[Glyph]) -> Iterator[Grid]:
    """Yield the tables that have only upright rules; ``letters`` are in order from the top."""
    for group in alike(upright):
        top, bottom = min(s.start for s in group), max(s.end for s in group)
        inside = [g for g in letters if top <= (g.top + g.bottom) / 2 <= bottom]
        xs = _sides([s.at for s in group], inside)
        inside = [g for g in inside if xs[0] <= (g.x0 + g.x1) / 2 <= xs[-1]]
        borders = xs[1:-1]
        band = band_of(inside, top, bottom, borders)
        if not borders or _is_newspaper(band, xs):
            continue
        ends = rows_within(band.lines, borders)
        level = [Stroke(y, xs[0], xs[-1]) for y in [top, *ends, bottom]]
        if grid := ruled_grid(Strokes(level, [Stroke(x, top, bottom) for x in xs])):
            yield grid


def _sides(places: Sequence[float], letters: Sequence[Glyph]) -> list[float]:
    """Return the borders of all columns: letters outside of the outermost rules are columns too."""
    xs = list(places)
    left = [g for g in letters if (g.x0 + g.x1) / 2 < xs[0]]
    right = [g for g in letters if (g.x0 + g.x1) / 2 > xs[-1]]
    lines = len(band_of(letters, 0, 0).lines)
    if left and len(band_of(left, 0, 0).lines) * 2 >= lines:
        xs.insert(0, min(g.x0 for g in left) - 1)
    if right and len(band_of(right, 0, 0).lines) * 2 >= lines:
        xs.append(max(g.x1 for g in right) + 1)
    return xs


def _is_newspaper(band: Band, xs: Sequence[float]) -> bool:
    """Say whether the columns are full of text from the top down, not of cells."""
    widths = [after - before for before, after in zip(xs, xs[1:], strict=False)]
    full, pieces = 0, 0
    for line in band.lines:
        for piece in line:
            at = bisect_left(xs, (piece.x0 + piece.x1) / 2) - 1
            pieces += 1
            full += 0 <= at < len(widths) and piece.x1 - piece.x0 >= 0.8 * widths[at]
    return full * 2 > pieces
