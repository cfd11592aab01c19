"""The second reader of PDF, for files and pages that break the first: lines, and no tables."""

import re
from collections.abc import Iterator
from typing import Any

from tasks.documents.faults import DocumentError
from tasks.documents.pdf.joining import Words
from tasks.documents.pdf.printed import PrintedPage
from tasks.documents.pdf.repeated import whole_text
from tasks.documents.pdf.sheets import LOCKED
from tasks.documents.pdf.shown import as_shown
from tasks.documents.pdf.tables import Table

_CHINESE = "[\u2e80-\u9fff\uff00-\uff5e…—]"
_APART = re.compile(f"(?<={_CHINESE}) (?={_CHINESE})")
_CLOSE = re.compile(f"(?<={_CHINESE})(?={_CHINESE})")
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def pages_again(content: bytes, most: int, only: int | None = None) -> Iterator[PrintedPage]:
    """Yield the pages of a file, or ``only`` one of them, the first being 0.

    Raises DocumentError when it is locked, broken, or has more than ``most`` pages.
    """
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD and b"/Encrypt" in content
        raise DocumentError(LOCKED if locked else "已损坏，打不开") from error
    try:
        number = len(file)
        if not number:
            raise DocumentError("里没有页面")
        if number > most:
            raise DocumentError(f"有 {number} 页，不像一份方案，没有读")
        for at in range(number) if only is None else (only,):
            yield _sheet(file, at)
    finally:
        file.close()


def _sheet(file: Any, at: int) -> PrintedPage:
    import pypdfium2

    try:
        page = file[at]
        text = whole_text(page)
        wide, high = page.get_size()
        boxes = [each.get_bounds() for each in page.get_objects(filter=[3], max_depth=2)]
    except pypdfium2.PdfiumError:
        return PrintedPage([], broken=True)
    text = "".join(as_shown(letter, "") for letter in text.replace("\ufffe", ""))
    lines: list[Words | Table] = [Words(_set_close(line), 0.5) for line in text.splitlines()]
    covered = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes) / ((wide * high) or 1)
    return PrintedPage(lines, held=[text], covered=covered)


def _set_close(line: str) -> str:
    """Return a line without the blanks that are put where Chinese is set wide; others stay."""
    apart, close = len(_APART.findall(line)), len(_CLOSE.findall(line))
    return _APART.sub("", line) if apart > close else line
