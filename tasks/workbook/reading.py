"""Read a workbook that came back, whatever Excel or WPS made of it.

The header row is found by its column names, so columns may be moved, titles may stand above, and
columns nobody asked for are passed over. Empty rows are passed over too.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from models.errors import NotFoundError, PlanError
from models.rules.bounds import LONGEST_NAME, LONGEST_PASSAGE, shown, text_fault
from models.whole_file import FileFault, Why, read_whole, shown_name
from tasks.guarded import GivenUp, worker
from tasks.workbook.cells import BeyondError, as_name, as_names, as_text, half_width
from tasks.workbook.checking import LARGEST_FILE, file_fault
from tasks.workbook.sheets import put_back

HEADER_WITHIN = 30  # rows
MOST_FAULTS = 200  # lines; a wrong file would otherwise say the same thousands of times
LONGEST_LINE = 1_000  # characters of a fault; a cell may hold thirty times as many

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that is looked for: its name, other names it goes by, and whether it must be there.

    ``longest`` is how many characters a cell may hold; with ``many`` names in a cell, each of them.
    """

    name: str
    others: tuple[str, ...] = ()
    required: bool = True
    longest: int = LONGEST_NAME
    many: bool = False

    def fault(self, cell: str) -> str:
        """Return what is wrong with the text of a cell; empty when it can be kept."""
        if len(cell) <= self.longest and cell.isprintable():
            return ""  # nearly every cell
        if not self.many:
            return text_fault(as_text(cell), self.longest, lines=True)
        if fault := text_fault(cell, LONGEST_PASSAGE, lines=True):
            return fault
        long = (name for name in as_names(cell) if len(name) > self.longest)
        return next((f"“{shown(name)}”{text_fault(name, self.longest)}" for name in long), "")


class Faults:
    """What was found wrong in a workbook, in reading order; raised all at once."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.lines: list[str] = []

    def add(self, line: str) -> None:
        """Keep one fault."""
        self.lines.append(line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "……")

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
        except BeyondError as error:
            self.fault(column, str(error))
            return None
        except (ValueError, OverflowError):
            given = as_text(self.cell(column))
            self.fault(column, f"写的是“{shown(given)}”，应为{expected}")
            return None

    def check(self, headings: Sequence[Heading]) -> None:
        """Keep a fault of each cell that is longer, or odder, than its column can hold."""
        for heading in headings:
            cell = self.cell(heading.name)
            if isinstance(cell, str) and (words := heading.fault(cell)):
                self.fault(heading.name, words)

    def fault(self, column: str, words: str) -> None:
        """Keep a fault of this row, with its place."""
        self.faults.add(f"表“{self.sheet}”第 {self.number} 行“{column}”列：{words}")


@dataclass(frozen=True, slots=True)
class Book:
    """An opened workbook: every sheet's cells by name, and the faults found so far."""

    name: str
    sheets: Mapping[str, Sequence[Sequence[object]]]
    faults: Faults

    def has(self, sheet: str) -> bool:
        """Say whether there is a sheet of that name."""
        return sheet in self.sheets

    def rows(self, sheet: str, headings: Sequence[Heading]) -> Iterator[Row]:
        """Yield the rows of ``sheet`` that say something in a column of ``headings``.

        A workbook of one sheet may call it anything. A missing sheet, header row or column is a
        fault, and yields nothing.
        """
        if sheet not in self.sheets and len(self.sheets) == 1:
            [sheet] = self.sheets
        if sheet not in self.sheets:
            self.faults.add(f"缺少工作表“{sheet}”，现有：{'、'.join(self.sheets)}")
            return
        grid = self.sheets[sheet]
        places, header = _find_header(sheet, grid, headings, self.faults)
        wanted = sorted(places.values())
        for number, line in enumerate(grid[header + 1 :], header + 2):
            for place in wanted:
                if place < len(line) and as_text(line[place]):
                    row = Row(sheet, number, places, line, self.faults)
                    row.check(headings)
                    yield row
                    break


@contextmanager
def without_pauses() -> Iterator[None]:
    """Keep the collector from looking through the whole program while a workbook is taken in.

    Tens of thousands of new cells would make it do so several times, for longer than reading takes;
    nothing of a workbook is circular, so it would find nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


Grid = list[list[object]]


def open_book(path: Path) -> Book:
    """Return what stands in a workbook.

    Raises NotFoundError when there is no such file, PlanError with one line when it is no workbook
    of Excel, locked by a password, broken, empty, or too large to be one of ours.
    """
    name = shown_name(path)
    # what nobody can see is not the clerk's (WPS keeps pictures so)
    read = {as_name(sheet): grid for sheet, hidden, grid in read_sheets(path) if not hidden}
    sheets = {sheet: grid for sheet, grid in read.items() if grid}
    if not sheets:
        raise PlanError(name, ["文件是空的，没有任何内容"])
    return Book(name, sheets, Faults(name))


def read_sheets(path: Path) -> list[tuple[str, bool, Grid]]:
    """Return the name of every sheet, whether it is hidden from everybody, and its cells.

    The one way to a workbook's cells: the file is read once, looked at from outside, and taken apart
    in a process of its own. Raises like `open_book`.
    """
    name = shown_name(path)
    try:
        content = read_whole(path, LARGEST_FILE)
    except FileFault as fault:
        raise _told(path, fault) from None
    with worker("tasks.workbook.sheets:sheets") as reader:
        if wrong := file_fault(content):
            raise PlanError(name, [wrong])
        try:
            return [(sheet[0], sheet[1], put_back(sheet)) for sheet in reader.parts(content)]
        except GivenUp as reason:
            raise PlanError(name, [f"文件{reason}；请用 Excel 或 WPS 打开后另存为 .xlsx"]) from None


def _told(path: Path, fault: FileFault) -> NotFoundError | PlanError:
    if fault.why is Why.MISSING:
        return NotFoundError(f"找不到文件 {path}")
    if fault.why is Why.LARGE:
        words = f"超过 {LARGEST_FILE // 1_000_000} MB，不像是本系统的表格"
    else:
        words = f"{fault.why.value}；如正在 Excel、WPS 中打开，请先关闭它"
    return PlanError(shown_name(path), [f"文件{words}"])


def _find_header(
    sheet: str, grid: Sequence[Sequence[object]], headings: Sequence[Heading], faults: Faults
) -> tuple[dict[str, int], int]:
    """Return the place of every column found, and the header's row (from 0); faults and {} else."""
    best: dict[str, list[int]] = {}
    header = 0
    for number, line in enumerate(grid[:HEADER_WITHIN]):
        found = _columns_in(line, headings)
        if len(found) > len(best):
            best, header = found, number
    missing = [h.name for h in headings if h.required and h.name not in best]
    if not best:
        names = "、".join(h.name for h in headings if h.required)
        faults.add(f"表“{sheet}”前 {HEADER_WITHIN} 行里找不到表头，应有这些列：{names}")
        return {}, 0
    for name in missing:
        faults.add(f"表“{sheet}”第 {header + 1} 行表头缺少“{name}”列")
    twice = [name for name, places in best.items() if len(places) > 1]
    for name in twice:
        faults.add(f"表“{sheet}”第 {header + 1} 行表头有两个“{name}”列，请只留一个")
    if missing or twice:
        return {}, header
    return {name: places[0] for name, places in best.items()}, header


def _columns_in(line: Sequence[object], headings: Sequence[Heading]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for n, cell in enumerate(line):
        if not isinstance(cell, str) or not cell:
            continue
        name = _plain(cell)
        for heading in headings:
            if name in map(_plain, (heading.name, *heading.others)):
                found.setdefault(heading.name, []).append(n)
    return found


def _plain(name: str) -> str:
    """Return a column's name as it is compared: no blanks, marks in half width, no star."""
    return half_width(as_name(name)).replace("*", "").rstrip(":")
