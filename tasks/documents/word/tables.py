"""The grid of a Word table: which cell stands in which column, and which only goes on (17.4)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tasks.documents.pages import HIDDEN, PLACEHOLDER, STRUCK
from tasks.documents.word.lists import is_on
from tasks.documents.word.names import (
    ALTERNATE,
    CELL,
    CONTROL,
    ROW,
    SILENT,
    STRUCK_TAGS,
    TABLE,
    VALUE,
    P,
    W,
    chosen,
    holds_placeholder,
)

MOST_COLUMNS = 60  # that one cell may claim


@dataclass(slots=True)
class GridCell:
    """A cell as the file has it: its width, and what it goes on with."""

    element: Any
    width: int = 1
    joins_above: bool = False
    heads_below: bool = False
    joins_left: bool = False
    why: str = ""  # why nothing of it is read
    gone: bool = False  # struck alone: those behind it move up


@dataclass(slots=True)
class GridRow:
    """A row: its cells behind some columns that it leaves empty."""

    before: int
    after: int
    cells: list[GridCell] = field(default_factory=list)
    why: str = ""
    alone: bool = False  # the only one of its table


def word_rows(table: Any) -> list[GridRow]:
    """Return the rows of a table, those within content controls too."""
    rows = [_row(row, why) for row, why in _below(table, ROW)]
    if len(rows) == 1:
        rows[0].alone = True
    return rows


def _below(parent: Any, wanted: str, why: str = "") -> Iterator[tuple[Any, str]]:
    """Yield the rows of a table, or the cells of a row, through whatever is wrapped around them."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child, why
        elif tag == CONTROL:
            asks = PLACEHOLDER if holds_placeholder(child) else ""
            yield from _below(child, wanted, why or asks)
        elif tag == ALTERNATE:
            if (form := chosen(child)) is not None:
                yield from _below(form, wanted, why)
        elif len(child) and tag not in SILENT and tag not in {P, TABLE}:
            yield from _below(child, wanted, why or (STRUCK if tag in STRUCK_TAGS else ""))


def _row(row: Any, why: str) -> GridRow:
    said = row.find(f"{W}trPr")
    found = GridRow(_number(said, "gridBefore", 0), _number(said, "gridAfter", 0))
    if why == STRUCK:
        found.why = why
    elif said is not None:
        if any(said.find(tag) is not None for tag in STRUCK_TAGS):
            found.why = STRUCK
        elif is_on(said.find(f"{W}hidden")):
            found.why = HIDDEN
    found.cells = [_cell(cell, asks) for cell, asks in _below(row, CELL, why)]
    return found


def _cell(cell: Any, why: str) -> GridCell:
    said = cell.find(f"{W}tcPr")
    if said is None:
        return GridCell(cell, why=why, gone=why == STRUCK)
    down, left = said.find(f"{W}vMerge"), said.find(f"{W}hMerge")
    gone = why == STRUCK or said.find(f"{W}cellDel") is not None
    heads = down is not None and down.get(VALUE) == "restart"
    changed = said.find(f"{W}cellMerge")  # by a tracked change (17.13.5.5)
    merges = "" if changed is None else changed.get(f"{W}vMerge") or ""
    return GridCell(
        cell,
        max(1, _number(said, "gridSpan", 1)),
        joins_above=merges == "cont" or not merges and down is not None and not heads,
        heads_below=merges == "rest" or not merges and heads,
        joins_left=left is not None and left.get(VALUE) != "restart",
        why=STRUCK if gone else why,
        gone=gone,
    )


def _number(said: Any, name: str, default: int) -> int:
    """Return a number of columns; what is none, or would fill memory, is the default or the most allowed."""
    found = None if said is None else said.find(f"{W}{name}")
    value = (found.get(VALUE) or "") if found is not None else ""
    if not (value.isascii() and value.isdecimal()):
        return default
    return min(int(value[:4]), MOST_COLUMNS)
