"""Which tables of a web page only hold the page, and none of its lists."""

import re
from collections import Counter

from tasks.documents.web.nodes import Node

_DRAWN = re.compile(
    r"border[\w-]*\s*:[^;]*(?:solid|dashed|dotted|double)|border-collapse", re.IGNORECASE
)

# A table without any rule drawn holds the page, and no list, where one cell is like this.
_LONG_CELL, _LONG_LINES, _LONG_SHARE = 200, 4, 0.6
_ONE_ROW_CELL, _ONE_ROW_LINES = 50, 3


def is_layout(table: Node, rows: list[list[Node]]) -> bool:
    """Say whether a table only holds the page or a part of it, so that its cells are read one by one.

    So does one with a single column, one that holds another table with most of its text, and one without
    any rule drawn where the page stands in one cell, a menu or a banner beside it.
    """
    filled = [[cell for cell in row if cell.size] for row in rows]
    filled = [row for row in filled if row]
    if max(map(len, filled), default=0) < 2 or table.said.get("role") in {"presentation", "none"}:
        return True
    inner = 0
    if table.tables:
        inner = max(
            (_largest_table(cell) for row in filled for cell in row if cell.tables), default=0
        )
    if is_drawn(table, rows):
        return inner > table.size / 2
    return inner > table.size / 4 or _holds_page(
        table.size, [row for row in filled if len(row) > 1]
    )


def _holds_page(size: int, rows: list[list[Node]]) -> bool:
    alike = Counter(map(len, rows))  # counted once: a list may have 20,000 rows
    for row in rows:
        for cell in row:
            if len(rows) == 1 and cell.size >= _ONE_ROW_CELL and cell.breaks >= _ONE_ROW_LINES:
                return True
            is_long = cell.size >= max(_LONG_CELL, size * _LONG_SHARE)
            if (
                is_long
                and cell.breaks >= _LONG_LINES
                and not (alike[len(row)] > 1 and len(row) > 2)
            ):
                return True
    return False


def is_drawn(table: Node, rows: list[list[Node]]) -> bool:
    """Say whether rules are drawn between the cells, or some cells are heads."""
    said = table.said
    if said.get("border", "0").strip() not in {"", "0"} or "rules" in said or _has_rule(table):
        return True
    return any(cell.tag == "th" or _has_rule(cell) for row in rows for cell in row)


def _has_rule(node: Node) -> bool:
    return "border" in node.raw.lower() and _DRAWN.search(node.said.get("style", "")) is not None


def _largest_table(cell: Node) -> int:
    """Return the letters of the largest table in a cell."""
    largest = 0
    walk = [iter(cell.children)]
    while walk:
        child = next(walk[-1], None)
        if child is None:
            walk.pop()
        elif isinstance(child, Node):
            if child.tag == "table":
                largest = max(largest, child.size)
            else:
                walk.append(iter(child.children))
    return largest
