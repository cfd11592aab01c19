"""A written sheet: text stays text, days are days, nothing is overwritten."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.errors import NotFoundError, PlanError
from tasks.workbook.declaring import FIRST_ROW, Column, Kind, Sheet
from tasks.workbook.writing import write_workbook

COLUMNS = (
    Column("编号", locked=True),
    Column("状态", choices=("未开始", "已完成")),
    Column("完成日期", kind=Kind.DAY),
    Column("核对码", locked=True, hidden=True),
)


@pytest.fixture
def page(tmp_path: Path):
    rows = [
        ("=1+1", "未开始", date(2025, 7, 1), "a"),
        ("@sum", "+86", None, "b"),
        ("-1", "", None, ""),
    ]
    sheet = Sheet("节点", COLUMNS, title="标题", note="说明" * 200, spare=2, protected=True).filled(
        rows
    )
    write_workbook(tmp_path / "a.xlsx", [sheet])
    return load_workbook(tmp_path / "a.xlsx")["节点"]


@pytest.mark.parametrize(
    ("cell", "text"), [("A4", "=1+1"), ("A5", "@sum"), ("B5", "+86"), ("A6", "-1")]
)
def test_text_never_becomes_a_formula(page, cell, text):
    assert (page[cell].value, page[cell].data_type) == (text, "s")


def test_a_day_is_a_day_to_excel(page):
    assert page["C4"].value == datetime(2025, 7, 1)
    assert page["C4"].number_format == "yyyy-mm-dd"


def test_only_white_cells_may_be_edited(page):
    assert page.protection.sheet
    assert page["A4"].protection.locked
    assert not page["B4"].protection.locked
    assert not page["C8"].protection.locked  # a spare row


def test_fixed_words_are_chosen_from_a_list(page):
    lists = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]

    assert [(str(rule.sqref), rule.formula1) for rule in lists] == [("B4:B8", '"未开始,已完成"')]


def test_the_header_stays_in_sight_and_on_every_printed_page(page):
    assert page.freeze_panes == "B4"
    assert page.print_title_rows == "$3:$3"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.column_dimensions["D"].hidden
    assert [cell.value for cell in page[FIRST_ROW]] == [column.name for column in COLUMNS]


def test_a_wide_list_is_printed_on_a3_for_its_letters_to_be_read(tmp_path):
    wide = [Column(f"第{n}列", width=26) for n in range(8)]
    write_workbook(tmp_path / "b.xlsx", [Sheet("节点", wide, title="标题", note="说明").filled([])])

    page = load_workbook(tmp_path / "b.xlsx")["节点"]

    assert page.page_setup.paperSize == 8
    assert 11 * (1191 - 58) / (8 * (26 * 8 + 5) * 0.75) >= 9
    assert "&A" in page.oddFooter.left.text


def test_a_file_that_exists_is_never_overwritten(tmp_path):
    path = tmp_path / "填好.xlsx"
    path.write_bytes(b"filled in")

    with pytest.raises(PlanError, match="不会覆盖"):
        write_workbook(path, [])
    assert path.read_bytes() == b"filled in"


def test_a_wrong_name_or_folder_is_told(tmp_path):
    with pytest.raises(PlanError, match=r"\.xlsx"):
        write_workbook(tmp_path / "a.xls", [])
    with pytest.raises(NotFoundError, match="文件夹"):
        write_workbook(tmp_path / "no" / "a.xlsx", [])


def test_a_failed_writing_leaves_nothing_behind(tmp_path):
    wrong = Sheet("名字太长" * 20, COLUMNS).filled([])

    with pytest.raises(Exception, match="31"):
        write_workbook(tmp_path / "a.xlsx", [wrong])
    assert list(tmp_path.iterdir()) == []
