"""Parsers of Word and PDF: each yields pages, a page being rows of (text, cells, table).

They run in a process of their own with limits (`tasks.guarded.worker`), for such files can be made to
eat time and memory. What is wrong is said in words to be put behind the file's name.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from tasks.documents.checks import DocumentError
from tasks.documents.pages import Part, Row
from tasks.documents.word.numbering import Numbering, W

PAGES = 1000  # of a PDF; long plans have a tenth of that


def word_pages(content: bytes) -> Iterator[Part]:
    """Yield the one page of a Word file: paragraphs with their automatic numbers, and tables."""
    import docx

    document = docx.Document(BytesIO(content))
    numbering = Numbering(_numbering_root(document), document.styles.element)
    rows: list[Row] = []
    tables = 0
    for element in _blocks(document.element.body):
        if element.tag == f"{W}tbl":
            tables += 1
            rows += [(" ".join(cells), cells, tables) for cells in _table_rows(element, numbering)]
        else:
            for line in (numbering.number(element) + _text(element)).split("\n"):
                rows.append((line, [], 0))
    yield rows, []


def _numbering_root(document: Any) -> Any:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return None


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
            words.append("\n" if node.tag == f"{W}br" else "\t")
    return "".join(words)


def _table_rows(table: Any, numbering: Numbering) -> Iterator[list[str]]:
    """Yield the cells of each row; a cell merged over rows or columns is repeated."""
    above: list[str] = []
    for row in table.iter(f"{W}tr"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{W}tc"):
            text = "\n".join(numbering.number(p) + _text(p) for p in cell.iter(f"{W}p"))
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            width = int(span.get(f"{W}val") or 1) if span is not None else 1
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and len(cells) < len(above):
                text = above[len(cells)]
            cells += [text] * min(width, 60)
        above = cells
        yield cells


def pdf_pages(content: bytes) -> Iterator[Part]:
    """Yield the pages of a text PDF; raises DocumentError when it is locked or has no text."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfplumber.utils.exceptions import PdfminerException

    letters = 0
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            if not pdf.pages:
                raise DocumentError("里没有页面")
            if len(pdf.pages) > PAGES:
                raise DocumentError(f"有 {len(pdf.pages)} 页，不像一份方案，没有读")
            for page in pdf.pages:
                rows = _pdf_rows(page)
                letters += sum(len(text.strip()) for text, _, _ in rows)
                yield rows, []
                page.close()
    except (PDFPasswordIncorrect, PDFSyntaxError, PdfminerException) as error:
        if isinstance(error, PDFPasswordIncorrect) or "Password" in repr(error):
            raise DocumentError("设有打开密码，请去掉密码后再试") from error
        raise DocumentError("已损坏，打不开") from error
    if letters < 10:
        raise DocumentError("是扫描件，没有文字，请先做文字识别或换用 Word 文件")


def _pdf_rows(page: Any) -> list[Row]:
    """Return the lines of a page, its tables in their places."""
    tables = sorted(page.find_tables(), key=lambda t: t.bbox[1]) if len(page.edges) >= 6 else []
    tables = [table for table in tables if len(table.rows) > 1 and len(table.rows[0].cells) > 1]
    rows: list[Row] = []
    top = 0.0
    for index, table in enumerate(tables, start=1):
        rows += _lines_between(page, top, table.bbox[1])
        for cells in table.extract():
            rows.append((" ".join(c or "" for c in cells), [(c or "") for c in cells], index))
        top = max(top, table.bbox[3])
    return rows + _lines_between(page, top, float(page.height) + 1)


def _lines_between(page: Any, top: float, bottom: float) -> list[Row]:
    part = page.filter(
        lambda o: o["object_type"] != "char" or top <= (o["top"] + o["bottom"]) / 2 < bottom
    )
    text = part.extract_text(x_tolerance=2, y_tolerance=3) or ""
    return [(line, [], 0) for line in text.splitlines()]
