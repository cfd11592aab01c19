"""How a sheet that is sent out looks: its columns, formats, and the paper it is printed on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

FIRST_ROW = 3  # title, note, header; counted from 0
FONT, LETTERS = "宋体", 11  # points
READABLE = 9  # points of a letter on paper, at least
A4, A3 = (9, 842), (8, 1191)  # number of a paper, and points across
MARGIN = 0.4  # inches left and right
LINE = "#808080"


class Kind(Enum):
    """What a column holds."""

    TEXT = "@"
    DAY = "yyyy-mm-dd"
    NUMBER = "General"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name: what it holds, who may write in it, what may be chosen.

    ``locked`` columns are grey, ``hidden`` ones are for us when the list comes back. ``choices`` are fixed words, or the range of a sheet as a formula.
    ``hint`` shows when a cell is chosen.
    """

    name: str
    kind: Kind = Kind.TEXT
    locked: bool = False
    hidden: bool = False
    choices: Sequence[str] | str = ()
    hint: str = ""
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a title, a note that says how to fill it in, columns, rows.

    ``spare`` empty rows below are laid out for additions. ``protected`` keeps grey cells from being
    edited (no password). ``asked`` names the rows (from 0) that wait for an answer; they are yellow.
    """

    name: str
    title: str
    note: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    spare: int = 0
    protected: bool = False
    asked: frozenset[int] = field(default_factory=frozenset)


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Any] = {}
        plain = {"font_name": FONT, "valign": "vcenter"}
        self.title = book.add_format({**plain, "bold": True, "font_size": 16, "align": "center"})
        self.note = book.add_format(
            {**plain, "font_size": LETTERS, "font_color": "#7F6000", "text_wrap": True}
        )
        self.header = book.add_format(
            {
                **plain,
                "bold": True,
                "font_size": 11,
                "align": "center",
                "text_wrap": True,
                "border": 1,
                "border_color": LINE,
                "bg_color": "#D9E2F3",
            }
        )

    def cell(self, column: Column, *, centred: bool, asked: bool) -> Any:
        """Return the format of a cell: grey when locked, yellow when an answer is waited for."""
        key = (column.kind, column.locked, centred, asked)
        if key not in self._made:
            colour = {"bg_color": "#FFF2CC"} if asked and not column.locked else {}
            self._made[key] = self._book.add_format(
                {
                    "font_name": FONT,
                    "font_size": LETTERS,
                    "valign": "vcenter",
                    "align": "center" if centred else "left",
                    "indent": 0 if centred else 1,
                    "text_wrap": True,
                    "border": 1,
                    "border_color": LINE,
                    "num_format": column.kind.value,
                    "locked": column.locked,
                    **({"bg_color": "#EDEDED"} if column.locked else colour),
                }
            )
        return self._made[key]


def set_up_print(page: Any, widths: Sequence[float]) -> None:
    """Print all columns across a page, on A4 unless its letters would be too small to read."""
    across = sum(width * 8 + 5 for width in widths) * 0.75  # points: a digit of 11 has 8 pixels
    scale = (A4[1] - 2 * 72 * MARGIN) / across
    page.set_landscape()
    page.set_paper(A4[0] if LETTERS * scale >= READABLE else A3[0])
    page.fit_to_pages(1, 0)
    page.repeat_rows(FIRST_ROW - 1)
    page.set_margins(left=MARGIN, right=MARGIN, top=0.5, bottom=0.6)
    page.center_horizontally()
    page.set_footer("&L&11&A&C&11第 &P 页，共 &N 页")
