"""A grid of walls and the cells between them, for tables whose cells span rows, columns, or both."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tasks.documents.pdf.cells import cell_text
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.rules import NEAR, Stroke, Strokes

WHOLE = 0.85  # of a side; a rule that covers less is the underline of a blank in the cell
MOST_CELLS = 20_000
Spot = tuple[int, int]  # row, column


@dataclass
class Grid:
    """Where columns (``xs``) and rows (``ys``) meet, and the sides of each square that are walls."""

    xs: list[float]
    ys: list[float]
    right: set[Spot]  # the square has a wall on its right side
    below: set[Spot]
    # From where to where the text of each column stands, where its sides are not drawn.
    texts: list[tuple[float, float]] = field(default_factory=list)
    lined: bool = True  # a rule stands under each row

    @property
    def rows(self) -> int:
        """Return how many rows of squares there are."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """Return how many columns of squares there are."""
        return len(self.xs) - 1

    def sides(self, left: int, right: int) -> tuple[float, float, bool]:
        """Return from where to where cells of these columns stand, and whether text fills all of it."""
        if self.texts:
            return self.texts[left][0], self.texts[right - 1][1], True
        return self.xs[left], self.xs[right], False

    def spot(self, glyph: Glyph) -> Spot | None:
        """Return the square that holds the middle of ``glyph``."""
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row = min(bisect_right(self.ys, y), self.rows) - 1
        return row, min(bisect_right(self.xs, x), self.columns) - 1


def ruled_grid(strokes: Strokes, xs: Sequence[float] = (), ys: Sequence[float] = ()) -> Grid | None:
    """Return the grid that ``strokes`` draw, with open sides at ``xs`` and ``ys``; None if there is none.

    Lines that are no whole side of any square are dropped: they are underlines within a cell.
    """
    all_xs = sorted({*xs, *(stroke.at for stroke in strokes.upright)})
    all_ys = sorted({*ys, *(stroke.at for stroke in strokes.level)})
    if len(all_xs) < 2 or len(all_ys) < 2 or len(all_xs) * len(all_ys) > MOST_CELLS:
        return None
    across = _covered(strokes.upright, all_xs, all_ys)
    along = _covered(strokes.level, all_ys, all_xs)
    keep_x = [0, *sorted({x for x, _ in across} - {0, len(all_xs) - 1}), len(all_xs) - 1]
    keep_y = [0, *sorted({y for y, _ in along} - {0, len(all_ys) - 1}), len(all_ys) - 1]
    grid = Grid([all_xs[x] for x in keep_x], [all_ys[y] for y in keep_y], set(), set())
    # Coverage is asked again, for squares have grown.
    across = _covered(strokes.upright, grid.xs, grid.ys)
    along = _covered(strokes.level, grid.ys, grid.xs)
    grid.right = {(row, x - 1) for x, row in across}
    grid.below = {(y - 1, column) for y, column in along}
    return grid


def _covered(
    strokes: Iterable[Stroke], places: Sequence[float], steps: Sequence[float]
) -> set[tuple[int, int]]:
    """Return (place, step) wherever a rule at the place covers the whole step."""
    index = {place: at for at, place in enumerate(places)}
    covered: defaultdict[tuple[int, int], float] = defaultdict(float)
    for stroke in strokes:
        if (place := index.get(stroke.at)) is None:
            continue
        for step in range(max(0, bisect_right(steps, stroke.start) - 1), len(steps) - 1):
            if steps[step] >= stroke.end:
                break
            shared = min(stroke.end, steps[step + 1]) - max(stroke.start, steps[step])
            covered[place, step] += shared
    return {
        (place, step)
        for (place, step), length in covered.items()
        if length >= min(WHOLE * (whole := steps[step + 1] - steps[step]), max(whole - NEAR, 1))
    }


def regions_of(grid: Grid) -> list[list[Spot]]:
    """Return the squares of each cell, row by row; a cell that is no rectangle is cut at its rows."""
    up = {
        (row, column): (row, column) for row in range(grid.rows) for column in range(grid.columns)
    }

    def root(spot: Spot) -> Spot:
        while up[spot] != spot:
            up[spot] = up[up[spot]]
            spot = up[spot]
        return spot

    for row, column in up:
        if column + 1 < grid.columns and (row, column) not in grid.right:
            up[root((row, column + 1))] = root((row, column))
        if row + 1 < grid.rows and (row, column) not in grid.below:
            up[root((row + 1, column))] = root((row, column))
    found: defaultdict[Spot, list[Spot]] = defaultdict(list)
    for spot in up:
        found[root(spot)].append(spot)
    regions: list[list[Spot]] = []
    for spots in found.values():
        regions += [spots] if _is_rectangle(spots) else _cut(spots)
    return regions


def _is_rectangle(spots: Sequence[Spot]) -> bool:
    rows, columns = {row for row, _ in spots}, {column for _, column in spots}
    return len(rows) * len(columns) == len(spots)


def _cut(spots: Sequence[Spot]) -> list[list[Spot]]:
    parts: list[list[Spot]] = []
    for spot in sorted(spots):
        if parts and parts[-1][-1] == (spot[0], spot[1] - 1):
            parts[-1].append(spot)
        else:
            parts.append([spot])
    return parts


@dataclass
class CellTexts:
    """The texts of a grid's squares: a cell over several squares stands in each of them."""

    rows: list[list[str]]
    again: list[str]
    taken: set[int]
    lines: dict[Spot, int]  # lines of text of the cell that begins here
    full: set[Spot]  # there was no room for more on the last line
    spans: set[int]  # columns that have cells over several rows
    # Of cells over several rows, empty ones too: the square each begins with.
    over: dict[Spot, Spot]


def fill(grid: Grid, letters: Iterable[Glyph]) -> CellTexts:
    """Return what stands in the squares of ``grid``."""
    inside: defaultdict[Spot, list[Glyph]] = defaultdict(list)
    for glyph in letters:
        if (spot := grid.spot(glyph)) is not None:
            inside[spot].append(glyph)
    filled = CellTexts(
        [[""] * grid.columns for _ in range(grid.rows)], [], set(), {}, set(), set(), {}
    )
    for spots in regions_of(grid):
        tall = spots[0][0] != spots[-1][0]
        if tall:
            filled.over.update(dict.fromkeys(spots, spots[0]))
        held = [glyph for spot in spots for glyph in inside.get(spot, ())]
        if not held:
            continue
        left, right = min(c for _, c in spots), max(c for _, c in spots) + 1
        text, lines, full = cell_text(held, *grid.sides(left, right))
        filled.taken.update(glyph.number for glyph in held)
        filled.lines[min(spots)] = lines
        filled.full.update(spots if full else ())
        if tall:
            filled.spans.update(column for _, column in spots)
        filled.again += [text] * (len(spots) - 1)
        for row, column in spots:
            filled.rows[row][column] = text
    return filled


def over_rows(filled: CellTexts, rows: Sequence[int]) -> list[dict[int, object]]:
    """Return for each of ``rows`` its columns whose cell covers several rows, and which cell that is."""
    if not filled.over:
        return []
    columns = range(len(filled.rows[0]))
    return [
        {at: filled.over[row, at] for at in columns if (row, at) in filled.over} for row in rows
    ]
