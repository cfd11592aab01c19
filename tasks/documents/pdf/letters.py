"""The letters of a page of a PDF, each with its place."""

from collections.abc import Sequence
from typing import NamedTuple

# How a letter stands: read across, upwards, upside down, downwards, in columns, or askew.
ACROSS, UPWARDS, OVER, DOWNWARDS, COLUMN, ASKEW = range(6)


class Glyph(NamedTuple):
    """One letter as printed: its text (a ligature may have several), its box from the top left, its way.

    The measures are those of pdfplumber's page. A blank is a letter too.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    number: int  # its place among the letters of its page
    way: int = ACROSS


def as_across(letter: Glyph) -> Glyph:
    """Return a letter in the measure of a page on which it stands across."""
    text, x0, x1, top, bottom, number, way = letter
    if way == UPWARDS:
        return Glyph(text, -bottom, -top, x0, x1, number, way)
    if way == DOWNWARDS:
        return Glyph(text, top, bottom, -x1, -x0, number, way)
    if way == OVER:
        return Glyph(text, -x1, -x0, -bottom, -top, number, way)
    if way == COLUMN:  # read down, the next column to the left
        return Glyph(text, top, bottom, -x1, -x0, number, way)
    return letter


def once(letters: Sequence[Glyph]) -> Sequence[Glyph]:
    """Return ``letters`` without those printed again on the same place, which makes them bold.

    The law counts such a letter once: paper shows one.
    """
    seen = {(text, x0 // 4, top // 4) for text, x0, _, top, _, _, _ in letters}
    if len(seen) == len(letters):
        return letters
    places: dict[tuple[str, float, float], list[Glyph]] = {}
    kept = []
    for letter in letters:
        text, x0, x1, top, bottom, _, _ = letter
        column, row = x0 // 4, top // 4
        near = [
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in places.get((text, x, y), ())
        ]
        wide, high = max(x1 - x0, 0.1), bottom - top
        if any(
            abs(other.x0 - x0) < 0.35 * wide and abs(other.top - top) < 0.3 * high for other in near
        ):
            continue
        places.setdefault((text, column, row), []).append(letter)
        kept.append(letter)
    return kept


def straightened(letters: Sequence[Glyph], slopes: Sequence[tuple[float, int]]) -> Sequence[Glyph]:
    """Return ``letters`` as on a sheet that lay straight, where most of a page has one slope.

    ``slopes`` are those of lines that rise or fall a little, and how many letters each has: a machine
    that reads a scan writes along the sheet as it lay.
    """
    if 2 * sum(number for _, number in slopes) <= len(letters):
        return letters
    slope = median([slope for slope, number in slopes for _ in range(min(number, 100))])
    return [
        letter._replace(
            top=letter.top + letter.x0 * slope, bottom=letter.bottom + letter.x0 * slope
        )
        for letter in letters
    ]


def median(values: Sequence[float]) -> float:
    """Return the middle one of ``values``, the upper one of two; `statistics` takes long to load."""
    return sorted(values)[len(values) // 2]


def is_furniture(text: str) -> bool:
    """Say whether a line carries no content: a page number, a printed rule, as the plan's reader says.

    What says so is loaded when it is asked for: a page of text alone need not wait for it.
    """
    from models.plan.reading.text.noise import is_noise

    return is_noise(text)
