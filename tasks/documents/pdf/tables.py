"""The tables of a page of a PDF: rows of cells, whatever of their rules is drawn."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tasks.documents.pdf.carried import carried_grid
from tasks.documents.pdf.columns import Span
from tasks.documents.pdf.grids import CellTexts, Grid, fill, over_rows, ruled_grid
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.level_tables import between_levels
from tasks.documents.pdf.numbered import numbered_rows
from tasks.documents.pdf.row_ends import head_key
from tasks.documents.pdf.rules import (
    NEAR,
    Stroke,
    Strokes,
    connected,
    is_box,
    open_ends,
    strokes_of,
)
from tasks.documents.pdf.stacks import stacked
from tasks.documents.pdf.upright_tables import between_uprights

MOST_GROUPS = 200  # of rules that touch each other; more is a drawing
FRAMED_LINES = 3  # of text over the whole width: no row but text in the frame of the table


@dataclass
class Table:
    """A table as printed: where it stands, its rows, and the letters that its cells take.

    ``again`` are the texts that rows repeat because a cell spans several of them.
    """

    top: float
    bottom: float
    left: float
    right: float
    rows: list[list[str]]
    taken: set[int]
    again: list[str] = field(default_factory=list)
    xs: tuple[float, ...] = ()  # the borders of its columns
    texts: tuple[
        Span, ...
    ] = ()  # where that of each column stands, if blanks and no rules part them
    lined: bool = True  # a rule stands under each row
    head: str = ""  # see `head_key`
    full: tuple[bool, ...] = ()  # cells of the last row without room for more on their last line
    spans: frozenset[int] = frozenset()  # columns with cells over several rows
    over: list[dict[int, object]] = field(default_factory=list)  # see `over_rows`
    open_top: bool = False  # no rule closes it: it may go on over the page
    open_bottom: bool = False
    bare: bool = False  # it has no rule at all


def tables_of(page: Any, letters: Sequence[Glyph], above: Table | None = None) -> list[Table]:
    """Return the tables of ``page`` from the top; none where more lines are drawn than a text has.

    ``above`` is the table that the page before ended with, if any. A letter that stands in no cell is in
    no table. No letter is in two.
    """
    strokes = strokes_of(page)
    if strokes is None:
        return []
    return tables_between(strokes, letters, above, float(page.height))


def tables_between(
    strokes: Strokes, letters: Sequence[Glyph], above: Table | None = None, high: float = 842
) -> list[Table]:
    """Return the tables that ``strokes`` draw around ``letters``, on a page that is so ``high``."""
    order = sorted(letters, key=lambda g: g.top + g.bottom)
    middles = [(glyph.top + glyph.bottom) / 2 for glyph in order]

    def between(top: float, bottom: float) -> list[Glyph]:
        return order[bisect_left(middles, top) : bisect_left(middles, bottom)]

    tables: list[Table] = []
    loose = Strokes([], [])
    groups = connected(strokes)
    if sum(bool(group.level and group.upright) for group in groups) > MOST_GROUPS:
        return []
    for group in stacked(groups, between):
        if group.level and group.upright:
            top = min(group.level[0].at, *(stroke.start for stroke in group.upright))
            bottom = max(group.level[-1].at, *(stroke.end for stroke in group.upright))
            tables += _ruled(group, between(top, bottom), above)
        else:
            loose.level.extend(group.level)
            loose.upright.extend(group.upright)
    tables = _outermost(tables)
    tables += _loose(loose, _free(order, tables), above, high)
    return sorted(_outermost(tables), key=lambda table: (table.top, table.left))


def _free(letters: Sequence[Glyph], tables: Sequence[Table]) -> list[Glyph]:
    taken = {number for table in tables for number in table.taken}
    return [glyph for glyph in letters if glyph.number not in taken]


def _loose(
    strokes: Strokes, letters: list[Glyph], above: Table | None, high: float
) -> Iterator[Table]:
    """Yield the tables of rules that go only one way."""
    level, taken = strokes.level, list[Table]()
    if (
        above
        and above.texts
        and not above.bare
        and (grid := carried_grid(above, level, letters, high))
    ):
        taken = tables_in(grid, letters, strokes)
        for table in taken:
            table.head = above.head
        yield from taken
        letters = _free(letters, taken)
        level = [stroke for stroke in level if stroke.at > grid.ys[-1] + NEAR]
    for grid in between_levels(level, letters, high):
        yield from tables_in(grid, letters, strokes)
    known = (above.xs, above.head) if above and not taken else ((), "")
    for grid in between_uprights(strokes.upright, letters, known):
        yield from tables_in(grid, letters, strokes)


def _outermost(tables: Sequence[Table]) -> list[Table]:
    """Return ``tables`` without those in a cell of another one, whose letters stand there already."""
    kept: list[Table] = []
    taken: set[int] = set()
    for table in sorted(tables, key=lambda t: -(t.right - t.left) * (t.bottom - t.top)):
        if not table.taken & taken:
            kept.append(table)
            taken |= table.taken
    return kept


def _ruled(strokes: Strokes, letters: Sequence[Glyph], above: Table | None) -> list[Table]:
    """Return the tables of rules that touch each other; sides may be open."""
    level, upright = strokes
    if len(level) + len(upright) < 3 or is_box(level, upright):
        return []
    xs = open_ends(
        [min(s.start for s in level), upright[0].at],
        [upright[-1].at, max(s.end for s in level)],
        # A column that is empty here was there on the page before.
        [*((g.x0 + g.x1) / 2 for g in letters), *_middles(above)],
    )
    ys = open_ends(
        [min(s.start for s in upright), level[0].at],
        [level[-1].at, max(s.end for s in upright)],
        [(g.top + g.bottom) / 2 for g in letters],
    )
    grid = ruled_grid(strokes, xs, ys)
    if grid is None:
        return []
    inside = [g for g in letters if grid.spot(g) is not None]
    if ends := numbered_rows(grid, inside):
        more = [Stroke(end, grid.xs[0], grid.xs[-1]) for end in ends]
        grid = ruled_grid(Strokes([*level, *more], upright), xs, ys) or grid
    return tables_in(grid, inside, strokes)


def _middles(above: Table | None) -> list[float]:
    return [(a + b) / 2 for a, b in pairwise(above.xs)] if above else []


def tables_in(grid: Grid, letters: Sequence[Glyph], strokes: Strokes) -> list[Table]:
    """Return what ``grid`` holds, divided where text runs over its whole width in several lines."""
    if grid.columns < 2:
        return []  # a frame around text, or rules between paragraphs
    filled = fill(grid, letters)
    tables: list[Table] = []
    start = 0
    for row in range(grid.rows + 1):
        if row == grid.rows or _is_text(grid, filled, row):
            if row > start:
                known = filled if row - start == grid.rows else None
                tables += _part(grid, letters, range(start, row), strokes, known)
            start = row + 1
    return tables


def _is_text(grid: Grid, filled: CellTexts, row: int) -> bool:
    """Say whether a row is one cell with more text than the name of a group of rows has."""
    whole = not any((row, column) in grid.right for column in range(grid.columns - 1))
    return whole and filled.lines.get((row, 0), 0) >= FRAMED_LINES


def _part(
    grid: Grid,
    letters: Sequence[Glyph],
    rows: range,
    strokes: Strokes,
    known: CellTexts | None,
) -> list[Table]:
    """Return the table of some rows of ``grid``, without columns that none of them has.

    ``known`` are the texts of ``grid`` where the rows are all of it.
    """
    used = [x for x in range(1, grid.columns) if any((row, x - 1) in grid.right for row in rows)]
    keep = [0, *used, grid.columns]
    ys = grid.ys[rows.start : rows.stop + 1]
    part = Grid([grid.xs[x] for x in keep], ys, set(), set())
    part.right = {
        (row - rows.start, at)
        for at, x in enumerate(keep[1:])
        for row in rows
        if (row, x - 1) in grid.right
    }
    part.below = {
        (row - rows.start, at)
        for at, x in enumerate(keep[:-1])
        for row in rows
        if (row, x) in grid.below
    }
    if grid.texts:
        part.texts = [
            (grid.texts[first][0], grid.texts[last - 1][1])
            for first, last in zip(keep, keep[1:], strict=False)
        ]
    filled = known if known and len(keep) == len(grid.xs) else fill(part, letters)
    places = [at for at, row in enumerate(filled.rows) if any(row)]
    if part.columns < 2 or not places:
        return []
    shown = [filled.rows[at] for at in places]
    level = [s.at for s in strokes.level]
    return [
        Table(
            ys[0], ys[-1], part.xs[0], part.xs[-1], shown, filled.taken, filled.again,
            xs=tuple(part.xs),
            texts=tuple(part.texts),
            lined=grid.lined,
            head=head_key(shown[0]),
            full=tuple((places[-1], column) in filled.full for column in range(part.columns)),
            spans=frozenset(filled.spans),
            over=over_rows(filled, places),
            open_top=not any(abs(at - ys[0]) <= NEAR for at in level),
            open_bottom=not any(abs(at - ys[-1]) <= NEAR for at in level),
        )
    ]  # fmt: skip
