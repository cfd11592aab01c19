"""The part of a table without side rules that stands on the next page, known by its columns."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Protocol

from tasks.documents.pdf.columns import Covered, Piece, Span, columns_under
from tasks.documents.pdf.grids import Grid
from tasks.documents.pdf.guessed import Between, KnownColumns, guessed_grid
from tasks.documents.pdf.letters import Glyph, is_furniture
from tasks.documents.pdf.level_tables import APART, BESIDE, MOST_LINES, is_group_name, unbroken
from tasks.documents.pdf.row_ends import head_lines
from tasks.documents.pdf.rules import SAME, Stroke

EDGE = 0.085  # of the height of a page: nothing but running heads stands there
CLOSE = 20.0  # points from the last line to the rule that closes the table


class Above(Protocol):
    """A table without side rules on the page before."""

    left: float
    right: float
    texts: tuple[Span, ...]  # where that of each column stands
    head: str  # its letters, in order
    lined: bool  # a rule stands under each row; else the next one closes the table


def carried_grid(
    above: Above, level: Sequence[Stroke], letters: Sequence[Glyph], high: float
) -> Grid | None:
    """Return the grid of what goes on at the head of a page ``above`` which such a table ended.

    None where the page begins with something else.
    """
    texts, head, lined = above.texts, above.head, above.lined
    sides = above.left + SAME, above.right - SAME
    rules = [
        rule for rule in unbroken(level)
        if rule.start <= sides[0] + SAME and rule.end >= sides[1] - SAME
    ]  # fmt: skip
    held = Between.within(rules, sides, level, letters)
    lines = _rows_of_page(held.band(0, float("inf")).lines[:MOST_LINES], held.rules, high)
    if not lines:
        return None
    first = _top(lines[0])
    heads = head_lines(lines, head)
    under = _under(held.rules, lines, heads)
    lined = lined or len(under) > 1
    end = float("inf") if lined else min(under, default=float("inf"))
    body = Covered(held.left, held.right, 0)
    borders: list[float] = []
    taken = 0
    before = first
    for line, following in zip_longest(lines, lines[1:]):
        tall = max(piece.bottom - piece.top for piece in line)
        start = max([before, *(rule for rule in held.rules if before <= rule <= _top(line))])
        if _top(line) > end or _top(line) - start > APART * tall or BESIDE.match(line[0].text):
            break
        if not is_group_name(line, following, held):
            body.add([line])
            found = columns_under(texts, body)
            if len(found) < len(texts) - 1:
                break
            borders = found
        taken, before = taken + 1, max(piece.bottom for piece in line)
    closed = any(before <= rule <= before + CLOSE for rule in held.rules)
    if not borders or not (heads or closed or any(len(line) > 1 for line in lines[:taken])):
        return None
    return guessed_grid(
        held,
        _rows(held.rules, lines, taken, heads),
        borders,
        heads=bool(heads),
        cut=True,
        known=KnownColumns(texts, lined),
    )


def _top(line: Sequence[Piece]) -> float:
    return min(piece.top for piece in line)


def _bottom(line: Sequence[Piece]) -> float:
    return max(piece.bottom for piece in line)


def _rows_of_page(
    lines: Sequence[list[Piece]], rules: Sequence[float], high: float
) -> list[list[Piece]]:
    """Return ``lines`` without the number of the page and running heads, which stand apart at its edges."""
    first, last = 0, len(lines)
    while first < last and _is_running(lines[first]):
        first += 1
    while last > first and _is_running(lines[last - 1]):
        last -= 1
    kept = list(lines[first:last])
    if len(kept) > 1 and not any(rule < _top(kept[0]) for rule in rules):
        apart = _top(kept[1]) - _bottom(kept[0])
        if _bottom(kept[0]) < EDGE * high and apart > _bottom(kept[0]) - _top(kept[0]):
            kept = kept[1:]
    if len(kept) > 1 and not any(rule > _bottom(kept[-1]) for rule in rules):
        apart = _top(kept[-1]) - _bottom(kept[-2])
        if _top(kept[-1]) > (1 - EDGE) * high and apart > _bottom(kept[-1]) - _top(kept[-1]):
            kept = kept[:-1]
    return kept


def _is_running(line: Sequence[Piece]) -> bool:
    return len(line) == 1 and not line[0].text.isdecimal() and is_furniture(line[0].text)


def _under(rules: Sequence[float], lines: Sequence[Sequence[Piece]], heads: int) -> list[float]:
    """Return the rules under rows; of three rules only the last one is."""
    start = _bottom(lines[heads]) if heads and heads < len(lines) else _top(lines[0])
    return [rule for rule in rules if rule > start]


def _rows(
    rules: Sequence[float], lines: Sequence[Sequence[Piece]], taken: int, heads: int
) -> list[float]:
    """Return where the rows of ``taken`` lines begin and end that rules or the head tell."""
    top, bottom = _top(lines[0]) - 1, _bottom(lines[taken - 1]) + 1
    within = [rule for rule in rules if top < rule < bottom]
    over = [rule for rule in rules if top - CLOSE <= rule <= top]
    under = [rule for rule in rules if bottom <= rule <= bottom + CLOSE]
    ys = [*(over[-1:] or [top]), *within, *(under[:1] or [bottom])]
    if 0 < heads < taken:
        above, below = _bottom(lines[heads - 1]), _top(lines[heads])
        if not any(above - 2 <= rule <= below + 2 for rule in within):
            ys = sorted([*ys, (above + below) / 2])
    return ys
