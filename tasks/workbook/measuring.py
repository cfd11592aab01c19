"""What the parts of a workbook show before anything is laid out: how far they reach, what to look at closer.

Nothing is parsed: signs are looked for, piece by piece, in time linear in the part.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import IO

from tasks.workbook.part_xml import column_number
from tasks.workbook.struck import SIGN as STRUCK

SHARED = "xl/sharedStrings.xml"
PIECE, OVERLAP = 1 << 20, 600  # bytes looked at at once; and those of the piece before
# Literal beginnings keep these fast over megabytes, bounds keep them so whatever is in there.
ROW = re.compile(rb"row\s[^>]{0,400}?r=[\"'](\d{1,9})")
CELL = re.compile(rb" r=[\"']([A-Z]{1,9})\d")
WIDE_CELL = re.compile(rb" r=[\"'][A-Z][A-Z]")
# A cell that holds something, and not only a colour or a border.
HELD = re.compile(
    rb"c\s(?:[^<>]{0,400}?\s)?r=[\"']([A-Z]{1,9})(\d{1,9})[\"'][^<>]{0,400}>\s{0,9}<(?:\w{1,9}:)?(?:v|is|f)[\s/>]"
)
# Signs of what is looked at more closely.
ERROR = re.compile(rb">#")  # how an error begins, computed or pasted
FORMULA = re.compile(rb"<f[\s>/]")
RUNNING = re.compile(rb"<(?:\w{1,9}:)?(?:odd|even|first)(?:Header|Footer)>([^<]{1,500})")
RUNNING_CODE = re.compile(
    r"&(?:\"[^\"]*\"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]{1,3}|[A-Za-z])"
)
# As `pages` writes it on lists without a note: the title on the left, the sheet's name on the right.
OURS = re.compile(r'&L(?:&"[^"]*"|&\d{1,3}|\s)*(?:[^&]|&&)+&R(?:&"[^"]*"|&\d{1,3}|\s)*&A\s*')
COUNTED_PAGES = re.compile(r"第|共|页码?|总|计|Page|of|[\s\d,，/、\-—–.]", re.IGNORECASE)
PHONETIC = b"rPh sb="
PLAIN = b"<sheetData"  # a sheet without it calls its elements otherwise


@dataclass(slots=True)
class Measured:
    """A sheet from outside: its last row and column, empty ones too, and whether to look closer."""

    rows: int = 0
    columns: int = 26
    closer: bool = False
    errors: bool = False
    phonetic: bool = False
    running: dict[str, None] = field(default_factory=dict)  # words of heads and feet


def measure(part: IO[bytes]) -> Measured:
    """Return what a sheet shows from outside."""
    found, unnumbered, plain = Measured(), 0, False
    for seen, piece in pieces(part):
        found.rows = max(found.rows, max(map(int, ROW.findall(seen)), default=0))
        unnumbered += 0 if found.rows else piece.count(b"<row")
        if WIDE_CELL.search(seen):
            found.columns = max(found.columns, *map(column_number, set(CELL.findall(seen))))
        found.errors = found.errors or bool(ERROR.search(seen))
        found.phonetic = found.phonetic or (PHONETIC in seen)
        found.closer = found.closer or STRUCK in seen or bool(FORMULA.search(seen))
        found.running |= dict.fromkeys(_running(seen))
        plain = plain or PLAIN in seen
    found.closer = found.closer or found.errors or not plain
    found.rows = found.rows or unnumbered
    return found


def _running(seen: bytes) -> Iterator[str]:
    if b"er>" in seen:
        for text in RUNNING.findall(seen):
            if words := running_words(unescape(text.decode("utf-8", "replace"))):
                yield words


def running_words(text: str) -> str:
    """Return the words of a head or foot without its codes (ECMA-376 18.3.1.46); "" of ours and of page numbers."""
    if OURS.fullmatch(text):
        return ""
    words = RUNNING_CODE.sub(" ", text.replace("&&", "＆"))
    return " ".join(words.split()) if COUNTED_PAGES.sub("", words) else ""


@dataclass(slots=True)
class SharedTexts:
    """What the texts that sheets share hold besides plain text."""

    errors: bool = False
    phonetic: bool = False
    struck: bool = False

    @classmethod
    def of(cls, parts: zipfile.ZipFile, names: set[str]) -> "SharedTexts":
        """Return what the part of shared texts shows."""
        found = cls()
        if SHARED not in names:
            return found
        with parts.open(SHARED) as part:
            for seen, _ in pieces(part):
                found.errors = found.errors or bool(ERROR.search(seen))
                found.phonetic = found.phonetic or (PHONETIC in seen)
                found.struck = found.struck or (STRUCK in seen)
        return found


def pieces(part: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield each piece behind the end of the one before, and by itself."""
    before = b""
    while piece := part.read(PIECE):
        yield before + piece, piece
        before = piece[-OVERLAP:]
