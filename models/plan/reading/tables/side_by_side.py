"""Tables printed in two or more columns of their own: 序号 | 任务 | 单位 | 序号 | 任务 | 单位."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from models.plan.reading.text.passages import Passage

MOST_BESIDE = 4
LEAST_HEADS = 2


def one_below_the_other(
    passages: Iterable[Passage], are_heads: Callable[[Sequence[str]], bool]
) -> Iterator[Passage]:
    """Yield ``passages`` with such a table as one: the rows of the left column, then those of the next."""
    for number, group in groupby(passages, lambda passage: passage.table if passage.cells else 0):
        rows = list(group)
        heads = next((row.cells for row in rows if are_heads(row.cells)), ()) if number else ()
        beside = _times(heads)
        if beside < 2:
            yield from rows
            continue
        width = len(heads) // beside
        places = [(at, row) for at in range(beside) for row in rows]
        if any(_counts_across(row.cells, width) for row in rows):
            places = [(at, row) for row in rows for at in range(beside)]
        for at, row in places:
            whole = len(set(row.cells)) == 1  # a category over all columns
            cells = row.cells if whole else row.cells[at * width : at * width + width]
            if any(cells) and not (at and (whole or are_heads(row.cells))):
                yield Passage("|".join(cells), row.marks, cells[:width], row.table)


def _counts_across(cells: Sequence[str], width: int) -> bool:
    """Say whether the rows are numbered from left to right: 1 | … | 2 | …."""
    first, second = cells[0], cells[width] if width < len(cells) else ""
    return first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1


def _times(heads: Sequence[str]) -> int:
    """Return how often the same heads stand beside each other."""
    for times in range(MOST_BESIDE, 1, -1):
        width, rest = divmod(len(heads), times)
        if not rest and width >= LEAST_HEADS and list(heads) == [*heads[:width]] * times:
            return times
    return 1
