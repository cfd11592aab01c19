"""Tables of a web page: rows of cells over their spans; tables that only hold the page are its lines."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tasks.documents.pages import PageRead
from tasks.documents.web.columns import Columns
from tasks.documents.web.flow import Flow, folded
from tasks.documents.web.frames import why_frame
from tasks.documents.web.nodes import Node, words_in
from tasks.documents.web.notes import kind_of_note
from tasks.documents.web.unseen import Sight

MOST_REPEATED = (
    1_000_000  # letters of cells shown again over their spans; the longest plans have a third
)
_GROUPS = ("thead", "tbody", "tfoot")
_DRAWN = re.compile(
    r"border[\w-]*\s*:[^;]*(?:solid|dashed|dotted|double)|border-collapse", re.IGNORECASE
)

# A table without any rule drawn holds the page, and no list, where one cell is like this.
_LONG_CELL, _LONG_LINES, _LONG_SHARE = 200, 4, 0.6
_ONE_ROW_CELL, _ONE_ROW_LINES = 50, 3


class _Rows:
    """The rows of a table by their groups, in the order they are shown, and its caption."""

    def __init__(self) -> None:
        self.groups: list[list[list[Node]]] = []
        self.captions: list[Node] = []

    def all(self) -> Iterator[list[Node]]:
        for group in self.groups:
            yield from group


class Reading:
    """Reads a page: its lines, and its tables numbered from ``table`` + 1 on."""

    def __init__(self, page: PageRead, sight: Sight, table: int = 0) -> None:
        self._page, self._sight, self._in_cells = page, sight, sight.in_cells()
        self.table = table
        self._repeated = 0
        self._notes: Counter[str] = Counter()

    def read(self, element: Node) -> None:
        """Read the lines and tables of ``element`` in their order."""
        for block in Flow(self._page, self._sight).blocks(element):
            if isinstance(block, str):
                if why := why_frame(block):
                    self._page.leave(why, block)
                else:
                    self._page.line(block)
            elif block.tag == "table":
                self._read_table(block)
            else:
                self._read_note(block)

    def _read_note(self, note: Node) -> None:
        """Read a note as lines that go on with no other, with its mark: 注1：各县区，指……。"""
        kind = kind_of_note(note)
        self._notes[kind] += 1
        mark = f"{kind}{self._notes[kind]}："
        for block in self._lines(note):
            self._page.again(mark)
            self._page.line(mark + block.lstrip(), apart=True)
            mark = ""

    def _read_table(self, table: Node) -> None:
        rows = self._rows(table)
        for caption in rows.captions:
            self.read(caption)
        if (
            table.links
            and not _is_drawn(table, list(rows.all()))
            and (why := self._sight.why_menu(table))
        ):
            self._page.leave(why, "".join(words_in(cell) for row in rows.all() for cell in row))
            return
        if is_layout(table, list(rows.all())):
            for row in rows.all():
                for cell in row:
                    self._read_part(cell)
            return
        self.table += 1
        for group in rows.groups:
            columns = Columns(self._again)
            for row in group:
                self._show(self._cells(row, columns))

    def _read_part(self, cell: Node) -> None:
        """Read a cell that holds a part of the page."""
        if why := self._sight.why_not(cell):
            self._page.leave(why, words_in(cell))
        else:
            self.read(cell)

    def _show(self, cells: list[str]) -> None:
        if len(cells) == 1:
            for line in cells[0].split("\n"):
                self._page.line(line)
        elif cells:
            self._page.row(cells, self.table)

    def _cells(self, row: list[Node], columns: Columns) -> list[str]:
        for cell in row:
            children = cell.children
            if len(children) == 1 and isinstance(children[0], str) and "style" not in cell.raw:
                text = "\n".join(folded(children[0]))
            else:
                text = "\n".join(self._lines(cell))
            columns.put(text, cell.said)
        return columns.row()

    def _again(self, text: str) -> str:
        self._repeated += len(text)
        if self._repeated > MOST_REPEATED:
            return ""
        self._page.again(text)
        return text

    def _lines(self, cell: Node) -> Iterator[str]:
        """Yield the lines of a cell; a table in it is a line for each of its rows."""
        for block in Flow(self._page, self._in_cells).blocks(cell):
            if isinstance(block, str):
                yield block
                continue
            if block.tag != "table":
                yield from self._lines(block)
                continue
            rows = self._rows(block)
            for caption in rows.captions:
                yield from self._lines(caption)
            layout = is_layout(block, list(rows.all()))
            for row in rows.all():
                lines = [line for each in row for line in self._lines(each)]
                if layout:
                    yield from lines
                elif lines:
                    yield " ".join(lines)

    def _rows(self, table: Node) -> _Rows:
        """Return what is shown of the rows of ``table``: the first head first, the first foot last.

        Others stand where they are written (CSS 2.2, 17.2).
        """
        rows = _Rows()
        ends: dict[str, list[list[Node]]] = {}
        loose: list[list[Node]] | None = None  # rows that stand in no group make one
        for part in self._seen(table.children):
            if part.tag == "tr":
                if loose is None:
                    loose = []
                    rows.groups.append(loose)
                loose.append(list(self._seen(part.children)))
            elif part.tag in _GROUPS:
                loose = None
                group = [list(self._seen(row.children)) for row in self._seen(part.children)]
                if part.tag == "tbody" or part.tag in ends:
                    rows.groups.append(group)
                else:
                    ends[part.tag] = group
            elif part.tag == "caption":
                rows.captions.append(part)
        rows.groups = [ends.get("thead", []), *rows.groups, ends.get("tfoot", [])]
        return rows

    def _seen(self, parts: Iterable[Node | str]) -> Iterator[Node]:
        for part in parts:
            if isinstance(part, Node):
                if why := self._in_cells.why_not(part):
                    self._page.leave(why, words_in(part))
                else:
                    yield part


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
    if _is_drawn(table, rows):
        return inner > table.size / 2
    return inner > table.size / 4 or _holds_page(
        table.size, [row for row in filled if len(row) > 1]
    )


def _holds_page(size: int, rows: list[list[Node]]) -> bool:
    for row in rows:
        alike = sum(len(other) == len(row) for other in rows)
        for cell in row:
            if len(rows) == 1 and cell.size >= _ONE_ROW_CELL and cell.breaks >= _ONE_ROW_LINES:
                return True
            is_long = cell.size >= max(_LONG_CELL, size * _LONG_SHARE)
            if is_long and cell.breaks >= _LONG_LINES and not (alike > 1 and len(row) > 2):
                return True
    return False


def _is_drawn(table: Node, rows: list[list[Node]]) -> bool:
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
