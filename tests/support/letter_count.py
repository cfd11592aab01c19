"""Counts the letters of a file in a way of its own, to hold the readers to the law at the door.

Nothing here imports a reader: what a file holds is asked of the file. Letters read and letters named
as left out are all of them, or the difference is lost without a word.
"""

import email
import posixpath
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from models.plan.reading.text.document import MISSING, UNREADABLE, Document
from models.plan.reading.text.marks import TWICE
from models.plan.schema import NotRead
from tasks.documents.pages import letters_of
from tasks.documents.text import decode
from tests.support.office_letters import doc_letters, excel_letters, odt_letters, rtf_letters
from tests.support.pdf_letters import pdf_letters

UNSEEN_IN_PAGES = {"script", "style", "title", "template", "noscript"}
WORDS = {"t", "delText"}  # of Word, of formulas, of drawings
# What hangs on the main part and is text of the document, by the last word of the relation's type.
HANGING = {"header", "footer", "footnotes", "endnotes", "comments", "diagramData", "chart"}
OFFICE = "officeDocument"
OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
MESSAGE = (b"mime-version:", b"from:", b"content-type:")
MARKS = dict.fromkeys(map(ord, "#*_>`"))  # of Markdown, which are no letters
LEAST = 18  # letters of a line that stands twice by a reader's fault, not by chance


def letters_in(path: Path, kind: str | None = None) -> str | None:
    """Return every letter of a file in no promised order; None where no way to count is known."""
    content = path.read_bytes()
    count = COUNTERS.get(kind or kind_by_bytes(content, path.suffix.lower()))
    found = None if count is None else count(content)
    return None if found is None else plain(found)


def kind_by_bytes(content: bytes, suffix: str = "") -> str:
    """Return what a file is by its bytes, in the words of `COUNTERS`; else its suffix."""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "doc" if "WordDocument".encode("utf-16-le") in content else "office"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if b"urn:oasis:names:tc:opendocument" in content[:4096] and suffix not in {".txt", ".md"}:
        return "odt"
    if head.startswith(MESSAGE):
        return "mht"
    if b"schemas.microsoft.com/office/word/2003" in content[:4096]:
        return "wordml"
    if head.startswith((b"<!doctype html", b"<html")) or suffix in {".html", ".htm"}:
        return "html"
    return "text" if suffix in {".txt", ".md"} else suffix or "（无后缀）"


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = parts.namelist()
            open_text = "mimetype" in names and parts.read("mimetype").startswith(OPEN_TEXT)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "zip"
    if open_text:
        return "odt"
    if any(name.startswith("word/") for name in names):
        return "docx"
    return "xlsx" if any(name.startswith("xl/") for name in names) else "zip"


def plain(text: str) -> str:
    """Return ``text`` as letters are compared: compatibility forms made one, private ones left out."""
    folded = unicodedata.normalize("NFKC", text)
    return letters_of("".join(c for c in folded if unicodedata.category(c) not in {"Co", "Cn"}))


def read_in(document: Document) -> str:
    """Return the letters that a document has in its lines."""
    return plain("".join("".join(line.cells) or line.text for line in document.lines))


def lost(document: Document, held: str, kind: str = "") -> int:
    """Return how many letters of ``held`` are neither in a line nor named as left out.

    Letters of a PDF that have no code are guessed by every library in another way: where the reader says
    that it cannot tell them, there is nothing to compare with.
    """
    if kind == "pdf" and any(n.why == UNREADABLE for n in document.not_read):
        return 0
    missing = (Counter(held.translate(MARKS)) - Counter(read_in(document))).total()
    named = sum(left.letters for left in document.not_read if left.why != TWICE)
    return max(0, missing - named)


def not_found(document: Document) -> list[NotRead]:
    """Return what the reader itself names as lost."""
    return [left for left in document.not_read if left.why == MISSING]


def twice(document: Document, held: str) -> list[str]:
    """Return the long lines that a document has more often than its file, and what it says so of itself."""
    lines = Counter(plain(line.text) for line in document.lines if not line.cells)
    said = [left.words for left in document.not_read if left.why == TWICE]
    return said + [
        line
        for line, times in lines.items()
        if len(line) >= LEAST and held.count(line) < times and line in held
    ]


# --- Word ----------------------------------------------------------------------------------------


def word_letters(content: bytes) -> str:
    """Return all w:t, of the main part and what hangs on it, each once: no fallback that has a choice."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        names = set(parts.namelist())
        main = next(iter(_hanging(parts, "", {OFFICE}, names)), "word/document.xml")
        members = [main, *sorted(set(_hanging(parts, main, HANGING, names)))]
        return "".join("".join(_texts(parts.read(member))) for member in members)


def _hanging(parts: zipfile.ZipFile, part: str, kinds: set[str], names: set[str]) -> Iterator[str]:
    folder, name = posixpath.split(part)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if beside not in names:
        return
    try:
        relations = list(ElementTree.fromstring(parts.read(beside)))
    except (ElementTree.ParseError, LookupError):  # broken; in an encoding that nobody knows
        return
    for each in relations:
        target = each.get("Target", "")
        full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if each.get("Type", "").rpartition("/")[2] in kinds and full in names:
            yield full


def _texts(xml: bytes) -> Iterator[str]:
    stack = [ElementTree.fromstring(xml)]
    while stack:
        element = stack.pop()
        tag = element.tag.rpartition("}")[2]
        if tag in WORDS:
            yield element.text or ""
        children = list(element)
        if tag == "AlternateContent":
            choices = [each for each in children if each.tag.endswith("}Choice")]
            children = choices[:1] or children
        stack.extend(children)


# --- HTML, text ---------------------------------------------------------------------------------------


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN_IN_PAGES:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            del self._inside[self._inside.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.texts.append(data)


def html_letters(content: bytes) -> str:
    """Return all text nodes that are no script and no style."""
    page = _Texts()
    first = re.search(rb"""<meta[^>]*charset\s*=\s*["']?\s*([\w-]+)""", content, re.IGNORECASE)
    page.feed(decode(content, [first[1].decode().lower()] if first else []))
    page.close()
    return "".join(page.texts)


def message_letters(content: bytes) -> str:
    """Return the text nodes of the first page that is saved as one file."""
    for part in email.message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            return html_letters(part.get_payload(decode=True))
    return ""


def wordml_letters(content: bytes) -> str:
    """Return all w:t of the XML of Word 2003, whatever encoding it names and is in."""
    try:
        return "".join(_texts(content))
    except (ElementTree.ParseError, ValueError):  # one that expat does not know, or a wrong one
        text = content.decode("gb18030")
        return "".join(_texts(re.sub(r"<\?xml[^>]*\?>", "", text, count=1).encode()))


COUNTERS: dict[str, Callable[[bytes], str | None]] = {
    "doc": doc_letters,
    "rtf": rtf_letters,
    "odt": odt_letters,
    "docx": word_letters,
    "pdf": pdf_letters,
    "html": html_letters,
    "mht": message_letters,
    "wordml": wordml_letters,
    "xlsx": excel_letters,
    "text": decode,
}


def shown_kind(path: Path) -> str:
    """Return how a file is listed: its suffix, and what it is where that is something else."""
    kind, suffix = kind_by_bytes(path.read_bytes(), path.suffix.lower()), path.suffix.lower()
    named = re.sub(r"^\.(htm|html)$", ".html", suffix) or "（无后缀）"
    same = {".txt": "text", ".md": "text", ".html": "html", ".docx": "docx", ".xlsx": "xlsx"}
    same |= {
        ".pdf": "pdf",
        ".doc": "doc",
        ".wps": "doc",
        ".rtf": "rtf",
        ".odt": "odt",
        ".fodt": "odt",
    }
    return named if same.get(named, kind) == kind else f"{named}（其实是 {kind}）"
