"""Cells with words that are struck out are asked about: nobody can tell whether they hold any more."""

import re
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from models.errors import PlanError
from tasks.workbook.declaring import Column, FilledForm, Form
from tasks.workbook.opening import read_pages
from tasks.workbook.reading import Book, open_book
from tasks.workbook.writing import write_workbook
from tests.tasks.workbook.test_law import UNITS, answer, sent

__all__ = ["sent"]  # a fixture

CROSSED, PLAIN = InlineFont(strike=True), InlineFont(b=True)
ASKED = "表“单位”有 {} 个格里有划了删除线的字（{}）：作废的请删去，仍有效的请去掉删除线"


def strike(path, *places, **texts):
    """Strike out cells, and write texts with fonts of their own."""
    book = load_workbook(path)
    for place in places:
        book["单位"][place].font = Font(strike=True)
    for place, text in texts.items():
        book["单位"][place] = text
    book.save(path)
    return answer(path)[1]


@pytest.mark.parametrize(
    ("places", "named"),
    [
        (["B4"], "B4"),
        (["C4", "B5"], "C4、B5"),
        (["A4", "B4", "C4", "E4"], "A4、B4、C4、E4"),  # a whole row
        (["B3"], "B3"),  # the head of a column
    ],
)
def test_a_cell_that_is_struck_out_is_asked_about_with_its_place(sent, places, named):
    assert strike(sent, *places) == [ASKED.format(len(places), named)]


def test_words_that_are_struck_out_within_a_cell_are_asked_about(sent):
    text = CellRichText("司法局、", TextBlock(CROSSED, "法制办"))

    assert strike(sent, C4=text) == [ASKED.format(1, "C4")]


@pytest.mark.parametrize(
    ("places", "texts"),
    [
        (["C5", "F6", "A2"], {}),  # empty cells; what stands above the table
        (
            ["A5"],
            {"A5": CellRichText(TextBlock(PLAIN, "W2"))},
        ),  # its words have a font of their own
        ([], {"C4": CellRichText("司法局", TextBlock(CROSSED, "  "))}),  # a struck blank
    ],
)
def test_what_shows_no_stroke_is_not_asked_about(sent, places, texts):
    assert not [line for line in strike(sent, *places, **texts) if "删除线" in line]


def test_a_run_without_a_font_is_struck_as_its_cell(sent):
    assert strike(sent, "A5", A5=CellRichText("W", TextBlock(PLAIN, "2"))) == [
        ASKED.format(1, "A5")
    ]


@pytest.mark.parametrize("value", ["0", "false"])
def test_a_stroke_that_is_switched_off_is_none(sent, value):
    strike(sent, "B4")
    with zipfile.ZipFile(sent) as parts:
        members = {name: parts.read(name).decode() for name in parts.namelist()}
    styles = re.sub(r"<strike[^>]*/>", f'<strike val="{value}"/>', members["xl/styles.xml"])
    with zipfile.ZipFile(sent, "w") as parts:
        for name, content in {**members, "xl/styles.xml": styles}.items():
            parts.writestr(name, content)

    assert answer(sent)[1] == []


def test_a_stroke_in_a_column_for_the_eye_only_is_named(sent):
    assert strike(sent, "D4") == ["表“单位”D4 格里的字划了删除线；这一列只供查看，没有收"]


def test_a_great_many_struck_cells_are_one_line(sent):
    book = load_workbook(sent)
    for row in range(6, 60):
        book["单位"].cell(row, 1, f"W{row}").font = Font(strike=True)
        book["单位"].cell(row, 2, f"第{row}局")
    book.save(sent)

    [line] = answer(sent)[1]

    assert line.startswith("表“单位”有 54 个格里有划了删除线的字（A6、A7、") and "A17等）" in line


def test_a_struck_field_of_a_form_is_asked_about(tmp_path):
    form, path = Form("登记", (Column("单位"), Column("结果"))), tmp_path / "表.xlsx"
    write_workbook(path, [FilledForm(form, ("市司法局", "合格"), (), "登记表")])
    book = load_workbook(path)
    book["登记"]["B2"].font = Font(strike=True)
    book.save(path)
    pages, _ = read_pages(path)
    opened = Book(path.name, pages)

    opened.fields(form)

    assert ["B2" in line and "删除线" in line for line in opened.faults.lines] == [True]


def test_a_struck_list_is_refused_as_a_whole(sent):
    strike(sent, "B5")
    book = open_book(sent, [UNITS])
    assert len(list(book.rows(UNITS))) == 2

    with pytest.raises(PlanError, match="B5"):
        book.faults.stop()
