"""The sheets of a workbook as cells; the only user of calamine, and only ever in the guarded worker.

Calamine lays a sheet out at the size it claims, and a failing allocation ends the process with nothing
to catch; that process is then the worker's. As light as the worker itself.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    # Name, whether nobody can see it, cells, the days and times among them (row, column, what, text),
    # and the first and last cells of what is merged.
    Merge = tuple[int, int, int, int]
    RawSheet = tuple[str, bool, list[list[Any]], list[tuple[int, int, str, str]], list[Merge]]

MOST_MERGES = 20_000  # of a sheet
PLAIN = {str, float, int, bool}
TIMES: dict[str, type[dt.date | dt.time]] = {
    kind.__name__: kind for kind in (dt.datetime, dt.date, dt.time)
}


def sheets(content: bytes) -> Iterator[RawSheet]:
    """Yield each sheet with its rows from the first on; days and times stand apart, as text."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for sheet in book.sheets_metadata:
        page = book.get_sheet_by_name(sheet.name)
        rows = page.to_python(skip_empty_area=False)
        hidden = sheet.visible is SheetVisibleEnum.VeryHidden
        merges = [(*first, *last) for first, last in page.merged_cell_ranges or ()]
        if len(merges) > MOST_MERGES:
            from models.errors import CampaignError

            raise CampaignError("里合并的单元格太多，没有读完")
        yield sheet.name, hidden, rows, list(_put_apart(rows)), merges


def all_sheets(name: str, content: bytes) -> list[RawSheet]:
    """Return what `sheets` yields, for a process that reads one workbook after the other."""
    return list(sheets(content))


def _put_apart(rows: list[list[Any]]) -> Iterator[tuple[int, int, str, str]]:
    """Yield what is no text or number with its place, and leave an empty cell there.

    By columns, for days stand in few of them.
    """
    for place, column in enumerate(zip(*rows, strict=True)):
        if {*map(type, column)} <= PLAIN:
            continue
        for number, cell in enumerate(column):
            if type(cell) not in PLAIN:
                kind = type(cell).__name__
                yield number, place, kind, cell.isoformat() if kind in TIMES else str(cell)
                rows[number][place] = ""


def put_back(sheet: RawSheet) -> list[list[Any]]:
    """Return the cells of ``sheet`` with its days and times where they stood."""
    _, _, rows, apart, _ = sheet
    for number, place, kind, text in apart:
        rows[number][place] = TIMES[kind].fromisoformat(text) if kind in TIMES else text
    return rows
