"""Tables that only lay out a page: cells that hold chapters are text, in the order of the cells."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

CHAPTER = r"\s*(?:{章号}、|第{一}{1,3}[章部])"
ITEM = r"\s*(?:{章号}、|[（(]{一}{1,3}[）)]|\d{1,2}[.．、](?!\d)|第.{1,3}[章条])"


def unfolded(lines: Iterable[Line], is_head: Callable[[Sequence[str]], bool]) -> Iterator[Line]:
    """Yield ``lines`` with the cells of tables that lay out chapters as lines of text.

    Such a table has no row that ``is_head``, a cell of several lines that begin like items, and a
    chapter (一、) in one of its cells.
    """
    for table, group in groupby(lines, lambda line: line.table if line.cells else 0):
        rows = list(group)
        if not table or not _lays_out(rows, is_head):
            yield from rows
            continue
        above: tuple[str, ...] = ()
        for row in rows:
            merged = {cell for cell, over in zip(row.cells, above, strict=False) if cell == over}
            for cell in dict.fromkeys(row.cells):
                for text in cell.split("\n") if cell not in merged else ():
                    yield replace(row, text=text, cells=(), table=0)
            above = row.cells


def _lays_out(rows: Sequence[Line], is_head: Callable[[Sequence[str]], bool]) -> bool:
    cells = [cell for row in rows for cell in row.cells if cell]
    parted = [cell.split("\n") for cell in cells]
    return (
        any(len(each) > 1 and any(map(pattern(ITEM).match, each[1:])) for each in parted)
        and any(pattern(CHAPTER).match(text) for each in parted for text in each)
        and not any(is_head([squeeze(cell) for cell in row.cells]) for row in rows)
    )
