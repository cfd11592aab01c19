"""Write a workbook that an office can print, fill in and send back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import chain, groupby, zip_longest
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from models.errors import NotFoundError, PlanError
from models.files.whole_file import write_whole
from tasks.workbook.blank import (
    EXTENT,
    FORM_WIDTHS,
    LAST,
    PRINTED,
    ROWS,
    RULED,
    TITLE,
    Shape,
    blank_of,
    mark,
)
from tasks.workbook.cell_xml import Texts, column_letters, empty_rows
from tasks.workbook.cells import LONGEST_CELL, SAME, as_text, mark_of
from tasks.workbook.declaring import Filled, FilledForm, Kept, Part
from tasks.workbook.pages import header_text, height, heights, shared, width

KEPT_IN_A_CELL = 16_000  # of what is out of sight: characters that Excel may count twice
PRINTED_SPARE = 5  # empty rows that are printed below the last


def write_workbook(path: Path, parts: Sequence[Part], *, replace: bool = False) -> None:
    """Write ``parts`` to ``path``: whole or not at all.

    Raises PlanError when the name does not end in .xlsx or the file exists: what somebody filled in
    is never overwritten; with ``replace`` it is a list that nobody fills in, and is. Raises
    NotFoundError when the folder is not there.
    """
    require_new_workbook(path, replace=replace)
    write_whole(path, workbook_bytes(parts), lasting=False)


def require_new_workbook(path: Path, *, replace: bool = False) -> None:
    """Raise what `write_workbook` would of such a ``path``, for who writes something else before it."""
    if path.suffix.lower() != ".xlsx":
        raise PlanError(path.name, ["文件名应以 .xlsx 结尾"])
    if path.exists() and not replace:
        raise PlanError(
            path.name, ["文件已经存在，不会覆盖（里面可能有填好的内容），请换一个文件名"]
        )
    if not path.parent.is_dir():
        raise NotFoundError(f"没有 {path.parent} 这个文件夹")


def workbook_bytes(parts: Sequence[Part], made: datetime | None = None) -> bytes:
    """Return the workbook of ``parts`` as a file's bytes; the same bytes each time where ``made`` (UTC) is given."""
    shapes = [_shape(part) for part in parts]
    blank, texts = blank_of(shapes, made), Texts()
    said: dict[str, str] = {}
    for n, (part, shape, styles) in enumerate(zip(parts, shapes, blank.styles, strict=True)):
        if isinstance(part, Filled):
            drawn = _rows(part, shape.widths, styles, texts)
        elif isinstance(part, FilledForm):
            drawn = _form_rows(part, styles, texts)
        else:
            drawn = _kept_rows(part, _shown(parts), texts)
        said |= {mark(n, what): words for what, words in drawn.items()}
    return blank.filled(said, texts.xml())


def _shape(part: Part) -> Shape:
    if isinstance(part, Kept):
        return Shape(part.name)
    if isinstance(part, FilledForm):
        return Shape(replace(part.form, fields=tuple(part.form.fields)))
    sheet, rows = part.sheet, part.rows
    columns = part.by_column
    widths = [width(*each) for each in zip(sheet.columns, columns, strict=True)]
    if sheet.look.passages:
        seen = part.seen
        wide = iter(shared([widths[n] for n in seen], [columns[n] for n in seen]))
        widths = [next(wide) if n in seen else each for n, each in enumerate(widths)]
    filled = bool(len(rows) + sheet.spare)
    return Shape(replace(sheet, columns=tuple(sheet.columns)), tuple(widths), filled)


def _rows(
    part: Filled, widths: Sequence[float], styles: Sequence[int], texts: Texts
) -> dict[int, str]:
    """Return what a sheet says at its marks; its rows, and those laid out below for additions."""
    sheet, rows, seen, line = part.sheet, part.rows, part.seen, part.sheet.look.line
    title, note, header, *cells = styles
    count, first = len(sheet.columns), sheet.first_row
    plain, asked = cells[:count], cells[count:]
    names = [column.name for column in sheet.columns]
    nothing = [None] * count
    drawn = []
    if sheet.note:
        across = sum(w for w, each in zip(widths, sheet.columns, strict=True) if not each.hidden)
        high = height([sheet.note], [across], line)
        drawn.append(texts.row(1, [part.title, *nothing[1:]], [title] * count, 30))
        drawn.append(texts.row(2, [sheet.note, *nothing[1:]], [note] * count, high))
    high = max(24, height(names, widths, line))
    drawn.append(texts.row(first, names, [header] * count, high))
    columns, end = part.by_column, first + len(rows)
    high_rows = heights([columns[n] for n in seen], [widths[n] for n in seen], line)
    for waits, run in groupby(range(len(rows)), part.asked.__contains__):
        own = [*run]
        at = slice(own[0], own[-1] + 1)
        own_columns = [values[at] for values in columns]
        style = asked if waits else plain
        drawn.append(texts.rows(first + own[0] + 1, own_columns, style, high_rows[at]))
    drawn.append(empty_rows(end + 1, end + part.ruled + 1, tuple(plain)))
    return {
        ROWS: "".join(drawn),
        EXTENT: f"A1:{column_letters(count)}{end + part.ruled}",
        LAST: str(end + sheet.spare),
        RULED: str(max(end + part.ruled, first + 1)),
        PRINTED: str(max(end + min(part.ruled, PRINTED_SPARE), first + 1)),
        TITLE: escape(header_text(part.title)),
    }


def _form_rows(part: FilledForm, styles: Sequence[int], texts: Texts) -> dict[int, str]:
    header, plain, *values = styles
    line, widths = part.form.look.line, FORM_WIDTHS[1:]
    told = zip(part.form.fields, part.values, values, strict=True)
    rows = [([column.name, value], [header, style]) for column, value, style in told]
    rows += [(["", ""], [0, 0]), *(([None, text], [0, plain]) for text in part.lines)]
    drawn = [
        texts.row(n, row, style, height(row[1:], widths, line))
        for n, (row, style) in enumerate(rows, 1)
    ]
    return {
        ROWS: "".join(drawn),
        EXTENT: f"A1:B{len(rows)}",
        TITLE: escape(header_text(part.title)),
    }


def _shown(parts: Sequence[Part]) -> Iterator[Any]:
    """Yield the value of every cell that is for the eye only, and the words around tables.

    By these a later version of the program, with words of its own, knows what is ours.
    """
    for part in parts:
        if isinstance(part, FilledForm):
            yield from part.lines
            told = zip(part.form.fields, part.values, strict=True)
            yield from (value for column, value in told if column.shown)
        if isinstance(part, Filled):
            told = zip(part.sheet.columns, part.by_column, strict=True)
            yield from chain.from_iterable(values for column, values in told if column.shown)
            yield from (part.title, part.sheet.note, *(each.name for each in part.sheet.columns))


@lru_cache(SAME, typed=True)
def _mark_shown(value: Any) -> str:
    return mark_of(as_text(value)[:LONGEST_CELL])


def _kept_rows(part: Kept, shown: Iterator[Any], texts: Texts) -> dict[int, str]:
    marks = " ".join(sorted({_mark_shown(value) for value in shown}))
    pieces = [
        [text[start : start + KEPT_IN_A_CELL] for start in range(0, len(text), KEPT_IN_A_CELL)]
        for text in (part.text, marks)
    ]
    rows = list(zip_longest(*pieces))
    drawn = [texts.row(n, row, (0, 0)) for n, row in enumerate(rows, 1)]
    return {ROWS: "".join(drawn), EXTENT: f"A1:B{max(1, len(rows))}"}
