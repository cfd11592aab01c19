"""Whatever was done to a review workbook in between is taken, refused, or named as not taken."""

from datetime import date

import openpyxl
import pytest

from models.errors import PlanError
from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import MISSING, Document
from models.plan.schema import NotRead
from tasks.plans.review_reading import take_review
from tasks.plans.review_sheets import ORIGIN
from tests.places import DOCUMENTS
from tests.support.reviews import write_review

NAME = "121-fazhi-shifanxian-fenjie.txt"


@pytest.fixture(scope="module")
def read():
    return read_plan(Document.from_text((DOCUMENTS / NAME).read_text(encoding="utf-8"), NAME))


@pytest.fixture
def back(read, tmp_path):
    """Edit the review that was sent out; return the plan and the notes of what comes back."""
    path = tmp_path / "审核表.xlsx"
    write_review(path, read.plan, read.doubts)

    def change(edit):
        book = openpyxl.load_workbook(path)
        edit(book)
        book.save(path)
        return take_review(path)

    return change


def refused(back, edit) -> list[str]:
    with pytest.raises(PlanError) as caught:
        back(edit)
    return caught.value.faults


def at(page, head: str) -> int:
    return next(
        cell.column for row in page.iter_rows(max_row=3) for cell in row if cell.value == head
    )


def test_an_untouched_one_leaves_nothing_to_say(back, read):
    assert back(lambda book: None) == (read.plan, [])


def test_a_sheet_that_was_renamed_by_copying_is_taken(back, read):
    def edit(book):
        book["任务"].title = "任务 (2)"
        book.create_sheet("意见").append(["请核"])

    plan, notes = back(edit)

    assert plan == read.plan
    assert notes == ["表“任务 (2)”作为“任务”表收了", "表“意见”没有收（1 行有内容）"]


def test_a_line_inserted_above_the_header_moves_nothing(back, read):
    def edit(book):
        book["阶段"].insert_rows(1)
        book["阶段"]["A1"] = "县司法局审核"
        book["阶段"].cell(3, at(book["阶段"], "阶段名称")).value = "动员"

    plan, notes = back(edit)

    assert plan.stages[0].name == "动员"
    assert plan.stages[1:] == read.plan.stages[1:]
    assert notes == ["表“阶段”第 1 行表头上方的“县司法局审核”没有收"]


def test_remarks_beside_the_reading_are_named(back, read):
    def edit(book):
        page = book["任务"]
        page.cell(2, at(page, "疑点（请核对）")).value = "已与编办核对"
        page.cell(3, at(page, "疑点（请核对）")).value = "同上"
        page.cell(page.max_row + 3, at(page, "原文")).value = "补一句"
        page.cell(1, page.max_column + 1).value = "意见"
        page.cell(4, page.max_column).value = "请再看"
        book["方案信息"]["C2"] = "对"

    plan, notes = back(edit)

    assert plan == read.plan
    assert notes[0] == "表“方案信息”第 2 行的“对”没有收"
    assert notes[1] == "表“任务”的“意见”列没有收（1 行有内容，第一处在第 4 行）"
    assert notes[2].endswith("行没有收，只有“原文”列有内容")
    assert notes[3] == "表“任务”的“疑点（请核对）”列有 2 行改过，没有收（第一处在第 2 行）"


def test_what_another_hand_writes_into_our_explanations_is_named(read, tmp_path):
    missing = NotRead(why=MISSING, words="县直各单位", letters=5, line=3)
    plan = read.plan.model_copy(update={"not_read": [missing]})
    path = tmp_path / "审核表.xlsx"
    write_review(path, plan, read.doubts)
    assert take_review(path)[1] == []

    book = openpyxl.load_workbook(path)
    head, page, unread = book["方案信息"], book["阶段"], book["没有读的文字"]
    [line] = [cell for [cell] in head["B9:B14"] if str(cell.value).startswith("共有疑点")]
    line.value += "都已核对"
    page.cell(page.max_row + 3, at(page, ORIGIN)).value = "补"
    unread.cell(3, 1).value = "原文还有一句"
    book.save(path)
    taken, notes = take_review(path)

    assert taken == plan
    assert len(notes) == 3
    assert "都已核对”没有收" in notes[0]
    assert notes[1].endswith(f"行没有收，只有“{ORIGIN}”列有内容")
    assert notes[2] == "表“没有读的文字”里有 1 处不是原来的文字，没有收（第一处在第 3 行）"


def test_errors_and_merged_cells_are_faults_by_sheet_row_and_column(back):
    def edit(book):
        page = book["任务"]
        page.cell(2, at(page, "任务")).value = "=A1"
        page.cell(3, at(page, "牵头单位")).value = "#N/A"
        page.merge_cells(start_row=4, end_row=4, start_column=4, end_column=5)
        book["阶段"].cell(2, at(book["阶段"], "开始")).value = "#REF!"
        book["阶段"].cell(2, at(book["阶段"], "开始")).data_type = "e"

    found = refused(back, edit)

    assert [fault.partition("：")[0] for fault in found] == [
        "表“阶段”第 2 行“开始”列",
        "表“任务”第 4 行“任务”列",
        "表“任务”第 2 行“任务”列",
        "表“任务”第 3 行“牵头单位”列",
    ]


def test_a_row_pasted_twice_is_refused(back):
    def edit(book):
        page = book["周期工作"]
        page.append([cell.value for cell in page[2]])

    [fault] = refused(back, edit)

    assert fault.startswith("表“周期工作”第 ")
    assert fault.endswith("与第 2 行完全相同，请删去一行")


def test_a_field_of_the_head_that_was_deleted_is_not_taken_for_empty(back):
    found = refused(back, lambda book: book["方案信息"].delete_rows(2))

    assert found == ["表“方案信息”缺少“文种”一行，请补上（没有内容的留空）"]


def test_a_day_as_a_number_is_a_day(back):
    def edit(book):
        cell = book["阶段"].cell(2, at(book["阶段"], "开始"))
        cell.value, cell.number_format = 45_839, "General"
        book["阶段"].cell(2, at(book["阶段"], "结束")).value = "45900"

    plan, _ = back(edit)

    assert (plan.stages[0].start, plan.stages[0].end) == (date(2025, 7, 1), date(2025, 8, 31))
