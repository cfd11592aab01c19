"""One blank serves all workbooks of its shape, and each says only its own."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from tasks.workbook.declaring import Column, Filled, FilledForm, Form, Kept, Kind, Part, Sheet
from tasks.workbook.reading import open_book
from tasks.workbook.writing import workbook_bytes

MADE = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)
ITEMS = Sheet(
    "事项",
    (Column("编号", locked=True), Column("状态", choices=("未开始", "已完成"))),
    title="事项",
    note="只填白色的格",
    spare=2,
    protected=True,
)
FILES = Sheet(
    "材料",
    (Column("事项", choices="事项"), Column("日期", kind=Kind.DAY)),
    title="材料",
    note="一行一份",
    spare=3,
)
CELLS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20),
    st.integers(-(10**12), 10**12),
    st.floats(-1e300, 1e300),
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)),
)
COVER = Form("封面", (Column("单位"),))


def ledger(codes: list[str], unit: str) -> bytes:
    parts: list[Part] = [
        FilledForm(COVER, (unit,), ["说明"], f"{unit}的台账"),
        Filled(ITEMS, [(code, "未开始") for code in codes], f"{unit}：事项"),
        Filled(FILES, [], f"{unit}：材料"),
        Kept("标识", unit),
    ]
    return workbook_bytes(parts, MADE)


@pytest.mark.parametrize("count", [0, 1, 3, 120])
def test_lists_to_choose_from_filters_and_paper_end_where_the_rows_end(tmp_path, count):
    (tmp_path / "a.xlsx").write_bytes(ledger([f"1.{n}" for n in range(count)], "甲&乙局"))
    book = load_workbook(tmp_path / "a.xlsx")

    items, files = book["事项"], book["材料"]
    [states] = items.data_validations.dataValidation
    end = 3 + count + 2  # a row each, and two to spare
    assert str(states.sqref) == f"B4:B{end}"
    assert items.auto_filter.ref == f"A3:B{end}"
    assert items.print_area == f"'事项'!$A$1:$B${end}"
    assert items.dimensions == f"A1:B{end}"
    assert files.data_validations.dataValidation[0].formula1 == f"'事项'!$A$4:$A${end}"
    assert "甲&&乙局的台账" in book["封面"].oddHeader.left.text


def test_what_one_workbook_says_is_in_no_other(tmp_path):
    first, second = ledger(["1.1", "1.2"], "甲局"), ledger(["2.1"], "乙局")
    again = ledger(["1.1", "1.2"], "甲局")

    assert first == again
    (tmp_path / "b.xlsx").write_bytes(second)
    book = load_workbook(tmp_path / "b.xlsx")
    said = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    assert not [text for text in said if "甲局" in text or text.startswith("1.")]


@pytest.mark.parametrize(
    "text",
    [
        "<r><t>看似格式</t></r>",  # a library would take such a text for XML of its own
        "<r>",
        "<r>&</r>",
        "x</r>",
        "a < b & c > d",
        "_x000D_",
        " 前后有空格 ",
        "第一行\n第二行",
        "=1+1",
        "\U0010f000\U0010f008",  # letters that mark what is said in a blank
        "𠮷野家",
    ],
)
def test_every_text_comes_back_as_it_went_out(tmp_path: Path, text: str):
    (tmp_path / "a.xlsx").write_bytes(ledger([text], "甲局"))

    cell = load_workbook(tmp_path / "a.xlsx")["事项"]["A4"]
    [row] = open_book(tmp_path / "a.xlsx", (ITEMS,)).rows(ITEMS)
    # openpyxl leaves the way control letters are written as it is; Excel and calamine do not.
    assert (str(cell.value).replace("_x005F_", "_"), cell.data_type) == (text, "s")
    assert row.text("编号") == text.strip()


def test_days_and_numbers_are_what_they_were(tmp_path):
    sheet = Sheet("表", (Column("日期", kind=Kind.DAY), Column("数", kind=Kind.NUMBER)))
    rows = [(date(2025, 7, 1), 0), (date(1954, 10, 3), 0.1 + 0.2), (None, 12_345_678)]
    (tmp_path / "a.xlsx").write_bytes(workbook_bytes([sheet.filled(rows)], MADE))

    page = load_workbook(tmp_path / "a.xlsx")["表"]

    assert [page["A2"].value.date(), page["A3"].value.date()] == [rows[0][0], rows[1][0]]
    assert [page[f"B{n}"].value for n in (2, 3, 4)] == [0, pytest.approx(0.3), 12_345_678]


def unescaped(value):
    """Return a text as Excel reads it; openpyxl leaves letters that are written by number."""
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_whatever_a_row_holds_comes_back_where_it_stood(rows):
    sheet = Sheet("表", (Column("甲"), Column("乙"), Column("丙")))

    page = load_workbook(BytesIO(workbook_bytes([sheet.filled(rows)], MADE)))["表"]

    for row, drawn in zip(rows, page.iter_rows(min_row=2), strict=True):
        for said, cell in zip(row, drawn, strict=True):
            if isinstance(said, str):
                assert (unescaped(cell.value), cell.data_type) == (said, "s")
            elif said is None:
                assert cell.value is None
            else:
                number = to_excel(said) if isinstance(said, date) else said
                assert cell.value == pytest.approx(number)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_an_error_and_no_broken_workbook(number):
    sheet = Sheet("表", (Column("数", kind=Kind.NUMBER),))

    with pytest.raises(ValueError, match="nan|inf"):
        workbook_bytes([sheet.filled([(number,)])], MADE)
