"""Tables that are not drawn row by row under one row of heads, laid out so: side by side, turned, as cards."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from models.plan.reading.roles.roles import Grammar
from models.plan.reading.tables.heads import are_heads, ends_as_head, heads_of_work
from models.plan.reading.text.passages import Passage

MOST_BESIDE = 4
LEAST_HEADS = 2


def laid_out(passages: Iterable[Passage], grammar: Grammar) -> Iterator[Passage]:
    """Yield the rows of each table among ``passages`` one below the other under one row of heads.

    What no way of drawing fits stays as it is, as does all that is no table. Cards with the same heads
    may each be a table of their own.
    """
    last: tuple[tuple[str, ...], int] = ((), 0)  # the heads of the turned table before, its number
    for number, group in groupby(passages, lambda passage: passage.table if passage.cells else 0):
        if not number:
            yield from group
            continue
        rows = _one_below_the_other(list(group), grammar)
        turned = [] if are_heads(rows[0].cells, grammar) else _turned(rows, grammar)
        if turned and turned[0].cells == last[0]:  # goes on with the table of the card before
            yield from (Passage(row.text, row.marks, row.cells, last[1]) for row in turned[1:])
            continue
        last = (turned[0].cells, number) if turned else ((), 0)
        yield from turned or rows


def _one_below_the_other(rows: list[Passage], grammar: Grammar) -> list[Passage]:
    """Return a table drawn in columns of its own (序号 | 任务 | 序号 | 任务), the left one first."""
    heads = next((row.cells for row in rows if are_heads(row.cells, grammar)), ())
    beside = _times(heads)
    if beside < 2:
        return rows
    width = len(heads) // beside
    places = [(at, row) for at in range(beside) for row in rows]
    if any(_counts_across(row.cells, width) for row in rows):
        places = [(at, row) for row in rows for at in range(beside)]
    found = []
    for at, row in places:
        whole = len(set(row.cells)) == 1  # a category over all columns
        cells = row.cells if whole else row.cells[at * width : at * width + width]
        if any(cells) and not (at and (whole or are_heads(row.cells, grammar))):
            found.append(Passage("|".join(cells), row.marks, cells[:width], row.table))
    return found


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


def _turned(rows: Sequence[Passage], grammar: Grammar) -> list[Passage]:
    """Return a table whose heads stand in the first column, or before each value, as a row of heads and others."""
    while rows and len(set(rows[0].cells)) == 1:
        rows = rows[1:]  # a caption over all columns; nothing behind it: a frame around one text
    for columns in (_cards(rows), _columns(rows)):
        heads = columns[0] if columns else []
        if heads and len(set(heads)) == len(heads) and heads_of_work(heads, grammar):
            mark, table = rows[0].marks, rows[0].table
            return [Passage("|".join(cells), mark, tuple(cells), table) for cells in columns]
    return []


def _columns(rows: Sequence[Passage]) -> list[list[str]]:
    """Return the heads and each column of values; a column merged with the one before stands once."""
    width = min((len(row.cells) for row in rows), default=0)
    if len(rows) < 2 or width < 2:
        return []
    heads, *columns = ([row.cells[at] for row in rows] for at in range(width))
    kept = [column for at, column in enumerate(columns) if not at or column != columns[at - 1]]
    return [heads, *(column for column in kept if any(column))]


def _cards(rows: Sequence[Passage]) -> list[list[str]]:
    """Return the heads and the values of each card, a card being pairs of head and value in one order."""
    pairs: list[tuple[str, str]] = []
    for row in rows:
        cells = [cell for at, cell in enumerate(row.cells) if not at or cell != row.cells[at - 1]]
        pairs += zip_longest(cells[::2], cells[1::2], fillvalue="")
    pairs = [pair for pair in pairs if pair[0]]
    starts = [at for at, (head, _) in enumerate(pairs) if head == pairs[0][0]]
    length = starts[1] if len(starts) > 1 else len(pairs)
    heads = [head for head, _ in pairs[:length]]
    cards = [pairs[at : at + length] for at in range(0, len(pairs), length or 1)]
    same = all([head for head, _ in card] == heads for card in cards)
    if not (same and all(map(ends_as_head, heads))):
        return []
    return [heads, *([value for _, value in card] for card in cards)]
