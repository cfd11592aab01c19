"""The fonts of a paper: named, with what to take where one is not installed; never embedded."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from tasks.papers.word import measures as m
from tasks.papers.word.elements import Element, made


def put_fonts(document: Any) -> None:
    """Name our fonts in ``document``; Word and WPS take the second name where they lack the first."""
    fonts = made("fonts", *(_font(name, other[0]) for name, other in m.OTHERWISE.items()))
    fonts.append(
        made("font", made("charset", val="00"), made("family", val="roman"), name=m.LATIN_FONT)
    )
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = etree.tostring(  # python-docx has no word for it
        fonts, xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _font(name: str, other: str) -> Element:
    about = (made("altName", val=other), made("charset", val="86"), made("family", val="auto"))
    return made("font", *about, made("pitch", val="variable"), name=name)
