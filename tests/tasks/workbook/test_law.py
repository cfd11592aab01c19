"""All filled cells are cells that are read and cells that are named: a word anywhere changes the answer."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart

from models.errors import PlanError
from tasks.workbook.cells import as_name
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.opening import read_pages
from tasks.workbook.reading import Book
from tasks.workbook.writing import write_workbook

UNITS = Sheet(
    "单位",
    (
        Column("编号", locked=True),
        Column("名称"),
        Column("别名", ("简称",), required=False),
        Column("事项", locked=True, shown=True),
        Column("来源", required=False, quiet=True),
    ),
    title="单位名册",
    note="一行一个单位。灰色列请勿改动。",
)
GUIDE = Sheet("填写说明", (Column("列"), Column("怎么填")), title="怎样填", note="看这里。")
ROWS = [("W1", "市司法局", "司法局", "普法", "0"), ("W2", "市财政局", "", "保障", "1")]
GUIDANCE = [("编号", "照方案")]
WORD = "哨兵九"


@pytest.fixture
def sent(tmp_path) -> Path:
    """A list as it is sent out, saved once by another program."""
    path = tmp_path / "发出.xlsx"
    write_workbook(
        path, [UNITS.filled(ROWS, "某市：单位名册（2025-07-01 导出）"), GUIDE.filled(GUIDANCE)]
    )
    load_workbook(path).save(path)
    return path


def answer(path: Path) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return what is read of a list, the grey cells too, and every line that is said of it."""
    pages, notes = read_pages(path)
    book = Book(path.name, pages, [UNITS], notes=notes, aside=[GUIDE.name])
    rows = []
    for row in book.rows(UNITS):
        book.grey.compare(row, UNITS, next((r for r in ROWS if r[0] == row.text("编号")), ROWS[0]))
        rows.append(tuple(row.text(column.name) for column in UNITS.read))
    book.look_aside(GUIDE, [text for row in GUIDANCE for text in row])
    try:
        book.faults.stop()
    except PlanError as error:
        return rows, error.faults
    return rows, book.notes()


def test_an_untouched_list_leaves_nothing_to_say(sent):
    assert answer(sent) == ([(*row[:3], row[4]) for row in ROWS], [])


def test_a_word_in_any_cell_is_read_or_named(sent):
    untouched = answer(sent)
    book = load_workbook(sent)
    silent = []
    for page in book.worksheets:
        for row in page.iter_rows(max_row=page.max_row + 2, max_col=page.max_column + 2):
            for cell in row:
                if type(cell).__name__ == "MergedCell":
                    continue
                before, cell.value = cell.value, f"{cell.value or ''}{WORD}"
                book.save(sent.with_name("回收.xlsx"))
                found = answer(sent.with_name("回收.xlsx"))
                said = as_name("".join(found[1]) + "".join("".join(each) for each in found[0]))
                if found == untouched or not (WORD in said or cell.coordinate[-1] in said):
                    silent.append(f"{page.title} {cell.coordinate}")
                cell.value = before

    assert silent == []


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_named(sent, state):
    book = load_workbook(sent)
    book.create_sheet("底稿").append(["补报"])
    book["底稿"].sheet_state = state
    book.save(sent)

    [note] = answer(sent)[1]

    assert note.startswith("表“底稿”没有收（1 行有内容")


def test_a_chart_is_named(sent):
    book = load_workbook(sent)
    book["单位"].add_chart(BarChart(), "H9")
    book.create_chartsheet("图").add_chart(BarChart())
    book.save(sent)

    assert answer(sent)[1] == ["表“单位”有 1 个图表，没有收", "表“图”有 1 个图表，没有收"]


def test_what_stands_beside_a_copy_is_named_too(sent):
    from openpyxl.comments import Comment

    book = load_workbook(sent)
    book.copy_worksheet(book["单位"])["B4"].comment = Comment("请核实", "某科")
    book.save(sent)

    assert "表“单位 Copy”有 1 处批注（B4），没有收" in answer(sent)[1]
