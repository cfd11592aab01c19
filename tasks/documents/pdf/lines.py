"""Letters of a page into its lines: what stands on one line, and the blanks within it."""

from collections.abc import Sequence
from typing import NamedTuple

from tasks.documents.pdf.letters import ACROSS, Glyph, as_across

# Parts of the size of a letter. Chinese needs no blanks and is often set wide; a gap of nearly a letter
# is meant. A blank that is written but takes no room was put in by a machine that reads pictures.
_ROOM, _LATIN_GAP, _CHINESE_GAP = 0.12, 0.18, 0.8
_BLOCK = 2.0  # heights of a line: lines farther apart that stand another way are not one text
_CHINESE = "\u2e80"  # the first of the characters that are set without blanks


class Strip(NamedTuple):
    """Letters that stand on one line, in the order of reading, and the box that they fill."""

    top: float
    bottom: float
    left: float
    right: float
    letters: list[Glyph]

    @property
    def middle(self) -> float:
        """Return half the height."""
        return (self.top + self.bottom) / 2


def strips_of(letters: Sequence[Glyph]) -> list[Strip]:
    """Return ``letters`` line by line, top down; those that stand another way are lines of their own."""
    ways = {letter.way for letter in letters}
    if ways <= {ACROSS}:
        return _across(letters)
    found = _across([letter for letter in letters if letter.way == ACROSS])
    for way in sorted(ways - {ACROSS}):
        of_way = {letter.number: letter for letter in letters if letter.way == way}
        lines = _across([as_across(letter) for letter in of_way.values()])
        found += _as_blocks([(each, [of_way[o.number] for o in each.letters]) for each in lines])
    return sorted(found, key=lambda strip: strip.top)


def _as_blocks(lines: Sequence[tuple[Strip, list[Glyph]]]) -> list[Strip]:
    """Return lines that stand another way, in their order, with that of their block as height.

    On the page they stand side by side: which of them reaches highest says nothing.
    """
    blocks: list[list[Strip]] = []
    last: Strip | None = None
    for turned, letters in lines:
        beside = last is not None and turned.left < last.right and last.left < turned.right
        if (
            last is None
            or not beside
            or turned.top - last.bottom > _BLOCK * (last.bottom - last.top)
        ):
            blocks.append([])
        blocks[-1].append(_strip(letters))
        last = turned
    return [
        strip._replace(top=min(s.top for s in block), bottom=max(s.bottom for s in block))
        for block in blocks
        for strip in block
    ]


def _across(letters: Sequence[Glyph]) -> list[Strip]:
    heights: dict[tuple[float, float], list[Glyph]] = {}
    for letter in letters:
        heights.setdefault((letter[3], letter[4]), []).append(letter)
    # Most letters of a line have the same box; what stands a little higher or lower joins the most.
    groups = sorted(heights.items(), key=lambda each: each[0][0] + each[0][1])
    found: list[list[Glyph]] = []
    core = (0.0, 0.0, 0)
    for (top, bottom), members in groups:
        if found and _on_one_line(core, (top, bottom)):
            found[-1] += members
            if len(members) > core[2]:
                core = (top, bottom, len(members))
        else:
            found.append(members)
            core = (top, bottom, len(members))
    for members in found:
        members.sort(key=_x0)
    return [_strip(members) for members in found]


def _x0(letter: Glyph) -> float:
    return letter[1]


def _on_one_line(core: tuple[float, float, int], box: tuple[float, float]) -> bool:
    """Say whether letters in ``box`` stand on the line whose most letters stand in ``core``."""
    top, bottom, _ = core
    high, other = bottom - top, box[1] - box[0]
    apart = abs((top + bottom) - (box[0] + box[1])) / 2
    alike = 0.75 * high < other < 1.33 * high
    return apart < (0.35 if alike else 0.6) * max(high, other)  # 0.6: m², H₂O


def _strip(members: list[Glyph]) -> Strip:
    return Strip(
        min([letter[3] for letter in members]),
        max([letter[4] for letter in members]),
        min([letter[1] for letter in members]),
        max([letter[2] for letter in members]),
        members,
    )


def strip_text(strip: Strip) -> str:
    """Return the text of a line: blanks between Latin words, none between Chinese letters.

    A blank between Chinese letters stays where it is written and takes room, or nearly a letter's room
    is left without one: names are told apart by it.
    """
    parts: list[str] = []
    end, last, before, blank = -1e9, 0.0, "", False
    turned = strip.letters[0].way != ACROSS
    for text, x0, x1, top, bottom, _, _ in (
        map(as_across, strip.letters) if turned else strip.letters
    ):
        if text.isspace():
            blank = True
            continue
        if before:
            gap, size = x0 - end, max(bottom - top, last)
            if blank or gap > _LATIN_GAP * size:
                chinese = before >= _CHINESE or text >= _CHINESE
                if blank:
                    apart = not chinese or gap > _ROOM * size
                else:
                    apart = gap > (_CHINESE_GAP if chinese else _LATIN_GAP) * size
                if apart:
                    parts.append(" ")
        parts.append(text)
        before, blank, last = text[-1:], False, bottom - top
        end = x1 if x1 > end else end
    return "".join(parts)
