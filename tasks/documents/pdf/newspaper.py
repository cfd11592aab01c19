"""Text in columns: which part of a page is set so, and whether that is sure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.documents.pdf.letters import ACROSS
from tasks.documents.pdf.lines import Strip, strip_text
from tasks.documents.pdf.segments import Line, Segment, Spot, part_text, segments_of, wider
from tasks.documents.pdf.tables import Table
from tasks.documents.pdf.torn import ROWS, torn_row

_LINES = 4  # that a column has at least
_STARTS = 4  # places where a column may begin that are looked at
_GUTTER = 0.8  # of a letter's size: the least room between columns
_COLUMNS, _CELLS = 1.2, 0.9  # of a letter's size: the room between parts of a line
_SLIVER = 0.2  # the same where a mark at the end of a line hangs into that room
_HALF, _MOST = 0.5, 0.8  # of the lines of a column
_NARROW = 7  # letters: what is narrower is a column of a table without rules, to be read by rows

# How a line ends, or begins, that is not full for a reason.
_SENTENCE = re.compile(
    r"[。；：！？…][”’）)】]*$|^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．]"
    r"|第[一二三四五六七八九十]{1,3}[章节条])"
)


COLUMNS, MAYBE_COLUMNS, MAYBE_LAST, MAYBE_ROWS = range(4)


class Run(NamedTuple):
    """A part of the page that is set in two columns, or may be, and where the second one begins."""

    top: float
    bottom: float
    gutter: float
    kind: int
    begins: str  # its first words

    @property
    def is_columns(self) -> bool:
        """Say whether one column is read after the other; else line by line."""
        return self.kind != MAYBE_ROWS


def columns_of(
    strips: Sequence[Strip], tables: Sequence[Table], *, within: bool = False
) -> list[Run]:
    """Return the parts of the page set in columns, top down: most pages have none.

    Where ``strips`` stand ``within`` columns, the last one may have few lines without a doubt.
    """
    if len(strips) < _LINES:
        return []
    size = Counter(round(s.bottom - s.top) for s in strips).most_common(1)[0][0] or 1
    parts = [(s, segments_of(s, _CELLS * size)) for s in sorted(strips, key=lambda s: s.top)]
    rows = [(strip, wider(segments, _COLUMNS * size)) for strip, segments in parts]
    starts = Counter(
        round(segment.left)
        for _, segments in rows
        for segment in segments
        if segment.left > _left(strips) + _NARROW * size
    )
    often = [start for start, count in starts.most_common(_STARTS) if count >= _LINES]
    few = [start for start, count in starts.most_common(2 * _STARTS) if count < _LINES][:_STARTS]
    # Where most lines of a column begin a paragraph, it begins left of most.
    common = {min(x for x in starts if start - 3 * size <= x <= start) for start in often}
    common.update(often)
    found = [list(_runs(rows, tables, start - 1.0, size)) for start in sorted({*common, *few})]
    if within:
        found = [
            [run._replace(kind=COLUMNS) if run.kind == MAYBE_LAST else run for run in runs]
            for runs in found
        ]
    columns = [[run for run in runs if run.is_columns] for runs in found]
    most = max(map(_height, columns), default=0.0)
    if most:
        return next(runs for runs in columns if _height(runs) >= _MOST * most)
    if any(found):
        return next(runs for runs in found if runs)
    several = [strip for strip, segments in rows if len(segments) > 1]
    torn = strip_text(several[0]) if within and len(several) >= ROWS else torn_row(parts, size)
    return [Run(rows[0][0].top, rows[-1][0].bottom, 0, MAYBE_ROWS, torn)] if torn else []


def _height(runs: Sequence[Run]) -> float:
    return sum(run.bottom - run.top for run in runs)


def _left(strips: Sequence[Strip]) -> float:
    return min(strip.left for strip in strips)


def _runs(
    rows: Sequence[Line],
    tables: Sequence[Table],
    start: float,
    size: float,
) -> Iterator[Run]:
    """Yield the runs of lines that leave room before ``start`` and are columns there."""
    run: list[Line] = []
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
        run = _without_tail(_without_head(run, start, size), start, size)
        kind = _kind(run, start, size)
        if kind is not None:
            ends = min(r[0].top for r in run), max(r[0].bottom for r in run)
            yield Run(*ends, start, kind, strip_text(run[0][0]))
        fits = row is not None and (
            _leaves_room(row[1], start, size) or _hangs(row[0], start, size)
        )
        run = [row] if row is not None and fits else []


def _without_head(run: list[Line], start: float, size: float) -> list[Line]:
    """Return a run without first lines that stand apart from it, over one column only: a title."""
    while len(run) > _LINES:
        (first, segments), (second, _) = run[:2]
        sides = {each.left > start for each in segments}
        if len(sides) > 1 or second.top - first.bottom <= 0.8 * size:
            break
        run = run[1:]
    return run


def _without_tail(run: list[Line], start: float, size: float) -> list[Line]:
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


def _kind(run: Sequence[Line], start: float, size: float) -> int | None:
    """Return what a part of the page is; None for lines of words side by side: names, two signatures.

    Columns are full of lines, or of short paragraphs whose lines end as sentences do. Cells of a table
    without rules are neither, and some lines of theirs stand alone.
    """
    sides: tuple[list[Spot], list[Spot]] = ([], [])
    before = _column_before(run, start, size)
    for strip, segments in run:
        for each in segments:
            if each.right <= start and each.right > before:
                sides[0].append((strip, each))
            elif start <= each.left < start + 3 * size:
                sides[1].append((strip, each))
    if len(sides[0]) < _LINES or not sides[1]:
        return None
    if len(sides[1]) < _LINES:
        return MAYBE_LAST if _is_last(*sides, size) else None
    full, ended = zip(*(_shares(side, size) for side in sides), strict=True)
    wide = all(
        max(s.right for _, s in side) - min(s.left for _, s in side) >= _NARROW * size
        for side in sides
    )
    if wide and (min(ended) >= _MOST or min(full) >= _HALF):
        return COLUMNS if min(ended) >= _MOST else MAYBE_COLUMNS
    return MAYBE_ROWS if _is_broken(run, start) or (wide and min(ended) >= _HALF) else None


def _is_last(left: Sequence[Spot], right: Sequence[Spot], size: float) -> bool:
    """Say whether a few lines are a last column: at the head of one that is full of lines."""
    full, ended = _shares(left, size)
    wide = max(s.right for _, s in left) - min(s.left for _, s in left) >= _NARROW * size
    beside = right[0][0].top < left[0][0].bottom and left[0][0].top < right[-1][0].bottom
    across = all(strip.letters[0].way == ACROSS for strip, _ in right)  # else along the edge
    return across and beside and wide and full >= _HALF and ended >= _MOST


def _column_before(run: Sequence[Line], start: float, size: float) -> float:
    """Return where the last column before ``start`` begins: others may stand left of it."""
    before = [each for _, segments in run for each in segments if each.right <= start]
    right = max((each.right for each in before), default=0.0)
    return min((each.left for each in before if each.right > right - 2 * size), default=0.0)


def _shares(side: Sequence[Spot], size: float) -> tuple[float, float]:
    """Return which parts of lines are full, and which are full, or end as a sentence or a heading does."""
    right = max(each.right for _, each in side)
    full = [each.right > right - 2 * size for _, each in side]
    ended = [
        is_full or bool(_SENTENCE.search(part_text(strip, each)))
        for is_full, (strip, each) in zip(full, side, strict=True)
    ]
    return sum(full) / len(full), sum(ended) / len(ended)


def _is_broken(run: Sequence[Line], start: float) -> bool:
    """Say whether lines with one cell stand between lines with several: the rest of long cells."""
    both = [
        any(each.left < start for each in segments) and any(each.left >= start for each in segments)
        for _, segments in run
    ]
    if sum(both) < _LINES:
        return False
    first, last = both.index(True), len(both) - both[::-1].index(True)
    return both[first:last].count(False) > 1
