"""Read a web page: its visible lines, and its tables with merged cells repeated."""

from collections.abc import Iterator
from html.parser import HTMLParser

from tasks.documents.pages import Part, Row
from tasks.documents.text import decode

BLOCKS = {
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer",
    "table", "tr", "title", "hr", "dt", "dd", "blockquote",
}  # fmt: skip
WIDEST = 120  # columns of a table; a page that claims more is broken or hostile
HIDDEN = frozenset({"script", "style", "noscript", "template", "svg"})


class _Html(HTMLParser):
    """Collects the visible lines of a page and the rows of its tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self.words: list[str] = []
        self.cells: list[str] | None = None
        self.span = (1, 1)  # columns and rows of the open cell
        self.hanging: dict[int, tuple[str, int]] = {}  # column -> a cell from above and its rows
        self.table = 0
        self.hidden = 0
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "table":
            self._line()
            self.depth += 1
            self.table += 1
            self.hanging = {}
        elif tag == "tr":
            self._line()
            self.cells = []
        elif tag in {"td", "th"}:
            said = dict(attrs)
            self.span = (_span(said.get("colspan")), _span(said.get("rowspan")))
        elif tag in BLOCKS and self.cells is None:
            self._line()

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in {"td", "th"} and self.cells is not None:
            self._cell("".join(self.words).strip())
            self.words = []
        elif tag == "tr":
            if self.cells:
                self._hang()
                cells = self.cells
                one = len(cells) == 1
                self.rows.append((" ".join(cells), [] if one else cells, 0 if one else self.table))
            self.cells = None
        elif tag == "table":
            self.depth = max(0, self.depth - 1)
        elif tag in BLOCKS and self.cells is None:
            self._line()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)

    def _cell(self, text: str) -> None:
        """Add a cell, repeated over its columns, behind those that hang down from rows above."""
        assert self.cells is not None
        self._hang()
        columns, rows = self.span
        for _ in range(columns):
            if len(self.cells) >= WIDEST:
                break
            if rows > 1:
                self.hanging[len(self.cells)] = (text, rows - 1)
            self.cells.append(text)
        self.span = (1, 1)

    def _hang(self) -> None:
        assert self.cells is not None
        while len(self.cells) in self.hanging and len(self.cells) < WIDEST:
            at = len(self.cells)
            text, rows = self.hanging.pop(at)
            if rows > 1:
                self.hanging[at] = (text, rows - 1)
            self.cells.append(text)

    def _line(self) -> None:
        text = "".join(self.words)
        self.words = []
        for line in text.splitlines():
            if line.strip():
                self.rows.append((line, [], 0))


def _span(value: str | None) -> int:
    """Return a span as a number; what is none, or would fill memory, is 1 or the most allowed."""
    return max(1, min(int(value), 60)) if value and value.isdecimal() and len(value) < 5 else 1


def html_pages(content: bytes) -> Iterator[Part]:
    """Yield the one page of an HTML file."""
    parser = _Html()
    parser.feed(decode(content))
    parser.close()
    parser._line()
    yield parser.rows, []
