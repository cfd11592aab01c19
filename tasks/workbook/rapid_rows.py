"""A sheet of xlsxwriter that writes rows of one shape at once.

The library keeps an object for each cell and looks at it three times; a ledger has two thousand cells and
sixty ledgers go out together. What is written here is what the library writes for the same cells, letter
for letter: a test holds both together, so that another version of the library is noticed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from tasks.workbook.cells import LONGEST_CELL


@dataclass(frozen=True, slots=True)
class _Block:
    first: int
    rows: Sequence[Sequence[str | float | None]]
    styles: Sequence[Sequence[Any]]  # a format for each column, by row
    heights: Sequence[float | None]  # points


class RapidSheet(Worksheet):
    """A sheet with a block of rows below its head; only in memory, as `Workbook` is opened here."""

    _block: _Block | None = None

    def fill(
        self,
        first: int,
        rows: Sequence[Sequence[Any]],
        styles: Sequence[Sequence[Any]],
        heights: Sequence[float | None],
    ) -> None:
        """Lay ``rows`` from row ``first`` (from 0) on, the last of the sheet and as wide as its head.

        ``styles`` has the format of each cell, ``heights`` points or None. A text is never a formula,
        whatever it begins with. Raises TypeError for a number that is none.
        """
        if not rows:
            return
        self._check_dimensions(first, 0)
        self._check_dimensions(first + len(rows) - 1, len(rows[0]) - 1)
        laid = [[self._laid(value) for value in row] for row in rows]
        self._block = _Block(first, laid, styles, heights)

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        return int(super()._write_string(row, col, as_a_text(string), cell_format))

    def _laid(self, value: Any) -> str | float | None:
        """Return a cell as it is kept until it is written: of a text its place among the texts."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return str(self.str_table._get_shared_string_index(as_a_text(value)))
        if isinstance(value, date):
            return float(self._convert_date_time(value))
        if not isfinite(value):
            raise TypeError("a cell holds a number that is none")
        return float(value)

    def _write_rows(self) -> None:
        if self._block is None:
            super()._write_rows()
            return
        last = self._block.first + len(self._block.rows) - 1
        self.dim_rowmax = self._block.first - 1
        super()._write_rows()
        self.dim_rowmax = last
        self.fh.write("".join(self._lines(self._block)))

    def _lines(self, block: _Block) -> Iterator[str]:
        letters = [xl_col_to_name(n) for n in range(len(block.rows[0]))]
        spans = f'spans="1:{len(letters)}"'
        begun: dict[int, list[tuple[str, str]]] = {}
        every = zip(block.rows, block.styles, block.heights, strict=True)
        for number, (row, styles, height) in enumerate(every, block.first + 1):
            cells = begun.get(id(styles))
            if cells is None:
                cells = begun[id(styles)] = [
                    (f'<c r="{letter}', f'" s="{style._get_xf_index()}"')
                    for letter, style in zip(letters, styles, strict=True)
                ]
            tall = "" if height is None else f' ht="{_pixels(height) * 0.75:.16g}" customHeight="1"'
            yield f'<row r="{number}" {spans}{tall}>'
            for (where, style), value in zip(cells, row, strict=True):
                if value is None:
                    yield f"{where}{number}{style}/>"
                elif isinstance(value, str):
                    yield f'{where}{number}{style} t="s"><v>{value}</v></c>'
                else:
                    yield f"{where}{number}{style}><v>{value:.16G}</v></c>"
            yield "</row>"


def as_a_text(text: str) -> str:
    """Return a text as the library takes it for one.

    What begins and ends as runs of rich text do is written as such, unescaped; a blank behind it keeps
    it a text, and who reads it takes no blanks at the end.
    """
    text = text[:LONGEST_CELL]
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _pixels(points: float) -> int:
    return int(points * 4.0 / 3.0 + 0.5)
