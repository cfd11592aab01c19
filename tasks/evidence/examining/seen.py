"""What a reader saw in one file; filled in within the guarded process."""

from dataclasses import dataclass, field
from datetime import date, datetime

from models.rules.evidence.examined import LONGEST_TEXT, Hindrance, PictureLook
from models.rules.evidence.secrecy import Apart, LaterPage, mark_apart, mark_later, secret_mark

MOST_PICTURES = 10  # within one file that are looked at
MOST_LATER = 1_000  # pages, slides or sheets behind the first on which a mark is looked for
MANY_LATER = f"页（幻灯片、工作表）太多，只在前 {MOST_LATER} 页里找了密级标志"
FIRST = 4_000  # letters that count as the first page where a file has no pages
LARGEST_PICTURE = 20_000_000  # bytes of one within a file


class Unseen(Exception):
    """A file of which nothing can be seen: ``fault``, words to be put behind its name, a mark of secrecy."""

    def __init__(self, fault: Hindrance, words: str, secret: str = "") -> None:
        super().__init__(words)
        self.fault, self.words, self.secret = fault, words, secret
        self.taken_on: date | None = None  # as a camera wrote it into what cannot be decoded


@dataclass(slots=True)
class SeenFile:
    """Text in pieces, the first page's text, days of the file's own, pictures within, a page to be read by OCR."""

    pieces: list[str] = field(default_factory=list)
    first: str = ""
    heads: list[str] = field(
        default_factory=list
    )  # texts that each begin a page: headers, the body
    apart: list[Apart] = field(default_factory=list)
    later: list[LaterPage] = field(default_factory=list)  # pages, slides, sheets behind the first
    made: datetime | None = None
    changed: datetime | None = None
    pictures: list[tuple[str, bytes]] = field(default_factory=list)  # where, and its bytes
    looks: list[PictureLook] = field(default_factory=list)  # at those pictures
    look: PictureLook | None = None  # of a file that is a picture itself
    page: bytes = b""  # a picture of the first page, where it has no letters
    scan: bool = False
    cover: bool = False  # only its first page is a scan
    notes: list[str] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)  # where, and words beside its text
    length: int = 0

    def add(self, text: str) -> bool:
        """Add a piece of text; returns False when there is enough."""
        if text:
            self.pieces.append(text)
            self.length += len(text) + 1
        return self.length < LONGEST_TEXT

    def text(self) -> str:
        """Return the text, cut at its bound."""
        return "\n".join(self.pieces)[:LONGEST_TEXT]

    def first_page(self) -> str:
        """Return the text of the first page, or the first letters of a file without pages."""
        return self.first or self.text()[:FIRST]

    def secret_mark(self, name: str) -> str:
        """Return the mark of secrecy that a file of that name bears, and where; empty without any.

        One that a later page only shows, in a paper about such marks, is noted for a person to look at.
        """
        heads = [one for one in self.heads if one] or [self.first_page()]
        marks = (secret_mark(name if not number else "", head) for number, head in enumerate(heads))
        if mark := next(filter(None, marks), "") or mark_apart(self.apart):
            return mark
        mark, shown = mark_later(self.later, f"{name}\n{self.first_page()}")
        if shown:
            self.notes.append(f"的{shown}，像是举例，没有当作密级标志")
        return mark

    def look_later(self, page: LaterPage) -> None:
        """Keep a page behind the first to look for a mark on it; more than MOST_LATER are said."""
        if len(self.later) < MOST_LATER:
            self.later.append(page)
        elif MANY_LATER not in self.notes:
            self.notes.append(MANY_LATER)
