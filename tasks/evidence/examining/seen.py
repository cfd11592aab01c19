"""What a reader saw in one file; filled in within the guarded process."""

from dataclasses import dataclass, field
from datetime import datetime

from models.rules.evidence.examined import LONGEST_TEXT, Hindrance, PictureLook
from models.rules.evidence.secrecy import Apart, mark_apart, secret_mark

MOST_PICTURES = 10  # within one file that are looked at
FIRST = 4_000  # letters that count as the first page where a file has no pages
LARGEST_PICTURE = 20_000_000  # bytes of one within a file


class Unseen(Exception):
    """A file of which nothing can be seen: ``fault``, words to be put behind its name, a mark of secrecy."""

    def __init__(self, fault: Hindrance, words: str, secret: str = "") -> None:
        super().__init__(words)
        self.fault, self.words, self.secret = fault, words, secret


@dataclass(slots=True)
class SeenFile:
    """Text in pieces, the first page's text, days of the file's own, pictures within, a page to be read by OCR."""

    pieces: list[str] = field(default_factory=list)
    first: str = ""
    heads: list[str] = field(
        default_factory=list
    )  # texts that each begin a page: headers, the body
    apart: list[Apart] = field(default_factory=list)
    made: datetime | None = None
    changed: datetime | None = None
    pictures: list[tuple[str, bytes]] = field(default_factory=list)  # where, and its bytes
    looks: list[PictureLook] = field(default_factory=list)  # at those pictures
    look: PictureLook | None = None  # of a file that is a picture itself
    page: bytes = b""  # a picture of the first page, where it has no letters
    scan: bool = False
    notes: list[str] = field(default_factory=list)
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
        """Return the mark of secrecy that a file of that name bears, and where; empty without any."""
        heads = [one for one in self.heads if one] or [self.first_page()]
        marks = (secret_mark(name if not number else "", head) for number, head in enumerate(heads))
        return next(filter(None, marks), "") or mark_apart(self.apart)
