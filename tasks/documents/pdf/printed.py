"""A page of a PDF that was read: its lines and tables, and what it holds, counted apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.reading.text.marks import HALVED, RULED_OVER, UNSURE
from tasks.documents.pages import FOOTER, PageRead, Part, Row, letters_of
from tasks.documents.pdf.joining import Leaf, Words
from tasks.documents.pdf.tables import Table


@dataclass
class PrintedPage(Leaf):
    """A page to be joined with its neighbours and then written.

    ``out`` has what is left out by name, ``held`` is all text of the page, and ``covered`` says how much
    of it pictures cover. A rule runs through what is ``ruled_over``. ``feet`` are the lines of its running
    foot, which are left out too. A ``doubtful`` page may be read better by another reader, one that is
    ``damaged`` may not be all of it, one that is ``torn`` surely is not, and a ``broken`` one is read by none.
    """

    out: PageRead = field(default_factory=PageRead)
    held: list[str] = field(default_factory=list)
    covered: float = 0.0
    ruled_over: list[str] = field(default_factory=list)
    feet: list[str] = field(default_factory=list)
    doubtful: bool = False
    damaged: bool = False
    torn: bool = False
    broken: bool = False

    def part(self) -> Part:
        """Return what the page hands on; once, when its tables are joined."""
        tables = 0 if self.continued else 1  # 0 goes on with the last table before
        for piece in self.pieces:
            if isinstance(piece, Words):
                self.out.line(piece.text)
                continue
            self._write(piece, tables)
            tables += 1
        for text in self.borrowed:
            self.out.again(text)
        for text in self.lent:
            self.out.lend(text)
        for text in self.feet:
            self.out.leave(FOOTER, text)
        rows, left = self.out.part(self.held)
        unsure = [(UNSURE, words) for words in self.unsure]
        unsure += [(HALVED, words) for words in self.halved]
        unsure += [(RULED_OVER, words) for words in self.ruled_over]
        return rows, [*left, *((why, words, 0, _row_of(words, rows)) for why, words in unsure)]

    def _write(self, table: Table, number: int) -> None:
        for cells in table.rows:
            self.out.row(cells, number)
        for text in table.again:
            self.out.again(text)


def _row_of(words: str, rows: Sequence[Row]) -> int:
    """Return which row begins so; the first one where none does."""
    plain = letters_of(words)
    return next((at for at, row in enumerate(rows) if letters_of(row[0]).startswith(plain)), 0)
