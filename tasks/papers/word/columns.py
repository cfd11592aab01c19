"""How wide the columns of a table are: by what stands in them, no code or day cut in two where there is room."""

import re
from collections.abc import Sequence
from math import ceil

from models.papers.quoted import Quoted, Supplied
from notifications.paper_blocks import Grid, Runs, plain
from tasks.papers.word import measures as m

BESIDE = 11.0  # points of a column that are no text: left and right of it, its line, a little room
LATIN = 0.62  # characters that a figure takes in the widest font a machine may have instead of ours
WHOLE = 5  # characters of a short word that is not cut: 已过时限
LONGEST_PIECE = 14  # characters; what is longer (an address of a page) is cut anyway
LONGEST_TEXT = (
    150  # characters of a cell; one that is longer does not squeeze the other columns more
)
NOTE_MARK = 2.0  # characters that the mark of a source takes: [104] in small type
MOST_LINES = 8  # of a cell; a list with higher ones lies across the page
_PIECES = re.compile(r"[!-~]+")  # what a reader wants to see in one: 1.2.3, 2025-07-31


def column_widths(grid: Grid, *, wide: bool) -> list[int]:
    """Return the width of each column in twentieths of a point; together as wide as the text.

    A column that is empty, to be written in by hand, keeps its share of ``grid.widths``; the others get
    what their text needs, so that the highest cells of all columns are about as high as one another.
    """
    whole = m.mm_twips(m.TEXT_AREA[1] if wide else m.TEXT_AREA[0])
    points = [width * m.TABLE + BESIDE for width in _characters(grid, whole / 20)]
    widths = [int(one * whole / sum(points)) for one in points]
    widths[-1] += whole - sum(widths)
    return widths


def highest_cell(grid: Grid, *, wide: bool) -> int:
    """Return how many lines the highest cell of a table has, about."""
    widths = [(one / 20 - BESIDE) / m.TABLE for one in column_widths(grid, wide=wide)]
    needed = (ceil(_width(cell) / max(1.0, own)) for row in grid.rows for cell, own in zip(row, widths, strict=True))  # fmt: skip
    return max(needed, default=1)


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
    most = [max(both) for both in zip(least, widest, strict=True)]
    wanted = [min(LONGEST_TEXT, one) for one in widest]
    for n, one in enumerate(widest):
        if not one:  # to be written in by hand
            most[n] = max(least[n], room * grid.widths[n] / sum(grid.widths))
            least[n] = wanted[n] = most[n]
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    return _levelled(least, wanted, most, room)


def _levelled(
    least: Sequence[float], wanted: Sequence[float], most: Sequence[float], room: float
) -> list[float]:
    """Return widths between ``least`` and ``most`` that fill ``room``, in proportion to what is wanted."""
    if sum(most) <= room:
        more = room - sum(most)
        longest = [one if one > WHOLE else 0.0 for one in most]
        weights = longest if any(longest) else list(most)
        return [one + more * own / sum(weights) for one, own in zip(most, weights, strict=True)]
    low, high = 0.0, room
    for _ in range(40):  # halved each time: lines of one width for all
        share = (low + high) / 2
        widths = [
            min(max(low_, share * own), high_)
            for low_, own, high_ in zip(least, wanted, most, strict=True)
        ]
        low, high = (share, high) if sum(widths) < room else (low, share)
    return widths


def _width(cell: Runs) -> float:
    """Return how wide ``cell`` is in one line, in characters; what is not Chinese takes less."""
    text = plain(cell)
    marks = sum(isinstance(run, Quoted | Supplied) for run in cell)
    return len(text) - sum(map(str.isascii, text)) * (1 - LATIN) + marks * NOTE_MARK


def _unbroken(cell: Runs) -> float:
    """Return the width of what should not be cut in ``cell``."""
    whole = _width(cell)
    if whole <= WHOLE:
        return whole
    pieces = [len(one) * LATIN for one in _PIECES.findall(plain(cell))]
    return min(LONGEST_PIECE, max(pieces, default=1.0))
