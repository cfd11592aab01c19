"""Counts the letters of a PDF with another library than the first reader's."""

from typing import Any

import pypdfium2

APART = 3.0  # points; what lies closer is one text printed twice, to make it bold


def pdf_letters(content: bytes) -> str:
    """Return all characters of all pages, whatever fonts the machine has."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        return "".join(_page_letters(page) for page in pdf)
    finally:
        pdf.close()


def _page_letters(page: Any) -> str:
    """Return the letters of a page.

    Without its font the library drops a text that it saw shortly before, for letters have no height
    then: what gave nothing is taken out of the others' way and asked again.
    """
    found = page.get_textpage()
    texts = list(page.get_objects(filter=[1], max_depth=15, textpage=found))
    corners = [each.get_bounds()[:2] for each in texts]
    dropped = 0
    for at, each in enumerate(texts):
        x, y = corners[at]
        twins = [1 for a, b in corners[max(0, at - 5) : at] if max(abs(x - a), abs(y - b)) < APART]
        if not twins and not each.extract():
            dropped += 1
            each.transform(pypdfium2.PdfMatrix().translate(9000 * dropped, 0))
    return str((page.get_textpage() if dropped else found).get_text_range())
