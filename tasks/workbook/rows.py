"""A row of a workbook that came back: its cells by their columns, and what is wrong with them."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from models.errors import PlanError
from models.rules.bounds import shown
from models.rules.calendar.days import half_width
from tasks.workbook.cells import CellError, as_number, as_text
from tasks.workbook.declaring import Column
from tasks.workbook.opening import Broken

MOST_FAULTS = 200  # lines; a wrong file would otherwise say the same thousands of times
LONGEST_LINE = 1_000  # characters of a fault; a cell may hold thirty times as many

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class FaultPlace:
    """Where a fault stands: sheet, row as Excel shows it, column by its name; and what is wrong."""

    sheet: str
    row: int
    column: str
    words: str


class Faults:
    """What was found wrong in a workbook, in reading order; raised all at once.

    ``places`` are the faults of single rows, ``loose`` those of a sheet or of the whole.
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.lines: list[str] = []
        self.places: list[FaultPlace] = []
        self.loose: list[str] = []
        self._spoilt: set[tuple[str, int, str]] = set()  # cells that hold what no column can

    def add(self, line: str) -> None:
        """Keep one fault of a sheet, or of the whole."""
        self.loose.append(self._kept(line))

    def add_at(self, place: FaultPlace) -> None:
        """Keep one fault of a row; of a cell that is `spoil`ed nothing more is said."""
        if (place.sheet, place.row, place.column) in self._spoilt:
            return
        self.places.append(place)
        self._kept(f"表“{place.sheet}”第 {place.row} 行“{place.column}”列：{place.words}")

    def spoil(self, place: FaultPlace) -> None:
        """Keep the one fault of a cell that is too long or odd: what its reader says of it is the same."""
        self.add_at(place)
        self._spoilt.add((place.sheet, place.row, place.column))

    def _kept(self, line: str) -> str:
        self.lines.append(line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "……")
        return self.lines[-1]

    def stop(self) -> None:
        """Raise PlanError when anything was found; what exceeds a few pages is only counted."""
        if not self.lines:
            return
        shown = self.lines[:MOST_FAULTS]
        if left := len(self.lines) - len(shown):
            shown.append(f"……另有 {left} 处，改正以上各处后再试")
        raise PlanError(self.subject, shown)


@dataclass(slots=True)
class Row:
    """A row that says something, and where it stands; thousands are made, so they share ``places``."""

    sheet: str
    number: int  # as Excel shows it
    places: Mapping[str, int]  # of each column
    line: Sequence[object]
    faults: Faults

    def cell(self, column: str) -> object:
        """Return a cell as Excel holds it, "" when it or its column is not there."""
        place = self.places.get(column)
        return "" if place is None or place >= len(self.line) else self.line[place]

    def has(self, column: str) -> bool:
        """Say whether the sheet has a column at all."""
        return column in self.places

    def text(self, column: str) -> str:
        """Return the text of a column, empty when the column is not there."""
        return as_text(self.cell(column))

    def read(self, column: str, reader: Callable[[object], Value], expected: str) -> Value | None:
        """Return what ``reader`` makes of a cell; a fault that says what was ``expected``, and None."""
        try:
            return reader(self.cell(column))
        except CellError as error:
            self.fault(column, str(error))
            return None
        except (ValueError, OverflowError):
            given = as_text(self.cell(column))
            self.fault(column, f"写的是“{shown(given)}”，应为{expected}")
            return None

    def whole(self, column: str, least: int, most: int) -> int | None:
        """Return the whole number of a cell; a fault, and None, for anything else, an empty cell too."""
        expected = f"{least} 到 {most} 的整数"
        before = len(self.faults.lines)
        count = self.read(column, as_number, expected)
        if len(self.faults.lines) > before:
            return None
        if count is None or count != int(count) or not least <= count <= most:
            self.fault(column, f"应为 {expected}")
            return None
        return int(count)

    def once(self, column: str, key: Hashable, first: dict[Any, int], said: str = "") -> bool:
        """Keep a fault where an earlier row has the same ``key``; say whether this one is the first.

        ``first`` holds for each key the row it was in; ``said`` goes before the words.
        """
        if (there := first.setdefault(key, self.number)) == self.number:
            return True
        self.fault(column, f"{said} 与第 {there} 行重复".strip())
        return False

    def check(self, columns: Sequence[tuple[int, Column]]) -> None:
        """Keep a fault of each cell that is longer, or odder, than its column can hold."""
        line, width = self.line, len(self.line)
        for place, column in columns:
            cell = line[place] if place < width else ""
            if not isinstance(cell, str) or (len(cell) <= column.longest and cell.isprintable()):
                continue  # nearly every cell, and there are tens of thousands
            if words := column.fault(cell):
                self.faults.spoil(FaultPlace(self.sheet, self.number, column.name, words))

    def fault(self, column: str, words: str) -> None:
        """Keep a fault of this row, with its place; of a cell that holds nothing, only that."""
        cell = self.cell(column)
        if not isinstance(cell, Broken) or cell.words == words:
            self.faults.add_at(FaultPlace(self.sheet, self.number, column, words))


def ask_percent(row: Row, column: str, unit: str) -> None:
    """Keep a fault of a number up to 1 whose ``unit`` is %: a cell in percent format shows 95% and holds 0.95.

    One that is written as text says itself what it is.
    """
    cell = row.cell(column)
    if isinstance(cell, int | float) and 0 < cell <= 1 and half_width(unit) == "%":
        told = f"{cell * 100:g}%"
        row.fault(column, f"是 {cell:g}% 还是 {told}？请在格子里写成带 % 的文本，如 {told}")
