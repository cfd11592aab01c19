"""Files that are written in characters: web pages, XML, mail and text under whatever name."""

import re

from tasks.documents.kinds import told
from tasks.documents.kinds.told import Known

HEAD = 32 * 1024  # bytes in which a file shows its first element
HEADERS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){1,200}"
)
NAME = re.compile(r"<(?:[\w.-]{1,60}:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
GB_MARK = "\ufeff".encode("gb18030")
CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
# A page without <html>; in .txt and .md such a piece is text like any other.
PIECES = frozenset(
    [
        "head",
        "body",
        "meta",
        "title",
        "style",
        "script",
        "link",
        "base",
        "center",
        "font",
        "div",
        "span",
        "p",
        "table",
        "tr",
        "td",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "form",
        "section",
        "article",
        "main",
        "header",
    ]
)
# The first element of a file of XML, what stands near it, and what such a file is.
ELEMENTS = (
    ("worddocument", "schemas.microsoft.com/office/word/2003/wordml", Known("wordml")),
    ("package", "schemas.microsoft.com/office/2006/xmlpackage", Known("flat")),
    ("document", "application/vnd.oasis.opendocument.text", Known("fodt")),
    ("document", "urn:oasis:names:tc:opendocument", Known(words=f"是 OpenDocument 表格一类的文件，{told.NO_PLAN}")),
    ("workbook", "urn:schemas-microsoft-com:office:spreadsheet", Known(words=f"是 XML 格式的 Excel 表格，{told.NO_PLAN}；{told.SHEET}")),
    ("uof", "", Known(words=f"是标文通（UOF）文件，{told.AS_WORD}")),
    ("svg", "", Known(words=told.PICTURE)),
)  # fmt: skip
# Headers that only a letter has; a page that a browser or Word saved has none of them.
LETTERS = (
    "to",
    "cc",
    "received",
    "message-id",
    "return-path",
    "delivered-to",
    "reply-to",
    "in-reply-to",
)
PLAIN, PAGES = (".txt", ".md"), (".html", ".htm")
CLOSED = re.compile(
    r"</(?:p|div|td|tr|table|span|font|center|body|b|strong|h[1-6])\s{0,9}>|<br\s{0,9}/?>"
)


def by_writing(content: bytes, suffix: str) -> Known:
    """Return what a file written in characters is, by its first element or its headers; nothing else."""
    text = _start(content)
    if found := _page_or_letter(text):
        return found
    element, near = first_element(text), text.lower()
    if element == "html" or suffix not in PLAIN and _is_piece(element, near, suffix):
        return Known("html") if element or is_text(content) else Known()
    fits = (each for name, space, each in ELEMENTS if name == element and space in near)
    found = next(fits, Known())
    if found.kind and "<!doctype" in near[: near.find(element)]:
        return Known(words=told.OUTSIDE)
    if not any(found) and near.startswith("<?xml") and suffix not in PLAIN:
        return Known(words=f"是 XML 数据，{told.NO_PLAN}；{told.AS_WORD}")
    return found


def _is_piece(element: str, near: str, suffix: str) -> bool:
    """Say whether a file is a piece of a page: by its name, its first element, or elements after words."""
    known = suffix in PAGES and not near.startswith("<?xml") or element in PIECES
    return known or not near.startswith("<?xml") and bool(CLOSED.search(near))


def is_text(content: bytes) -> bool:
    """Say whether the beginning of a file looks like text: no zeros but those of UTF-16."""
    head = content[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    zeros = head.count(b"\0")
    return not zeros or len(head) % 2 == 0 and zeros < len(head) / 2


def steers(content: bytes) -> bool:
    """Say whether many characters of the beginning steer a machine: bytes that are no text by chance."""
    head = content[:HEAD]
    return b"\0" not in head and len(CONTROL.findall(head)) * 50 > len(head)


def _start(content: bytes) -> str:
    """Return how a file begins, for a look at its signs; only ASCII in it is certain."""
    head = content[:HEAD].replace(b"\0", b"")  # UTF-16 looks like Latin then
    return head.removeprefix(GB_MARK).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f\x0b").decode("latin-1")


def first_element(text: str) -> str:
    """Return the name of the element that ``text`` begins with, in small letters; "" for other text.

    Declarations, remarks and blanks before it are passed over; a document type names its element.
    """
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip())
        if text.startswith("<!--", at):
            end = text.find("-->", at) + 3
        elif text.startswith("<?", at):
            end = text.find("?>", at) + 2
        elif text[at : at + 14].lower() == "<!doctype html":
            return "html"
        elif text.startswith("<!", at):
            close = "]>" if "[" in text[at : text.find(">", at)] else ">"
            end = text.find(close, at) + len(close)
        else:
            break
        if end <= at:
            return ""
        at = end
    found = NAME.match(text, at)
    return found[1].lower() if found else ""


def _page_or_letter(text: str) -> Known | None:
    """Return what a file with headers is (RFC 2557): a page saved whole, or a letter; None without."""
    found = HEADERS.match(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not found:
        return None
    lines = [line for line in found[0].split("\n") if line[:1].strip()]
    said = {key.lower(): value for key, _, value in (line.partition(":") for line in lines)}
    kind = said.get("content-type", "").lower()
    if not kind or "mime-version" not in said and "multipart/" not in kind:
        return None
    if said.keys() & set(LETTERS) or "@" in said.get("from", ""):
        return Known("mail")
    return Known("mht")
