"""Read a Word file that is one file of XML as the package it would be."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from lxml import etree

from models.plan.reading.text.document import MISSING
from tasks.documents.checks import DocumentError
from tasks.documents.converted.losses import lost_letters
from tasks.documents.decoding import decode
from tasks.documents.packages import MAIN, RELATIONS
from tasks.documents.pages import Part
from tasks.documents.single.flat import PKG, flat_parts
from tasks.documents.single.packing import zipped
from tasks.documents.single.word2003 import OLD, parts_of_2003
from tasks.documents.word.names import held_letters
from tasks.documents.word.package import parsed
from tasks.documents.word.pages import word_pages

WORD = re.compile(r"(?:wordprocessingml|ms-word)\.\w+\.?\w*\.?main\+xml")

DECLARED = re.compile(r"\s*<\?xml[^>]{0,300}\?>")


def flat_pages(content: bytes) -> Iterator[Part]:
    """Yield the one page of a flat package (pkg:package).

    Raises DocumentError where it holds no Word document.
    """
    root = _root(content)
    parts = flat_parts(root)
    kinds = (part.get(f"{PKG}contentType") or "" for part in root)
    if MAIN.encode() not in parts.get(RELATIONS, b"") or not any(map(WORD.search, kinds)):
        raise DocumentError("里没有 Word 正文，请在 Word 或 WPS 里另存为 .docx 再读")
    yield from _read(held_letters(root), parts)


def wordml_pages(content: bytes) -> Iterator[Part]:
    """Yield the one page of a document of Word 2003 (w:wordDocument)."""
    root = _root(content)
    held = [each.text or "" for each in root.iter(f"{OLD}t", f"{OLD}delText")]
    yield from _read(held, parts_of_2003(root))


def _read(held: list[str], parts: dict[str, Any]) -> Iterator[Part]:
    word = zipped(parts)
    for rows, left in word_pages(word):
        lost = lost_letters(((MISSING, piece) for piece in held), word, rows)
        yield rows, [*left, *lost]


def _root(content: bytes) -> Any:
    """Return the tree, also of a file whose characters are of a larger set than it says."""
    with suppress(etree.XMLSyntaxError):
        return parsed(content)
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        text = decode(content)
    return parsed(DECLARED.sub("", text, count=1).encode())
