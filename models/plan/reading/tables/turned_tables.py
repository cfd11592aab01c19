"""Tables whose heads stand in the first column, or before each value: turned so that a head is a row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from models.plan.reading.text.passages import Passage


@dataclass(frozen=True, slots=True)
class HeadWords:
    """What the reader of tables knows of heads, as questions about cells."""

    is_head: Callable[[str], bool]
    is_row_of_heads: Callable[[Sequence[str]], bool]
    make_a_table: Callable[[Sequence[str]], bool]  # of tasks or of stages


def upright(passages: Iterable[Passage], words: HeadWords) -> Iterator[Passage]:
    """Yield ``passages`` with turned tables as a row of heads and a row for each column of theirs.

    A card (工作任务 | … | 完成时限 | …) is one row; cards with the same heads may stand one below the
    other in one table, or each in its own.
    """
    last: tuple[tuple[str, ...], int] = (
        (),
        0,
    )  # the heads of the turned table before, and its number
    for number, group in groupby(passages, lambda passage: passage.table if passage.cells else 0):
        rows = list(group)
        if not number:
            yield from rows
            continue
        turned = [] if words.is_row_of_heads(rows[0].cells) else _turned(rows, words)
        if turned and turned[0].cells == last[0]:  # goes on with the table of the card before
            yield from (Passage(row.text, row.marks, row.cells, last[1]) for row in turned[1:])
            continue
        last = (turned[0].cells, number) if turned else ((), 0)
        yield from turned or rows


def _turned(rows: Sequence[Passage], words: HeadWords) -> list[Passage]:
    while rows and len(set(rows[0].cells)) == 1:
        rows = rows[1:]  # a caption over all columns
    if not rows:
        return []  # a frame around one text
    columns = _cards(rows, words) or _columns(rows, words)
    if not columns:
        return []
    first = rows[0]
    return [Passage("|".join(cells), first.marks, tuple(cells), first.table) for cells in columns]


def _columns(rows: Sequence[Passage], words: HeadWords) -> list[list[str]]:
    """Return the heads and each column of values; a column merged with the one before stands once."""
    heads = [row.cells[0] for row in rows]
    width = min(len(row.cells) for row in rows)
    if len(rows) < 2 or width < 2 or len(set(heads)) < len(heads) or not words.make_a_table(heads):
        return []
    columns = [[row.cells[at] for row in rows] for at in range(1, width)]
    kept = [column for at, column in enumerate(columns) if not at or column != columns[at - 1]]
    return [heads, *(column for column in kept if any(column))]


def _cards(rows: Sequence[Passage], words: HeadWords) -> list[list[str]]:
    """Return the heads and the values of each card, a card being pairs of head and value in one order."""
    pairs: list[tuple[str, str]] = []
    for row in rows:
        cells = [cell for at, cell in enumerate(row.cells) if not at or cell != row.cells[at - 1]]
        cells += [""] * (len(cells) % 2)
        pairs += [(cells[at], cells[at + 1]) for at in range(0, len(cells), 2)]
    pairs = [pair for pair in pairs if pair[0]]
    if not pairs:
        return []
    starts = [at for at, (head, _) in enumerate(pairs) if head == pairs[0][0]]
    length = starts[1] if len(starts) > 1 else len(pairs)
    heads = [head for head, _ in pairs[:length]]
    cards = [pairs[at : at + length] for at in range(0, len(pairs), length)]
    same = all([head for head, _ in card] == heads for card in cards)
    if (
        not (same and all(map(words.is_head, heads)))
        or len(set(heads)) < len(heads)
        or not words.make_a_table(heads)
    ):
        return []
    return [heads, *([value for _, value in card] for card in cards)]
