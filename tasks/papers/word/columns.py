"""How wide the columns of a table are: by what stands in them, no code or day cut in two where there is room."""

import re
from collections.abc import Sequence
from math import ceil

from models.papers.quoted import Quoted, Supplied
from notifications.paper_blocks import Grid, Runs, plain
from tasks.papers.word import measures as m
from tasks.papers.word.fitting import fitted

BESIDE = 11.0  # points of a column that are no text: left and right of it, its line, a little room
LATIN = 0.62  # characters that a figure takes in the widest font a machine may have instead of ours
CAPITAL = 0.8
BROAD = dict.fromkeys("WM%@—", 1.05)
WHOLE = 6  # characters of a short word that is not cut: 市政府办公室
READABLE = 4.0  # characters; no text stands in a narrower column
WRITTEN_IN = 6.0  # characters of a column to be written in beside long texts
LONGEST_PIECE = 14  # characters; what is longer (an address of a page) is cut anyway
NOTE_MARK = 2.0  # characters that the mark of a source takes: [104] in small type
ROWS_SEEN = 40  # rows by which the widths are found
MOST_LINES = 5  # of a cell; a list with higher ones lies across the page
WHOLE_ROW = 8  # lines of a row that is not divided; higher ones would leave half of each page empty
_PIECES = re.compile(r"[!-~]+")  # what a reader wants to see in one: 1.2.3, 2025-07-31


def column_widths(grid: Grid, *, wide: bool) -> list[int]:
    """Return the width of each column in twentieths of a point; together as wide as the text.

    A column that is empty, to be written in by hand, keeps its share of ``grid.widths`` where the texts
    beside it are short; the others get what their text needs, so that the rows together are about as low
    as they can be.
    """
    whole = m.mm_twips(m.TEXT_AREA[1] if wide else m.TEXT_AREA[0])
    points = [width * m.TABLE + BESIDE for width in _characters(grid, whole / 20)]
    widths = [int(one * whole / sum(points)) for one in points]
    widths[-1] += whole - sum(widths)
    return widths


def highest_cell(grid: Grid, *, wide: bool) -> int:
    """Return how many lines the highest cell of a table has, about."""
    return max(row_lines(grid, wide=wide), default=1)


def row_lines(grid: Grid, *, wide: bool) -> list[int]:
    """Return how many lines each row of a table has, about."""
    widths = [(one / 20 - BESIDE) / m.TABLE for one in column_widths(grid, wide=wide)]
    return [
        max(ceil(_width(cell) / max(1.0, own)) for cell, own in zip(row, widths, strict=True))
        for row in grid.rows
    ]


def breadth(text: str) -> float:
    """Return how wide ``text`` is in one line, in characters; what is not Chinese takes less."""
    return sum(
        BROAD.get(c) or (1.0 if not c.isascii() else CAPITAL if c.isupper() else LATIN)
        for c in text
    )


def _characters(grid: Grid, points: float) -> list[float]:
    """Return the width of each column's text in characters of a table."""
    room = points / m.TABLE - len(grid.head) * BESIDE / m.TABLE
    columns: list[tuple[Runs, ...]] = list(zip(*grid.rows, strict=True))
    columns = columns or [() for _ in grid.head]
    least = [
        max([_unbroken((head,)), *(_unbroken(cell) for cell in own)])
        for head, own in zip(grid.head, columns, strict=True)
    ]
    widest = [max((_width(cell) for cell in own), default=0.0) for own in columns]
    least = [max(one, min(READABLE, own)) for one, own in zip(least, widest, strict=True)]
    most = [max(both) for both in zip(least, widest, strict=True)]
    for n, one in enumerate(widest):
        if not one:  # to be written in by hand; narrower beside long texts, whose rows are high
            most[n] = max(least[n], room * grid.widths[n] / sum(grid.widths))
            least[n] = max(least[n], min(most[n], WRITTEN_IN))
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    by_hand = [own if not one else 0.0 for own, one in zip(most, widest, strict=True)]
    seen = [
        [_width(cell) or own for cell, own in zip(row, by_hand, strict=True)]
        for row in _some(grid.rows)
    ]
    return fitted(least, most, room, seen)


def _some(rows: Sequence[tuple[Runs, ...]]) -> Sequence[tuple[Runs, ...]]:
    """Return rows from all over a table: enough to see what is long in it."""
    return rows[:: len(rows) // ROWS_SEEN + 1]


def _width(cell: Runs) -> float:
    """Return how wide ``cell`` is in one line, in characters, with the marks of its sources."""
    marks = sum(isinstance(run, Quoted | Supplied) for run in cell)
    return breadth(plain(cell)) + marks * NOTE_MARK


def _unbroken(cell: Runs) -> float:
    """Return the width of what should not be cut in ``cell``."""
    whole = _width(cell)
    if whole <= WHOLE:
        return whole
    pieces = [breadth(one) for one in _PIECES.findall(plain(cell))]
    return min(LONGEST_PIECE, max(pieces, default=1.0))
