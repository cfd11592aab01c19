"""Columns and rows that no rule divides: found from the blanks between letters."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tasks.documents.pdf.cells import line_text, lines_of_cell
from tasks.documents.pdf.letters import Glyph

WIDE = 0.6  # of a letter's height; a wider gap ends a piece of a line
CORRIDOR = 4.0  # points; columns are at least that far apart
CROSSED = 0.2  # of the lines that may run over a gap between columns: rows of one cell
HEAD_LINES = 4


@dataclass
class Piece:
    """Letters of a line without a wide gap between them."""

    letters: list[Glyph]
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """Return what the piece says."""
        return line_text(self.letters)


@dataclass
class Band:
    """What stands between two rules: lines of pieces."""

    top: float
    bottom: float
    lines: list[list[Piece]] = field(default_factory=list)


def band_of(
    letters: Iterable[Glyph], top: float, bottom: float, borders: Sequence[float] = ()
) -> Band:
    """Return the lines of ``letters``, which stand between ``top`` and ``bottom``.

    No piece of a line stands on both sides of one of ``borders``.
    """
    band = Band(top, bottom)
    for line in lines_of_cell(letters):
        pieces = _pieces([glyph for glyph in line if glyph.text.strip()], borders)
        if pieces:
            band.lines.append(pieces)
    return band


def _pieces(line: Sequence[Glyph], borders: Sequence[float]) -> list[Piece]:
    if not line:
        return []
    gap = WIDE * median(glyph.bottom - glyph.top for glyph in line)
    parts = [[line[0]]]
    columns = [bisect_right(borders, (glyph.x0 + glyph.x1) / 2) for glyph in line]
    for glyph, column, last in zip(line[1:], columns[1:], columns, strict=False):
        if column != last or glyph.x0 - parts[-1][-1].x1 > gap:
            parts.append([glyph])
        else:
            parts[-1].append(glyph)
    return [
        Piece(
            part,
            part[0].x0,
            part[-1].x1,
            min(glyph.top for glyph in part),
            max(glyph.bottom for glyph in part),
        )
        for part in parts
    ]


class Covered:
    """How many lines run over each point between two sides."""

    def __init__(self, left: float, right: float) -> None:
        self.left, self.right = left, right
        self.counts = [0] * (max(1, min(int(right - left) + 1, 10_000)))
        self.lines = 0

    def add(self, band: Band) -> None:
        """Count the lines of ``band``."""
        for line in band.lines:
            self.lines += 1
            for piece in line:
                first = max(0, int(piece.x0 - self.left))
                last = min(len(self.counts), int(piece.x1 - self.left) + 1)
                for at in range(first, last):
                    self.counts[at] += 1

    def gaps(self) -> list[tuple[float, float]]:
        """Return the corridors from the left that hardly a line runs over, those at the sides too."""
        most = int(self.lines * CROSSED) if self.lines >= 4 else 0
        found: list[tuple[float, float]] = []
        start: int | None = None
        for at, count in enumerate([*self.counts, most + 1]):
            if count <= most and start is None:
                start = at
            elif count > most and start is not None:
                if at - start >= CORRIDOR:
                    found.append(self._least(start, at))
                start = None
        return found

    def _least(self, start: int, end: int) -> tuple[float, float]:
        """Return the part of a corridor that fewest lines run over."""
        least = min(self.counts[start:end])
        longest, first = (0, start), start
        for at in range(start, end + 1):
            if at == end or self.counts[at] != least:
                longest = max(longest, (at - first, first), key=lambda run: run[0])
                first = at + 1
        length, first = longest
        return self.left + first, self.left + first + length


def columns_under(head: Band, body: Covered) -> list[float]:
    """Return the inner borders of the columns that ``body`` has and ``head`` names one by one.

    A column that no piece of the head stands over is part of the one before: its blanks lie within
    the text of a cell.
    """
    lines = head.lines[:HEAD_LINES]
    pieces = [
        p for at, line in enumerate(lines) for p in line if not _spans(p, line, lines[at + 1 :])
    ]
    borders: list[float] = []
    start = body.left
    for left, right in body.gaps():
        if left <= body.left or right >= body.right:
            continue
        middle = _free(left, right, pieces)
        named = [p for p in pieces if start <= (p.x0 + p.x1) / 2 < middle]
        if named:
            borders.append(middle)
            start = middle
    if borders and not any((p.x0 + p.x1) / 2 >= borders[-1] for p in pieces):
        borders.pop()
    return borders


def _spans(piece: Piece, line: Sequence[Piece], below: Iterable[Sequence[Piece]]) -> bool:
    """Say whether ``piece`` of ``line`` is the common head of two that stand ``below`` it."""
    left = max((_middle(p) for p in line if p.x1 <= piece.x0), default=float("-inf"))
    right = min((_middle(p) for p in line if p.x0 >= piece.x1), default=float("inf"))
    middle = _middle(piece)
    return any(
        left < first.x0 and _middle(first) + 3 < middle < _middle(second) - 3 and second.x1 < right
        for lower in below
        for first, second in pairwise(lower)
    )


def _free(left: float, right: float, pieces: Iterable[Piece]) -> float:
    """Return where between ``left`` and ``right`` fewest pieces of the head are cut."""
    spots = [(left + right) / 2, left + 1, right - 1]
    return min(
        spots, key=lambda x: (sum(piece.x0 < x < piece.x1 for piece in pieces), spots.index(x))
    )


def rows_within(lines: Sequence[Sequence[Piece]], borders: Sequence[float]) -> list[float]:
    """Return where a row ends and the next begins, for lines of a table between two rules.

    Where the blanks between rows are clearly higher than those between lines, they tell. Else a row
    begins with each line that says something in the first column; where cells stand in the middle of
    their row, each line belongs to the nearest of these.
    """
    if len(lines) < 2:
        return []
    tops = [min(piece.top for piece in line) for line in lines]
    bottoms = [max(piece.bottom for piece in line) for line in lines]
    anchors = [
        at for at, line in enumerate(lines) if any(_middle(piece) < borders[0] for piece in line)
    ]
    blanks = [after - before for before, after in zip(bottoms, tops[1:], strict=False)]
    ends = _by_blanks(blanks, anchors)
    if ends is None:
        ends = _by_anchors(tops, bottoms, anchors, lines)
    return [(bottoms[end] + tops[end + 1]) / 2 for end in ends]


def _middle(piece: Piece) -> float:
    return (piece.x0 + piece.x1) / 2


def _by_blanks(blanks: Sequence[float], anchors: Sequence[int]) -> list[int] | None:
    """Return after which lines a row ends when blanks of two heights tell; None where they do not."""
    order = sorted(blanks)
    step, at = max(((b - a, i) for i, (a, b) in enumerate(pairwise(order))), default=(0.0, 0))
    if step < 2.5 or len(anchors) < 2:
        return None
    limit = order[at] + step / 2
    ends = [index for index, blank in enumerate(blanks) if blank > limit]
    parts = list(zip([-1, *ends], [*ends, len(blanks)], strict=True))
    held = [sum(first < anchor <= last for anchor in anchors) for first, last in parts]
    # Each part has its own number, or the blanks are those of something else.
    return ends if all(count >= 1 for count in held) else None


def _by_anchors(
    tops: Sequence[float],
    bottoms: Sequence[float],
    anchors: Sequence[int],
    lines: Sequence[Sequence[Piece]],
) -> list[int]:
    if len(anchors) < 2:
        return []
    # A number alone on its line with others above it stands in the middle of its row.
    if anchors[0] == 0 or all(len(lines[anchor]) > 1 for anchor in anchors):
        return [anchor - 1 for anchor in anchors if anchor > 0]
    middles = [(top + bottom) / 2 for top, bottom in zip(tops, bottoms, strict=True)]
    ends: list[int] = []
    for above, below in pairwise(anchors):
        between = range(above, below)
        half = (middles[above] + middles[below]) / 2
        ends.append(max((at for at in between if middles[at] <= half), default=above))
    return ends
