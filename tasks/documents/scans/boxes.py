"""Boxes to be ticked on a picture of a page: text recognition loses every other one without a word."""

from collections.abc import Sequence
from typing import Any

SMALL, LARGE = 0.55, 0.85  # of a line's height: the side of a box
SQUARE = 0.2  # how far its sides may differ
OUTLINE = 0.35  # of its edge's pixels at most that are white
# Letters with a frame around them, and those that recognition makes of a box.
FRAMED = frozenset(
    "口回国囗日田四固圆困因团图园围曰目由甲申电囚囤囱圃圈圄而西酉凹凸白百自皿且用月同向司局问间闻闭网门册面中书画曲典函画冈岗再南雨而需需两丙内肉"
)
BLANK = 20  # of 255: a strip without ink has no more than the grain of the scanner
UNSURE = 0.89  # what such a line counts for at most
BOXES = frozenset("□■☑☒✓√")


def has_lost_box(grey: Any, box: tuple[float, float, float, float], text: str) -> bool:
    """Say whether more boxes are drawn in a line (left, top, right, bottom on an upright page) than its text has.

    Letters with a frame count for a box each: so a line is rather passed over than doubted for nothing.
    """
    left, top, right, bottom = (round(value) for value in box)
    strip = grey[max(0, top) : bottom, max(0, left) : right]
    if strip.size == 0 or strip.std() < BLANK:
        return False
    told = sum(letter in BOXES or letter in FRAMED for letter in text)
    return _squares(strip, bottom - top) > told


def _squares(strip: Any, high: int) -> int:
    import cv2

    _, ink = cv2.threshold(
        cv2.GaussianBlur(strip, (3, 3), 0), 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU
    )
    contours, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    seen: list[tuple[int, int]] = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        side = max(w, h)
        fits = SMALL * high <= side <= LARGE * high and abs(w - h) <= SQUARE * side
        is_new = all(abs(x - a) + abs(y - b) > side / 2 for a, b in seen)
        if fits and is_new and _is_outline(ink[y : y + h, x : x + w]):
            seen.append((x, y))
    return len(seen)


def _is_outline(square: Any) -> bool:
    """Say whether all four edges of a square are drawn, and its corners are right angles."""
    edge = max(2, square.shape[0] // 8)
    sides: Sequence[Any] = (square[:edge], square[-edge:], square[:, :edge].T, square[:, -edge:].T)
    return all(float((side.max(axis=0) == 0).mean()) <= OUTLINE for side in sides)
