"""Write a workbook that an office can print, fill in and send back; the only user of xlsxwriter."""

import os
import tempfile
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from models.errors import NotFoundError, PlanError
from models.rules.bounds import FIRST_DAY, LAST_DAY
from tasks.workbook.pages import (
    FIRST_ROW,
    FONT,
    LETTERS,
    Column,
    Formats,
    Kind,
    Sheet,
    set_up_print,
)

__all__ = ["FIRST_ROW", "Column", "Kind", "Sheet", "write_workbook"]

NARROW, WIDE = 6.0, 46.0  # column widths, in digits
LONGEST_CELL = 32_000  # characters; one of more than 32,767 is left empty and nobody told
PRINTED_SPARE = 5  # empty rows that are printed below the last


def write_workbook(path: Path, sheets: Sequence[Sheet], *, replace: bool = False) -> None:
    """Write ``sheets`` to ``path``: whole or not at all.

    Raises PlanError when the name does not end in .xlsx or the file exists: what somebody filled in
    is never overwritten; with ``replace`` it is a list that nobody fills in, and is. Raises NotFoundError when the folder is not there.
    """
    if path.suffix.lower() != ".xlsx":
        raise PlanError(path.name, ["文件名应以 .xlsx 结尾"])
    if path.exists() and not replace:
        raise PlanError(
            path.name, ["文件已经存在，不会覆盖（里面可能有填好的内容），请换一个文件名"]
        )
    if not path.parent.is_dir():
        raise NotFoundError(f"没有 {path.parent} 这个文件夹")
    handle, name = tempfile.mkstemp(suffix=".xlsx", dir=path.parent)
    os.close(handle)
    made = Path(name)
    try:
        _write(made, sheets)
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _write(path: Path, sheets: Sequence[Sheet]) -> None:
    from xlsxwriter import Workbook

    options = {
        "in_memory": True,  # no ten little files per workbook on the way
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": Kind.DAY.value,
        # A column is as many digits wide as its width says: of this font, which every office has.
        "default_format_properties": {"font_name": FONT, "font_size": LETTERS},
    }
    with Workbook(str(path), options) as book:
        formats = Formats(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats)


def _write_sheet(page: Any, sheet: Sheet, formats: Formats) -> None:
    last = len(sheet.columns) - 1
    end = FIRST_ROW + len(sheet.rows) + sheet.spare
    widths = [
        _width(column, [row[n] for row in sheet.rows]) for n, column in enumerate(sheet.columns)
    ]
    _write_head(page, sheet, formats, widths)
    for n, column in enumerate(sheet.columns):
        centred = column.kind is Kind.DAY or widths[n] <= 12
        plain = formats.cell(column, centred=centred, asked=False)
        asked = formats.cell(column, centred=centred, asked=True)
        page.set_column(n, n, widths[n], None, {"hidden": column.hidden})
        for r, row in enumerate(sheet.rows):
            _write_cell(page, FIRST_ROW + r, n, row[n], asked if r in sheet.asked else plain)
        for r in range(FIRST_ROW + len(sheet.rows), end):
            page.write_blank(r, n, None, plain)
        if end > FIRST_ROW and not column.locked:
            _validate(page, column, n, end - 1)
    for r, row in enumerate(sheet.rows):
        shown = [(row[n], widths[n]) for n, c in enumerate(sheet.columns) if not c.hidden]
        lines = max(_lines(value, width) for value, width in shown)
        page.set_row(FIRST_ROW + r, 16 * lines + 4)
    if end > FIRST_ROW:
        page.autofilter(FIRST_ROW - 1, 0, end - 1, last)
    page.freeze_panes(FIRST_ROW, 1)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if sheet.protected:
        page.protect(
            "",
            {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True},
        )
    printed = FIRST_ROW + len(sheet.rows) + min(sheet.spare, PRINTED_SPARE)
    page.print_area(0, 0, max(printed - 1, FIRST_ROW), last)
    set_up_print(page, [w for w, c in zip(widths, sheet.columns, strict=True) if not c.hidden])


def _write_head(page: Any, sheet: Sheet, formats: Formats, widths: Sequence[float]) -> None:
    last = len(sheet.columns) - 1
    page.merge_range(0, 0, 0, last, sheet.title, formats.title) if last else page.write_string(
        0, 0, sheet.title, formats.title
    )
    page.merge_range(1, 0, 1, last, sheet.note, formats.note) if last else page.write_string(
        1, 0, sheet.note, formats.note
    )
    page.set_row(0, 30)
    seen = sum(w for w, column in zip(widths, sheet.columns, strict=True) if not column.hidden)
    page.set_row(1, 16 * _lines(sheet.note, seen) + 6)
    page.set_row(FIRST_ROW - 1, 24)
    for n, column in enumerate(sheet.columns):
        page.write_string(FIRST_ROW - 1, n, column.name, formats.header)


def _write_cell(page: Any, row: int, n: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, n, None, style)
    elif isinstance(value, str):
        # Never a formula, whatever it begins with.
        page.write_string(row, n, value[:LONGEST_CELL], style)
    elif isinstance(value, date):
        page.write_datetime(row, n, value, style)
    else:
        page.write_number(row, n, value, style)


def _validate(page: Any, column: Column, n: int, last: int) -> None:
    rule: dict[str, Any] = {}
    if column.choices:
        rule = {
            "validate": "list",
            "source": column.choices if isinstance(column.choices, str) else list(column.choices),
            "error_title": column.name,
            "error_message": "请从下拉列表中选择",
            # Names kept in another sheet are a help only: several may stand in a cell.
            "show_error": not isinstance(column.choices, str),
        }
    elif column.kind is Kind.DAY:
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": FIRST_DAY,
            "maximum": LAST_DAY,
            "error_title": column.name,
            "error_message": "请填日期，如 2025-07-01",
            "error_type": "warning",
        }
    elif column.hint:
        rule = {"validate": "any"}
    if column.hint:
        rule |= {"input_title": column.name, "input_message": column.hint}
    if rule:
        page.data_validation(FIRST_ROW, n, last, n, rule)


def _width(column: Column, values: Sequence[Any]) -> float:
    """Return a width in digits that fits the header and most cells; longer ones wrap."""
    if column.width:
        return column.width
    if column.kind is Kind.DAY:
        return 12
    longest = max((_length(value) for value in values), default=0)
    return min(max(longest + 2, _length(column.name) + 5, NARROW), WIDE)


def _length(value: Any) -> int:
    """Return how many digits wide a value shows; a Chinese character counts two."""
    if not isinstance(value, str):
        return 0 if value is None else 10 if isinstance(value, date) else len(f"{value}")
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in value) if not value.isascii() else 0
    return max((len(value) if len(value) < 200 else 200) + wide, 0)


def _lines(value: Any, width: float) -> int:
    if not isinstance(value, str) or len(value) * 2 < width and "\n" not in value:
        return 1
    return sum(max(1, -(-_length(line) // max(int(width) - 1, 1))) for line in value.split("\n"))
