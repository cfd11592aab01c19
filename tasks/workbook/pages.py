"""How a sheet that is sent out looks: formats, widths and heights, and the paper it is printed on.

Not every program fits rows to their text, so heights are reckoned here.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from tasks.workbook.cells import SAME
from tasks.workbook.declaring import Column, Kind, Look

FONT = "宋体"
READABLE = 9  # points of a letter on paper, at least
A4, A3 = (9, 842), (8, 1191)  # number of a paper, and points across
MARGIN = 0.4  # inches left and right
NARROW, WIDE = 6.0, 46.0  # column widths, in digits
DIGIT, EDGE = 8, 5  # pixels: of a digit of the workbook's own font, and of a column's edges
ACROSS = 1690  # pixels of all columns: A3 shows them at 90 percent, with a wider font at 78
HIGHEST = 400  # points of a row; Excel ends at 409
WIDE_LETTER = re.compile("[\u2e80-\U0010ffff]")
LONGEST_TITLE = 90  # characters; a printed head of more than 255 is left out


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[object, Any] = {}
        self.title = self._format(bold=True, font_size=16, align="center")
        self.note = self._format(font_size=11, font_color="#7F6000", text_wrap=True)

    def _format(self, **more: Any) -> Any:
        return self._book.add_format({"font_name": FONT, "valign": "vcenter", **more})

    def header(self, look: Look) -> Any:
        """Return the format of a column's name."""
        if look not in self._made:
            self._made[look] = self._format(
                **self._cell(look, centred=not look.passages), bold=True, bg_color=look.header
            )
        return self._made[look]

    def cell(self, look: Look, column: Column, width: float, *, asked: bool = False) -> Any:
        """Return the format of a cell: grey when locked, yellow when an answer is waited for."""
        centred = not look.passages and (column.kind is Kind.DAY or width <= 12)
        key = (look, column.kind, column.locked, column.warning, centred, asked)
        if key not in self._made:
            own = dict([look.grey]) if column.locked else {}
            if asked and not column.locked:
                own = {"bg_color": "#FFF2CC"}
                own |= {"font_color": "#C00000"} if column.warning else {}
            self._made[key] = self._format(
                **self._cell(look, centred=centred),
                indent=0 if centred or look.passages else 1,
                num_format=column.kind.value,
                locked=column.locked,
                **own,
            )
        return self._made[key]

    @staticmethod
    def _cell(look: Look, *, centred: bool) -> dict[str, Any]:
        return {
            "font_size": look.letters,
            "valign": "top" if look.passages else "vcenter",
            "align": "center" if centred else "left",
            "text_wrap": True,
            "border": 1,
            "border_color": look.border,
        }


def width(column: Column, values: Sequence[Any]) -> float:
    """Return a width in digits that fits the header and most cells; longer ones wrap."""
    if column.width:
        return column.width
    if column.kind is Kind.DAY:
        return 12
    longest = max(map(size, values), default=0)
    return min(max(longest + 2, size(column.name) + 5, NARROW), WIDE)


def shared(least: Sequence[float], columns: Sequence[Sequence[Any]]) -> list[float]:
    """Return the width of each column: what a page has left goes to those with long texts."""
    left = (ACROSS - EDGE * len(least)) // DIGIT - sum(least)
    longest = (max(map(size, values), default=0) for values in columns)
    wished = [max(0, size + 2 - width) for size, width in zip(longest, least, strict=True)]
    share = min(1.0, left / max(1, sum(wished)))
    return [width + int(wish * share) for width, wish in zip(least, wished, strict=True)]


def height(values: Sequence[Any], widths: Sequence[float], line: int) -> int:
    """Return the height in points that shows every text whole, of lines as high as ``line``."""
    return heights([[value] for value in values], widths, line)[0]


def heights(columns: Sequence[Sequence[Any]], widths: Sequence[float], line: int) -> list[int]:
    """Return the height of each row; by columns, for in most of them no text needs a second line."""
    lines = [1] * len(columns[0])
    for values, width in zip(columns, widths, strict=True):
        room = max(1, int(width) - 2)
        high = {
            value: _lines(value, room)
            for value in {*values}
            if isinstance(value, str) and (len(value) * 2 > width - 2 or "\n" in value)
        }
        if high:
            lines = [max(most, high.get(v, 1)) for most, v in zip(lines, values, strict=True)]
    return [line * min(most, HIGHEST // line) + 4 for most in lines]


@lru_cache(SAME)
def _lines(text: str, room: int) -> int:
    """Return in how many lines of ``room`` digits a text stands."""
    return sum(-(-size(piece) // room) or 1 for piece in text.split("\n"))


def size(value: Any) -> int:
    """Return how many digits wide a value shows; a Chinese character counts two."""
    if isinstance(value, str):
        return len(value) + (0 if value.isascii() else len(WIDE_LETTER.findall(value)))
    return 0 if value is None else 10 if isinstance(value, date) else len(f"{value}")


def set_up_print(page: Any, look: Look, widths: Sequence[float], title: str = "") -> None:
    """Print all columns across a page, on A4 unless its letters would be too small to read.

    The sheet's name and the page's number stand on every page, and a ``title`` (`header_text`) that
    no row bears.
    """
    across = sum(width * DIGIT + EDGE for width in widths) * 0.75  # points
    scale = (A4[1] - 2 * 72 * MARGIN) / across
    readable = look.letters * scale >= READABLE and not look.passages
    page.set_landscape()
    page.set_paper(A4[0] if readable else A3[0])
    _set_up_page(page, look, title)


def set_up_form(page: Any, look: Look, title: str) -> None:
    """Print a form on A4, upright."""
    page.set_paper(A4[0])
    _set_up_page(page, look, title)


def header_text(title: str) -> str:
    """Return a title as the head of a printed page has it."""
    return title[:LONGEST_TITLE].replace("&", "&&")


def _set_up_page(page: Any, look: Look, title: str) -> None:
    page.fit_to_pages(1, 0)
    page.set_margins(left=MARGIN, right=MARGIN, top=0.6 if title else 0.5, bottom=0.6)
    page.center_horizontally()
    # The font's name keeps the size and a title that begins with a digit apart.
    font = f'&{look.letters}&"{FONT},Regular"'
    apart = {"margin": 0.25, "scale_with_doc": False}
    if title:
        page.set_header(f"&L{font}{title}&R{font}&A", apart)
    page.set_footer(f"{'' if title else f'&L{font}&A'}&C{font}第 &P 页，共 &N 页", apart)
