"""What stands on one page: a table's last rows with the list of sources under them, a heading with its first text."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import ceil

from models.papers.quoted import Quoted, Supplied
from notifications.paper_blocks import HEADINGS, Block, Grid, Kind, Line
from tasks.papers.table_sources import SOURCES_HEAD, TableSources, source_mark
from tasks.papers.word import measures as m
from tasks.papers.word.columns import WHOLE_ROW, breadth, row_lines

LAST_ROWS = 2  # so that the head that is repeated does not stand over a single row
ROWS_LINES = 8  # lines of text that the rows kept with a list may have together
LIST_LINES = 18  # of a list that is not divided; rows and list together are lower than any page
FIRST_SOURCES = 2  # of a longer list, which begins under its table and goes on behind
TEXT_LINES = 11  # of a heading and the text under it that are set in one; half a page


@dataclass(frozen=True, slots=True)
class Together:
    """How many rows at the end of a table, and how many sources at the head of its list, share a page."""

    rows: int
    sources: int


def kept_together(grid: Grid, sources: TableSources, *, wide: bool) -> Together:
    """Return what of ``grid`` shares a page with its list; nothing where there is no list."""
    listed = list(sources)
    if not listed or not grid.rows:
        return Together(0, 0)
    lines = row_lines(grid, wide=wide)[-LAST_ROWS:]
    rows = len(lines) if sum(lines) <= ROWS_LINES else int(lines[-1] <= WHOLE_ROW)
    whole = sum(_lines(number, note, wide=wide) for number, note in listed) <= LIST_LINES
    return Together(rows, len(listed) if whole else FIRST_SOURCES)


def has_notes(line: Line) -> bool:
    """Say whether ``line`` quotes what has its source at the foot of the page."""
    return any(isinstance(run, Quoted | Supplied) for run in line.runs)


def noted_lines(blocks: Sequence[Block], kept: Set[int], n: int, *, wide: bool) -> int:
    """Return how many lines from ``n`` on share a page and have notes; 0 where none or too much to be set in one.

    A heading with the text under it, or the end of the text with the signature.
    """
    lines: list[Line] = []
    for number in range(n, len(blocks)):
        block = blocks[number]
        if not isinstance(block, Line):
            break
        lines.append(block)
        if block.kind not in (*HEADINGS, Kind.SIGNED) and number not in kept:
            break
    across = (m.TEXT_AREA[1] if wide else m.TEXT_AREA[0]) / 25.4 * 72 / m.CHARACTER
    high = sum(ceil((breadth(one.text) + 2) / across) for one in lines)
    noted = len(lines) > 1 and any(has_notes(one) for one in lines)
    return len(lines) if noted and high <= TEXT_LINES else 0


def _lines(number: int, note: str, *, wide: bool) -> int:
    area = m.TEXT_AREA[1] if wide else m.TEXT_AREA[0]
    said = f"{SOURCES_HEAD if number == 1 else ''}{source_mark(number)} {note}"
    return ceil(breadth(said) * m.FOOTNOTE / (area / 25.4 * 72))
