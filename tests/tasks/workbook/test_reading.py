"""A workbook that came back: found by its names, told in one line when it is none."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from models.errors import NotFoundError, PlanError
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.reading import open_book
from tasks.workbook.rows import LONGEST_LINE, MOST_FAULTS, Faults
from tests.support.sheets import made

TABLE = Sheet(
    "节点",
    (Column("编号"), Column("状态", ("进展",)), Column("备注", required=False)),
)


def read(path: Path) -> list[tuple[int, str, str, str]]:
    """Return number, code, state and note of every row."""
    book = open_book(path, [TABLE])
    rows = [(r.number, r.text("编号"), r.text("状态"), r.text("备注")) for r in book.rows(TABLE)]
    book.faults.stop()
    return rows


def faults(path: Path) -> list[str]:
    with pytest.raises(PlanError) as caught:
        read(path)
    return caught.value.faults


def test_columns_may_be_moved_and_added(tmp_path):
    path = made(tmp_path / "a.xlsx", 节点=[["多的", "状态", "编号"], ["x", "已完成", "W1"]])

    assert read(path) == [(2, "W1", "已完成", "")]


def test_a_merged_title_may_stand_above_the_header(tmp_path):
    book = Workbook()
    page = book.active
    page.title = "节点"
    page.append(["登记表"])
    page.merge_cells("A1:C1")
    page.append([])
    page.append([" 编 号 ", "进展*", "备注："])  # another name, blanks, marks
    page.append(["W1", "进行中 ", "好"])
    book.save(tmp_path / "a.xlsx")

    assert read(tmp_path / "a.xlsx") == [(4, "W1", "进行中", "好")]


def test_a_cell_longer_or_odder_than_its_column_holds_is_told_with_its_place(tmp_path):
    rows = [
        ["编号", "状态", "备注"],
        ["甲" * 101, "好", "乙" * 60],
        ["甲" * 100, "甲\n乙", "\U00020bb7" * 101],
    ]

    found = faults(made(tmp_path / "a.xlsx", 节点=rows))

    assert found == [
        "表“节点”第 2 行“编号”列：有 101 个字，最多 100 个字",
        "表“节点”第 3 行“备注”列：有 101 个字，最多 100 个字",
    ]
    # What a paste out of Word brings along.
    assert "不能显示的字符" in Column("备注").fault("甲\x0b乙")


def test_of_several_names_in_a_cell_each_is_measured():
    column = Column("责任单位", many=True)

    assert column.fault("、".join(["甲" * 100] * 200)) == ""
    assert column.fault(f"市司法局、{'乙' * 101}") == f"“{'乙' * 40}……”有 101 个字，最多 100 个字"
    assert column.fault("甲、" * 20_000) == "有 40000 个字，最多 30000 个字"


def test_a_fault_is_a_line_however_much_a_cell_holds():
    found = Faults("甲.xlsx")
    found.add("甲" * 60_000)

    assert [len(line) for line in found.lines] == [LONGEST_LINE + 2]


def test_empty_rows_are_passed_over_and_numbers_stay_those_of_excel(tmp_path):
    rows = [["编号", "状态"], [], ["  ", "\u3000"], ["W2", "未开始"]]

    assert read(made(tmp_path / "a.xlsx", 节点=rows)) == [(4, "W2", "未开始", "")]


def test_a_workbook_of_one_sheet_may_call_it_anything(tmp_path):
    path = made(tmp_path / "a.xlsx", Sheet1=[["编号", "状态"], ["W1", "未开始"]])

    assert [row[1] for row in read(path)] == ["W1"]


def test_a_missing_column_is_one_fault(tmp_path):
    path = made(tmp_path / "a.xlsx", 节点=[["标题"], ["编号", "备注"], ["W1", ""], ["W2", ""]])

    assert faults(path) == ["表“节点”第 2 行表头缺少“状态”列"]


def test_a_column_twice_is_one_fault(tmp_path):
    path = made(tmp_path / "a.xlsx", 节点=[["编号", "状态", "状态"], ["W1", "", ""]])

    assert faults(path) == ["表“节点”第 1 行表头有两个“状态”列，请只留一个"]


def test_a_sheet_without_a_header_is_one_fault(tmp_path):
    [fault] = faults(made(tmp_path / "a.xlsx", 节点=[["甲", "乙"]]))

    assert "找不到表头，应有这些列：编号、状态" in fault


def test_a_missing_sheet_is_one_fault(tmp_path):
    path = made(tmp_path / "a.xlsx", 甲=[["编号"]], 乙=[["x"]])

    assert faults(path) == ["缺少工作表“节点”，现有：甲、乙"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "文件是空的"),
        ("编号,状态\nW1,未开始".encode(), "不是 Excel 工作簿"),
        (b"PK\x03\x04 and then nothing", "不是 Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 .xls"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "是 Word 文档"),
        ("编号,状态\nW1,未开始".encode("gb18030"), "是文本文件（.csv、.txt）"),
        (b"<html><table><tr><td>W1", "是网页或 XML 格式的表格"),
        (b"%PDF-1.7", "是 PDF 文件"),
    ],
)
def test_what_is_no_workbook_gets_one_clear_line(tmp_path, content, expected):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    [fault] = faults(path)
    assert expected in fault


def test_a_word_document_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as parts:
        parts.writestr("word/document.xml", "<w:document/>")

    [fault] = faults(tmp_path / "a.xlsx")
    assert "不是 Excel 工作簿" in fault


def test_a_broken_workbook_gets_one_clear_line(tmp_path):
    path = made(tmp_path / "a.xlsx", 节点=[["编号", "状态"]])
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as parts:
        for name in whole.namelist():
            broken = name.startswith("xl/worksheets/")
            parts.writestr(name, b"<worksheet><sheetData><row" if broken else whole.read(name))

    [fault] = faults(tmp_path / "b.xlsx")
    assert "损坏" in fault or "空" in fault


@pytest.mark.parametrize("last", ["A200001", "XFD1000"])
def test_a_stray_cell_far_away_is_told_instead_of_laid_out(tmp_path, last):
    book = Workbook()
    page = book.active
    page.append(["编号", "状态"])
    page[last] = "x"
    book.save(tmp_path / "a.xlsx")

    [fault] = faults(tmp_path / "a.xlsx")
    assert "超过可读的范围" in fault


def test_a_large_file_is_refused_by_its_size(tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(20_000_001)

    assert faults(path) == ["文件超过 20 MB，不像是本系统的表格"]


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(NotFoundError, match="找不到文件"):
        open_book(tmp_path / "no.xlsx")


def test_thousands_of_faults_are_counted_not_listed(tmp_path):
    path = made(tmp_path / "a.xlsx", 节点=[["编号", "状态"]] + [["W", ""]] * 500)
    book = open_book(path, [TABLE])
    for row in book.rows(TABLE):
        row.fault("状态", "不对")

    with pytest.raises(PlanError) as caught:
        book.faults.stop()
    assert len(caught.value.faults) == MOST_FAULTS + 1
    assert caught.value.faults[0] == "表“节点”第 2 行“状态”列：不对"
    assert "另有 300 处" in caught.value.faults[-1]


def test_a_header_in_full_width_is_the_same_header(tmp_path):
    rows = [["编号\uff0a", "状态\uff1a"], ["W1", "未开始"]]

    assert read(made(tmp_path / "a.xlsx", 节点=rows)) == [(2, "W1", "未开始", "")]


def test_charts_and_what_nobody_can_see_are_no_sheets(tmp_path):
    book = Workbook()
    book.active.title = "回收"
    book.active.append(["编号", "状态"])
    book.active.append(["W1", "未开始"])
    book.create_chartsheet("图")
    book.create_sheet("WpsReserved_CellImgList").sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")

    assert [row[1] for row in read(tmp_path / "a.xlsx")] == ["W1"]
