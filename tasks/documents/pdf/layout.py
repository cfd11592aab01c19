"""Where the lines and tables of a page stand: the order in which a person reads them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tasks.documents.pdf.letters import ACROSS, Glyph
from tasks.documents.pdf.lines import Strip, strips_of
from tasks.documents.pdf.newspaper import COLUMNS, columns_of
from tasks.documents.pdf.tables import Table
from tasks.documents.pdf.turned import between_sentences

_DEPTH = 12  # columns within columns

Piece = Strip | Table


class Order(NamedTuple):
    """What stands on a page in the order of reading, and how parts begin whose order is not sure."""

    pieces: list[Piece]
    unsure: list[str]


def in_order(letters: Sequence[Glyph], tables: Sequence[Table]) -> Order:
    """Return the lines that ``letters`` are and ``tables`` in the order of reading.

    Text beside a table, or within its frame, is no part of the lines on its other side.
    """
    # Words that stand another way reach over the ends of a table.
    strips = strips_of([letter for letter in letters if letter.way != ACROSS])
    for group in _beside([letter for letter in letters if letter.way == ACROSS], tables):
        strips += strips_of(group)
    unsure: list[str] = []
    return Order(between_sentences(_ordered(strips, list(tables), 0, unsure)), unsure)


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


def _ordered(
    strips: list[Strip], tables: list[Table], depth: int, unsure: list[str]
) -> list[Piece]:
    found = columns_of(strips, tables, within=depth > 0) if depth < _DEPTH else []
    unsure += [run.begins for run in found if run.kind != COLUMNS]
    runs = [run for run in found if run.is_columns]
    if not runs:
        return _by_rows(strips, tables)
    pieces: list[Piece] = []
    above = float("-inf")
    for run in runs:
        pieces += _ordered(*_within(strips, tables, above, run.top), depth + 1, unsure)
        inner, inner_tables = _within(strips, tables, run.top, run.bottom)
        for side in (False, True):
            letters = [
                letter
                for strip in inner
                for letter in strip.letters
                if ((letter.x0 + letter.x1) / 2 > run.gutter) == side
            ]
            beside = [table for table in inner_tables if (table.left > run.gutter - 2) == side]
            pieces += _ordered(strips_of(letters), beside, depth + 1, unsure)
        above = run.bottom
    below = _within(strips, tables, above, float("inf"))
    return pieces + _ordered(*below, depth + 1, unsure)


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
