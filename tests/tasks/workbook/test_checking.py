"""A workbook is measured from outside before it is laid out, in every path that reads one."""

import zipfile
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook

from models.errors import CampaignError, NotFoundError, PlanError
from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from models.plan.schema import Plan
from tasks.guarded.guard import Limits, worker
from tasks.workbook import checking, opening
from tasks.workbook.reading import open_book
from tests.support.reviews import read_review, write_review

TEXT = "某市法治建设实施方案\n一、重点任务\n1.加强执法。做好工作。（牵头单位：市司法局）"


@pytest.fixture(params=["list", "review"])
def taken_in(request, tmp_path):
    """A workbook of each path, and how that path takes it in."""
    path = tmp_path / "a.xlsx"
    if request.param == "list":
        book = Workbook()
        book.active.append(["编号", "状态"])
        book.create_sheet("乙").append(["x"])
        book.save(path)
        return path, open_book
    plan = read_plan(Document.from_text(TEXT)).plan
    write_review(path, plan, [])
    return path, read_review


def fault_of(taken_in) -> str:
    path, take_in = taken_in
    with pytest.raises(CampaignError) as caught:
        take_in(path)
    return str(caught.value)


def changed(path: Path, old: bytes, new: bytes) -> None:
    """Replace ``old`` in every sheet of a workbook."""
    with zipfile.ZipFile(path) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    assert any(old in content for content in members.values())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in members.items():
            parts.writestr(name, content.replace(old, new))


def stands_in(taken_in) -> list[str]:
    """Return what was read, in short: the names of the sheets, or the work of the plan."""
    path, take_in = taken_in
    read = take_in(path)
    if isinstance(read, Plan):
        return [one.title for one in read.tasks]
    return [page.name for page in read.pages]


def test_it_is_taken_in_as_it_is(taken_in):
    assert stands_in(taken_in) in (["Sheet", "乙"], ["加强执法"])


@pytest.mark.parametrize(
    "empty",
    [
        b'<row r="1048576" ht="12.8" hidden="false"></row>',  # LibreOffice, after a row is deleted
        b'<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"></c></row>',
    ],
)
def test_only_rows_and_columns_that_hold_something_count(taken_in, empty):
    before = stands_in(taken_in)
    changed(taken_in[0], b"</sheetData>", empty + b"</sheetData>")

    assert stands_in(taken_in) == before


def test_no_row_or_column_is_named_in_which_nobody_wrote(tmp_path):
    book = Workbook()
    book.active["B200001"] = "x"
    book.save(tmp_path / "a.xlsx")
    changed(tmp_path / "a.xlsx", b"</sheetData>", b'<row r="1048576"></row></sheetData>')

    fault = checking.look_at((tmp_path / "a.xlsx").read_bytes()).fault

    assert "表格写到了第 200001 行、第 2 列，超过可读的范围" in fault


def test_the_cells_of_all_sheets_are_added_up(taken_in, monkeypatch):
    monkeypatch.setattr(checking, "MOST_CELLS", 2)

    assert "超过可读的范围" in fault_of(taken_in)


def test_sheets_are_counted(taken_in, monkeypatch):
    monkeypatch.setattr(checking, "MOST_SHEETS", 1)

    assert "个工作表，超过 1 个" in fault_of(taken_in)


def test_what_it_unpacks_to_is_looked_at(taken_in, monkeypatch):
    monkeypatch.setattr("tasks.guarded.archives.UNPACKED", 100)

    assert "解开后过大" in fault_of(taken_in)


def test_bytes_are_counted(taken_in, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_FILE", 1000)

    assert "超过 0 MB" in fault_of(taken_in)


def test_it_is_laid_out_by_a_process_that_has_its_limits(taken_in, monkeypatch):
    monkeypatch.setattr(opening, "worker", partial(worker, limits=Limits(memory=2**20)))

    assert "没有读完" in fault_of(taken_in)


@pytest.mark.parametrize(
    ("member", "says"),
    [("content.xml", ".ods"), ("xl/workbook.bin", ".xlsb"), ("word/document.xml", "是 Word 文档")],
)
def test_other_tables_are_told_apart_by_what_is_in_them(tmp_path, member, says):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as parts:
        parts.writestr(member, "x")

    with pytest.raises(PlanError, match=says):
        open_book(tmp_path / "a.xlsx")


def test_what_is_no_file_gets_one_clear_line(tmp_path):
    import os

    os.mkfifo(tmp_path / "pipe.xlsx")

    with pytest.raises(PlanError, match="不是文件"):
        open_book(tmp_path / "pipe.xlsx")
    with pytest.raises(PlanError, match="不是文件"):
        open_book(tmp_path)
    with pytest.raises(NotFoundError, match="找不到文件"):
        open_book(tmp_path / "none.xlsx")


def test_a_sheet_is_measured_across_the_pieces_it_is_read_in(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "PIECE", 64)
    book = Workbook()
    book.active["AB40"] = "x"
    book.active["A5"] = "y"
    book.save(tmp_path / "a.xlsx")
    monkeypatch.setattr(checking, "MOST_CELLS", 40 * 28)
    assert checking.look_at((tmp_path / "a.xlsx").read_bytes()).fault == ""
    monkeypatch.setattr(checking, "MOST_CELLS", 40 * 28 - 1)
    fault = checking.look_at((tmp_path / "a.xlsx").read_bytes()).fault
    assert "第 40 行、第 28 列" in fault
