"""Rows written at once are what the library writes cell by cell, letter for letter."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.rapid_rows import RapidSheet
from tasks.workbook.writing import workbook_bytes

SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
HEAD = ("甲", "乙", "丙")
CELLS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)),
)
ROWS = st.lists(
    st.tuples(st.booleans(), st.none() | st.integers(16, 400), st.tuples(CELLS, CELLS, CELLS)),
    max_size=40,
)


def written(kind, rows):
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        bold, plain = book.add_format({"bold": True}), book.add_format({"border": 1})
        page = book.add_worksheet("表", kind)
        page.merge_range(0, 0, 0, 2, "题", bold)
        for n, name in enumerate(HEAD):
            page.write_string(1, n, name, bold)
        if kind is RapidSheet:
            page.fill(
                2,
                [row for _, _, row in rows],
                [[bold if strong else plain] * 3 for strong, _, _ in rows],
                [height for _, height, _ in rows],
            )
        else:
            for r, (strong, height, row) in enumerate(rows, 2):
                if height is not None:
                    page.set_row(r, height)
                for n, cell in enumerate(row):
                    style = bold if strong else plain
                    if cell is None or cell == "":
                        page.write_blank(r, n, None, style)
                    elif isinstance(cell, str):
                        page.write_string(r, n, cell, style)
                    elif isinstance(cell, date):
                        page.write_datetime(r, n, cell, style)
                    else:
                        page.write_number(r, n, cell, style)
        page.autofilter(1, 0, 5, 2)
    with zipfile.ZipFile(buffer) as parts:
        return [parts.read(name) for name in (SHEET, TEXTS, STYLES)]


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_rows_written_at_once_are_those_the_library_writes_cell_by_cell(rows):
    assert written(RapidSheet, rows) == written(Worksheet, rows)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_an_error_and_no_broken_workbook(number):
    with pytest.raises(TypeError, match="number"):
        written(RapidSheet, [(False, None, (number, None, None))])


@pytest.mark.parametrize("text", ["<r><t>甲</t></r>", "<r>", "<r></r>", "<r>&</r>", "x</r>"])
def test_a_text_that_looks_like_runs_of_rich_text_stays_what_it_says(text):
    sheet = Sheet("表", (Column("名"),), title=text, note=text).filled([(text,), ("乙",)])

    page = load_workbook(BytesIO(workbook_bytes([sheet])))["表"]

    assert [str(page[cell].value).rstrip() for cell in ("A1", "A2", "A4", "A5")] == [
        *[text] * 3,
        "乙",
    ]
