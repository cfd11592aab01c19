"""The review workbook on paper: one page wide, in letters that can be read, with its name on every page."""

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from tasks.plans.review_sheets import INFO, SHEETS
from tasks.workbook.pages import height, shared
from tests.places import DOCUMENTS
from tests.support.reviews import write_review

SAMPLES = ("01-fazhi-shifan-shishi.txt", "121-fazhi-shifanxian-fenjie.txt")
EDGES = 2 * 0.3 * 72  # points
POINTS = {8: 1190.55, 9: 595.3}  # of A3 across, of A4 upright
WIDER = 9.4  # pixels of a digit where 宋体 is missing


@pytest.fixture(params=SAMPLES)
def book(request, tmp_path):
    text = (DOCUMENTS / request.param).read_text(encoding="utf-8")
    read = read_plan(Document.from_text(text, request.param))
    write_review(tmp_path / "r.xlsx", read.plan, read.doubts)
    return openpyxl.load_workbook(tmp_path / "r.xlsx"), read.plan.title


@pytest.mark.parametrize("digit", [8, WIDER])
def test_every_letter_has_nine_points_on_paper(book, digit):
    for name in (INFO.name, *(sheet.name for sheet in SHEETS)):
        page = book[0][name]
        last = page.max_column if name == INFO.name else page.max_column - 1  # the origin aside
        units = [page.column_dimensions[get_column_letter(n)].width for n in range(1, last + 1)]
        across = sum(unit * digit for unit in units) * 0.75
        scale = min(1.0, (POINTS[page.page_setup.paperSize] - EDGES) / across)

        assert page.page_setup.fitToHeight == 0
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert min(cell.font.size for cell in page["B"]) * scale >= 9, name


def test_every_page_bears_title_sheet_and_number(book):
    whole, title = book
    for name in (INFO.name, *(sheet.name for sheet in SHEETS)):
        page = whole[name]

        assert title in page.oddHeader.left.text
        assert "&A" in page.oddHeader.right.text
        assert page.oddFooter.center.text.endswith("第 &P 页，共 &N 页")
    assert whole["任务"].print_title_rows == "$1:$1"


def test_a_title_with_signs_of_its_own_is_printed_as_it_is(tmp_path):
    plan = read_plan(Document.from_text("2025年示范创建实施方案\n一、任务\n1.甲。")).plan
    plan.title = "2025年A&B" + "甲" * 300
    write_review(tmp_path / "r.xlsx", plan, [])

    header = openpyxl.load_workbook(tmp_path / "r.xlsx")["任务"].HeaderFooter.oddHeader.left

    assert header.text.startswith("2025年A&&B甲甲")
    assert header.size == 12


def test_what_a_page_has_left_goes_to_the_columns_with_long_texts():
    assert shared([10, 10, 10], [["甲", "甲"], ["乙" * 20, "乙" * 5], ["", ""]]) == [10, 42, 10]
    narrow = shared([10, 10, 10], [["甲" * 900], ["乙" * 100], [""]])
    assert sum(narrow) <= (1690 - 15) // 8
    assert narrow[0] > narrow[1] > narrow[2] == 10


def test_a_row_is_as_high_as_its_longest_text_and_never_higher_than_excel_allows():
    assert height(["甲", "乙" * 20], [10, 10], 18) == 5 * 18 + 4
    assert height(["甲" * 9_000], [10], 18) <= 409
