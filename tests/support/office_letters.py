"""Counts the letters of old Word files, of .rtf, OpenDocument and Excel, for `letter_count`."""

import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from tasks.documents.converted.rich_letters import rich_lines
from tasks.documents.converted.rich_sets import with_known_sets
from tasks.documents.converted.stories import story_pieces

TEXT_NAMES = {"p", "h"}
# What is counted anew wherever it is read, and what nobody sees.
NO_TEXT = {
    "note-citation", "number", "page-number", "page-count", "binary-data", "title", "desc", "creator", "date",
    "meta-creator-initials", "annotation-end", "script", "placeholder",
}  # fmt: skip


def excel_letters(content: bytes) -> str:
    """Return the text of every filled cell."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), data_only=True)
    cells = (cell for page in book.worksheets for row in page.values for cell in row)
    return "".join(str(cell) for cell in cells if cell is not None)


def doc_letters(content: bytes) -> str | None:
    """Return the text of all stories of a .doc; None where its tables do not tell (Word 95, broken)."""
    try:
        return "".join(text for _, text in story_pieces(content))
    except (ValueError, struct.error):
        return None


def rtf_letters(content: bytes) -> str | None:
    """Return what stands on the paper of an .rtf, but for its numbers; None for one that never ends."""
    try:
        return "".join(line.text for line in rich_lines(with_known_sets(content)))
    except ValueError:
        return None


def odt_letters(content: bytes) -> str | None:
    """Return all text nodes of paragraphs, each once; None for a package that is no XML."""
    try:
        return "".join(text for root in _roots(content) for text in _texts(root))
    except (ElementTree.ParseError, LookupError, ValueError):
        return None


def _roots(content: bytes) -> Iterator[ElementTree.Element]:
    if not content.startswith(b"PK"):
        yield ElementTree.fromstring(content)
        return
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in ("content.xml", "styles.xml"):
            if name in parts.namelist():
                yield ElementTree.fromstring(parts.read(name))


def _texts(root: ElementTree.Element) -> Iterator[str]:
    stack: list[tuple[ElementTree.Element | str, bool]] = [(root, False)]
    while stack:
        each, speaks = stack.pop()
        if isinstance(each, str):
            yield each
            continue
        name = each.tag.rpartition("}")[2]
        if name in NO_TEXT:
            continue
        within = speaks or name in TEXT_NAMES
        if within and each.text:
            yield each.text
        for child in reversed(each):
            if within and child.tail:
                stack.append((child.tail, within))
            stack.append((child, within))
