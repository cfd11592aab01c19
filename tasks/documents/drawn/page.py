"""What is drawn on a page: letters and rules with their places, in points from the upper left corner."""

from typing import NamedTuple


class DrawnLetter(NamedTuple):
    """A letter, the left end of its base line, its size, and the room that it takes."""

    text: str
    x: float
    base: float
    size: float
    wide: float


class DrawnRule(NamedTuple):
    """A straight rule from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float


class DrawnPage(NamedTuple):
    """A page of letters and rules."""

    wide: float
    high: float
    letters: list[DrawnLetter]
    rules: list[DrawnRule]
