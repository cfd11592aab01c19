"""Cells over several rows that the end of a page cuts: what they say holds for the rows behind it too."""

import re
from collections.abc import Sequence

from tasks.documents.pdf.seams import UNCOUNTED, is_cut_text
from tasks.documents.pdf.tables import Table

# How a cell ends that nothing was cut from, though its last line is full.
WHOLE = re.compile(r"[局委办部院厅会处室府镇乡队司所团社。；前日底月年]$")
ENOUGH = 3  # filled cells of a column: it has none that is empty by itself


def go_on(above: Table, table: Table, heads: int, known: frozenset[int]) -> list[str]:
    """Let cells of the last row of ``above`` hold for rows of ``table``, the next part, behind its ``heads``.

    Printers close such a cell at the page's end and draw an empty one on the next page. It is taken for
    the rest of one where a cell over several rows stands on either side and no other cell of the column
    is empty. Return the first row behind the head where that is not sure; ``known`` are the columns
    with cells over several rows on any page.
    """
    rows = table.rows[heads:]
    if not rows:
        return []
    doubted = False
    leading = True  # names of groups stand in the first columns
    for column, name in enumerate(above.rows[-1]):
        leading = leading and column in above.spans
        if name and rows[0][column]:
            over = column in _over(above, len(above.rows) - 1) or _reach(table, heads, column) > 1
            doubted |= over and _may_be_split(name, rows[0][column], full=above.full[column])
        if not name or rows[0][column]:
            continue
        if leading:
            reach = next((at for at, row in enumerate(rows) if row[column]), len(rows))
            _hold(table, range(heads, heads + reach), column, name)
            continue
        if UNCOUNTED.match(next(filter(None, rows[0]), "")):
            continue
        reach = _reach(table, heads, column)
        tall = column in _over(above, len(above.rows) - 1)
        others = [row[column] for row in [*above.rows[:-1], *rows[reach:]]]
        filled = sum(map(bool, others))
        if filled < len(others):
            doubted |= (tall or reach > 1) and 2 * filled > len(others)
        elif tall or reach > 1 or column in known:
            doubted |= reach == 1 and (not tall or filled < ENOUGH)
            _hold(table, range(heads, heads + reach), column, name)
    return [" ".join(rows[0])] if doubted else []


def _may_be_split(above: str, below: str, *, full: bool) -> bool:
    """Say whether one cell may have its first letters ``above`` the page's end and its last ones ``below``."""
    return is_cut_text(above, below) or (full and not WHOLE.search(above))


def _reach(table: Table, first: int, column: int) -> int:
    """Return how many rows the cell covers that begins in row ``first``."""
    cell = _over(table, first).get(column)
    if cell is None:
        return 1
    at = first
    while at < len(table.rows) and _over(table, at).get(column) == cell:
        at += 1
    return at - first


def _over(table: Table, row: int) -> dict[int, object]:
    return table.over[row] if row < len(table.over) else {}


def _hold(table: Table, rows: Sequence[int], column: int, name: str) -> None:
    for row in rows:
        table.rows[row][column] = name
        table.again.append(name)
    if rows and rows[-1] == len(table.rows) - 1 and table.over:
        table.over[-1][column] = name  # it may go on over the next page
