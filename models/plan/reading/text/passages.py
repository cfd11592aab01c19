"""Passages: the text of a paragraph without white space, which still knows its lines and pages."""

from bisect import bisect_right
from dataclasses import dataclass

from models.plan.reading.text.stops import LONGEST_SENTENCE, sentence_around
from models.plan.schema import Source


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a row of a table; ``marks`` are (offset, line, page), offsets rising from 0."""

    text: str
    marks: tuple[tuple[int, int, int | None], ...]
    cells: tuple[str, ...] = ()
    table: int = 0

    def cut(self, start: int, end: int | None = None) -> "Passage":
        """Return the part from ``start`` to ``end`` with its own places."""
        end = len(self.text) if end is None else end
        marks = [(max(0, at - start), line, page) for at, line, page in self.marks if at < end]
        first = max((i for i, (at, *_) in enumerate(marks) if at == 0), default=0)
        return Passage(self.text[start:end], tuple(marks[first:]), self.cells, self.table)

    def place(self, offset: int) -> tuple[int | None, int | None]:
        """Return the line and page of the character at ``offset``."""
        if not self.marks:
            return None, None
        at = bisect_right([mark[0] for mark in self.marks], offset) - 1
        _, line, page = self.marks[max(0, at)]
        return line, page

    def source(self, start: int = 0, end: int | None = None) -> Source:
        """Return the place of ``start`` and the sentence around it; of a whole row the row."""
        line, page = self.place(start)
        whole = self.cells and not start and end is None
        sentence = self.text[:LONGEST_SENTENCE] if whole else sentence_around(self.text, start, end)
        return Source(line=line, page=page, sentence=sentence)
