"""Where rows end that no rule divides: told by blanks, by numbers, or by lines that were full."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.documents.pdf.columns import Piece

COUNTED = re.compile(
    r"^[（(]?(?:\d{1,4}(?:[-.]\d{1,3})*|[一二三四五六七八九十]{1,3}|[①-⑳])[）).、．]?$"
)
MOST_HEAD_LINES = 6
MOST_LINES_OF_ROWS = 400  # a page has a fifth of that
STEP = 2.5  # points that blanks between rows are higher than those between lines
WRAPPED = (
    0.6  # of the room of a column, that its longest line fills at least where lines are wrapped
)
FULL = 1.2  # letters; a line with less room left was wrapped


@dataclass
class _Lines:
    """Lines of a table between two rules, and where they stand."""

    lines: Sequence[Sequence[Piece]]
    borders: Sequence[float]

    def __post_init__(self) -> None:
        self.tops = [min(piece.top for piece in line) for line in self.lines]
        self.bottoms = [max(piece.bottom for piece in line) for line in self.lines]
        self.cells = [{self.column(piece): piece for piece in line} for line in self.lines]

    def column(self, piece: Piece) -> int:
        """Return the column of ``piece``."""
        return bisect_right(self.borders, (piece.x0 + piece.x1) / 2)

    def middle(self, at: int) -> float:
        """Return half the height of a line."""
        return (self.tops[at] + self.bottoms[at]) / 2


def head_lines(lines: Sequence[Sequence[Piece]], head: str) -> int:
    """Return how many of ``lines`` repeat the ``head`` of a table, whose letters are in order; 0 for none."""
    letters: list[str] = []
    for at, line in enumerate(lines[:MOST_HEAD_LINES], start=1):
        letters += "".join(piece.text for piece in line)
        if head and head_key(letters) == head:
            return at
    return 0


def head_key(texts: Iterable[str]) -> str:
    """Return what is the same of heads however their lines are broken."""
    return "".join(sorted("".join("".join(texts).split())))


def rows_within(
    lines: Sequence[Sequence[Piece]],
    borders: Sequence[float],
    *,
    cut: bool = False,
    head: str = "",
) -> list[float]:
    """Return where a row ends and the next begins, for lines of a table between two rules.

    Where the blanks between rows are clearly higher than those between lines, they tell. Else a row
    begins with each number of the first column, or lies around it where numbers stand in the middle of
    their row. Without numbers, a row begins where the first column says something that does not go on
    with a full line. ``cut`` says that the first row, behind the ``head``, begins on the page before.
    """
    heads = head_lines(lines, head)
    if not 0 < heads < len(lines):
        return _rows_within(lines, borders, cut=cut and not heads)
    given = _Lines(lines, borders)
    end = (given.bottoms[heads - 1] + given.tops[heads]) / 2
    return [end, *_rows_within(lines[heads:], borders, cut=True)]


def _rows_within(
    lines: Sequence[Sequence[Piece]], borders: Sequence[float], *, cut: bool
) -> list[float]:
    if not 2 <= len(lines) <= MOST_LINES_OF_ROWS:
        return []
    given = _Lines(lines, borders)
    firsts = [at for at, cells in enumerate(given.cells) if 0 in cells]
    numbers = [at for at in firsts if COUNTED.match(given.cells[at][0].text)]
    # The head of the column is none.
    counted = bool(numbers) and len(numbers) * 10 >= (len(firsts) - 1) * 8
    # The name of a group of rows stands alone.
    names = {at for at in firsts if len(lines[at]) == 1} - set(numbers)
    anchors = sorted({*numbers, *names}) if counted else firsts
    ends = _by_blanks(given, anchors, cut=cut)
    if ends is None and not counted:
        ends = _by_full_lines(given)
    elif ends is None and any(len(lines[at]) == 1 for at in numbers) and len(lines) > len(numbers):
        ends = _around(given, numbers if cut else firsts, cut=cut)
    elif ends is None:
        ends = [at - 1 for at in anchors if at > 0]
    return [(given.bottoms[end] + given.tops[end + 1]) / 2 for end in ends]


def _by_blanks(given: _Lines, anchors: Sequence[int], *, cut: bool) -> list[int] | None:
    """Return after which lines a row ends when blanks of two heights tell; None where they do not."""
    blanks = [after - before for before, after in zip(given.bottoms, given.tops[1:], strict=False)]
    order = sorted(blanks)
    step, at = max(((b - a, i) for i, (a, b) in enumerate(pairwise(order))), default=(0.0, 0))
    if step < STEP or len(anchors) < 2:
        return None
    limit = order[at] + step / 2
    ends = [index for index, blank in enumerate(blanks) if blank > limit]
    parts = list(zip([-1, *ends], [*ends, len(blanks)], strict=True))
    held = [sum(first < anchor <= last for anchor in anchors) for first, last in parts]
    # Each part has its own number, or the blanks are those of something else.
    return ends if all(count >= 1 for count in held[cut:]) else None


def _around(given: _Lines, numbers: Sequence[int], *, cut: bool) -> list[int]:
    """Return the last lines of rows that reach as far under their number as over it."""
    ends: list[int] = []
    count = len(given.lines)
    if cut:  # the first row is not whole: from below
        last = count - 1
        for number in reversed(numbers):
            top = 2 * given.middle(number) - given.bottoms[last]
            half = (given.bottoms[number] - given.tops[number]) / 2
            first = min(at for at in range(number + 1) if given.middle(at) > top - half / 2)
            if first > 0:
                ends.append(first - 1)
            last = first - 1
            if last < 0:
                break
        return sorted(ends)
    first = 0
    for number, following in zip(numbers, [*numbers[1:], count], strict=True):
        bottom = 2 * given.middle(number) - given.tops[min(first, number)]
        half = (given.bottoms[number] - given.tops[number]) / 2
        last = max(
            at
            for at in range(number, following)
            if given.middle(at) < bottom + half / 2 or at == number
        )
        if last + 1 < count and following < count:
            ends.append(last)
        first = last + 1
    return ends


def _by_full_lines(given: _Lines) -> list[int]:
    """Return the lines before those that begin a row, where the first column does not count."""
    widest: dict[int, float] = {}
    starts: dict[int, float] = {}
    for cells in given.cells:
        for column, piece in cells.items():
            widest[column] = max(widest.get(column, 0.0), piece.x1 - piece.x0)
            starts[column] = min(starts.get(column, piece.x0), piece.x0)
    for column, following in pairwise(sorted(starts)):
        # No line was wrapped that leaves so much room before the next column.
        widest[column] = max(widest[column], WRAPPED * (starts[following] - starts[column]))
    ends: list[int] = []
    for at, (above, cells) in enumerate(pairwise(given.cells)):
        if 0 in cells and not all(
            column in above and _is_full(above[column], widest[column]) for column in cells
        ):
            ends.append(at)
    return ends


def _is_full(piece: Piece, widest: float) -> bool:
    return widest - (piece.x1 - piece.x0) < FULL * (piece.bottom - piece.top)
