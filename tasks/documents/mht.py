"""Read a web page that was saved whole in one file (.mht, also under .doc): RFC 2557."""

import base64
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesParser
from itertools import islice

from models.plan.reading.text.marks import UNCOUNTED
from tasks.documents.decoding import MEANT
from tasks.documents.faults import DocumentError
from tasks.documents.pages import HEADER, PageRead, Part
from tasks.documents.web.pages import html_pages

PACKED = re.compile(rb"[A-Za-z0-9+/]+")
MOST_PARTS = 2000
RUNNING = b"mso-element:header", b"mso-element:footer"  # what Word keeps in a page of its own


def mht_pages(content: bytes) -> Iterator[Part]:
    """Yield the page, then the pages of its frames; heads and feet of Word's paper are named as such.

    Raises DocumentError where no part holds a page.
    """
    whole = BytesParser().parsebytes(content.lstrip(b"\xef\xbb\xbf\r\n\t "))
    pages = [part for part in islice(whole.walk(), MOST_PARTS) if _is_page(part)]
    if not pages:
        raise DocumentError("里没有网页正文，可能没有存完整，请重新另存后再试")
    start = (whole.get_param("start") or "") if whole.is_multipart() else ""
    pages.sort(key=lambda part: bool(start) and part.get("Content-ID") != start)
    for number, page in enumerate(pages):
        source = _source(page)
        if number and any(sign in source for sign in RUNNING):
            yield _named(source)
        else:
            yield from html_pages(source)
    if any(isinstance(each, CloseBoundaryNotFoundDefect) for each in whole.defects):
        yield [], [(UNCOUNTED, "文件没有存完整，后面可能还有文字", 0, 0)]


def _is_page(part: Message) -> bool:
    return part.get_content_type() in {"text/html", "application/xhtml+xml"}


def _source(part: Message) -> bytes:
    """Return a part as UTF-8 with a mark, or as it stands where its characters are of no known set."""
    packed = part.get_payload(decode=True)
    raw = packed if isinstance(packed, bytes) else b""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        raw = _unpacked(raw)
    said = (part.get_content_charset() or "").lower()
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or not said:
        return raw
    try:
        return raw.decode(MEANT.get(said, said), "replace").encode("utf-8-sig")
    except (LookupError, UnicodeError):  # Word calls UTF-16 "unicode"
        return raw


def _unpacked(raw: bytes) -> bytes:
    """Return what was packed, also where the end is cut off, at which the parser leaves it packed."""
    letters = b"".join(raw.split())
    if not PACKED.fullmatch(letters):
        return raw
    return base64.b64decode(letters[: len(letters) // 4 * 4])


def _named(source: bytes) -> Part:
    """Return a page of heads and feet, of which nothing is read."""
    page, texts = PageRead(), list[str]()
    for rows, left in html_pages(source):
        for text, _, _ in rows:
            page.leave(HEADER, text)
            texts.append(text)
        page.take(([], [(why, words, letters, 0) for why, words, letters, _ in left]), 0)
    return page.part(texts)
