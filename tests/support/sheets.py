"""Edit workbooks as a clerk does, with another program than the one that wrote them."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADER = 3  # the row of the header in what we write


def edited(path: Path, edit: Callable[[Any], None], name: str = "回收.xlsx") -> Path:
    """Return a copy of ``path`` after ``edit`` of its workbook."""
    book = load_workbook(path)
    edit(book)
    copy = path.with_name(name)
    book.save(copy)
    return copy


def made(path: Path, **sheets: Iterable[Sequence[Any]]) -> Path:
    """Return a new workbook with ``sheets`` of plain rows."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def place(page: Worksheet, column: str, **found: Any) -> Any:
    """Return the cell of ``column`` in the first row whose columns are as ``found``."""
    return page.cell(row_number(page, **found), columns(page)[column])


def columns(page: Worksheet) -> dict[str, int]:
    """Return the number of each column by its name."""
    return {cell.value: cell.column for cell in page[HEADER] if cell.value}


def row_number(page: Worksheet, **found: Any) -> int:
    """Return the number of the first row whose columns are as ``found``."""
    at = columns(page)
    for number in range(HEADER + 1, page.max_row + 1):
        if all(page.cell(number, at[name]).value == value for name, value in found.items()):
            return number
    raise LookupError(found)


def texts(page: Worksheet) -> list[list[Any]]:
    """Return what stands below the header, empty rows left out."""
    rows = [list(row) for row in page.iter_rows(min_row=HEADER + 1, values_only=True)]
    return [row for row in rows if any(cell is not None for cell in row)]
