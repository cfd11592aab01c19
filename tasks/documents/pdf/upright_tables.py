"""Tables that have only upright rules, between their columns."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.documents.pdf.columns import Band, band_of
from tasks.documents.pdf.grids import Grid, ruled_grid
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.row_ends import rows_within
from tasks.documents.pdf.rules import NEAR, Stroke, Strokes, alike
from tasks.documents.pdf.stacks import HIGH, is_name_between

FULL = 0.8  # of a column, that a line of running text fills


def between_uprights(
    upright: Sequence[Stroke],
    letters: Sequence[Glyph],
    above: tuple[Sequence[float], str] = ((), ""),
) -> Iterator[Grid]:
    """Yield the tables that have only upright rules; ``letters`` are in order from the top.

    ``above`` are the borders of the columns and the head of a table that may go on from the page before.
    """
    for parts in _stacks(upright, letters):
        places, top, bottom = parts[0][0], parts[0][1], parts[-1][2]
        inside = [g for g in letters if top <= (g.top + g.bottom) / 2 <= bottom]
        xs = _sides_as(above[0], places, inside) or _sides(places, inside)
        inside = [g for g in inside if xs[0] <= (g.x0 + g.x1) / 2 <= xs[-1]]
        borders = xs[1:-1]
        if not borders or _is_newspaper(band_of(inside, top, bottom, borders), xs):
            continue
        goes_on = len(above[0]) == len(xs)
        head = above[1] if goes_on else ""
        above = (), ""  # only the first one goes on
        ends: list[float] = []
        for at, (_, start, end) in enumerate(parts):
            held = [g for g in inside if start <= (g.top + g.bottom) / 2 <= end]
            band = band_of(held, start, end, borders)
            ends += [
                start,
                *rows_within(band.lines, borders, cut=goes_on and at == 0, head=head),
                end,
            ]
        level = [Stroke(y, xs[0], xs[-1]) for y in ends]
        walls = [Stroke(x, start, end) for x in xs for _, start, end in parts]
        walls += [Stroke(x, top, bottom) for x in (xs[0], xs[-1])]
        if grid := ruled_grid(Strokes(level, walls)):
            yield grid


Part = tuple[list[float], float, float]  # the rules of one part of a table, from where to where


def _stacks(upright: Sequence[Stroke], letters: Sequence[Glyph]) -> list[list[Part]]:
    """Return the tables that ``upright`` rules draw: parts, one under another, with a name between."""
    found: list[list[Part]] = []
    groups = sorted(alike(upright), key=lambda group: min(s.start for s in group))
    for group in groups:
        places = sorted(s.at for s in group)
        part = places, min(s.start for s in group), max(s.end for s in group)
        last = found[-1][-1] if found else None
        if last and _goes_on(last, part, letters):
            found[-1].append(part)
        else:
            found.append([part])
    return found


def _goes_on(last: Part, part: Part, letters: Sequence[Glyph]) -> bool:
    if len(last[0]) != len(part[0]) or not 0 < part[1] - last[2] <= HIGH:
        return False
    same = all(abs(a - b) <= NEAR for a, b in zip(last[0], part[0], strict=True))
    held = [g for g in letters if last[2] <= (g.top + g.bottom) / 2 <= part[1]]
    return same and is_name_between(held)


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
