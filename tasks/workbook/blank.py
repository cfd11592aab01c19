"""Workbooks without their rows, one for all that are of the same shape; the only user of xlsxwriter.

Sixty ledgers differ in their rows, in how many there are, and in a title. All else (styles, locks, lists to
choose from, paper) is written by the library once, with a mark wherever something of one workbook stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from models.rules.bounds import FIRST_DAY, LAST_DAY
from tasks.workbook.declaring import Column, Form, Kind, Sheet
from tasks.workbook.pages import FONT, Formats, set_up_form, set_up_print

KEPT = 64  # shapes
FAST = 1  # of zlib: a ledger is a sixth larger than at its best, and made in half the time
FORM_WIDTHS = (14.0, 80.0)
STRINGS = "xl/sharedStrings.xml"
# A mark is a letter that no text has (a private one of the last plane): which sheet's, and which of these.
_MARKS, _FIRST_MARK = 8, 0x10F000
TITLE, EXTENT, ROWS, LAST, RULED, PRINTED = range(6)
# The library wants a number where a row ends: one that no list reaches.
_FIRST_END = 1_000_000
_END = re.compile(r'(ref="[A-Z]+\d+:[A-Z]+|\$[A-Z]+\$)(100[0-3]\d{3})(?!\d)')
_DATA = re.compile("<sheetData>(.*)</sheetData>", re.DOTALL)
_STYLE = re.compile(' s="([0-9]+)"')


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sheet is but for its rows: its declaration, how wide its columns are, whether it has rows.

    One that is only a name is out of sight.
    """

    declared: Sheet | Form | str
    widths: tuple[float, ...] = ()
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A workbook without its rows, and the styles of each sheet's cells.

    ``packed`` is a file of the parts that are the same in each; the others are cut at their marks.
    Of a sheet: title, note, header, cells, and cells that wait for an answer, in the order of its columns;
    of a form: header, lines, and values.
    """

    packed: bytes
    parts: Mapping[str, Sequence[str]]
    styles: Sequence[Sequence[int]]

    def filled(self, said: Mapping[str, str], texts: bytes) -> bytes:
        """Return a workbook as a file's bytes, with what is ``said`` at each mark, and its ``texts``."""
        out = BytesIO()
        out.write(self.packed)
        with _packing(out, "a") as file:
            for name, pieces in self.parts.items():
                _pack(file, name, "".join([*map(said.get, pieces, pieces)]).encode())
            _pack(file, STRINGS, texts)
        return out.getvalue()


def mark(sheet: int, what: int) -> str:
    """Return the mark at which ``what`` of a sheet (by its place) stands."""
    return chr(_FIRST_MARK + sheet * _MARKS + what)


def blank_of(shapes: Sequence[Shape], made: datetime | None) -> Blank:
    """Return the blank of sheets, made at an instant (UTC) where one is given, else now."""
    return _kept(tuple(shapes), made) if made else _new(shapes, None)


@lru_cache(KEPT)
def _kept(shapes: tuple[Shape, ...], made: datetime) -> Blank:
    return _new(shapes, made)


def _new(shapes: Sequence[Shape], made: datetime | None) -> Blank:
    from xlsxwriter import Workbook

    buffer = BytesIO()
    options = {
        "in_memory": True,  # no ten little files per workbook on the way
        # A column is as many digits wide as its width says: of this font, which every office has.
        "default_format_properties": {"font_name": FONT, "font_size": 11},
    }
    with Workbook(buffer, options) as book:
        if made is not None:
            book.set_properties({"created": made.replace(tzinfo=None)})
        formats = Formats(book)
        ranges = {
            one.declared.name: f"='{one.declared.name}'!$A${one.declared.first_row + 1}:$A${_end(n, LAST)}"
            for n, one in enumerate(shapes)
            if isinstance(one.declared, Sheet)
        }
        for n, one in enumerate(shapes):
            if isinstance(one.declared, Sheet):
                page = book.add_worksheet(one.declared.name)
                _lay_out(page, n, one, formats, ranges)
            elif isinstance(one.declared, Form):
                _lay_out_form(book.add_worksheet(one.declared.name), n, one.declared, formats)
            else:
                page = book.add_worksheet(one.declared)
                page.write_string(0, 0, "-")
                page.very_hidden()
    return _cut(buffer, len(shapes))


def _end(sheet: int, what: int) -> int:
    """Return the number of a row (from 1) that becomes a mark."""
    return _FIRST_END + sheet * _MARKS + what


def _cut(buffer: BytesIO, sheets: int) -> Blank:
    """Return what the library wrote, cut at its marks."""
    with ZipFile(buffer) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    styles = []
    for n in range(sheets):
        name = f"xl/worksheets/sheet{n + 1}.xml"
        found = _DATA.search(parts[name])
        assert found is not None, name
        styles.append([int(each) for each in _STYLE.findall(found[1].rpartition("<row ")[2])])
        text = parts[name].replace(found[0], f"<sheetData>{mark(n, ROWS)}</sheetData>")
        parts[name] = re.sub('(?<=<dimension ref=")[^"]*', mark(n, EXTENT), text, count=1)
    for name, text in parts.items():
        parts[name] = _END.sub(
            lambda end: end[1] + chr(int(end[2]) + _FIRST_MARK - _FIRST_END), text
        )
    del parts[STRINGS]
    at_marks = f"([{chr(_FIRST_MARK)}-{mark(sheets, 0)}])"
    pieces = {name: re.split(at_marks, text) for name, text in parts.items()}
    packed = BytesIO()
    with _packing(packed, "w") as file:
        for name, text in parts.items():
            if len(pieces[name]) == 1:
                _pack(file, name, text.encode())
    return Blank(
        packed.getvalue(), {name: each for name, each in pieces.items() if len(each) > 1}, styles
    )


def _packing(file: BytesIO, mode: Literal["w", "a"]) -> ZipFile:
    return ZipFile(file, mode, ZIP_DEFLATED)


def _pack(file: ZipFile, name: str, content: bytes) -> None:
    # Of no hour: the same bytes each time. The file's own level does not count for what has its own name.
    file.writestr(ZipInfo(name), content, ZIP_DEFLATED, FAST)


def _lay_out(page: Any, n: int, shape: Shape, formats: Formats, ranges: Mapping[str, str]) -> None:
    sheet, widths = shape.declared, shape.widths
    assert isinstance(sheet, Sheet)
    columns, look, first = sheet.columns, sheet.look, sheet.first_row
    seen = [at for at, column in enumerate(columns) if not (column.hidden or column.quiet)]
    sample = [formats.title, formats.note, formats.header(look)]
    for asked in (False, True):
        drawn = zip(columns, widths, strict=True)
        sample += [formats.cell(look, column, width, asked=asked) for column, width in drawn]
    if sheet.note and len(columns) > 1:
        for row, style in ((0, formats.title), (1, formats.note)):
            page.merge_range(row, 0, row, len(columns) - 1, "", style)
    _sample(page, first, sample)
    for at, column in enumerate(columns):
        page.set_column(at, at, widths[at], None, {"hidden": column.hidden})
        if shape.filled and not column.locked:
            _validate(page, (first, at, _end(n, LAST) - 1, at), column, ranges)
    if shape.filled or look.passages:
        page.autofilter(first - 1, 0, _end(n, RULED) - 1, len(columns) - 1)
    page.freeze_panes(first, sheet.still)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if sheet.protected:
        allowed = ("format_columns", "format_rows", "autofilter", "sort")
        page.protect("", dict.fromkeys(allowed, True))
    page.repeat_rows(first - 1)
    page.print_area(0, 0, _end(n, PRINTED) - 1, seen[-1])
    set_up_print(page, look, [widths[at] for at in seen], "" if sheet.note else mark(n, TITLE))


def _lay_out_form(page: Any, n: int, form: Form, formats: Formats) -> None:
    look = form.look
    for at, each in enumerate(FORM_WIDTHS):
        page.set_column(at, at, each)
    for row, column in enumerate(form.fields):
        _validate(page, (row, 1, row, 1), column, {})
    drawn = [formats.cell(look, column, FORM_WIDTHS[1]) for column in (Column(""), *form.fields)]
    _sample(page, 0, [formats.header(look), *drawn])
    set_up_form(page, look, mark(n, TITLE))


def _sample(page: Any, row: int, styles: Sequence[Any]) -> None:
    """Write a cell of each style; its number is read from there, and the row is not kept."""
    page.write_string(row, 0, "-", styles[0])  # a workbook without a text has no part for texts
    for at, style in enumerate(styles[1:], 1):
        page.write_blank(row, at, None, style)


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
