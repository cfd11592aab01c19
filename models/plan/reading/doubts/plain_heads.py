"""Heads of tables that stand in plain lines: of tables that nobody read as one."""

from collections import Counter
from collections.abc import Iterator, Sequence

from models.plan.doubt import Doubt
from models.plan.reading.tables.column_names import are_heads_apart, columns_named, is_head
from models.plan.reading.text.document import Line
from models.rules.bounds import shown

NEAR = 40  # lines that the heads of one table stand within, where each stands on its own


def plain_head_doubts(lines: Sequence[Line]) -> list[Doubt]:
    """Return a doubt for each head of a table among the lines that are no row of a table.

    What stands under such a head was read as text: columns run into each other, or stand one after the
    other, and no task has the right units.
    """
    reason = "像是表头，它下面的内容没有按表格读，请对照原文核对任务、单位和时限"
    return [
        Doubt("text", 0, f"{_place(line)}“{shown(line.text.strip())}”{reason}", line.text.strip())
        for line in _heads(lines)
    ]


def _place(line: Line) -> str:
    return f"第 {line.page} 页" if line.page else f"第 {line.number} 行"


def _heads(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the first line of each head; a row of a table is one where no other row goes with it."""
    near: list[tuple[int, dict[str, str]]] = []
    told = -NEAR
    rows = Counter(line.table for line in lines if line.cells)
    for at, line in enumerate(lines):
        if line.cells:
            alone = rows[line.table] == 1 and not any(each.cells for each in lines[at + 1 : at + 4])
            if alone and is_head(" ".join(line.cells)):
                yield line
            continue
        words = columns_named(line.text)
        if not words:
            continue
        near = [each for each in near if at - each[0] <= NEAR and lines[each[0]].page == line.page]
        near.append((at, words))
        every = {word: kind for _, each in near for word, kind in each.items()}
        whole = is_head(line.text)
        if whole or are_heads_apart(every):
            if told < 0 or at - told > NEAR or line.page != lines[told].page:
                yield lines[at if whole else near[0][0]]
            told, near = at, []
