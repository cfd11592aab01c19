"""Mark faults in somebody else's workbook; the only user of openpyxl, and only ever in the guarded worker.

What is not a cell is lost on the way (macros, links to other files), formulas become their text: what goes
back runs nothing.
"""

from __future__ import annotations

import marshal
from io import BytesIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Fault = tuple[str, int, str, str]  # sheet, row, column by its name, words

RED, HEAD_WITHIN = "FFFFC7CE", 30  # rows in which a header stands
SERIALS = range(20_000, 80_000)  # numbers of days, from 1954 on
WIDTH, LINE, HIGHEST = 44, 16, 400  # digits; points of a line, and of a row at most
NARROW, MOST_COLUMNS = 8.43, 256  # digits of a column that says nothing; columns that are looked at
DAY = "yyyy-mm-dd"
SHOWN = 100  # characters of a formula


def marked(message: bytes) -> Iterator[bytes]:
    """Yield the workbook in ``message`` with its faults red and explained in a column behind."""
    content, faults, days, why = marshal.loads(message)  # noqa: S302
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), keep_links=False, rich_text=False)
    by_sheet: dict[str, list[Fault]] = {}
    for fault in faults:
        by_sheet.setdefault(fault[0], []).append(fault)
    for page in book.worksheets:
        formulas = _defuse(page, days)
        if page.title in by_sheet:
            _mark(page, by_sheet[page.title], why, formulas)
    first = next((page for page in book.worksheets if page.title in by_sheet), None)
    if first is not None:
        book.active = book.worksheets.index(first)
    out = BytesIO()
    book.save(out)
    yield out.getvalue()


def _defuse(page: Any, days: list[str]) -> dict[tuple[int, int], str]:
    """Turn formulas to their text, and show the days that openpyxl takes for numbers as days.

    Return the formulas by row and column.
    """
    found: dict[tuple[int, int], str] = {}
    columns = {cell.column for row in _head(page) for cell in row if cell.value in days}
    for row in page.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                text = str(getattr(cell.value, "text", cell.value))
                cell.value, cell.data_type = text, "s"
                cell.quotePrefix = True
                found[cell.row, cell.column] = text
            elif cell.column in columns and _is_day(cell):
                cell.number_format = DAY
    return found


def _is_day(cell: Any) -> bool:
    number = cell.value
    plain = type(number) in (int, float) and cell.number_format == "General"
    return plain and int(number) in SERIALS


def _head(page: Any) -> Any:
    return page.iter_rows(max_row=min(page.max_row, HEAD_WITHIN))


def _mark(page: Any, faults: list[Fault], why: str, formulas: dict[tuple[int, int], str]) -> None:
    from copy import copy

    from openpyxl.styles import Alignment, Font, PatternFill

    wanted = {column for _, _, column, _ in faults}
    places, header = _header(page, wanted)
    last = places.get(why) or max(places.values(), default=page.max_column) + 1
    while page.cell(header, last).value not in (None, "", why):
        last += 1
    head = page.cell(header, last)
    beside = page.cell(header, max(1, last - 1))
    head.value, head.font, head.border = why, Font(bold=True, color="FFC00000"), copy(beside.border)
    head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    page.column_dimensions[head.column_letter].width = WIDTH
    _show_whole(page, header)
    red = PatternFill("solid", start_color=RED, end_color=RED)
    said: dict[int, list[str]] = {}
    for _, row, column, words in faults:
        place = (row, places.get(column, 0))
        if place in formulas:  # its text, sent in again, would count as an answer
            page.cell(*place).value = None
            words += f"（原为 {formulas[place][:SHOWN]}）"
        said.setdefault(row, []).append(f"{column}：{words}")
        if column in places:
            page.cell(*place).fill = red
    for row, lines in said.items():
        cell = page.cell(row, last)
        cell.value, cell.data_type = "\n".join(lines)[:2000], "s"
        cell.fill, cell.alignment = red, Alignment(vertical="top", wrap_text=True)
        cell.font = Font(color="FFC00000")
        height = page.row_dimensions[row].height or LINE
        needed = LINE * _lines(cell.value, WIDTH - 2) + 4
        page.row_dimensions[row].height = min(max(height, needed), HIGHEST)
    if page.print_area:
        page.print_area = f"A1:{head.column_letter}{page.max_row}"


def _show_whole(page: Any, header: int) -> None:
    """Make each row below the header as high as what was typed into it; programs do so only as one types."""
    widths = {
        column: each.width
        for each in page.column_dimensions.values()
        for column in range(each.min or 1, min(each.max or 1, MOST_COLUMNS) + 1)
    }
    for row in page.iter_rows(min_row=header + 1):
        lines = max(
            (_lines(cell.value, widths.get(cell.column, NARROW)) for cell in row), default=1
        )
        own = page.row_dimensions[row[0].row]
        if lines > 1 and (own.height or LINE) < LINE * lines + 4:
            own.height = min(LINE * lines + 4, HIGHEST)


def _lines(value: object, width: float) -> int:
    if not isinstance(value, str):
        return 1
    room = max(1, int(width) - 2)
    pieces = (sum(1 + (mark > "\u2e7f") for mark in piece) for piece in value.split("\n"))
    return sum(-(-piece // room) or 1 for piece in pieces)


def _header(page: Any, wanted: set[str]) -> tuple[dict[str, int], int]:
    """Return where columns stand by their names, and the row of the header (from 1)."""
    best: dict[str, int] = {}
    number = 1
    for row in _head(page):
        found = {
            "".join(str(cell.value).split()).rstrip("*:："): cell.column
            for cell in row
            if isinstance(cell.value, str)
        }
        if len(wanted & found.keys()) > len(wanted & best.keys()) or (
            not best.keys() & wanted and len(found) > len(best)
        ):
            best, number = found, row[0].row
    return best, number
