"""How letters look, and which of them are no text of the page: watermarks, hidden, off the page."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from tasks.documents.pages import HIDDEN, OFF_PAGE, SLANTED, WATERMARK
from tasks.documents.pdf.letters import ASKEW, Glyph

Box = tuple[float, float, float, float]  # left, top, right, bottom
_SPACES = {"DeviceGray", "CalGray", "DeviceRGB", "CalRGB", "DeviceCMYK", "ICCBased"}
WHITE, FAINT = 0.97, 0.6  # of light: nothing is seen; grey, or another colour laid on thinly
LARGE = 1.6  # times the letters of the text: words behind it, or askew over it


class Ink(NamedTuple):
    """What the letters of one stroke of the pen have in common, where it is not the common black."""

    light: float  # 0 is black, 1 is white, as it comes out on paper
    unseen: bool  # drawn in no colour at all
    why: str  # why it is no text, by what the file itself says of it; or ""


PLAIN = Ink(0.0, False, "")


def lightness(colour: Any, space: str) -> float:
    """Return how light a colour is, from 0 for black to 1 for white; 0 where nobody can say.

    The tint of a spot colour is no lightness: its 1 is the full colour.
    """
    parts = colour if isinstance(colour, tuple) else (colour,)
    if space not in _SPACES or not all(isinstance(part, int | float) for part in parts):
        return 0.0
    match [min(max(float(part), 0.0), 1.0) for part in parts]:
        case [grey]:
            return grey
        case [red, green, blue]:
            return 0.3 * red + 0.59 * green + 0.11 * blue
        case [cyan, magenta, yellow, black]:
            return (1 - black) * (1 - 0.3 * cyan - 0.59 * magenta - 0.11 * yellow)
    return 0.0


class Seen(NamedTuple):
    """What stands on a page besides its letters: its edges, pictures, and what is filled with colour."""

    edges: Box
    pictures: Sequence[Box]
    filled: Sequence[Box]


def no_text(letters: Sequence[Glyph], looks: dict[int, Ink], seen: Seen) -> dict[int, str]:
    """Return why letters are no text of the page, by their numbers."""
    why: dict[int, str] = {}
    by_number = {letter.number: letter for letter in letters}  # those printed twice are here once
    left, top, right, bottom = seen.edges
    size = body_size(letters)
    for _, x0, x1, y0, y1, number, way in letters:
        if not (left <= (x0 + x1) / 2 <= right and top <= (y0 + y1) / 2 <= bottom):
            why[number] = OFF_PAGE
        elif way == ASKEW:
            why[number] = SLANTED
    askew = [by_number[number] for number, reason in why.items() if reason == SLANTED]
    if askew and max(_em(letter) for letter in askew) >= LARGE * size:
        why.update(dict.fromkeys((letter.number for letter in askew), WATERMARK))
    faint = []
    for number, look in looks.items():
        if number not in by_number:
            continue
        if number in why:
            if why[number] == SLANTED and look.light >= FAINT:
                why[number] = WATERMARK
        elif look.why:
            why[number] = look.why
        elif look.unseen:
            if not _on(
                by_number[number], seen.pictures
            ):  # else what a machine read off the picture
                why[number] = HIDDEN
        elif look.light >= WHITE:
            if not _on(by_number[number], (*seen.filled, *seen.pictures)):
                why[number] = HIDDEN
        elif look.light >= FAINT:
            faint.append(by_number[number])
    why.update(dict.fromkeys(_behind(faint, letters, looks, size), WATERMARK))
    return why


def body_size(letters: Sequence[Glyph]) -> float:
    """Return the size that most letters of a page have; 0 without letters."""
    sizes = Counter(round(letter.bottom - letter.top, 1) for letter in letters)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _em(letter: Glyph) -> float:
    # Letters askew stand in a box that is larger than they are.
    high, wide = letter.bottom - letter.top, letter.x1 - letter.x0
    return min(high, wide) / 1.2 if letter.way == ASKEW else min(high, max(wide, high / 2))


def _on(letter: Glyph, boxes: Sequence[Box]) -> bool:
    x, y = (letter.x0 + letter.x1) / 2, (letter.top + letter.bottom) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _behind(
    faint: Sequence[Glyph], letters: Sequence[Glyph], looks: dict[int, Ink], size: float
) -> set[int]:
    """Return the numbers of faint letters that stand behind the text: large ones that letters stand on.

    The words are told apart by size: of one size all are a watermark, or none.
    """
    found: set[int] = set()
    sizes: dict[float, list[Glyph]] = {}
    for letter in faint:
        sizes.setdefault(round(letter.bottom - letter.top, 1), []).append(letter)
    for high, words in sizes.items():
        boxes = [
            (each.x0, each.top, each.x1, each.bottom) for each in words[:60] if each.text.strip()
        ]
        plain = (each for each in letters if each.number not in looks and each.text.strip())
        if high >= LARGE * size and any(_on(each, boxes) for each in plain):
            found.update(each.number for each in words)
    return found
