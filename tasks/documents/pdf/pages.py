"""The parser of PDF: yields pages, a page being rows of (text, cells, table).

It runs in a process of its own with limits (`tasks.guarded.worker`), for such files can be made to eat
time and memory. What is wrong is said in words to be put behind the file's name.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from tasks.documents.checks import DocumentError
from tasks.documents.pages import Part, Row

PAGES = 1000  # long plans have a tenth of that


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
