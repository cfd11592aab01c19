"""Pictures of a paper: as wide as the text at most, the caption under them."""

from io import BytesIO
from typing import Any

from docx.shared import Mm

from notifications.paper_blocks import Picture
from tasks.papers.word import measures as m
from tasks.papers.word.elements import Element, made, paragraph, words
from tasks.papers.word.styles import CAPTION, NORMAL

HIGHEST = 120  # millimetres, so that picture and caption share a page with some text


def picture(document: Any, one: Picture) -> list[Element]:
    """Return the paragraph with the picture and the one with its caption."""
    inline = document.part.new_pic_inline(BytesIO(one.content), Mm(m.TEXT_AREA[0]), None)
    height = inline.extent.cy
    if height > Mm(HIGHEST):
        share = Mm(HIGHEST) / height
        inline = document.part.new_pic_inline(
            BytesIO(one.content), int(Mm(m.TEXT_AREA[0]) * share), Mm(HIGHEST)
        )
    drawing = made("r", made("drawing", inline))
    single = made(
        "spacing", before=0, after=0, line=240, lineRule="auto"
    )  # an exact line would cut it
    shown = paragraph(
        NORMAL, drawing, properties=(made("keepNext"), single, made("jc", val="center"))
    )
    return [shown, paragraph(CAPTION, words(one.caption))]
