"""Write a workbook that an office can print, fill in and send back; the only user of xlsxwriter."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from models.errors import NotFoundError, PlanError
from models.files.whole_file import write_whole
from models.rules.bounds import FIRST_DAY, LAST_DAY
from tasks.workbook.cells import LONGEST_CELL, as_text, mark_of
from tasks.workbook.declaring import Column, Filled, FilledForm, Kept, Kind, Part
from tasks.workbook.pages import FONT, Formats, height, set_up_form, set_up_print, shared, width

KEPT_IN_A_CELL = 16_000  # of what is out of sight: characters that Excel may count twice
PRINTED_SPARE = 5  # empty rows that are printed below the last
FORM_WIDTHS = (14.0, 80.0)


def write_workbook(path: Path, parts: Sequence[Part], *, replace: bool = False) -> None:
    """Write ``parts`` to ``path``: whole or not at all.

    Raises PlanError when the name does not end in .xlsx or the file exists: what somebody filled in
    is never overwritten; with ``replace`` it is a list that nobody fills in, and is. Raises
    NotFoundError when the folder is not there.
    """
    if path.suffix.lower() != ".xlsx":
        raise PlanError(path.name, ["文件名应以 .xlsx 结尾"])
    if path.exists() and not replace:
        raise PlanError(
            path.name, ["文件已经存在，不会覆盖（里面可能有填好的内容），请换一个文件名"]
        )
    if not path.parent.is_dir():
        raise NotFoundError(f"没有 {path.parent} 这个文件夹")
    write_whole(path, workbook_bytes(parts), lasting=False)


def workbook_bytes(parts: Sequence[Part], made: datetime | None = None) -> bytes:
    """Return the workbook of ``parts`` as a file's bytes; the same bytes each time where ``made`` (UTC) is given."""
    from xlsxwriter import Workbook

    from tasks.workbook.rapid_rows import RapidSheet

    buffer = BytesIO()
    options = {
        "in_memory": True,  # no ten little files per workbook on the way
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": Kind.DAY.value,
        # A column is as many digits wide as its width says: of this font, which every office has.
        "default_format_properties": {"font_name": FONT, "font_size": 11},
    }
    with Workbook(buffer, options) as book:
        if made is not None:
            book.set_properties({"created": made.replace(tzinfo=None)})
        formats = Formats(book)
        ranges = {
            part.sheet.name: _first_column(part) for part in parts if isinstance(part, Filled)
        }
        for part in parts:
            if isinstance(part, Filled):
                _write_sheet(book.add_worksheet(part.sheet.name, RapidSheet), part, formats, ranges)
            elif isinstance(part, FilledForm):
                _write_form(book.add_worksheet(part.form.name, RapidSheet), part, formats)
            else:
                _keep(book.add_worksheet(part.name, RapidSheet), part, _shown(parts))
    return buffer.getvalue()


def _first_column(part: Filled) -> str:
    first = part.sheet.first_row
    return f"='{part.sheet.name}'!$A${first + 1}:$A${first + len(part.rows) + part.sheet.spare}"


def _write_sheet(page: Any, part: Filled, formats: Formats, ranges: Mapping[str, str]) -> None:
    sheet, rows, first, look = part.sheet, part.rows, part.sheet.first_row, part.sheet.look
    widths = [width(column, [row[n] for row in rows]) for n, column in enumerate(sheet.columns)]
    seen = [n for n, column in enumerate(sheet.columns) if not (column.hidden or column.quiet)]
    if look.passages:
        wide = iter(shared([widths[n] for n in seen], [[row[n] for n in seen] for row in rows]))
        widths = [next(wide) if n in seen else each for n, each in enumerate(widths)]
    _write_head(page, part, formats, widths)
    for n, column in enumerate(sheet.columns):
        page.set_column(n, n, widths[n], None, {"hidden": column.hidden})
        end = first + len(rows) + sheet.spare
        if end > first and not column.locked:
            _validate(page, (first, n, end - 1, n), column, ranges)
    seen_widths = [widths[n] for n in seen]
    plain_row, asked_row = (
        [
            formats.cell(look, column, each, asked=asked)
            for column, each in zip(sheet.columns, widths, strict=True)
        ]
        for asked in (False, True)
    )
    styles = [asked_row if n in part.asked else plain_row for n in range(len(rows))]
    heights = [height([row[n] for n in seen], seen_widths, look.line) for row in rows]
    # Empty rows are laid out below for additions.
    below = [[None] * len(sheet.columns)] * part.ruled
    page.fill(
        first,
        [*rows, *below],
        [*styles, *[plain_row] * part.ruled],
        [*heights, *[None] * part.ruled],
    )
    _frame(page, part, seen[-1])
    set_up_print(page, look, seen_widths, "" if sheet.note else part.title)


def _frame(page: Any, part: Filled, last_seen: int) -> None:
    """Say what stays in sight, what is filtered, protected and printed."""
    sheet, first = part.sheet, part.sheet.first_row
    below = first + len(part.rows)
    if below + part.ruled > first or sheet.look.passages:
        end = max(below + part.ruled - 1, first)
        page.autofilter(first - 1, 0, end, len(sheet.columns) - 1)
    page.freeze_panes(first, sheet.still)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if sheet.protected:
        allowed = ("format_columns", "format_rows", "autofilter", "sort")
        page.protect("", dict.fromkeys(allowed, True))
    page.repeat_rows(first - 1)
    page.print_area(0, 0, max(below + min(part.ruled, PRINTED_SPARE) - 1, first), last_seen)


def _write_head(page: Any, part: Filled, formats: Formats, widths: Sequence[float]) -> None:
    sheet, last = part.sheet, len(part.sheet.columns) - 1
    if sheet.note:
        for row, text, style in ((0, part.title, formats.title), (1, sheet.note, formats.note)):
            if last:
                page.merge_range(row, 0, row, last, text, style)
            else:
                page.write_string(row, 0, text, style)
        across = sum(
            w for w, column in zip(widths, sheet.columns, strict=True) if not column.hidden
        )
        page.set_row(0, 30)
        page.set_row(1, height([sheet.note], [across], sheet.look.line))
    names = [column.name for column in sheet.columns]
    page.set_row(sheet.first_row - 1, max(24, height(names, widths, sheet.look.line)))
    for n, name in enumerate(names):
        page.write_string(sheet.first_row - 1, n, name, formats.header(sheet.look))


def _write_form(page: Any, part: FilledForm, formats: Formats) -> None:
    look, fields = part.form.look, part.form.fields
    for n, each in enumerate(FORM_WIDTHS):
        page.set_column(n, n, each)
    for row, (column, value) in enumerate(zip(fields, part.values, strict=True)):
        page.write_string(row, 0, column.name, formats.header(look))
        style = formats.cell(look, column, FORM_WIDTHS[1])
        _write_cell(page, (row, 1), value, style)
        _validate(page, (row, 1, row, 1), column, {})
    plain = formats.cell(look, Column(""), FORM_WIDTHS[1])
    for row, line in enumerate(part.lines, len(fields) + 1):
        page.write_string(row, 1, line, plain)
    for row, value in enumerate([*part.values, "", *part.lines]):
        page.set_row(row, height([value], FORM_WIDTHS[1:], look.line))
    set_up_form(page, look, part.title)


def _shown(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the text of every cell that is for the eye only."""
    for part in parts:
        if isinstance(part, FilledForm):
            yield from (line[:LONGEST_CELL] for line in part.lines)
            told = zip(part.form.fields, part.values, strict=True)
            yield from (as_text(value)[:LONGEST_CELL] for column, value in told if column.shown)
        if isinstance(part, Filled):
            places = [n for n, column in enumerate(part.sheet.columns) if column.shown]
            yield from (as_text(row[n])[:LONGEST_CELL] for row in part.rows for n in places)


def _keep(page: Any, part: Kept, shown: Iterator[str]) -> None:
    marks = " ".join(sorted(set(map(mark_of, set(shown)))))
    for column, text in enumerate((part.text, marks)):
        for row, start in enumerate(range(0, len(text), KEPT_IN_A_CELL)):
            page.write_string(row, column, text[start : start + KEPT_IN_A_CELL])
    page.very_hidden()


def _write_cell(page: Any, place: tuple[int, int], value: Any, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(*place, None, style)
    elif isinstance(value, str):
        # Never a formula, whatever it begins with.
        page.write_string(*place, value, style)
    elif isinstance(value, date):
        page.write_datetime(*place, value, style)
    else:
        page.write_number(*place, value, style)


def _validate(
    page: Any, cells: tuple[int, int, int, int], column: Column, ranges: Mapping[str, str]
) -> None:
    rule: dict[str, Any] = {}
    if column.choices:
        other = isinstance(column.choices, str)
        rule = {
            "validate": "list",
            "source": ranges[str(column.choices)] if other else list(column.choices),
            "error_title": column.name,
            "error_message": "请从下拉列表中选择",
            # Names kept in another sheet are a help only: several may stand in a cell.
            "show_error": not other,
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
        page.data_validation(*cells, rule)
