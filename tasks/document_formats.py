"""Parsers of HTML, Word and PDF: each yields pages, a page being rows of (text, cells, table).

They run in a process of their own with limits (`tasks.document_worker`), for such files can be made to
eat time and memory.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tasks.document_checks import DocumentError
from tasks.document_text import decode
from tasks.word_numbering import Numbering

Row = tuple[str, list[str], int]
Page = list[Row]

BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "table",
        "tr",
        "title",
        "hr",
        "dt",
        "dd",
        "blockquote",
    ]
)
WIDEST = 120  # columns of a table; a page that claims more is broken or hostile
HIDDEN = frozenset({"script", "style", "noscript", "template", "svg"})


class _Html(HTMLParser):
    """Collects the visible lines of a page and the rows of its tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Page = []
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
    return max(1, min(int(value), 60)) if value and value.isdigit() and len(value) < 5 else 1


def html_pages(path: Path) -> Iterator[Page]:
    """Yield the one page of an HTML file."""
    parser = _Html()
    parser.feed(decode(path.read_bytes(), path.name))
    parser.close()
    parser._line()
    yield parser.rows


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_pages(path: Path) -> Iterator[Page]:
    """Yield the one page of a Word file: paragraphs with their automatic numbers, and tables."""
    import docx

    document = docx.Document(str(path))
    numbering = Numbering(document)
    rows: Page = []
    tables = 0
    for element in _blocks(document.element.body):
        if element.tag == f"{W}tbl":
            tables += 1
            rows += [(" ".join(cells), cells, tables) for cells in _table_rows(element, numbering)]
        else:
            for line in (numbering.number(element) + _text(element)).split("\n"):
                rows.append((line, [], 0))
    yield rows


def _blocks(parent: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, those within content controls too."""
    for child in parent:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _blocks(child)


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph with tracked insertions and without deletions."""
    words: list[str] = []
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        if any(up.tag in {f"{W}del", f"{W}moveFrom", f"{W}tabs"} for up in node.iterancestors()):
            continue
        if node.tag == f"{W}t":
            words.append(node.text or "")
        elif node.tag == f"{W}noBreakHyphen":
            words.append("-")
        else:
            words.append("\n" if node.tag == f"{W}br" else " ")
    return "".join(words)


def _table_rows(table: Any, numbering: Numbering) -> Iterator[list[str]]:
    """Yield the cells of each row; a cell merged over rows or columns is repeated."""
    above: list[str] = []
    for row in table.iter(f"{W}tr"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{W}tc"):
            text = "".join(
                numbering.number(p) + _text(p).replace("\n", "") for p in cell.iter(f"{W}p")
            )
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            width = int(span.get(f"{W}val") or 1) if span is not None else 1
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and len(cells) < len(above):
                text = above[len(cells)]
            cells += [text] * min(width, 60)
        above = cells
        yield cells


def pdf_pages(path: Path) -> Iterator[Page]:
    """Yield the pages of a text PDF; raises DocumentError when it is locked or has no text."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfplumber.utils.exceptions import PdfminerException

    letters = 0
    try:
        with pdfplumber.open(path) as pdf:
            if not pdf.pages:
                raise DocumentError(f"“{path.name}”里没有页面")
            for page in pdf.pages:
                rows = _pdf_rows(page)
                letters += sum(len(text.strip()) for text, _, _ in rows)
                yield rows
                page.close()
    except (PDFPasswordIncorrect, PDFSyntaxError, PdfminerException) as error:
        if isinstance(error, PDFPasswordIncorrect) or "Password" in repr(error):
            raise DocumentError(f"“{path.name}”设有打开密码,请去掉密码后再试") from error
        raise DocumentError(f"“{path.name}”已损坏,打不开") from error
    if letters < 10:
        raise DocumentError(f"“{path.name}”是扫描件,没有文字,请先做文字识别或换用 Word 文件")


def _pdf_rows(page: Any) -> Page:
    """Return the lines of a page, its tables in their places."""
    tables = sorted(page.find_tables(), key=lambda t: t.bbox[1]) if len(page.edges) >= 6 else []
    tables = [table for table in tables if len(table.rows) > 1 and len(table.rows[0].cells) > 1]
    rows: Page = []
    top = 0.0
    for index, table in enumerate(tables, start=1):
        rows += _lines_between(page, top, table.bbox[1])
        for cells in table.extract():
            rows.append((" ".join(c or "" for c in cells), [(c or "") for c in cells], index))
        top = max(top, table.bbox[3])
    return rows + _lines_between(page, top, float(page.height) + 1)


def _lines_between(page: Any, top: float, bottom: float) -> Page:
    part = page.filter(
        lambda o: o["object_type"] != "char" or top <= (o["top"] + o["bottom"]) / 2 < bottom
    )
    text = part.extract_text(x_tolerance=2, y_tolerance=3) or ""
    return [(line, [], 0) for line in text.splitlines()]
