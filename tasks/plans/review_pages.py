"""The pages of the review workbook, on screen and on paper: how wide a column, how high a row.

Not every program fits rows to their text. A page of A3 shows all columns but the origin in letters
of 9 points at least, also where the font is replaced by a wider one.
"""

from collections.abc import Sequence
from typing import Any

FONT, LETTERS, LINE = "宋体", 12, 18  # points: of a letter, of a line
ACROSS = 1690  # pixels of all columns: A3 shows them at 90 percent, with a wider font at 78
DIGIT, EDGE = 8, 5  # pixels: of a digit of the workbook's own font, and of a column's edges
MOST_LINES = 22  # a row of Excel is at most 409 points high
LONGEST_TITLE = 90  # characters; a printed head of more than 255 is left out


def widths(least: Sequence[int], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the width of each column: what a page has left goes to those with long texts."""
    left = (ACROSS - EDGE * len(least)) // DIGIT - sum(least)
    longest = (max((_size(row[at]) for row in rows), default=0) for at in range(len(least)))
    wished = [max(0, size + 2 - width) for size, width in zip(longest, least, strict=True)]
    share = min(1.0, left / max(1, sum(wished)))
    return [width + int(wish * share) for width, wish in zip(least, wished, strict=True)]


def height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Return the height in points that shows every text whole; a Chinese character is two wide."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        pieces = (_size(piece) for piece in text.split("\n"))
        lines = max(lines, sum(-(-size // max(1, width - 2)) or 1 for size in pieces))
    return float(LINE * min(lines, MOST_LINES) + 2)


def _size(text: str) -> int:
    return sum(1 + (ord(char) > 0x2E7F) for char in text)


def set_up_print(page: Any, title: str) -> None:
    """Print one page wide, with the plan's title, the sheet's name and page numbers on every page."""
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.6)
    named = title[:LONGEST_TITLE].replace("&", "&&")
    look = f'&{LETTERS}&"{FONT},Regular"'  # the font's name keeps the size and a title that begins with a digit apart
    apart = {"margin": 0.25, "scale_with_doc": False}
    page.set_header(f"&L{look}{named}&R{look}&A", apart)
    page.set_footer(f"&C{look}第 &P 页，共 &N 页", apart)
