"""Read what a filled template says, in the guarded worker: it was made of a foreign file."""

from __future__ import annotations

import zipfile
from io import BytesIO

from tasks.papers.templates.noted import STYLE as SOURCES_STYLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HYPHEN = f"{_WORD}noBreakHyphen"
# A text box stands twice in the file: once for a Word of today, once for an older one.
_SECOND = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BESIDE = ("header", "footer", "footnotes", "endnotes")
BODY = "word/document.xml"


def word_texts(content: bytes) -> Iterator[tuple[str, list[str]]]:
    """Yield ("lines", paragraphs), ("cells", those in tables), ("aside", heads, feet, notes, sources)."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        told = list(_paragraphs(parts.read(BODY)))
        yield "lines", [text for text, place in told if place == "lines"]
        yield "cells", [text for text, place in told if place == "cells"]
        beside = [
            name
            for name in parts.namelist()
            if name.startswith(tuple(f"word/{one}" for one in _BESIDE)) and name.endswith(".xml")
        ]
        aside = [text for text, place in told if place == "aside"]
        yield (
            "aside",
            aside + [text for name in beside for text, _ in _paragraphs(parts.read(name))],
        )


def _paragraphs(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield each paragraph that says something, and whether it is a line, in a table, or a source beside both."""
    from lxml import etree

    sound = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    said: dict[Any, list[str]] = {}
    for one in etree.fromstring(content, sound).iter(f"{_WORD}p", f"{_WORD}t", _HYPHEN):
        if one.tag == f"{_WORD}p":
            said[one] = []
        elif (own := next(one.iterancestors(f"{_WORD}p"), None)) is not None:
            said[own].append("-" if one.tag == _HYPHEN else one.text or "")
    for own, texts in said.items():
        if texts and next(own.iterancestors(_SECOND), None) is None:
            yield "".join(texts), _place(own)


def _place(own: Any) -> str:
    style = own.find(f"{_WORD}pPr/{_WORD}pStyle")
    if style is not None and style.get(f"{_WORD}val") == SOURCES_STYLE:
        return "aside"
    return "lines" if next(own.iterancestors(f"{_WORD}tbl"), None) is None else "cells"
