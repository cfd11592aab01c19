"""The text of a cell: its lines, and which of their ends are breaks that somebody made."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tasks.documents.pdf.letters import Glyph, median

SLACK = 2.0  # points that a line may be short of the edge where nothing more would have fitted
GAP = 0.18  # of a letter's height; a wider gap between Latin letters is a blank
CHINESE = "\u2e80"  # the first of the characters that are set without blanks
TYPED = 0.12  # of a letter: a blank that takes less room was put in by a machine
PADDED = 8.0  # points from the side of a cell that nobody writes on
ROOM = 2.2  # letters; a line with less room left is full
# What a line never breaks within: a number with its point, a Latin word.
WORD = re.compile(r"[0-9A-Za-z.%‰:/+-]+")
# Marks that no line begins with: they take the letter before them along to the next line.
CLOSING = "，。；：、！？）》”’」』〕】〉％%…,.;:!?)]}"
OPENING = "（《“‘「『〔【〈([{"
# A full line that is a whole name, above one that begins a name, in a cell without any mark.
NAME_ENDS = re.compile(r"[局委办部院厅会联处科室心府镇乡司队所行团社]$")
NAME_BEGINS = re.compile(r"^[省市县区州镇乡各]")
MARKS = re.compile(r"[，。；、,;]")


def lines_of_cell(letters: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the lines of letters from the top, each from the left."""
    lines: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(letters, key=lambda g: g.top + g.bottom):
        own = (glyph.top + glyph.bottom) / 2
        if lines and own - middle <= max(height, glyph.bottom - glyph.top) * 0.5:
            lines[-1].append(glyph)
            if glyph.bottom - glyph.top > height:
                middle, height = own, glyph.bottom - glyph.top
        else:
            lines.append([glyph])
            middle, height = own, glyph.bottom - glyph.top
    for line in lines:
        line.sort(key=lambda g: g.x0)
    return lines


class CellText(NamedTuple):
    """What a cell says, in how many lines, and whether there was no room for more on its last one."""

    text: str
    lines: int
    full: bool


def cell_text(
    letters: Iterable[Glyph], left: float, right: float, filled: bool = False
) -> CellText:
    """Return the text of the letters of a cell between ``left`` and ``right``.

    These are the sides of the cell, or of what is ``filled`` with text in its column.
    Lines that were only wrapped are joined; a line that ends where more would have fitted ends with a
    break that somebody made: names on lines of their own.
    """
    lines = lines_of_cell(letters)
    shown = [[glyph for glyph in line if glyph.text.strip()] for line in lines]
    shown = [line for line in shown if line]
    if not shown:
        return CellText("", 0, False)
    texts = [line_text(line) for line in lines if any(glyph.text.strip() for glyph in line)]
    if all(len(text) == 1 for text in texts):
        return CellText("".join(texts), len(texts), True)  # written from the top down
    room = max(right - left, *map(_width, shown)) if filled else _room(shown, left, right)
    unmarked = is_unmarked("".join(texts))
    whole = texts[0]
    for line, above, below, last in zip(shown[1:], texts, texts[1:], shown, strict=False):
        wraps = _width(last) + _first_width(line, below) > room + SLACK / 4
        whole += joint(above, below, wraps=wraps, unmarked=unmarked) + below
    size = shown[-1][-1].bottom - shown[-1][-1].top
    return CellText(whole, len(texts), room - _width(shown[-1]) < ROOM * size)


def _room(lines: Sequence[Sequence[Glyph]], left: float, right: float) -> float:
    """Return how wide a line of the cell may be: the widest one, or the cell without its margins."""
    margin = min(PADDED, *(max(0.0, line[0].x0 - left) for line in lines))
    margin += min(PADDED, *(max(0.0, right - line[-1].x1) for line in lines))
    widest = max(_width(line) for line in lines)
    return max(widest, right - left - max(margin, SLACK))


def _width(line: Sequence[Glyph]) -> float:
    return line[-1].x1 - line[0].x0


def _first_width(line: Sequence[Glyph], text: str) -> float:
    """Return how much of ``line`` must stay together at its head."""
    first = WORD.match(text)
    kept = len(first[0]) if first else 1
    while kept < len(line) and (text[kept] in CLOSING or text[kept - 1] in OPENING):
        kept += 1
    kept = min(kept, len(line))
    return line[kept - 1].x1 - line[0].x0


def joint(above: str, below: str, *, wraps: bool, unmarked: bool) -> str:
    """Return what stands between two lines of a cell: nothing, a blank, or a break."""
    if not wraps or (unmarked and NAME_ENDS.search(above) and NAME_BEGINS.search(below)):
        return "\n"
    return " " if _is_latin(above[-1]) and _is_latin(below[0]) else ""


def is_unmarked(text: str) -> bool:
    """Say whether nothing but lines can part the names of a cell."""
    return not MARKS.search(text)


def line_text(line: Sequence[Glyph]) -> str:
    """Return the text of a line of letters in order, with the blanks between Latin words.

    A blank between Chinese letters stays where it is written and takes room: it parts names. Writers of
    PDF put blanks at every border of Chinese and Latin letters, where nobody typed any.
    """
    size = median([glyph.bottom - glyph.top for glyph in line])
    gap = GAP * size
    text = ""
    end, blank = line[0].x0, False
    for glyph in line:
        if not glyph.text.strip():
            blank = True
            continue
        latin = text and _is_latin(text[-1]) and _is_latin(glyph.text[0])
        chinese = text and text[-1] >= CHINESE and glyph.text[0] >= CHINESE
        apart = glyph.x0 - end
        typed = chinese and blank and apart > TYPED * size
        if typed or (latin and apart > (gap / 2 if blank else gap)):
            text += " "
        text += glyph.text.strip()
        end, blank = glyph.x1, False
    return text


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
