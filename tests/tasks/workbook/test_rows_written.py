"""Rows are written by columns: each cell has its value and look, whichever rows wait for an answer."""

from datetime import date
from io import BytesIO

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.pages import height, heights
from tasks.workbook.writing import workbook_bytes

SHEET = Sheet(
    "名单",
    (
        Column("编号", locked=True, width=8),
        Column("说明", width=12),
        Column("日期", kind=Kind.DAY),
        Column("数", kind=Kind.NUMBER),
    ),
    title="名单",
    note="只填白色的格。",
    spare=2,
)
TEXTS = st.one_of(st.none(), st.text("甲乙a1\n_x", max_size=40))
ROWS = st.lists(
    st.tuples(
        TEXTS,
        TEXTS,
        st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2026, 1, 1))),
        st.one_of(st.none(), st.integers(-9, 9)),
    ),
    max_size=9,
)


@given(ROWS, st.frozensets(st.integers(0, 8)))
def test_every_cell_is_read_as_it_was_given_and_only_rows_that_wait_are_yellow(rows, asked):
    content = workbook_bytes([SHEET.filled(rows, asked=asked)])

    page = openpyxl.load_workbook(BytesIO(content))["名单"]
    read = [page[n] for n in range(4, 4 + len(rows))]
    days = [each.value and each.value.date() for _, _, each, _ in read]
    assert [
        (a.value, b.value, day, d.value) for (a, b, _, d), day in zip(read, days, strict=True)
    ] == [(a or None, b or None, day, number) for a, b, day, number in rows]
    yellow = [n for n, (_, note, _, _) in enumerate(read) if note.fill.fgColor.rgb == "FFFFF2CC"]
    assert yellow == sorted(n for n in asked if n < len(rows))


@given(ROWS.filter(bool))
def test_a_row_is_as_high_among_others_as_it_is_alone(rows):
    widths = [8, 12, 12, 6.0]
    columns = list(zip(*rows, strict=True))
    assert heights(columns, widths, 16) == [height(row, widths, 16) for row in rows]
