"""The letters of a page of a PDF, each with its place."""

from typing import NamedTuple


class Glyph(NamedTuple):
    """One letter as printed: its text (a ligature may have several) and its box, from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    number: int  # its place among the letters of its page
