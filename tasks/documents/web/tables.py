"""Tables of a web page: rows of cells over their spans; tables that only hold the page are its lines."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tasks.documents.pages import FOOTER, PageRead
from tasks.documents.web.columns import Columns
from tasks.documents.web.flow import Flow, folded
from tasks.documents.web.frames import is_offered, why_frame
from tasks.documents.web.layouts import is_drawn, is_layout
from tasks.documents.web.nodes import Node, words_in
from tasks.documents.web.notes import kind_of_note
from tasks.documents.web.tags import CELLS
from tasks.documents.web.unseen import Sight

MOST_REPEATED = (
    1_000_000  # letters of cells shown again over their spans; the longest plans have a third
)
_GROUPS = ("thead", "tbody", "tfoot")


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
        self._waiting: list[str] = []  # lines of the site, if one follows that surely is
        self._is_site = False  # whether the line before is
        self._notes: Counter[str] = Counter()

    def read(self, element: Node) -> None:
        """Read the lines and tables of ``element`` in their order."""
        self._read(element)
        self._tell_waiting()

    def _read(self, element: Node) -> None:
        for block in Flow(self._page, self._sight).blocks(element):
            if isinstance(block, str):
                self._read_line(block)
            elif block.tag == "table":
                self._read_table(block)
            else:
                self._read_note(block)

    def _read_line(self, line: str) -> None:
        """Read a line of the page; 主办：… is the site's where a surer sign of it stands beside."""
        why = why_frame(line)
        if not why and is_offered(line):
            if not self._is_site:
                self._waiting.append(line)
                return
            why = FOOTER
        self._is_site = why == FOOTER
        self._tell_waiting(why if self._is_site else "")
        self._put(line, why)

    def _tell_waiting(self, why: str = "") -> None:
        for line in self._waiting:
            self._put(line, why)
        self._waiting.clear()

    def _put(self, line: str, why: str) -> None:
        if why:
            self._page.leave(why, line)
        else:
            self._page.line(line)

    def _read_note(self, note: Node) -> None:
        """Read a note as lines that go on with no other, with its mark: 注1：各县区，指……。"""
        self._tell_waiting()
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
            self._read(caption)
        whole = list(rows.all())
        lays_out = is_layout(table, whole)
        may_be_menu = table.links and (lays_out or not is_drawn(table, whole))
        if may_be_menu and (why := self._sight.why_menu(table)):
            self._page.leave(why, "".join(words_in(cell) for row in whole for cell in row))
            return
        if lays_out:
            for row in whole:
                for cell in row:
                    self._read_part(cell)
            return
        self._tell_waiting()
        self._is_site = False
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
            self._read(cell)

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
                    if part.tag in CELLS and self._in_cells.keeps_place(part):
                        yield Node(part.tag, part.raw, part.parent)
                else:
                    yield part
