"""Lines as they were recognised, put on an upright page: the tilt taken out, each letter at its place."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from tasks.documents.drawn.page import DrawnLetter
from tasks.documents.scans.engine import Recognised
from tasks.documents.scans.habits import put_right

WIDE = 4.0  # times as long as high: a line that shows the page's tilt
LEAST = 12  # letters in such lines
INK = 0.82  # of a box's height that letters take
APART = 2.2  # times the usual way from letter to letter: a blank is left
MOST_TILT = 20.0  # degrees; beyond it nothing is put right


class Turn(NamedTuple):
    """A turn of a page around its middle."""

    cosine: float
    sine: float
    middle: tuple[float, float]

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to lie."""
        dx, dy = x - self.middle[0], y - self.middle[1]
        return (
            self.middle[0] + dx * self.cosine + dy * self.sine,
            self.middle[1] - dx * self.sine + dy * self.cosine,
        )


def tilt_of(lines: Sequence[Recognised]) -> float | None:
    """Return by how many degrees the lines of a page fall to the right; the middle one of their letters.

    None for a page of a few short words, which shows none.
    """
    slopes = []
    for line in lines:
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line.corners
        dx, dy = (x1 + x2 - x0 - x3) / 2, (y1 + y2 - y0 - y3) / 2
        if dx > WIDE * abs(y3 - y0):
            slopes += [math.degrees(math.atan2(dy, dx))] * len(line.text)
    if len(slopes) < LEAST:
        return None
    middle = sorted(slopes)[len(slopes) // 2]
    return float(middle) if abs(middle) <= MOST_TILT else 0.0


def turn_back(tilt: float, wide: int, high: int) -> Turn:
    """Return the turn that puts a page upright."""
    angle = math.radians(tilt)
    return Turn(math.cos(angle), math.sin(angle), (wide / 2, high / 2))


def usual_height(lines: Sequence[Recognised]) -> float:
    """Return how high the box of the middle letter of a page is."""
    heights = [height for line in lines for height in [_height(line)] * len(line.text)]
    return sorted(heights)[len(heights) // 2] if heights else 0.0


def upright_box(line: Recognised, turn: Turn) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a line on the page put upright."""
    places = [turn(x, y) for x, y in line.corners]
    across, down = [x for x, _ in places], [y for _, y in places]
    return min(across), min(down), max(across), max(down)


def _height(line: Recognised) -> float:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line.corners
    return float(math.hypot(x3 - x0, y3 - y0) + math.hypot(x2 - x1, y2 - y1)) / 2


def letters_of_line(line: Recognised, turn: Turn, usual: float, scale: float) -> list[DrawnLetter]:
    """Return the letters of a line in points, on one base line, side by side.

    Where the machine saw more room than a letter's between two, it is kept.
    """
    corners: Any = line.corners
    left, right = turn(*corners[[0, 3]].mean(axis=0)), turn(*corners[[1, 2]].mean(axis=0))
    middle, high = (left[1] + right[1]) / 2, _height(line)
    high = usual if usual and 0.75 < high / usual < 1.33 else high
    size = INK * high
    text = put_right(line.text)
    ends = _ends(line, text, turn, (left[0], right[0]))
    base = (middle + 0.38 * size) * scale
    return [
        DrawnLetter(letter, x0 * scale, base, size * scale, max(x1 - x0, 0.1) * scale)
        for letter, (x0, x1) in zip(text, ends, strict=True)
        if not letter.isspace()
    ]


def _ends(
    line: Recognised, text: str, turn: Turn, whole: tuple[float, float]
) -> list[tuple[float, float]]:
    """Return from where to where each letter stands."""
    seen = [turn(*box.mean(axis=0))[0] for _, box in _boxed(line)]
    if len(seen) != len(text) or any(b <= a for a, b in zip(seen, seen[1:], strict=False)):
        return _shared_out(text, whole)
    steps = sorted(b - a for a, b in zip(seen, seen[1:], strict=False))
    usual = steps[len(steps) // 2] if steps else whole[1] - whole[0]
    left, ends = whole[0], []
    for at, middle in enumerate(seen):
        if at + 1 == len(seen):
            right, start = whole[1], whole[1]
        elif seen[at + 1] - middle > APART * usual:
            right, start = middle + usual / 2, seen[at + 1] - usual / 2
        else:
            right = start = (middle + seen[at + 1]) / 2
        ends.append((left, max(right, left + 0.1)))
        left = start
    return ends


def _boxed(line: Recognised) -> list[tuple[str, Any]]:
    import numpy

    return [(letter, numpy.asarray(corners, dtype=float)) for letter, corners in line.letters]


def _shared_out(text: str, whole: tuple[float, float]) -> list[tuple[float, float]]:
    shares = [0.55 if letter.isascii() else 1.0 for letter in text]
    step = (whole[1] - whole[0]) / (sum(shares) or 1)
    ends, left = [], whole[0]
    for share in shares:
        ends.append((left, left + share * step))
        left += share * step
    return ends
