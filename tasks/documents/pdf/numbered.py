"""Rows that no rule divides and that their numbers tell apart."""

import re
from collections.abc import Sequence

from tasks.documents.pdf.columns import Band, Piece, band_of
from tasks.documents.pdf.grids import Grid
from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.row_ends import rows_within

NUMBER = re.compile(r"^[（(]?\d{1,3}[）).、．]?$")


def counts(lines: Sequence[Sequence[Piece]], borders: Sequence[float]) -> bool:
    """Say whether the first column counts: each of its lines is the next number."""
    firsts = [p.text for line in lines for p in line if (p.x0 + p.x1) / 2 < borders[0]]
    if len(firsts) < 2 or not all(NUMBER.match(text) for text in firsts):
        return False
    numbers = [int(re.sub(r"\D", "", text)) for text in firsts]
    return all(after == before + 1 for before, after in zip(numbers, numbers[1:], strict=False))


def numbered_rows(grid: Grid, letters: Sequence[Glyph]) -> list[float]:
    """Return where rows end within rows of ``grid`` whose first cell counts: no rule divides them."""
    found: list[float] = []
    if grid.columns < 2:
        return found
    borders = grid.xs[1:-1]
    rows: dict[int, list[Glyph]] = {}
    for glyph in letters:
        if (spot := grid.spot(glyph)) is not None:
            rows.setdefault(spot[0], []).append(glyph)
    for row, held in rows.items():
        band = band_of(held, grid.ys[row], grid.ys[row + 1], borders)
        if len(band.lines) > 1 and (row, 0) in grid.right:
            listed = grid.rows <= 2 and row == grid.rows - 1 and _is_list(band, grid)
            if listed or counts(band.lines, borders):
                found += rows_within(band.lines, borders)
    return found


def _is_list(band: Band, grid: Grid) -> bool:
    """Say whether the lines of the only row under a head are rows: short words first, all cells filled."""
    width = grid.xs[1] - grid.xs[0]
    first = [p for line in band.lines for p in line if (p.x0 + p.x1) / 2 < grid.xs[1]]
    full = sum(len(line) >= max(2, grid.columns - 1) for line in band.lines)
    return (
        len(first) >= 3 and full >= len(first) and all(p.x1 - p.x0 <= 0.75 * width for p in first)
    )
