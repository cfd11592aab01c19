"""Cells of a table without rules whose lines are torn apart where a page is read line by line."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.documents.pdf.letters import ACROSS
from tasks.documents.pdf.lines import Strip, strip_text
from tasks.documents.pdf.segments import Line, Segment, often, part_text

ROWS = 3  # with several cells, that tell where a column begins
NEAR = 2.0  # points; lines of a cell begin as near to each other
APART = 0.9  # of a letter's size: lines of one cell are not farther apart
LOWER = 0.25  # of a letter's size, that parts of two lines stand beside each other
SHORT = 4  # letters; nobody wraps a line that is shorter
FULL = 2  # letters; a line with less room left was wrapped
_SENTENCE = re.compile(r"[。；：！？…][”’）)】]*$")


class _Cell(NamedTuple):
    """A line of a cell, the line of the page that it is on, and all parts of that one."""

    strip: Strip
    segment: Segment
    at: int
    parts: Sequence[Segment]


def torn_row(lines: Sequence[Line], size: float) -> str:
    """Return how a line begins that may be cut off from the rest of its cell; "" where there is none.

    Such a line is full and no sentence ends there, the next one in its column is near, and beside only
    one of them, or between them, something else stands: line by line it is read between the two.
    """
    lines = [line for line in lines if line[0].letters[0].way == ACROSS]
    rows = _rows(lines, size)
    if len(rows) < ROWS:
        return ""
    for start in often([each.left for at in rows for each in lines[at][1]], ROWS, NEAR):
        cells = [
            _Cell(strip, each, at, segments)
            for at, (strip, segments) in enumerate(lines)
            for each in segments
            if abs(each.left - start) <= NEAR
        ]
        right = max(cell.segment.right for cell in cells if cell.at in rows)
        if right - start < SHORT * size:
            continue
        for upper, lower in pairwise(cells):
            near = lower.strip.top - upper.strip.bottom <= APART * size
            full = right + size >= upper.segment.right > right - FULL * size
            if (
                near
                and full
                and _is_torn(upper, lower)
                and not _SENTENCE.search(part_text(*upper[:2]))
            ):
                return strip_text(upper.strip)
    return ""


def _rows(lines: Sequence[Line], size: float) -> set[int]:
    """Return which lines have several parts, or stand beside a part that is a little lower or higher."""
    found = {at for at, (_, segments) in enumerate(lines) if len(segments) > 1}
    for at, ((upper, _), (lower, _)) in enumerate(pairwise(lines)):
        if lower.top < upper.bottom - LOWER * size:
            found.update((at, at + 1))
    return found


def _is_torn(upper: _Cell, lower: _Cell) -> bool:
    """Say whether something stands between two lines of a cell, and not beside both as in columns."""
    if lower.at - upper.at > 1:
        return True
    between = upper.segment != upper.parts[-1] or lower.segment != lower.parts[0]
    return between and len(upper.parts) != len(lower.parts)
