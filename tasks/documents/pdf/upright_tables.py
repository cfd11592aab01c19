"""Tables that have only upright rules, between their columns."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.documents.pdf.columns import Band, band_of
from tasks.documents.pdf.grids import Grid, ruled_grid
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.row_ends import rows_within
from tasks.documents.pdf.rules import NEAR, Stroke, Strokes, alike

FULL = 0.8  # of a column, that a line of running text fills


def between_uprights(
    upright: Sequence[Stroke],
    letters: Sequence[Glyph],
    above: tuple[Sequence[float], str] = ((), ""),
) -> Iterator[Grid]:
    """Yield the tables that have only upright rules; ``letters`` are in order from the top.

    ``above`` are the borders of the columns and the head of a table that may go on from the page before.
    """
    for group in alike(upright):
        top, bottom = min(s.start for s in group), max(s.end for s in group)
        inside = [g for g in letters if top <= (g.top + g.bottom) / 2 <= bottom]
        places = [s.at for s in group]
        xs = _sides_as(above[0], places, inside) or _sides(places, inside)
        inside = [g for g in inside if xs[0] <= (g.x0 + g.x1) / 2 <= xs[-1]]
        borders = xs[1:-1]
        band = band_of(inside, top, bottom, borders)
        if not borders or _is_newspaper(band, xs):
            continue
        goes_on = len(above[0]) == len(xs)
        ends = rows_within(band.lines, borders, cut=goes_on, head=above[1] if goes_on else "")
        above = (), ""  # only the first one goes on
        level = [Stroke(y, xs[0], xs[-1]) for y in [top, *ends, bottom]]
        if grid := ruled_grid(Strokes(level, [Stroke(x, top, bottom) for x in xs])):
            yield grid


def _sides_as(
    above: Sequence[float], places: Sequence[float], letters: Sequence[Glyph]
) -> list[float]:
    """Return the borders of all columns where the rules are the inner ones of the table ``above``."""
    inner = above[1:-1]
    if len(inner) != len(places) or len(inner) < 2:
        return []
    shift = places[0] - inner[0]
    if any(abs(b - a - shift) > NEAR for a, b in zip(inner, places, strict=True)):
        return []
    left = min([above[0] + shift, *(glyph.x0 - 1 for glyph in letters)])
    return [left, *places, max([above[-1] + shift, *(glyph.x1 + 1 for glyph in letters)])]


def _sides(places: Sequence[float], letters: Sequence[Glyph]) -> list[float]:
    """Return the borders of all columns: what stands outside of the outermost rules is a column too.

    It is one where it has a head: something on the first line of the table.
    """
    xs = list(places)
    lines = band_of(letters, 0, 0, xs).lines
    if not lines:
        return xs
    pieces = [piece for line in lines for piece in line]
    if lines[0][0].x1 <= xs[0]:
        xs.insert(0, min(piece.x0 for piece in pieces) - 1)
    if lines[0][-1].x0 >= places[-1]:
        xs.append(max(piece.x1 for piece in pieces) + 1)
    return xs


def _is_newspaper(band: Band, xs: Sequence[float]) -> bool:
    """Say whether each column is full of text from the top down, as no column of cells is."""
    pieces: list[list[float]] = [[] for _ in xs[1:]]
    for line in band.lines:
        for piece in line:
            column = bisect_left(xs, (piece.x0 + piece.x1) / 2) - 1
            if 0 <= column < len(pieces):
                pieces[column].append(piece.x1 - piece.x0)
    widths = [after - before for before, after in zip(xs, xs[1:], strict=False)]
    return all(
        sum(one >= FULL * width for one in held) * 2 > len(held)
        for held, width in zip(pieces, widths, strict=True)
        if held
    )
