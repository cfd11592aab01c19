"""The real LibreOffice: a review that it saves again is the same plan, and what is corrected in it is taken."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from models.plan.doubt import Doubt
from models.plan.reading.compile import Reading, read_plan
from models.plan.reading.text.document import Document
from tasks.plans.review_reading import take_review
from tests.places import DOCUMENTS
from tests.support.reviews import write_read
from tests.support.soffice import edited_in_office, saved_as

pytestmark = pytest.mark.office

NAMES = (
    "121-fazhi-shifanxian-fenjie",
    "14-yingshang-jieduan-biaoge",
    "02-weisheng-xiancheng-biaoge",
)
# What changes how the sheet of tasks looks and nothing of what it says.
LOOKS = {
    "原样": "",
    "涂色": "sheet.Columns(1).CellBackColor = RGB(255, 255, 0)",
    "筛选": 'Filtered(sheet, "A1:Z60", 0, "1")',
    "隐藏": "sheet.Rows(3).IsVisible = False\nsheet.Columns(5).IsVisible = False",
    "空行": "sheet.Rows.insertByIndex(3, 2)",
    "上面空行": "sheet.Rows.insertByIndex(0, 1)",
    "空列": "sheet.Columns.insertByIndex(2, 1)",
    "列移到最后": 'Moved(sheet, "B1:B60", "Z1")',
    "行高": "sheet.Rows(4).Height = 3000",
}


def read(name: str) -> Reading:
    text = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
    return read_plan(Document.from_text(text, f"{name}.txt"))


def edited(tmp_path: Path, found: Reading, edits: dict[str, str]) -> dict[str, Path]:
    write_read(tmp_path / "审核表.xlsx", found)
    begin = 'sheet = doc.Sheets.getByName("任务")\n'
    return edited_in_office(
        tmp_path, tmp_path / "审核表.xlsx", {key: begin + edit for key, edit in edits.items()}
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_review_that_was_saved_again_is_the_same_plan(tmp_path, name):
    found = read(name)

    for edit, path in edited(tmp_path, found, LOOKS).items():
        assert take_review(path) == (found.plan, []), edit


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_review_that_was_another_kind_of_file_in_between_is_the_same_plan(tmp_path, kind):
    found = read(NAMES[0])
    write_read(tmp_path / "审核表.xlsx", found)
    between = saved_as(tmp_path / "1", [tmp_path / "审核表.xlsx"], kind)

    [path] = saved_as(tmp_path / "2", between, "xlsx")

    assert take_review(path) == (found.plan, [])


def test_what_is_corrected_in_a_review_is_taken(tmp_path):
    found = read(NAMES[0])
    tasks = found.plan.tasks
    acts = {
        "删行": "sheet.Rows.removeByIndex(3, 1)",
        "改任务": 'sheet.getCellByPosition(3, 3).String = "另一个题目"',
        "插行": 'sheet.Rows.insertByIndex(3, 1)\nsheet.getCellByPosition(0, 3).Value = 99\nsheet.getCellByPosition(3, 3).String = "新的任务"',
        "排序": f'Sorted(sheet, "A2:R{len(tasks) + 1}", 0)',
    }

    plans = {act: take_review(path) for act, path in edited(tmp_path, found, acts).items()}

    assert [notes for _, notes in plans.values()] == [[], [], [], []]
    assert plans["删行"][0].tasks == [*tasks[:2], *tasks[3:]]
    titles = {act: [task.title for task in plan.tasks] for act, (plan, _) in plans.items()}
    before = [task.title for task in tasks]
    assert titles["改任务"] == [*before[:2], "另一个题目", *before[3:]]
    assert titles["插行"] == [*before[:2], "新的任务", *before[2:]]
    assert plans["排序"][0].tasks == tasks[::-1]


def test_answers_to_doubts_are_the_same_whichever_program_saved_them(tmp_path):
    doubts = [
        Doubt("task", 1, "甲", "原文一", 5, "responsible_units", ["市民政局"]),
        Doubt("stage", 1, "乙", "原文二", 9, "end", "2026-07-31"),
        Doubt("task", 2, "丙", "原文三", 6),
    ]
    found = read(NAMES[0])
    path = tmp_path / "审核表.xlsx"
    write_read(path, replace(found, doubts=doubts))
    book = openpyxl.load_workbook(path)
    for row, answer in (
        (2, ("采纳", None)),
        (4, ("改为", date(2026, 8, 31))),
        (3, ("不是任务", None)),
    ):
        book["请看一眼"].cell(row, 6).value, book["请看一眼"].cell(row, 7).value = answer
    book.save(path)
    before = take_review(path)

    between = saved_as(tmp_path / "1", [path], "ods")
    for again in (
        *saved_as(tmp_path / "2", [path], "xlsx"),
        *saved_as(tmp_path / "3", between, "xlsx"),
    ):
        assert take_review(again) == before
    assert "市民政局" in before[0].tasks[0].responsible_units
    assert before[0].stages[0].end == date(2026, 8, 31)
    assert len(before[0].tasks) == len(found.plan.tasks) - 1
