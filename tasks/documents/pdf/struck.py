"""Letters that a drawn rule strikes out: a line, or a thin box full of ink, through the middle of words.

A rule strikes if it begins and ends with the letters that it runs through. Underlines and the rules of a
table run below letters or above them; what runs through words and on is a doubt.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.documents.pdf.letters import ACROSS, ASKEW, COLUMN, Glyph, as_across
from tasks.documents.pdf.looks import WHITE, Box

# Parts of the size of a letter, above its base line. Programs draw at 0.2 to 0.45, the lower of two rules
# at 0.15; the middle of a full-width letter is at 0.36. No underline stands above the base line.
LOW, HIGH = 0.17, 0.56
COLUMN_BASE = 0.14  # of the size, from the left of a column to what would be the base line
THICK = 0.22
OVERHANG = 0.6  # of a rule over the first letter and the last one
GAP = 1.2  # between letters that are set wide
COVERED = 0.7  # of the width of the letters, or it is a tick
SHORTEST = 2.5  # points; a shorter piece is a dot
MEETS = 1.5  # points from a rule across, which makes it one of a table
FEWEST = 4  # Chinese letters that make a doubt: the lines of a chart run through its figures
NEXT = 0.3  # of the size: letters of one word stand no further apart, those of two cells do
_CHINESE = "\u2e80"
_DASHES = frozenset("一—–-―─－～~_＿﹏…·•")  # with a rule along it each looks the same


class Ruled(NamedTuple):
    """What rules run through: letters struck out, the shapes that strike, and letters in doubt."""

    struck: set[int]  # numbers of letters
    shapes: set[int]  # by their places among those that were given
    doubtful: list[str]


NOTHING = Ruled(set(), set(), [])


class _Line(NamedTuple):
    """Letters on one base line, in the measure of a page on which they stand across."""

    base: float
    size: float
    starts: list[float]
    letters: list[Glyph]


def ruled(
    letters: Sequence[Glyph],
    shapes: Sequence[tuple[Box, float]],
    shares: Sequence[tuple[int, float]],
) -> Ruled:
    """Return which of ``letters`` rules run through.

    ``shapes`` are boxes, and how light they are. ``shares`` say from which letter on what part of its box
    is below the base line.
    """
    found = Ruled(set(), set(), [])
    inked = [(number, box) for number, (box, light) in enumerate(shapes) if light < WHITE]
    for way in {letter.way for letter in letters} - {ASKEW} if inked else ():
        lines = _lines([letter for letter in letters if letter.way == way], shares)
        bars = [
            as_across(Glyph("", x0, x1, top, bottom, number, way))
            for number, (x0, top, x1, bottom) in inked
        ]
        across = sorted((bar.x0, bar) for bar in bars if bar.x1 - bar.x0 < bar.bottom - bar.top)
        for bar in bars:
            if max(SHORTEST, bar.bottom - bar.top) < bar.x1 - bar.x0:
                under = _under(bar, lines)
                if any(each.text not in _DASHES and each.text.strip() for each in under):
                    _judge(bar, under, across, found)
    return found


def _lines(letters: Sequence[Glyph], shares: Sequence[tuple[int, float]]) -> list[_Line]:
    lines: dict[tuple[float, float], list[Glyph]] = {}
    ends = [*(first for first, _ in shares[1:]), 1 << 60]
    at = 0
    for letter in letters:
        while letter.number >= ends[at]:
            at += 1
        share = COLUMN_BASE if letter.way == COLUMN else shares[at][1]
        placed = letter if letter.way == ACROSS else as_across(letter)
        size = placed.bottom - placed.top
        lines.setdefault((placed.bottom - share * size, size), []).append(placed)
    found = []
    for (base, size), members in sorted(lines.items()):
        members.sort(key=lambda each: each.x0)
        found.append(_Line(base, size, [each.x0 for each in members], members))
    return found


def _under(bar: Glyph, lines: Sequence[_Line]) -> list[Glyph]:
    """Return the letters whose middle ``bar`` runs through, in order; blanks too."""
    found: list[Glyph] = []
    middle, thick = (bar.top + bar.bottom) / 2, bar.bottom - bar.top
    for at in range(bisect_left(lines, middle, key=lambda line: line.base), len(lines)):
        line = lines[at]
        if LOW * line.size <= line.base - middle <= HIGH * line.size and thick <= THICK * line.size:
            first = bisect_left(line.starts, bar.x0 - line.size)
            last = bisect_right(line.starts, bar.x1)
            found += [
                each
                for each in line.letters[first:last]
                if bar.x0 <= (each.x0 + each.x1) / 2 <= bar.x1
            ]
    return sorted(found, key=lambda each: each.x0)


def _judge(
    bar: Glyph, under: Sequence[Glyph], across: Sequence[tuple[float, Glyph]], found: Ruled
) -> None:
    size = max(each.bottom - each.top for each in under)
    reach = sum(min(each.x1, bar.x1) - max(each.x0, bar.x0) for each in under)
    if reach < COVERED * sum(each.x1 - each.x0 for each in under):
        return
    over = max(under[0].x0 - bar.x0, bar.x1 - max(each.x1 for each in under))
    gap = max((b.x0 - a.x1 for a, b in pairwise(under)), default=0.0)
    if over <= OVERHANG * size and gap <= GAP * size and not _meets(bar, across):
        found.struck.update(each.number for each in under)
        found.shapes.add(bar.number)
    elif sum(each.text >= _CHINESE and each.text not in _DASHES for each in under) >= FEWEST:
        found.doubtful.append("".join(each.text for each in under))


def _meets(bar: Glyph, across: Sequence[tuple[float, Glyph]]) -> bool:
    """Say whether an end of ``bar`` is at one of the rules ``across``, as that of a table's rule is."""
    middle = (bar.top + bar.bottom) / 2
    for end in (bar.x0, bar.x1):
        first = bisect_left(across, end - 2 * MEETS, key=lambda each: each[0])
        for x, other in across[first:]:
            if x > end + MEETS:
                break
            if other.x1 >= end - MEETS and other.top - MEETS <= middle <= other.bottom + MEETS:
                return True
    return False


def closed(letters: Sequence[Glyph], struck: Collection[int]) -> dict[int, Glyph]:
    """Return the letters beside struck ones, by their numbers, drawn over the room of these.

    Else it were a blank, and the words around it were two. What stands apart, as in the next cell of a
    table, stays as it is.
    """
    found: dict[int, Glyph] = {}
    done: set[int] = set()
    plain = [letter for letter in letters if letter.way == ACROSS]
    for one in plain:
        if one.number in struck and one.number not in done:
            size, middle = one.bottom - one.top, one.top + one.bottom
            row = [
                each
                for each in plain
                if abs(each.top + each.bottom - middle) < max(size, each.bottom - each.top)
            ]
            done.update(each.number for each in row)
            found.update(_drawn_over(sorted(row, key=lambda each: each.x0), struck, NEXT * size))
    return found


def _drawn_over(
    row: Sequence[Glyph], struck: Collection[int], near: float
) -> Iterator[tuple[int, Glyph]]:
    before: Glyph | None = None
    start = reach = float("-inf")
    gone = False
    for letter in row:
        if letter.x0 - reach > near:
            before, start, gone = None, letter.x0, False
        reach = max(reach, letter.x1)
        if letter.number in struck:
            gone = True
            if before is not None:
                yield before.number, before._replace(x1=reach)
        elif not letter.text.isspace():
            if gone and before is None:
                letter = letter._replace(x0=start)
                yield letter.number, letter
            before, gone = letter, False
