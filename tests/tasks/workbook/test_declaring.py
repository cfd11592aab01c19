"""One declaration writes a workbook and reads it: a form, a sheet, what is kept out of sight."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.errors import PlanError
from tasks.workbook.cells import as_day, as_number
from tasks.workbook.declaring import PASSAGES, Column, FilledForm, Form, Kept, Kind, Sheet
from tasks.workbook.reading import Book, open_book
from tasks.workbook.writing import write_workbook

HEAD = Form("封面", (Column("单位"), Column("日期", kind=Kind.DAY, required=False)), ("请核对",))
VISITS = Sheet(
    "走访",
    (
        Column("单位", ("单位名称",)),
        Column("得分", kind=Kind.NUMBER),
        Column("原文", locked=True, shown=True),
        Column("来源", locked=True, quiet=True, required=False),
    ),
    look=PASSAGES,
    spare=9,
)
ROWS = [("市司法局", 95.5, "第一句", "0"), ("市公安局", None, "第二句", "1")]


@pytest.fixture
def sent(tmp_path) -> Path:
    path = tmp_path / "a.xlsx"
    head = FilledForm(HEAD, ("市政府", date(2025, 7, 1)), ["请核对各表。"], "走访")
    write_workbook(
        path, [head, VISITS.filled(ROWS, "走访", frozenset({1})), Kept("底稿", "x" * 40_000)]
    )
    return path


def edited(path: Path, edit) -> Book:
    book = load_workbook(path)
    edit(book)
    book.save(path)
    return open_book(path, (VISITS,))


def taken(book: Book) -> list[tuple[str, float | None]]:
    rows = [(row.text("单位"), row.read("得分", as_number, "数字")) for row in book.rows(VISITS)]
    book.faults.stop()
    return rows


def test_what_was_sent_out_comes_back(sent):
    book = open_book(sent, (VISITS,))
    kept, fields = book.kept("底稿"), book.fields(HEAD)

    assert kept == "x" * 40_000
    assert fields is not None
    assert (fields["单位"].text("单位"), as_day(fields["日期"].cell("日期"))) == (
        "市政府",
        date(2025, 7, 1),
    )
    assert taken(book) == [("市司法局", 95.5), ("市公安局", None)]
    assert book.notes() == []


def test_what_another_hand_wrote_where_we_write_is_named(sent):
    def edit(book):
        book["走访"]["C2"] = "另一句"
        book["走访"]["C9"] = "补一句"

    book = edited(sent, edit)
    book.kept("底稿")
    book.fields(HEAD)

    assert len(taken(book)) == 2
    assert book.notes() == [
        "表“走访”第 9 行没有收，只有“原文”列有内容",
        "表“走访”的“原文”列有 1 行改过，没有收（第一处在第 2 行）",
    ]


def test_faults_of_form_and_sheet_are_told_at_once_by_sheet_row_and_column(sent):
    def edit(book):
        book["封面"].delete_rows(1)
        book["走访"]["B2"] = "很多"

    book = edited(sent, edit)
    book.kept("底稿")
    book.fields(HEAD)

    with pytest.raises(PlanError) as caught:
        taken(book)
    assert caught.value.faults == [
        "表“封面”缺少“单位”一行，请补上（没有内容的留空）",
        "表“走访”第 2 行“得分”列：写的是“很多”，应为数字",
    ]


def test_rows_that_wait_for_an_answer_are_yellow_and_what_is_quiet_is_not_printed(sent):
    page = load_workbook(sent)["走访"]

    assert page["A3"].fill.fgColor.rgb == "FFFFF2CC"
    assert page["A2"].fill.fill_type is None
    assert page.print_area == "'走访'!$A$1:$C$3"
