"""The letters of an .odt or .fodt, straight from its XML (OpenDocument 1.2 part 1)."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from models.plan.reading.text.document import MISSING
from tasks.documents.pages import COMMENT, HEADER, HIDDEN
from tasks.documents.word.names import PRIVATE
from tasks.documents.word.package import parsed

_OFFICE, _TEXT, _STYLE, _SVG = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "text", "style", "svg-compatible")
)
PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
COMMENTS = (f"{_OFFICE}annotation",)
SECTION, DISPLAY = f"{_TEXT}section", f"{_TEXT}display"
RUNNING = tuple(f"{_STYLE}{name}" for name in ("header", "footer", "header-left", "footer-left"))
# No text of the document: numbers that are counted again, names of pictures, who remarked and when.
SILENT = frozenset(
    [
        *COMMENTS,
        f"{_OFFICE}binary-data",
        f"{_TEXT}note-citation",
        f"{_TEXT}number",
        f"{_SVG}title",
        f"{_SVG}desc",
    ]
    + [f"{_TEXT}page-number", f"{_TEXT}page-count", f"{_OFFICE}annotation-end", f"{_TEXT}script"]
    + [f"{_TEXT}placeholder"]  # the Word file that is made of it says what it is
)


def open_pieces(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of body and styles with the reason for which they may be missing."""
    for root in _roots(content):
        for hidden in root.iter(f"{_TEXT}hidden-text"):
            if _is_hidden(hidden) and hidden.text:
                yield HIDDEN, hidden.text
                hidden.text = None
        for paragraph in root.iter(*PARAGRAPHS):
            if text := PRIVATE.sub("", "".join(_texts(paragraph))):
                yield _reason(paragraph), text


def _roots(content: bytes) -> Iterator[Any]:
    if not content.startswith(b"PK"):
        yield parsed(content)
        return
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in ("content.xml", "styles.xml"):
            if name in archive.namelist():
                yield parsed(archive.read(name))


def _texts(paragraph: Any) -> Iterator[str]:
    """Yield the text of a paragraph without that of paragraphs within it, which come by themselves."""
    skipped: set[Any] = set()
    for each in paragraph.iter():
        outer = each.getparent()
        inner = each is not paragraph and (
            outer in skipped or each.tag in PARAGRAPHS or each.tag in SILENT
        )
        if inner:
            skipped.add(each)
        elif each.text and isinstance(each.tag, str):
            yield each.text
        if each is not paragraph and outer not in skipped and each.tail:
            yield each.tail


def _is_hidden(element: Any) -> bool:
    return element.get(f"{_TEXT}is-hidden") == "true"


def _reason(paragraph: Any) -> str:
    if any(map(_is_hidden, paragraph.iterchildren(f"{_TEXT}hidden-paragraph"))):
        return HIDDEN
    for above in paragraph.iterancestors():
        if above.tag == SECTION and (above.get(DISPLAY) == "none" or _is_hidden(above)):
            return HIDDEN
        if above.tag in COMMENTS:
            return COMMENT
        if above.tag in RUNNING:
            return HEADER
    return MISSING
