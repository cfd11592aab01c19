"""The parser of Word: yields its one page, a page being rows of (text, cells, table).

It runs in a process of its own with limits (`tasks.guarded.worker`), for such files can be made to
eat time and memory.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from tasks.documents.pages import Part, Row
from tasks.documents.pdf.pages import pdf_pages as pdf_pages
from tasks.documents.word.numbering import Numbering, W


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
