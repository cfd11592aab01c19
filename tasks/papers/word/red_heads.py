"""The red head of an official document: 发文机关标志, 发文字号, the red line; only where an office asks for it."""

from notifications.paper_blocks import RedHead
from tasks.papers.word import measures as m
from tasks.papers.word.elements import Element, fonts, made, paragraph, type_size, words
from tasks.papers.word.styles import NORMAL


def red_head(head: RedHead) -> list[Element]:
    """Return the paragraphs above the title, with two empty lines under the red line (7.3.1).

    Borders of paragraphs, no drawing: Word, WPS and LibreOffice show them alike.
    """
    area = m.TEXT_AREA[0] / 25.4 * 72
    type_ = min(m.LARGEST_MARK, area / max(1, len(head.issuer)))
    line = type_ * 1.15
    # The first thing on a page: space before it is dropped there by some programs, an empty line is not.
    above = made(
        "spacing", before=0, after=0, line=m.twips(m.MARK_BELOW / 25.4 * 72), lineRule="exact"
    )
    own = made("spacing", before=0, after=0, line=m.twips(line), lineRule="exact")
    look = (
        fonts(m.TITLE_FONT, m.LATIN_FONT),
        made("color", val=m.RED),
        made("spacing", val=0),
        *type_size(type_),
    )
    below = made(
        "bottom", val="single", sz=12, space=round(m.RED_LINE_BELOW / 25.4 * 72), color=m.RED
    )
    centred = made("jc", val="center")
    return [
        paragraph(NORMAL, properties=(above,)),
        paragraph(NORMAL, words(head.issuer, *look), properties=(own, centred)),
        paragraph(NORMAL),
        paragraph(
            NORMAL, words(head.number), properties=(made("pBdr", below), made("jc", val="center"))
        ),
        paragraph(NORMAL),
        paragraph(NORMAL),
    ]
