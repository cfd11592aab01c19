"""Read a web page into lines and tables, as a browser shows it; nothing is fetched, no script runs."""

import re
from collections.abc import Iterator

from tasks.documents.decoding import decode
from tasks.documents.pages import PageRead, Part
from tasks.documents.web.drawn_rows import MAY_DRAW
from tasks.documents.web.tables import Reading
from tasks.documents.web.tokens import said_charsets
from tasks.documents.web.tree import Tree
from tasks.documents.web.unseen import Sight

# LibreOffice breaks the lines of a page where a blank stands, and only there; it writes the blank no more.
_WRAPS_AT_BLANKS = re.compile(
    r"<meta name=\"generator\" content=\"(?:LibreOffice|OpenOffice)", re.IGNORECASE
)
HEAD = 4096  # characters
# UTF-16 in a tag that one could read is none.
_NOT_MEANT = ("utf-16", "utf16", "ucs", "unicode", "utf-7")
# Without a Chinese letter: what a program says that was never told. Any bytes would be text in it.
_NEVER_MEANT = ("iso-8859", "iso8859", "latin", "l1", "windows-125", "cp125", "us-ascii", "ascii")


def html_pages(content: bytes) -> Iterator[Part]:
    """Yield the one page of an HTML file."""
    page = PageRead()
    held, _ = read_web(decoded(content), page)
    yield page.part(held)


def read_web(text: str, page: PageRead, table: int = 0) -> tuple[list[str], int]:
    """Read a web page onto ``page``, its tables numbered from ``table`` + 1 on.

    Returns all its texts, for `PageRead.part`, and the number of the last table. For web pages that stand
    within another file.
    """
    if _WRAPS_AT_BLANKS.search(text[:HEAD]) and "<pre" not in text:
        text = text.replace("\n", " ")  # between Chinese letters too
    tree = Tree(text)
    sight = Sight(tree.root, tree.styles)
    sight.may_draw_tables = re.search(MAY_DRAW, text) is not None
    reading = Reading(page, sight, table)
    reading.read(tree.root)
    return tree.texts, reading.table


def decoded(content: bytes) -> str:
    """Return the text of a page: by a mark at its head, as UTF-8 where it is that, else as it says itself."""
    said = [
        name for name in said_charsets(content) if not name.startswith(_NOT_MEANT + _NEVER_MEANT)
    ]
    return decode(content, said)
