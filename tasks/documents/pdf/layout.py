"""Where the lines and tables of a page stand: the order in which a person reads them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.documents.pdf.letters import Glyph
from tasks.documents.pdf.lines import Strip, strips_of
from tasks.documents.pdf.tables import Table
from tasks.documents.pdf.turned import between_sentences

_DEPTH = 3  # columns within columns
_LINES = 4  # that a column has at least
_GUTTER = 0.8  # of a letter's size: the least room between columns
_SLIVER = 0.2  # the same where a mark at the end of a line hangs into that room
_NARROW = 7  # letters: what is narrower is a column of a table without rules, to be read by rows

Piece = Strip | Table


class Segment(NamedTuple):
    """A part of a line that is set apart by a wide gap."""

    left: float
    right: float


def in_order(letters: Sequence[Glyph], tables: Sequence[Table]) -> list[Piece]:
    """Return the lines that ``letters`` are and ``tables`` in the order of reading.

    Text beside a table, or within its frame, is no part of the lines on its other side.
    """
    strips: list[Strip] = []
    for group in _beside(letters, tables):
        strips += strips_of(group)
    return between_sentences(_ordered(strips, list(tables), 0))


def _beside(letters: Sequence[Glyph], tables: Sequence[Table]) -> Iterator[list[Glyph]]:
    """Yield the letters of each side of each table, and then all others."""
    if not tables:
        yield list(letters)
        return
    groups: dict[tuple[int, int], list[Glyph]] = {}
    for letter in letters:
        middle, centre = (letter.top + letter.bottom) / 2, (letter.x0 + letter.x1) / 2
        key = (-1, 0)
        for at, table in enumerate(tables):
            if table.top <= middle <= table.bottom:
                side = -1 if centre < table.left else 1 if centre > table.right else 0
                key = (at, side)
                if side == 0:
                    break
        groups.setdefault(key, []).append(letter)
    yield from groups.values()


def _ordered(strips: list[Strip], tables: list[Table], depth: int) -> list[Piece]:
    runs = _columns(strips, tables) if depth < _DEPTH else []
    if not runs:
        return _by_rows(strips, tables)
    pieces: list[Piece] = []
    above = float("-inf")
    for run in runs:
        pieces += _by_rows(*_within(strips, tables, above, run.top))
        inner, inner_tables = _within(strips, tables, run.top, run.bottom)
        for side in (False, True):
            letters = [
                letter
                for strip in inner
                for letter in strip.letters
                if ((letter.x0 + letter.x1) / 2 > run.gutter) == side
            ]
            beside = [table for table in inner_tables if (table.left > run.gutter - 2) == side]
            pieces += _ordered(strips_of(letters), beside, depth + 1)
        above = run.bottom
    return pieces + _by_rows(*_within(strips, tables, above, float("inf")))


def _within(
    strips: Sequence[Strip], tables: Sequence[Table], top: float, bottom: float
) -> tuple[list[Strip], list[Table]]:
    return (
        [strip for strip in strips if top <= strip.middle < bottom],
        [table for table in tables if top <= (table.top + table.bottom) / 2 < bottom],
    )


def _by_rows(strips: Sequence[Strip], tables: Sequence[Table]) -> list[Piece]:
    """Return pieces top down; what stands left of a table comes before it."""
    if not tables:
        return sorted(strips, key=lambda strip: strip.top)
    keyed: list[tuple[float, int, int, Piece]] = [
        (table.top, 1, at, table) for at, table in enumerate(tables)
    ]
    for at, strip in enumerate(strips):
        place = (strip.middle, 2)
        for table in tables:
            if table.top <= strip.middle <= table.bottom:
                before = strip.right <= table.left + 1 or (
                    strip.left < table.right and strip.middle < (table.top + table.bottom) / 2
                )
                place = (table.top, 0) if before else (table.bottom, 2)
        keyed.append((*place, at, strip))
    return [piece for _, _, _, piece in sorted(keyed, key=lambda each: each[:3])]


class Run(NamedTuple):
    """A part of the page that is set in two columns, and where the second one begins."""

    top: float
    bottom: float
    gutter: float


def _columns(strips: Sequence[Strip], tables: Sequence[Table]) -> list[Run]:
    """Return the parts of the page set in columns, top down: most pages have none."""
    if len(strips) < _LINES:
        return []
    size = Counter(round(s.bottom - s.top) for s in strips).most_common(1)[0][0] or 1
    rows = [(strip, _segments(strip, 1.2 * size)) for strip in sorted(strips, key=lambda s: s.top)]
    starts = Counter(
        round(segment.left)
        for _, segments in rows
        for segment in segments
        if segment.left > _left(strips) + _NARROW * size
    )
    common = [start for start, count in starts.most_common(4) if count >= _LINES]
    for start in sorted(common):  # the first column ends where the first of them begins
        runs = list(_runs(rows, tables, start - 1.0, size))
        if runs:
            return runs
    return []


def _left(strips: Sequence[Strip]) -> float:
    return min(strip.left for strip in strips)


def _segments(strip: Strip, wide: float) -> list[Segment]:
    """Return the parts of a line; a blank fills no gap."""
    found: list[Segment] = []
    left, end = strip.left, strip.left
    if strip.right - strip.left > wide:
        for text, x0, x1, _, _, _, _ in strip.letters:
            if x0 - end > wide and not text.isspace():
                found.append(Segment(left, end))
                left = x0
            if x1 > end and not text.isspace():
                end = x1
    found.append(Segment(left, max(end, left)))
    return found


def _runs(
    rows: Sequence[tuple[Strip, list[Segment]]],
    tables: Sequence[Table],
    start: float,
    size: float,
) -> Iterator[Run]:
    """Yield the runs of lines that leave room before ``start`` and are columns there."""
    run: list[tuple[Strip, list[Segment]]] = []
    for row in [*rows, None]:
        crosses = row is None or any(
            each.left < start and each.right > start - _GUTTER * size for each in row[1]
        )
        if crosses and run and row is not None:
            crosses = not _hangs(row[0], start, size)
        if row is not None and not crosses:
            crosses = bool(run) and any(
                table.left < start < table.right
                and run[-1][0].middle < (table.top + table.bottom) / 2 < row[0].middle
                for table in tables
            )
        if not crosses and row is not None:
            run.append(row)
            continue
        run = _without_tail(run, start, size)
        if _are_columns([segment for _, segments in run for segment in segments], start, size):
            yield Run(min(r[0].top for r in run), max(r[0].bottom for r in run), start)
        run = [row] if row is not None and _leaves_room(row[1], start, size) else []


def _without_tail(
    run: list[tuple[Strip, list[Segment]]], start: float, size: float
) -> list[tuple[Strip, list[Segment]]]:
    """Return a run without a few last lines that stand apart from it, under the left column only."""
    for at in range(len(run) - 1, max(len(run) - _LINES, 0), -1):
        if any(each.left > start for each in run[at][1]):
            break
        if run[at][0].top - max(strip.bottom for strip, _ in run[:at]) > 1.5 * size:
            return run[:at]
    return run


def _hangs(strip: Strip, start: float, size: float) -> bool:
    """Say whether a line parts before ``start``, though a mark hangs out of the first column."""
    seen = [letter for letter in strip.letters if not letter.text.isspace()]
    before = max((letter.x1 for letter in seen if letter.x0 < start), default=start)
    after = min((letter.x0 for letter in seen if letter.x0 >= start), default=start + 1)
    return before + _SLIVER * size <= after < start + 3 * size and before <= start + 1


def _leaves_room(segments: Sequence[Segment], start: float, size: float) -> bool:
    return not any(s.left < start and s.right > start - _GUTTER * size for s in segments)


def _are_columns(segments: Sequence[Segment], start: float, size: float) -> bool:
    """Say whether lines fill both columns; a list of names or two signatures do not."""
    sides = (
        [segment for segment in segments if segment.right <= start],
        [segment for segment in segments if start <= segment.left < start + 3 * size],
    )
    for side in sides:
        if len(side) < _LINES:
            return False
        left, right = min(s.left for s in side), max(s.right for s in side)
        full = sum(s.right > right - 2 * size for s in side)
        if right - left < _NARROW * size or full < 0.5 * len(side):
            return False
    return True
