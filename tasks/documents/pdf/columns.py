"""Columns that no rule divides: found from the blanks between letters."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.documents.pdf.cells import line_text, lines_of_cell
from tasks.documents.pdf.letters import Glyph, median

WIDE = 0.6  # of a letter's height; a wider gap ends a piece of a line
CORRIDOR = 3.0  # points; columns are at least that far apart
CROSSED = 0.2  # of the lines that may run over a gap between columns: rows of one cell
HEAD_LINES = 4
MOST_COLUMNS = 40
MOST_LOOKED_AT = 60  # lines that tell on which side of a column its text stands
Span = tuple[float, float]


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
    gap = WIDE * median([glyph.bottom - glyph.top for glyph in line])
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
    """How many lines run over each point between two sides.

    A gap between columns may be run over by ``crossed`` of the lines, and by names of groups of rows:
    lines of one piece. Where that is 0, nothing may run over it.
    """

    def __init__(self, left: float, right: float, crossed: float = CROSSED) -> None:
        self.left, self.right, self.crossed = left, right, crossed
        self.counts = [0] * (max(1, min(int(right - left) + 1, 10_000)))
        self.lines: list[list[Piece]] = []
        self._alone: list[Piece] = []

    def add(self, lines: Iterable[list[Piece]]) -> None:
        """Count ``lines``."""
        for line in lines:
            self.lines.append(line)
            if len(line) == 1 and self.crossed:
                self._alone += line
            else:
                _count(self.counts, line, self.left)

    def gaps(self) -> list[Span]:
        """Return the corridors from the left that hardly a line runs over, those at the sides too."""
        counts = self.counts
        if self._alone:
            free = self._corridors(counts, 0) if any(counts) else []
            counts = list(counts)
            names = [p for p in self._alone if any(p.x0 <= a and b <= p.x1 for a, b in free)]
            _count(counts, [p for p in self._alone if p not in names], self.left)
        most = int(len(self.lines) * self.crossed) if len(self.lines) >= 4 else 0
        found = self._corridors(counts, 0)
        for low, high in self._corridors(counts, most) if most else []:
            if not any(low <= a and b <= high for a, b in found):
                found.append(self._least(counts, low, high))
        return sorted(found)

    def _corridors(self, counts: Sequence[int], most: int) -> list[Span]:
        found: list[Span] = []
        start: int | None = None
        for at, count in enumerate([*counts, most + 1]):
            if count <= most and start is None:
                start = at
            elif count > most and start is not None:
                if at - start >= CORRIDOR:
                    found.append((self.left + start, self.left + at))
                start = None
        return found

    def _least(self, counts: Sequence[int], low: float, high: float) -> Span:
        """Return the part of a corridor that fewest lines run over."""
        start, end = round(low - self.left), round(high - self.left)
        least = min(counts[start:end])
        longest, first = (0, start), start
        for at in range(start, end + 1):
            if at == end or counts[at] != least:
                longest = max(longest, (at - first, first), key=lambda run: run[0])
                first = at + 1
        length, first = longest
        return self.left + first, self.left + first + length


def _count(counts: list[int], pieces: Iterable[Piece], left: float) -> None:
    for piece in pieces:
        for at in range(max(0, int(piece.x0 - left)), min(len(counts), int(piece.x1 - left) + 1)):
            counts[at] += 1


def heads_of(head: Band) -> list[Span]:
    """Return from where to where the names of the columns stand, without those over several."""
    lines = head.lines[:HEAD_LINES]
    spans = sorted(
        (piece.x0, piece.x1)
        for at, line in enumerate(lines)
        for piece in line
        if not _spans(piece, line, lines[at + 1 :])
    )
    found: list[Span] = []
    for x0, x1 in spans:
        if found and x0 < found[-1][1]:
            found[-1] = found[-1][0], max(x1, found[-1][1])
        else:
            found.append((x0, x1))
    return found


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


def columns_under(heads: Sequence[Span], body: Covered) -> list[float]:
    """Return the inner borders of the columns that ``body`` has and ``heads`` name one by one.

    Between two heads a border lies where no line runs over; of two such places, where most lines have
    something on both sides. Heads without one are parts of one: 完 成 时 限.
    """
    if len(heads) > MOST_COLUMNS:
        return []
    free = body.gaps()
    borders: list[float] = []
    left, last = heads[0] if heads else (0.0, 0.0), float("-inf")
    for at, right in enumerate(heads[1:], start=1):
        low, high = (left[0] + left[1]) / 2, (right[0] + right[1]) / 2
        places = [(max(low, a), min(high, b)) for a, b in free]
        places = [(a, b) for a, b in places if b - a >= CORRIDOR - 1]
        if not places:
            left = left[0], right[1]
            continue
        end = sum(heads[at + 1]) / 2 if at + 1 < len(heads) else float("inf")
        if len(places) > 1:
            places.sort(key=lambda span: (_parted(body, last, span, end), span[1] - span[0]))  # noqa: B023
        a, b = places[-1]
        inner, outer = max(a, left[1]), min(b, right[0])
        borders.append((inner + outer) / 2 if inner < outer else (a + b) / 2)
        left, last = right, borders[-1]
    return borders


def _parted(body: Covered, left: float, span: Span, right: float) -> int:
    """Return how many lines have pieces on both sides of ``span``."""
    border = sum(span) / 2
    return sum(
        any(left < _middle(piece) < border for piece in line)
        and any(border < _middle(piece) < right for piece in line)
        for line in body.lines[:MOST_LOOKED_AT]
        if len(line) <= 2 * MOST_COLUMNS
    )


def _middle(piece: Piece) -> float:
    return (piece.x0 + piece.x1) / 2
