"""Where a table is cut by the end of a page: whether the next one goes on with it, and its last row."""

import re
from collections.abc import Sequence
from itertools import pairwise

from tasks.documents.pdf.cells import is_unmarked, joint
from tasks.documents.pdf.row_ends import COUNTED
from tasks.documents.pdf.tables import Table

NEAR = 6.0  # points; the borders of drawn columns are the same on both pages
OUTER = 30.0  # points; a side that is not drawn lies where the text ends
SHIFT = 90.0  # points; the inner margin may be wider, and changes sides from page to page
MOST_HEADS = 3  # rows of a head
NUMBERED = 0.7  # of the rows have a number in a column of numbers

# A row that has no number of its own: a sum, a remark.
UNCOUNTED = re.compile(r"^(?:合计|总计|小计|共计|备注|说明|注[：:])")
# A cell that ends so is cut, and so is one whose rest begins so.
CUT_ENDS = re.compile(r"(?:[，、（《“〔—]|[至到和与及的])$")
CUT_BEGINS = re.compile(r"^[，。；：、）》”〕！？]")
# A date or a number cut in the middle; # stands for the end of the page: 2026年#9月底前, 12#月, 95#%.
CUT_WITHIN = re.compile(
    r"年#(?:\d{1,2}月|[底内末初前])|月#(?:\d{1,2}日|[上中下]旬|[底末初前])|[日旬底]#前|\d#[\d年月日%％]"
)


def aligned(above: Table, below: Table) -> list[int] | None:
    """Return for each column of ``above`` the one of ``below`` that stands under it; None if none fits."""
    shift = below.xs[0] - above.xs[0]
    if above.texts or below.texts:
        same = len(above.texts) == len(below.texts)
        return list(range(len(above.texts))) if same and _beside(above, below, shift) else None
    if len(above.xs) == len(below.xs) > 3 and _inner_alike(above.xs, below.xs):
        return list(range(len(above.xs) - 1))
    if abs(shift) > SHIFT or abs(below.xs[-1] - above.xs[-1] - shift) > NEAR:
        return None
    places: list[int] = []
    column = 0
    for border in above.xs[1:]:
        places.append(column)
        if column + 1 < len(below.xs) and abs(below.xs[column + 1] - shift - border) <= NEAR:
            column += 1
    return places if column == len(below.xs) - 1 else None


def _inner_alike(above: Sequence[float], below: Sequence[float]) -> bool:
    """Say whether all rules within two tables lie alike; outer sides that are not drawn may differ."""
    shift = below[1] - above[1]
    apart = [abs(b - a - shift) for a, b in zip(above, below, strict=True)]
    return abs(shift) <= SHIFT and max(apart[1:-1]) <= NEAR and max(apart[0], apart[-1]) <= OUTER


def _beside(above: Table, below: Table, shift: float) -> bool:
    """Say whether blanks are left between the columns of two tables laid over each other."""
    pairs = [
        (min(a0, b0 - shift), max(a1, b1 - shift))
        for (a0, a1), (b0, b1) in zip(above.texts, below.texts, strict=True)
    ]
    return all(before[1] <= after[0] + 1 for before, after in pairwise(pairs))


def repeated(head: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> int:
    """Return how many rows of ``below`` repeat the ``head`` of the table."""
    count = 0
    for one, other in zip(head[:MOST_HEADS], below, strict=False):
        if [_plain(cell) for cell in one] != [_plain(cell) for cell in other]:
            break
        count += 1
    return count


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def is_cut(above: Table, below: Table, heads: tuple[int, int]) -> bool:
    """Say whether the first row of ``below`` is the rest of the last row of ``above``.

    ``heads`` are the rows of their heads. A row with a number of its own, a group's name over all
    columns and a sum are rows of their own.
    """
    rows, next_rows = above.rows[heads[0] :], below.rows[heads[1] :]
    if not rows or not next_rows:
        return False
    last, first = rows[-1], next_rows[0]
    filled = [at for at, cell in enumerate(first) if cell]
    if _is_group(last) or _is_group(first) or not filled or UNCOUNTED.match(first[filled[0]]):
        return False
    others = [row for row in [*rows[:-1], *next_rows[1:]] if not _is_group(row)]
    pairs = [(a, b) for a, b in zip(last, first, strict=True) if b]
    if len(first) > 2 and first[1] and last[1] and _counts(others, last, first, 1):
        return False  # numbers behind the name of a group
    counts = _counts(others, last, first, 0)
    if counts and (bool(first[0]) == bool(last[0]) or not _follows(rows, first[0])):
        return False
    if above.open_bottom and below.open_top and not above.open_top:
        return True  # all else has rules around it
    cut = any(is_cut_text(a, b) for a, b in pairs)
    if all(first[at] for at in range(1 if counts else 0, len(first))):
        # All cells go on at once only where all were full: else it is a row that has no number.
        full = all(full for full, cell in zip(above.full, first, strict=True) if cell)
        return full and (cut or counts)
    return cut or counts or _is_rest(others, last, first)


def _follows(rows: Sequence[Sequence[str]], number: str) -> bool:
    """Say whether ``number``, in the second part of a row, is the one after the row before."""
    if not number or not number.isdecimal():
        return True
    numbers = [int(row[0]) for row in rows[:-1] if row[0].isdecimal()]
    return not numbers or int(number) == numbers[-1] + 1


def _is_group(row: Sequence[str]) -> bool:
    return len(row) > 1 and len(set(row)) == 1


def _counts(
    others: Sequence[Sequence[str]], last: Sequence[str], first: Sequence[str], column: int
) -> bool:
    """Say whether a column counts the rows."""
    cells = [row[column] for row in others]
    if len(cells) < 2:
        cells += [cell for cell in (last[column], first[column]) if cell]
    numbers = sum(bool(COUNTED.match(cell)) for cell in cells)
    return bool(cells) and numbers >= NUMBERED * len(cells)


def _is_rest(others: Sequence[Sequence[str]], last: Sequence[str], first: Sequence[str]) -> bool:
    """Say whether ``first`` is a rest, in a table whose rows have no numbers."""
    if any(b and not a for a, b in zip(last, first, strict=True)):
        return False
    # Cells are empty that all other rows fill: only the longest cells go on. The first cell alone may
    # be empty because the name of a group of rows stands on the page before.
    always = [at for at in range(len(first)) if len(others) > 1 and all(row[at] for row in others)]
    empty = [at for at in always if not first[at]]
    return bool(empty) and (empty != [0] or _is_unlike(others))


def _is_unlike(others: Sequence[Sequence[str]]) -> bool:
    """Say whether the first cells of rows differ from row to row, as names of groups do not."""
    return all(above[0] != below[0] for above, below in pairwise(others))


def is_cut_text(above: str, below: str) -> bool:
    """Say whether letters or marks tell that ``below`` is the rest of what a cell says ``above``."""
    if not above or not below:
        return False
    if CUT_ENDS.search(above) or CUT_BEGINS.match(below) or _is_open(above):
        return True
    return bool(CUT_WITHIN.search(f"{above[-1]}#{below[:3]}"))


def _is_open(text: str) -> bool:
    return sum(text.count(mark) for mark in "（(《“") > sum(text.count(mark) for mark in "）)》”")


def merged(last: Sequence[str], first: Sequence[str], full: Sequence[bool]) -> list[str]:
    """Return the one row that ``last`` and ``first`` are; ``full`` are the cells whose last line is."""
    return [
        above + _joint(above, below, full=is_full) + below
        for above, below, is_full in zip(last, first, full, strict=True)
    ]


def _joint(above: str, below: str, *, full: bool) -> str:
    if not above or not below:
        return ""
    return joint(above, below, wraps=full, unmarked=is_unmarked(above + below))
