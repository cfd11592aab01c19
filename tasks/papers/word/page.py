"""The page of a paper: its size, margins and page number; no character grid."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from tasks.papers.word import measures as m
from tasks.papers.word.elements import Element, field, made, paragraph, words
from tasks.papers.word.styles import PAGE_NUMBER


def set_page(document: Any, *, wide: bool) -> None:
    """Lay out the one section of ``document``; ``wide`` turns the page."""
    section = document.sections[0]
    width, height = reversed(m.PAGE) if wide else m.PAGE
    top, right, bottom, left = m.margins(wide=wide)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.gutter, section.header_distance = Mm(0), Mm(15)
    line = m.PAGE_NUMBER_LINE / 72 * 25.4
    section.footer_distance = Mm(round(bottom - m.PAGE_NUMBER_BELOW - line / 2, 2))
    for grid in section._sectPr.findall(qn("w:docGrid")):  # python-docx has no word for it
        section._sectPr.remove(grid)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, odd=True)
    _number(section.even_page_footer, odd=False)


def _number(footer: Any, *, odd: bool) -> None:
    """Put the page number where it belongs: odd to the right, even to the left, one character in (7.5)."""
    footer.is_linked_to_previous = False
    body = footer._element
    for child in list(body):
        body.remove(child)
    body.append(_numbered(odd=odd))


def _numbered(*, odd: bool) -> Element:
    side, one = ("right", {"right": m.twips(m.PAGE_NUMBER)})
    if not odd:
        side, one = "left", {"left": m.twips(m.PAGE_NUMBER)}
    where = (made("ind", **one), made("jc", val=side))
    return paragraph(PAGE_NUMBER, words("— "), *field("PAGE"), words(" —"), properties=where)
