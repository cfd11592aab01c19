"""A document as the reader gets it: lines with their places, and nothing of the file they came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.plan.reading.text.marks import BROKEN as BROKEN
from models.plan.reading.text.marks import EMBEDDED as EMBEDDED
from models.plan.reading.text.marks import HALVED as HALVED
from models.plan.reading.text.marks import MISSING as MISSING
from models.plan.reading.text.marks import PICTURE as PICTURE
from models.plan.reading.text.marks import UNREADABLE as UNREADABLE
from models.plan.reading.text.marks import UNSURE as UNSURE

if TYPE_CHECKING:
    from models.plan.schema import NotRead


@dataclass(frozen=True, slots=True)
class Line:
    """One line as printed, or one row of a table of the file (then ``cells`` holds its columns).

    ``table`` numbers the tables of a file from 1, so that two tables in a row stay apart. A line that
    stands ``apart`` (a text box, a note) goes on with no other, whatever its words. How ``sure`` (0 to 1)
    is told of a line that was recognised on a picture; None of one that was written.
    """

    text: str
    number: int
    page: int | None = None
    cells: tuple[str, ...] = ()
    table: int = 0
    apart: bool = False
    sure: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """All lines of one file in reading order; ``source`` is the file's name.

    The letters of ``lines`` and of ``not_read`` are all letters of the file. ``written`` are the lines as they
    were, where they are read in other characters (see `models.plan.reading.text.traditional`).
    """

    lines: tuple[Line, ...]
    source: str = ""
    not_read: "tuple[NotRead, ...]" = ()
    written: tuple[Line, ...] = ()

    @classmethod
    def from_text(cls, text: str, source: str = "") -> "Document":
        """Split ``text`` into lines; a form feed starts a new page."""
        pages = text.split("\f")
        lines: list[Line] = []
        for index, page in enumerate(pages, start=1):
            for line in page.splitlines():
                number = len(lines) + 1
                lines.append(Line(line, number, index if len(pages) > 1 else None))
        return cls(tuple(lines), source)

    @classmethod
    def from_lines(cls, lines: Iterable[Line], source: str = "") -> "Document":
        """Keep ``lines`` as they are."""
        return cls(tuple(lines), source)
