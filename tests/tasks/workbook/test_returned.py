"""Every sheet, row and cell of a file that comes back is taken, refused, or named as not taken."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from models.errors import PlanError
from tasks.workbook.cells import as_day
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.reading import open_book
from tasks.workbook.rows import Row
from tests.support.sheets import made

STEPS = Sheet(
    "节点",
    (
        Column("编号"),
        Column("状态"),
        Column("说明", ("备注",), required=False),
        Column("事项", shown=True),
    ),
    title="进展登记表",
)
PARTS = Sheet("分解", (Column("编号"), Column("单位"), Column("状态")))
HEAD = ["编号", "状态", "说明"]


def taken(path: Path, table: Sheet = STEPS) -> tuple[list[tuple[int, str, str]], list[str]]:
    """Return number, code and state of every row, and the notes."""
    book = open_book(path, [STEPS, PARTS])
    rows = [(row.number, row.text("编号"), row.text("状态")) for row in book.rows(table)]
    book.faults.stop()
    return rows, book.notes()


def refused(path: Path) -> list[str]:
    with pytest.raises(PlanError) as caught:
        taken(path)
    return caught.value.faults


@pytest.fixture
def page(tmp_path):
    """The sheet of a workbook with two rows; kept by `saved`."""
    book = Workbook()
    page = book.active
    page.title = "节点"
    for line in (HEAD, ["W1", "未开始", ""], ["W2", "进行中", "在办"]):
        page.append(line)
    return page


def saved(page: Any, tmp_path: Path) -> Path:
    path = tmp_path / "回收.xlsx"
    page.parent.save(path)
    return path


ROWS = [(2, "W1", "未开始"), (3, "W2", "进行中")]


@pytest.mark.parametrize(
    "name", ["节点 (2)", "节点(2)", "节点（3）", "节点_2", "节点2", "节点 副本", "节点的副本(2)"]
)
def test_a_sheet_that_was_renamed_by_copying_is_that_sheet(page, tmp_path, name):
    page.title = name
    page.parent.create_sheet("其他").append(["x"])

    rows, notes = taken(saved(page, tmp_path))

    assert rows == ROWS
    assert notes[0] == f"表“{name}”作为“节点”表收了"
    assert notes[1] == "表“其他”没有收（1 行有内容）"


def test_a_sheet_of_any_name_is_known_by_its_columns(page, tmp_path):
    page.title = "县里报来的"
    other = page.parent.create_sheet("又一张")
    other.append(["编号", "单位", "状态"])
    other.append(["W1", "市司法局", "未开始"])
    path = saved(page, tmp_path)

    assert taken(path)[0] == ROWS
    assert taken(path, PARTS)[0] == [(2, "W1", "未开始")]


def test_another_list_of_ours_is_never_taken_for_this_one(page, tmp_path):
    page.title = "联系人"

    assert refused(saved(page, tmp_path)) == [
        "缺少工作表“节点”，现有：联系人；“联系人”表请用 shifan posts load 装回"
    ]


def test_a_copy_that_says_the_same_is_read_once(page, tmp_path):
    page.parent.copy_worksheet(page).title = "节点 (2)"

    rows, notes = taken(saved(page, tmp_path))

    assert rows == ROWS
    assert notes == ["表“节点 (2)”与“节点”内容相同，只收一次"]


def test_a_copy_that_says_something_else_is_refused(page, tmp_path):
    page.parent.copy_worksheet(page)["B2"] = "已完成"
    page.parent.worksheets[1].title = "节点 (2)"

    assert refused(saved(page, tmp_path)) == [
        "“节点”“节点 (2)”都是“节点”表，内容却不同，看不出收哪一张；请只留一张再试"
    ]


def test_a_hidden_sheet_is_taken_and_one_hidden_deeper_is_named(page, tmp_path):
    page.sheet_state = "hidden"
    deep = page.parent.create_sheet("底稿")
    deep.append(["x"])
    deep.sheet_state = "veryHidden"
    page.parent.create_sheet("看得见的").append(["y"])

    rows, notes = taken(saved(page, tmp_path))

    assert rows == ROWS
    assert notes == [
        "表“底稿”没有收（1 行有内容，它被深度隐藏）",
        "表“看得见的”没有收（1 行有内容）",
    ]


def test_hidden_and_filtered_rows_and_columns_are_taken(page, tmp_path):
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    page.auto_filter.ref = "A1:C3"

    assert taken(saved(page, tmp_path)) == (ROWS, [])


def test_a_cell_merged_over_rows_counts_for_each_of_them(page, tmp_path):
    page["B2"], page["B3"] = "已完成", None
    page.merge_cells("B2:B9")  # beyond the last row, where nothing stands

    assert taken(saved(page, tmp_path))[0] == [(2, "W1", "已完成"), (3, "W2", "已完成")]


def test_what_another_office_program_keeps_below_a_merged_cell_is_refused(page, tmp_path):
    path = saved(page, tmp_path)
    rewritten(
        path, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:B3"/></mergeCells>'
    )

    assert refused(path) == [
        "表“节点”第 3 行“状态”列：与上面的格合并了，里面却另有内容；请取消合并后填写"
    ]


def test_a_cell_merged_over_columns_is_refused(page, tmp_path):
    page["C2"] = None
    page.merge_cells("B2:C2")

    [fault] = refused(saved(page, tmp_path))

    assert fault.startswith("表“节点”第 2 行“状态”列：与旁边的列合并成了一格")


def rewritten(path: Path, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> None:
    """Replace ``old`` in a part of a workbook, as another program would have written it."""
    with zipfile.ZipFile(path) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    assert old in members[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in members.items():
            parts.writestr(name, content.replace(old, new) if name == part else content)


def test_errors_and_formulas_without_result_are_faults_with_their_place(page, tmp_path):
    page["C3"] = "=VLOOKUP(A3,X:X,1)"  # written without a result
    page["B2"] = "#VALUE!"
    page["B2"].data_type = "e"
    page["B3"] = "#N/A"
    page["B3"].data_type = "s"  # pasted as text

    assert refused(saved(page, tmp_path)) == [
        "表“节点”第 2 行“状态”列：是公式错误 #VALUE!，请直接填写内容",
        "表“节点”第 3 行“状态”列：是公式错误 #N/A，请直接填写内容",
        "表“节点”第 3 行“说明”列：是公式，文件里没有留下结果；请用 Excel 或 WPS 打开后另存为 .xlsx，或直接填写内容",
    ]


def test_a_last_row_that_holds_nothing_but_an_error_is_told_too(page, tmp_path):
    page["A9"] = "=1/0"
    page["Z9"] = "=1/0"

    assert [fault[:18] for fault in refused(saved(page, tmp_path))] == [
        "表“节点”第 9 行“编号”列：是公"
    ]


def test_a_formula_with_its_result_is_its_result(page, tmp_path):
    page["C3"] = "=A1"
    path = saved(page, tmp_path)
    rewritten(path, b"<f>A1</f><v></v>", b"<f>A1</f><v>7</v>")

    book = open_book(path, [STEPS])

    assert [row.text("说明") for row in book.rows(STEPS)] == ["", "7"]


def test_an_empty_result_is_a_result(page, tmp_path):
    page["C3"] = "=A1"
    path = saved(page, tmp_path)
    with zipfile.ZipFile(path) as whole:
        text = whole.read("xl/worksheets/sheet1.xml")
    start = text.rindex(b"<c ", 0, text.index(b"<f>A1"))
    cell = text[start : text.index(b"<f>A1")]
    rewritten(path, cell, b'<c r="C3" t="str">')

    assert taken(path)[0] == ROWS


def test_columns_and_lines_that_are_not_ours_are_named(page, tmp_path):
    page.insert_rows(1)
    page["A1"] = "金昌市：进展登记表"
    page.insert_rows(1)
    page["A1"] = "金川区报送"
    page["D3"], page["D5"] = "本单位意见", "请延期"
    page["E4"] = "旁注"
    page["F3"] = "事项"
    page["F4"] = "召开会议"
    page["A6"] = "填报人：综合股"
    page["C6"] = "审核人：股长"

    rows, notes = taken(saved(page, tmp_path))

    assert rows == [(4, "W1", "未开始"), (5, "W2", "进行中")]
    assert notes == [
        "表“节点”第 1 行表头上方的“金川区报送”没有收",
        "表“节点”的“本单位意见”列没有收（1 行有内容，第一处在第 5 行）",
        "表“节点”的 E 列（没有表头）没有收（1 行有内容，第一处在第 4 行）",
        "表“节点”第 6 行的“填报人：综合股 审核人：股长”没有收",
    ]


def test_the_same_header_again_is_no_row_and_another_header_is_refused(page, tmp_path):
    page.append(HEAD)
    page.append(["W3", "未开始", ""])
    path = saved(page, tmp_path)
    assert [row[1] for row in taken(path)[0]] == ["W1", "W2", "W3"]

    page.append([])
    page.append(["编号", "单位", "状态"])
    page.append(["W4", "市司法局", "未开始"])

    [fault] = refused(saved(page, tmp_path))
    assert fault.startswith("表“节点”第 7 行又是一个表头，与第 1 行的不同")


def test_rows_below_an_empty_row_are_taken(page, tmp_path):
    page["A7"], page["B7"] = "W9", "未开始"

    assert taken(saved(page, tmp_path))[0] == [*ROWS, (7, "W9", "未开始")]


def test_two_columns_for_the_same_thing_are_refused_by_their_names(page, tmp_path):
    page["D1"] = "备注"

    assert refused(saved(page, tmp_path)) == [
        "表“节点”第 1 行表头“说明”“备注”都可作“说明”列，请只留一个"
    ]


def test_remarks_and_pictures_are_named(page, tmp_path):
    page["B2"].comment = Comment("请核实", "某科")
    page["C3"].comment = Comment("已改", "某科")

    assert taken(saved(page, tmp_path)) == (
        ROWS,
        ["表“节点”有 2 处批注（B2、C3），没有收"],
    )


def test_text_boxes_are_named(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet("节点")
        for number, line in enumerate([HEAD, ["W1", "未开始", ""], ["W2", "进行中", "在办"]]):
            page.write_row(number, 0, line)
        page.insert_textbox(5, 5, "以电话为准")

    assert taken(tmp_path / "a.xlsx") == (ROWS, ["表“节点”有文本框“以电话为准”，没有收"])


def test_files_inside_a_workbook_and_formulas_that_ask_others_are_named(page, tmp_path):
    path = saved(page, tmp_path)
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/embeddings/oleObject1.bin", "x")
        parts.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")

    assert taken(path)[1] == [
        "有公式引用了别的文件，按表里现在显示的结果收",
        "表里嵌入了 1 个文件，没有收；请另外发送",
    ]


def test_a_row_in_which_only_grey_columns_are_filled_is_named(page, tmp_path):
    page["D1"], page["D5"] = "事项", "另一件事"

    assert taken(saved(page, tmp_path)) == (
        ROWS,
        ["表“节点”第 5 行没有收，只有“事项”列有内容"],
    )


def test_a_document_type_is_not_followed(page, tmp_path):
    page["C3"] = "=A1"
    path = saved(page, tmp_path)
    rewritten(
        path,
        b"<worksheet",
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet',
    )

    [fault] = refused(path)

    assert "可能有害" in fault or "损坏" in fault


@pytest.mark.parametrize("number", [14, 31, 57, 58, 30, 22])
def test_days_in_the_formats_of_a_chinese_excel_are_days(page, tmp_path, number):
    page["C2"] = 45839
    page["C2"].number_format = "0"
    path = saved(page, tmp_path)
    with zipfile.ZipFile(path) as whole:
        styles = whole.read("xl/styles.xml")
    assert b'numFmtId="1"' in styles
    rewritten(path, b'numFmtId="1"', b'numFmtId="%d"' % number, "xl/styles.xml")

    first: Row = next(open_book(path, [STEPS]).rows(STEPS))

    assert as_day(first.cell("说明")) == date(2025, 7, 1)


def test_a_macro_workbook_and_a_template_are_workbooks(tmp_path):
    path = made(tmp_path / "a.xlsx", 节点=[HEAD, ["W1", "未开始", ""]])
    for suffix in (".xlsm", ".xltx"):
        other = path.rename(path.with_suffix(suffix))
        assert [row[1] for row in taken(other)[0]] == ["W1"]
        path = other


def test_a_sheet_of_nothing_but_merged_cells_is_refused(page, tmp_path):
    path = saved(page, tmp_path)
    merged = b"".join(b'<mergeCell ref="A1:C9"/>' for _ in range(20_001))
    rewritten(path, b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>")

    [fault] = refused(path)

    assert "里合并的单元格太多，没有读完" in fault
