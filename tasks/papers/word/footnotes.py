"""Footnotes of a paper, which python-docx cannot write: a part of our own, one note for each number."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from tasks.papers.word.elements import Element, made, paragraph, words
from tasks.papers.word.styles import FOOTNOTE, FOOTNOTE_MARK

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# The line above the notes, and the one above a note that goes on from the page before.
_OWN = (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))


class Footnotes:
    """The notes of one paper, numbered from 1 through the whole of it."""

    def __init__(self) -> None:
        self._notes = [
            made("footnote", paragraph("", made("r", made(tag))), type=kind, id=number)
            for number, (kind, tag) in enumerate(_OWN)
        ]

    def mark(self, note: str) -> Element:
        """Add ``note`` and return the run that refers to it."""
        number = len(self._notes)
        there = made("r", made("rPr", made("rStyle", val=FOOTNOTE_MARK)), made("footnoteRef"))
        self._notes.append(made("footnote", paragraph(FOOTNOTE, there, words(f" {note}")), id=number))  # fmt: skip
        return made(
            "r",
            made("rPr", made("rStyle", val=FOOTNOTE_MARK)),
            made("footnoteReference", id=number),
        )

    def put(self, document: Any) -> None:
        """Add the part to ``document`` where there is any note, and name our two lines in its settings."""
        if len(self._notes) == len(_OWN):
            return
        root = made("footnotes", *self._notes)
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        own = document.part
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, content, own.package)
        own.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        numbers = [made("footnote", id=number) for number in range(len(_OWN))]
        settings = document.settings.element
        before = settings.find(made("compat").tag)
        named = made("footnotePr", *numbers)
        if before is None:
            settings.append(named)
        else:
            before.addprevious(named)
