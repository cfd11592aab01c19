"""A folder of evidence with its list: good rows taken, bad ones back marked, nothing in silence."""

from datetime import date

import pytest
from openpyxl import load_workbook

from models.errors import PlanError, ProgressError
from tasks.evidence.folder import take_folder
from tasks.evidence.folder_sheets import write_evidence_template
from tests.conftest import ON_BOTH
from tests.support.evidence import NOON, first_item, lines
from tests.support.sheets import HEADER, columns, edited

FILE = "文件名或网址"


@pytest.fixture
def folder(campaign, tmp_path):
    """A folder with three files and an empty list."""
    place = tmp_path / "材料"
    (place / "照片").mkdir(parents=True)
    for name, words in (("通知.txt", "培训通知"), ("总结.txt", "总结"), ("照片/签到.txt", "签到")):
        (place / name).write_text(f"{words}的全文在此", encoding="utf-8")
    write_evidence_template("jc", place / "空白.xlsx", NOON)
    return place


def filled(folder, *rows, name="清单.xlsx"):
    """Fill rows into the list and lay it into the folder, the empty one taken away."""

    def edit(book):
        page = book["材料清单"]
        at = columns(page)
        for number, cells in enumerate(rows, HEADER + 1):
            for column, value in cells.items():
                page.cell(number, at[column]).value = value

    made = edited(folder / "空白.xlsx", edit, name)
    (folder / "空白.xlsx").rename(folder.parent / "空白.xlsx")
    return made


def row(file="通知.txt", title="培训通知", **more):
    code, unit, _ = first_item()
    return {FILE: file, "材料名称": title, "提供单位": unit, "证明事项": code} | more


def take(path, by="创建办"):
    return take_folder("jc", path, by, NOON)


@ON_BOTH
def test_a_folder_is_taken_with_everything_its_list_says(folder):
    path = filled(
        folder,
        row(
            事实发生日期=date(2025, 6, 1),
            时间地点人物事由="6月1日，会议室，联络员，培训",
            公开="是",
        ),
        row(
            "照片/签到.txt",
            "签到表",
            证明段落="签到表第1页",
            有效期至="2026-06-01",
            生效日期="2025-06-01",
        ),
        row(None, "合格证", 承诺日期="2025-09-01"),
    )

    found = take(path)
    assert found.line == "读到 3 行，收下 3 份"
    assert (found.faults, found.copy) == ([], None)
    assert "清单没有写到的文件，没有收：总结.txt" in found.notes
    first, second, third = lines()
    assert (first.fact_on, first.to_publish, first.file_name) == (
        date(2025, 6, 1),
        True,
        "通知.txt",
    )
    assert (second.expires_on, second.passage) == (date(2026, 6, 1), "签到表第1页")
    assert (third.state, third.promised_on) == ("draft", date(2025, 9, 1))
    assert [line.unit for line in (first, second, third)] == [first_item().unit] * 3


def test_the_same_folder_again_changes_nothing(folder):
    path = filled(folder, row(), row("总结.txt", "总结"))
    take(path)

    again = take(path)
    assert again.line == "读到 2 行，收下 0 份，2 份已经报过，没有变化"
    assert [line.revision for line in lines()] == [1, 1]


def test_bad_rows_come_back_marked_and_the_corrected_copy_is_taken(folder):
    path = filled(
        folder,
        row(),
        row("不在.txt", "缺的"),
        row("总结.txt", "总结", 证明事项="W999", 事实发生日期="2025-02-30"),
        row("总结.txt", "总结", 提供单位="没有的局"),
    )

    found = take(path)
    assert found.line.startswith("读到 4 行，收下 1 份，") and "3 行没有收" in found.line
    assert any("文件夹里没有“不在.txt”" in fault for fault in found.faults)
    assert any("“事实发生日期”列" in fault for fault in found.faults)
    assert any("“提供单位”列：没有名为“没有的局”" in fault for fault in found.faults)
    page = load_workbook(found.copy)["材料清单"]
    head = {cell.value: cell.column for cell in page[HEADER]}
    assert "文件夹里没有" in page.cell(HEADER + 2, head["退回原因"]).value
    assert page.cell(HEADER + 1, head["退回原因"]).value is None
    assert take(path).copy == found.copy  # the same again

    def correct(book):
        page = book["材料清单"]
        page.cell(HEADER + 2, head[FILE]).value = "照片/签到.txt"
        page.cell(HEADER + 3, head["证明事项"]).value = first_item().code
        page.cell(HEADER + 3, head["事实发生日期"]).value = "2025-02-28"
        page.delete_rows(HEADER + 4)

    corrected = take(edited(found.copy, correct, "改好.xlsx"))
    assert corrected.faults == []
    assert len(lines()) == 3


def test_a_file_of_the_same_name_and_other_content_is_a_new_revision_only_by_its_code(folder):
    path = filled(folder, row(), row("通知.txt", "培训通知", 原材料编号="E0001"))
    take(path)
    (folder / "通知.txt").write_text("改过的培训通知全文", encoding="utf-8")

    take(path)
    newest = [(line.code, line.revision) for line in lines()]
    assert ("E0001", 2) in newest


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("../空白.xlsx", "文件夹里没有"),  # outside the folder
        ("/etc/passwd", "文件夹里没有"),
        ("同名.txt", "有 2 个文件都叫"),
        ("http://", "应以 http"),
        ("ftp://x/y", "文件夹里没有"),
    ],
)
def test_a_file_that_is_none_of_the_folder_is_refused(folder, named, words):
    for place in ("甲", "乙"):
        (folder / place).mkdir()
        (folder / place / "同名.txt").write_text(place)
    found = take(filled(folder, row(named)))

    assert any(words in fault for fault in found.faults)
    assert lines() == []


def test_what_is_no_list_at_all_is_refused_in_one_line(folder, tmp_path):
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(PlanError):
        take(folder / "坏.xlsx")
    with pytest.raises(ProgressError, match="职务"):
        take(filled(folder, row()), by="张三")
    assert lines() == []


def test_a_secret_file_of_a_folder_is_not_kept_and_said(folder):
    (folder / "机密★通知.txt").write_text("机密★5年", encoding="utf-8")
    found = take(filled(folder, row("机密★通知.txt")))

    [fault] = found.faults
    assert "涉密" in fault
    assert lines() == []
