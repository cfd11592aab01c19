"""Passages: the text of a paragraph without white space, which still knows its lines and pages."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.reading.text.choice import Near
from models.plan.reading.text.document import Line
from models.plan.reading.text.joining import CLOSE, NEW, Seam, joined
from models.plan.reading.text.patterns import squeeze
from models.plan.reading.text.stops import LONGEST_SENTENCE, sentence_around
from models.plan.schema import Source
from models.rules.text import gap

LONGEST = 2000  # characters; a longer passage is cut at a sentence's end, so that time stays linear
KEPT = 500  # characters of a long passage's head and tail that decide whether the next line goes on


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a row of a table; ``marks`` are (offset, line, page), offsets rising from 0."""

    text: str
    marks: tuple[tuple[int, int, int | None], ...]
    cells: tuple[str, ...] = ()
    table: int = 0

    @property
    def line(self) -> int:
        """Return the line on which it begins, 0 where nobody knows."""
        return self.place(0)[0] or 0

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


def join_lines(lines: Sequence[Line], near: list[Near] | None = None) -> list[Passage]:
    """Join the lines of content into passages; rows of tables stay one passage each."""
    return [passage for each in paragraphs(lines, near) for passage in passages_of(each)]


def paragraphs(lines: Sequence[Line], near: list[Near] | None = None) -> list[list[Line]]:
    """Return the lines of content by the paragraph they are of; a row of a table stays alone.

    A line goes on with the line before it where more speaks for that than against it; where that was
    a near thing, it is added to ``near``.
    """
    texts = [squeeze(line.text) for line in lines]
    width = _wrap_width(
        [len(text) for line, text in zip(lines, texts, strict=True) if not line.cells]
    )
    parted: list[list[Line]] = []
    before = ""
    alone = True  # the line above
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        above, alone = alone, bool(line.cells) or line.apart
        goes_on = not (above or alone)
        if goes_on:
            seam = Seam(before, texts[at - 1], text, width, "".join(texts[at + 1 : at + 2]))
            choice = joined(seam)
            if near is not None and choice.is_close(CLOSE):
                near.append(Near(line.number, text, seam.last, choice))
            goes_on = choice.taken != NEW
        before = before + text if goes_on else text
        if len(before) > 2 * KEPT:
            before = before[:KEPT] + before[-KEPT:]
        if goes_on:
            parted[-1].append(line)
        else:
            parted.append([line])
    return parted


def passages_of(paragraph: Sequence[Line]) -> Iterator[Passage]:
    """Yield the passage that a row or the lines of a paragraph are, a long one in several."""
    if paragraph[0].cells:
        yield _row(paragraph[0])
        return
    text, marks = "", []
    for line in paragraph:
        own = squeeze(line.text)
        text += gap(text, own)
        marks.append((len(text), line.number, line.page))
        text += own
    whole = Passage(text, tuple(marks))
    start = 0
    while len(text) - start > LONGEST:
        stop = text.rfind("。", start, start + LONGEST) + 1 or start + LONGEST
        yield whole.cut(start, stop)
        start = stop
    if start < len(text):
        yield whole.cut(start) if start else whole


def _row(line: Line) -> Passage:
    cells = tuple(squeeze(cell) for cell in line.cells)
    text = "|".join(cells)
    return Passage(text, ((0, line.number, line.page),), cells, line.table)


def _wrap_width(sizes: Sequence[int]) -> int | None:
    """Return the width at which the text was wrapped, None when its lines are paragraphs."""
    if len(sizes) < 8:
        return None
    sizes = sorted(sizes)
    widest = sizes[int(len(sizes) * 0.95)]
    near = sum(1 for size in sizes if widest * 0.88 <= size <= widest * 1.1)
    return widest if 18 <= widest <= 70 and near >= len(sizes) * 0.3 else None
