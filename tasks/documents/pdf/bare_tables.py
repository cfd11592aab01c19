"""Tables without any rule: known by the names of their columns, and read only where their rows are sure.

What is not sure stays lines, and the plan's reader doubts names of columns that stand in a line.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.documents.pdf.carried import EDGE
from tasks.documents.pdf.columns import Band, Covered, Piece, Span, columns_under, heads_of
from tasks.documents.pdf.grids import Grid
from tasks.documents.pdf.guessed import Between, KnownColumns, guessed_grid
from tasks.documents.pdf.letters import Glyph, is_furniture
from tasks.documents.pdf.row_ends import COUNTED, STEP
from tasks.documents.pdf.rules import Strokes
from tasks.documents.pdf.tables import Table, tables_in

LONGEST_HEAD = 80  # letters
APART = 3  # heights of a line; what stands lower than that is no part of the table
# Words that a head has; a line without them is looked at no further.
_SUSPECT = re.compile("单位|部门|领导|责任|牵头|负责|时限|时间|期限")
# What begins a chapter, closes a text or names the next table: no row, unless a row follows at once.
_ENDS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}[章节]"
    r"|附?表|附件|注[：:]|说明[：:]|备注[：:]|资料来源|数据来源|填[表报]|特此|抄送|印发)"
)

_MARKS = re.compile("[，。；：]")  # of a sentence
_CUT = re.compile("[，、（]$")


def may_have_heads(text: str) -> bool:
    """Say whether a line is made of names of columns; of a table that was taken for columns, too."""
    if len(text) > LONGEST_HEAD or not _SUSPECT.search(text) or _MARKS.search(text):
        return False
    from models.plan.reading.tables.column_names import columns_named

    return bool(columns_named(text))


class BareTables(NamedTuple):
    """The tables of a page that no rule divides, and the first words of what may be rows and is none."""

    tables: list[Table]
    unsure: str


def bare_tables(letters: Sequence[Glyph], high: float, above: Table | None) -> BareTables:
    """Return the tables among ``letters``, from the top of a page that is so ``high``.

    ``above`` is the table that the page before ended with, if any.
    """
    order = sorted(letters, key=lambda g: g.top + g.bottom)
    if not order:
        return BareTables([], "")
    left, right = min(g.x0 for g in order) - 1, max(g.x1 for g in order) + 1
    held = Between([], left, right, order, [])
    lines = held.band(float("-inf"), float("inf")).lines
    grids: list[Grid] = []
    unsure = ""
    if above and above.bare:
        lines = _without_running(lines, high)
        if lines and not _head_at(lines, 0):
            body = rows_under(lines, high)
            grid = _grid(held, _Part([], body, lines[len(body) :][:1], above.texts))
            if grid is not None:
                grids.append(grid)
                lines = lines[len(body) :]
            elif len(lines[0]) > 1 or len(body) > 1:
                unsure = " ".join(piece.text for piece in lines[0])
    grids += _grids(held, lines, high)
    tables = [table for grid in grids for table in tables_in(grid, letters, Strokes([], []))]
    for table in tables:
        table.bare = True
    return BareTables(tables, unsure)


def _without_running(lines: Sequence[list[Piece]], high: float) -> list[list[Piece]]:
    first = 0
    for line, following in pairwise(lines):
        apart = line[0].bottom < EDGE * high and _gap(line, following) > _height(line)
        if not (apart and len(line) == 1) and not is_furniture("".join(p.text for p in line)):
            break
        first += 1
    return list(lines[first:])


def _grids(held: Between, lines: Sequence[list[Piece]], high: float) -> Iterator[Grid]:
    at = 0
    while at < len(lines):
        head = _head_at(lines, at)
        names = lines[at : at + head]
        body = rows_under(lines[at + head :], high) if head else []
        below = lines[at + head + len(body) :][:1]
        texts = heads_of(Band(0, 0, list(names)))
        grid = _grid(held, _Part(names, body, below, texts)) if body else None
        if grid is not None:
            yield grid
        at += head + len(body) if grid is not None else 1


def _head_at(lines: Sequence[Sequence[Piece]], at: int) -> int:
    """Return how many lines from ``at`` on are the head of a table; 0 where none is."""
    from models.plan.reading.tables.column_names import is_head, is_name

    found = 0
    for count in (1, 2, 3):
        rows = lines[at : at + count]
        if len(rows) < count or any(_gap(a, b) > 0.8 * _height(a) for a, b in pairwise(rows)):
            break
        names = _names(rows)
        if len(names) > 1 and all(map(is_name, names)) and is_head("\t".join(names)):
            found = count
    return found


def _names(rows: Sequence[Sequence[Piece]]) -> list[str]:
    """Return the names of columns, each of which may stand on several lines."""
    spans = heads_of(Band(0, 0, [list(row) for row in rows]))
    return [
        "".join(
            piece.text.replace(" ", "")
            for row in rows
            for piece in row
            if x0 <= (piece.x0 + piece.x1) / 2 <= x1
        )
        for x0, x1 in spans
    ]


def rows_under(lines: Sequence[list[Piece]], high: float) -> list[list[Piece]]:
    """Return the lines from the first one that may be rows: down to the last one with several cells.

    What follows it as near as its own lines is the rest of its longest cell.
    """
    last = 0
    for at, line in enumerate(lines):
        if at and _gap(lines[at - 1], line) > APART * _height(line):
            break
        if len(line) > 1:
            last = at + 1
        elif _ENDS.match(line[0].text) and not (at + 1 < len(lines) and len(lines[at + 1]) > 1):
            break
    near = min((_gap(a, b) for a, b in pairwise(lines[:last])), default=0.0) + STEP
    while 0 < last < len(lines) and len(lines[last]) == 1:
        line = lines[last]
        furniture = line[0].top > 0.9 * high and is_furniture(line[0].text)
        if _gap(lines[last - 1], line) > near or _ENDS.match(line[0].text) or furniture:
            break
        last += 1
    return list(lines[:last])


class _Part(NamedTuple):
    """What of a table stands on a page: lines of its head, of its rows, the line below, and its columns."""

    head: Sequence[list[Piece]]
    body: Sequence[list[Piece]]
    below: Sequence[list[Piece]]
    texts: Sequence[Span]  # where the names of the columns stand, or the text on the page before


def _grid(held: Between, part: _Part) -> Grid | None:
    head, body, below, texts = part
    covered = Covered(held.left, held.right, 0)
    covered.add(body)
    borders = columns_under(texts, covered) if body else []
    if (
        not borders
        or len(borders) + 1 != len(texts)
        or any(_may_go_on(body[-1], line, borders) for line in below)
    ):
        return None
    ys = [min(p.top for p in (head or body)[0]) - 1, max(p.bottom for p in body[-1]) + 1]
    if head:
        ys.insert(1, (max(p.bottom for p in head[-1]) + min(p.top for p in body[0])) / 2)
    known = None if head else KnownColumns(texts, lined=False)
    grid = guessed_grid(held, ys, borders, heads=bool(head), known=known)
    if grid is None:
        return None
    return grid if _are_sure(_rows(body, grid.ys[bool(head) :]), borders) else None


def _may_go_on(last: Sequence[Piece], line: Sequence[Piece], borders: Sequence[float]) -> bool:
    """Say whether a line below a table might belong to it: near, within one column, and no heading."""
    if _ENDS.match(line[0].text) or is_furniture(line[0].text):
        return False
    near = _gap(last, line) <= APART * _height(line)
    return near and not any(p.x0 < x < p.x1 for x in borders for p in line)


def _rows(body: Sequence[list[Piece]], ys: Sequence[float]) -> list[list[list[Piece]]]:
    """Return the lines of each row."""
    rows: list[list[list[Piece]]] = [[] for _ in ys[1:]]
    for line in body:
        middle = (min(p.top for p in line) + max(p.bottom for p in line)) / 2
        rows[min(bisect_right(ys, middle), len(rows)) - 1].append(line)
    return [row for row in rows if row]


def _are_sure(rows: Sequence[Sequence[Sequence[Piece]]], borders: Sequence[float]) -> bool:
    """Say whether rows begin where the grid says: with all their cells, and none within another.

    Cells that stand in the middle of their row begin on different lines, and rows run into each other. A
    line with all cells is a row, unless blanks or numbers say that it is the rest of one.
    """
    cells = [[[bisect_right(borders, _middle(p)) for p in line] for line in row] for row in rows]
    if any(p.x0 < x < p.x1 for x in borders for row in rows for line in row for p in line):
        return False
    if any(len({*line}) < len(line) for row in cells for line in row):
        return False  # something stands beside something else in its column
    if any(len({at for line in row for at in line}) < 2 for row in cells):
        return False  # the rest of a cell, or the name of a group
    within = [_gap(a, b) for row in rows for a, b in pairwise(row)]
    between = [_gap(a[-1], b[0]) for a, b in pairwise(rows)]
    if within and between and min(between) - max(within) >= STEP:
        return True
    if any(not {*line} <= {*row[0]} for row in cells for line in row[1:]):
        return False
    if all(row[0][0] == 0 and COUNTED.match(rows[at][0][0].text) for at, row in enumerate(cells)):
        return True
    cut = any(_CUT.search(p.text) for row in rows[:-1] for p in row[-1])
    return not cut and all(len({*line}) <= len(borders) for row in cells for line in row[1:])


def _middle(piece: Piece) -> float:
    return (piece.x0 + piece.x1) / 2


def _gap(above: Sequence[Piece], below: Sequence[Piece]) -> float:
    return min(piece.top for piece in below) - max(piece.bottom for piece in above)


def _height(line: Sequence[Piece]) -> float:
    return max(piece.bottom - piece.top for piece in line)
