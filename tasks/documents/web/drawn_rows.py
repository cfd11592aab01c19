"""Tables that a page draws of other elements: display:table, rows of table-cell, flex, grid or boxes.

Such rows are made into those of a table, their cells around the elements as they are; what is not surely a
table stays as it was. Pages lay out their frames in the same way, so that rows of flex have to look like
rows of a list: as many cells in each, none of them long.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from tasks.documents.web.nodes import Node, words_in
from tasks.documents.web.tags import PARTS

MAY_DRAW = r"(?i)display\s*:\s*(?:inline-block|(?:inline-)?(?:table|flex|grid))"  # what a page says that draws any
_TABLES = frozenset({"table", "inline-table"})
_ROWS = frozenset({"table-row"})
_FLEX = frozenset({"flex", "inline-flex"})
_GRIDS = frozenset({"grid", "inline-grid"})
_MAY_HOLD_CELLS = _ROWS | _FLEX | _GRIDS
_CELLS = frozenset({"table-cell", "inline-block"})
_NO_ROW = PARTS | {"table", "header", "nav", "main", "aside", "footer", "article", "section", "a"}
_LONGEST_CELL = 400  # letters
_LONGEST_HEAD = 10  # of a head above two columns, which a label beside its value may be as well
_REPEAT = re.compile(r"repeat\(\s*(\d{1,3})\s*,[^()]*(?:\([^()]*\))?[^()]*\)")
_LABEL = ("：", ":")
_TEXT = "#text"

Said = Callable[[Node], Mapping[str, str]]  # how an element is shown
Row = list[Node]  # its cells


def with_drawn_tables(children: Sequence[Node | str], said_of: Said) -> list[Node | str]:
    """Return ``children`` with a table in place of elements that are drawn as one."""
    if all(isinstance(child, str) for child in children):
        return list(children)
    drawn = _Drawn(said_of)
    found: list[Node | str] = []
    run: list[Node | str] = []  # elements of rows, and the blanks between them
    rows: list[Row] = []
    for child in children:
        if isinstance(child, str):
            if not child.strip() and run:
                run.append(child)
                continue
            more: list[Row] = []
        else:
            more = drawn.rows_in(child) if rows or not drawn.is_hidden(child) else []
        if rows and not (more and drawn.go_on(rows, more)):
            found += drawn.table(rows, run)
            run, rows = [], []
        if more:
            rows += more
            run.append(child)
        elif isinstance(child, Node):
            found += drawn.table(drawn.whole(child), [child])
        else:
            found.append(child)
    return [*found, *drawn.table(rows, run)]


class _Drawn:
    """Looks at how elements are drawn."""

    def __init__(self, said_of: Said) -> None:
        self._said_of = said_of

    def table(self, rows: list[Row], run: list[Node | str]) -> list[Node | str]:
        """Return the table of ``rows``; what they stand in, ``run``, where they are no table."""
        if not self._is_table(rows):
            return run
        table = Node("table")
        for row in rows:
            if self.is_hidden(row[0]):  # named where it stands, which is in no cell of its own
                last = table.children[-1]
                assert isinstance(last, Node) and isinstance(last.children[-1], Node)
                last.children[-1].children.append(row[0])
            else:
                _add_row(table, row)
        return [table]

    def whole(self, node: Node) -> list[Row]:
        """Return the rows of an element that is a table or a grid by itself."""
        display = self._display(node)
        if node.tag in _NO_ROW or not node.size:
            return []
        if display in _TABLES:
            rows = [self.rows_in(each) for each in _filled(node)]
            found = [row for more in rows for row in more] if all(rows) else []
            return found if found and not self.is_hidden(found[0][0]) else []
        if display in _GRIDS:
            cells = _elements(node)
            wide = self._columns(node)
            if wide > 1 and not len(cells) % wide and not any(map(self.is_hidden, cells)):
                return [cells[at : at + wide] for at in range(0, len(cells), wide)]
        return []

    def rows_in(self, node: Node) -> list[Row]:
        """Return the row that an element is, or those of which it is a group; none for any other."""
        if node.tag in _NO_ROW or not node.size:
            return []
        if self.is_hidden(node):
            return [[node]]  # in its place, to be named there
        if row := self._row(node):
            return [row]
        if self._display(node) in _TABLES | _GRIDS | _FLEX:
            return []
        if not any(map(_holds_elements, node.children)):  # nearly every paragraph
            return []
        rows = [self._row(each) for each in _filled(node)]
        return rows if all(rows) else []

    def go_on(self, rows: list[Row], more: list[Row]) -> bool:
        """Say whether rows may go on in ``more``: of flex, as many cells in each."""
        if any(map(self.is_hidden, more[0])):
            return True
        are_cells = self._are_cells(rows[0])
        return are_cells == self._are_cells(more[0]) and (
            are_cells or {*map(len, more)} == {len(rows[0])}
        )

    def is_hidden(self, node: Node) -> bool:
        """Say whether an element takes no place."""
        return self._display(node) == "none"

    def _row(self, node: Node) -> Row:
        """Return the cells of a row, none where it is no row."""
        if node.tag in _NO_ROW:
            return []
        display = self._display(node)
        if not (display in _MAY_HOLD_CELLS or self._begins_with_cell(node)):
            return []
        cells = _elements(node)
        if any(cell.tag == _TEXT or self.is_hidden(cell) for cell in cells):
            return []
        if display in _ROWS or cells and self._are_cells(cells):
            return cells if self._are_cells(cells) else []
        said = self._said_of(node)
        is_column = "column" in said.get("flex-direction", "") + said.get("flex-flow", "")
        if (
            display in _FLEX
            and not is_column
            or display in _GRIDS
            and self._columns(node) == len(cells)
        ):
            return cells if len(cells) > 1 else []
        return cells if len(cells) > 1 and all(map(self._is_box, cells)) else []

    def _begins_with_cell(self, node: Node) -> bool:
        first = next((child for child in node.children if isinstance(child, Node)), None)
        return first is not None and self._display(first) in _CELLS

    def _is_box(self, node: Node) -> bool:
        """Say whether an element stands in a line with a width of its own."""
        said = self._said_of(node)
        return said.get("display") == "inline-block" and "width" in said

    def _columns(self, node: Node) -> int:
        said = self._said_of(node).get("grid-template-columns", "")
        words = _REPEAT.sub(lambda found: " x" * int(found[1]), said)
        return len(words.split()) if "(" not in words else 0

    def _are_cells(self, cells: Row) -> bool:
        return all(self._display(cell) == "table-cell" for cell in cells)

    def _display(self, node: Node) -> str:
        return self._said_of(node).get("display", "")

    def _is_table(self, rows: list[Row]) -> bool:
        rows = [row for row in rows if not self.is_hidden(row[0])]
        wide = [row for row in rows if len(row) > 1]
        if len(wide) < 2:
            return False
        cells = [cell for row in rows for cell in row]
        if sum(cell.linked for cell in cells) * 2 > sum(cell.size for cell in cells):
            return False
        if self._are_cells(cells):
            return True
        if any(cell.tables or cell.size > _LONGEST_CELL for cell in cells):
            return False
        return len(rows[0]) > 2 or len(rows) > 2 and all(map(_is_head, rows[0]))


def _holds_elements(child: Node | str) -> bool:
    return isinstance(child, Node) and any(isinstance(each, Node) for each in child.children)


def _is_head(cell: Node) -> bool:
    return 0 < cell.size <= _LONGEST_HEAD and not words_in(cell).strip().endswith(_LABEL)


def _elements(node: Node) -> list[Node]:
    """Return the elements in ``node``; for a text beside them one that is no row and no cell."""
    return [
        child if isinstance(child, Node) else Node(_TEXT)
        for child in node.children
        if isinstance(child, Node) or child.strip()
    ]


def _filled(node: Node) -> list[Node]:
    return [each for each in _elements(node) if each.size or each.tag == _TEXT]


def _add_row(table: Node, cells: Row) -> None:
    row = Node("tr", "", table)
    table.children.append(row)
    for each in cells:
        cell = Node("td", "", row)
        cell.children = [each]
        cell.size, cell.breaks, cell.tables = each.size, each.breaks, each.tables
        row.children.append(cell)
        table.size += each.size
        table.breaks += each.breaks
        table.tables += each.tables
