"""Ledgers of which only the rows came back, pasted into a new workbook: known by them, or asked in one line."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from models.rules.evidence.words import Reception
from tasks.guarded.compound import SIGNATURE
from tasks.intake.importing import import_ledgers
from tasks.ledgers.belonging import is_ledger
from tests.tasks.ledgers.test_taking import PIECES, SHEET, entries, fill, registered

GUESSED = "请核对：台账的标识和标题都不在了，按各行的编号认作市司法局的台账"


def pasted(ledger: Path, sheets=(SHEET,), rows=None, name="新表.xlsx") -> Path:
    """Return a new workbook into which the values of ``sheets`` were pasted from their headers on."""
    book, source = Workbook(), load_workbook(ledger)
    for number, sheet in enumerate(sheets, 1):
        page = book.active if number == 1 else book.create_sheet()
        page.title = f"Sheet{number}"
        for line in source[sheet].iter_rows(min_row=3, max_row=rows and 3 + rows, values_only=True):
            page.append(line)
    book.save(path := ledger.with_name(name))
    return path


def test_rows_pasted_into_a_new_workbook_are_known_by_what_they_speak_of(desk, campaign_id):
    back = pasted(desk.filled(desk.send(), fill("W6", "进行中")))

    taken = desk.take(back)

    assert (taken.unit, taken.reception, taken.unsure) == ("市司法局", Reception.TAKEN, True)
    assert registered(campaign_id, "W6").state == "started"
    assert "登记 1 处变化" in taken.lines[0]
    assert any(line.startswith(GUESSED) and "第 1 版" in line for line in taken.lines)
    assert "注意：表“Sheet1”作为“台账”表收了" in taken.lines


def test_evidence_pasted_into_a_second_sheet_is_taken_too(desk, tmp_path):
    (tmp_path / "通知.txt").write_text("关于培训的通知")

    def edit(book):
        for column, value in enumerate(("W6", "通知", "通知.txt", "2025-06-25"), 1):
            book[PIECES].cell(4, column).value = value

    back = pasted(desk.filled(desk.send(), edit), (SHEET, PIECES))

    taken = desk.take(back, tmp_path / "通知.txt")

    assert "收下材料 1 份" in taken.lines[0]
    assert "注意：表“Sheet2”作为“证明材料”表收了" in taken.lines


def test_a_bad_row_of_a_pasted_ledger_goes_back_in_red(desk, campaign_id):
    taken = desk.take(pasted(desk.filled(desk.send(), fill("W6", "办完了"))))

    assert any("表“Sheet1”第 5 行“状态”列：写的是“办完了”" in line for line in taken.lines)
    page = load_workbook(BytesIO(taken.marked))["Sheet1"]
    assert page["G5"].fill.start_color.rgb == "FFFFC7CE"


def shared_rows(desk):
    """Return a workbook with one row that went out to several units alike."""
    book, source = Workbook(), load_workbook(desk.send())
    lines = list(source[SHEET].iter_rows(min_row=3, values_only=True))
    shared = [line for line in lines[1:] if line[0] == "W1"]
    for line in (lines[0], *shared):
        book.active.append(line)
    return book


def test_rows_that_went_to_several_units_are_asked_about_in_one_line(desk, campaign_id):
    book = shared_rows(desk)
    book.active["G2"] = "进行中"
    desk.send(unit="市政府办公室")
    book.save(path := desk.folder / "新表.xlsx")
    before = entries()

    taken = desk.take(path)

    assert (taken.reception, len(taken.lines)) == (Reception.REFUSED, 1)
    assert "认不出是哪个单位的台账：标识和标题都不在了，各行的编号是" in taken.lines[0]
    assert "市司法局" in taken.lines[0]
    assert "请把台账最上面的标题一行" in taken.lines[0]
    assert entries() == before


def test_among_several_units_the_files_name_says_which(desk, campaign_id):
    book = shared_rows(desk)
    book.active["G2"] = "进行中"
    desk.send(unit="市政府办公室")
    book.save(path := desk.folder / "市司法局填报.xlsx")

    taken = desk.take(path)

    assert taken.unit == "市司法局"
    assert any("按各行的编号和文件名、表里的单位、发件地址认作市司法局" in x for x in taken.lines)
    assert registered(campaign_id, "W1").state == "started"


def test_a_files_name_that_says_another_unit_than_the_rows_is_asked_about(desk, campaign_id):
    back = pasted(desk.filled(desk.send(), fill("W6", "进行中")), name="市财政局.xlsx")

    taken = desk.take(back)

    assert taken.reception is Reception.REFUSED
    assert "文件名、表里或发件地址说的却是市财政局" in taken.lines[0]
    assert registered(campaign_id, "W6").state == "open"


def test_rows_of_an_old_version_undo_nothing_when_nobody_knows_the_version(desk, campaign_id):
    old = desk.send()
    desk.take(desk.filled(old, fill("W6", "已完成", "2025-06-20", "已印发")))
    desk.send(day=1)

    taken = desk.take(pasted(desk.filled(old, fill("W7", "进行中"), "二.xlsx")), day=2)

    assert registered(campaign_id, "W6").answer[2] == "已印发"
    assert registered(campaign_id, "W6").state == "done"
    assert registered(campaign_id, "W7").state == "started"
    for column in ("状态", "说明"):
        assert any(f"“{column}”列与以前发出的一版相同" in line for line in taken.lines)


@pytest.mark.parametrize("rows", [None, 5])
def test_a_folder_knows_a_pasted_ledger_for_one(desk, campaign_id, tmp_path, rows):
    back = pasted(desk.filled(desk.send(), fill("W6", "进行中")), rows=rows)
    (folder := tmp_path / "来件").mkdir()
    back.rename(folder / back.name)

    found = import_ledgers(None, folder, desk.moment())

    assert [one.unit for one in found.taken] == ["市司法局"]
    assert registered(campaign_id, "W6").state == "started"


def test_a_workbook_with_other_columns_is_no_ledger(tmp_path):
    book = Workbook()
    book.active.append(["编号", "角色", "状态", "完成日期"])
    book.save(tmp_path / "花名册.xlsx")

    assert not is_ledger("花名册.xlsx", (tmp_path / "花名册.xlsx").read_bytes())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_ledger_saved_in_the_old_format_is_told_to_be_saved_again(desk, tmp_path, encoding):
    stream = "Workbook".encode("utf-16-le")  # of a file whose tables are broken its name is enough
    content = SIGNATURE + stream + '{"form": "shifan-ledger"}'.encode(encoding)
    (folder := tmp_path / "来件").mkdir()
    (folder / "市司法局.xls").write_bytes(content)

    [taken] = import_ledgers(None, folder, desk.moment()).taken

    assert is_ledger("市司法局.xls", content)
    assert taken.reception is Reception.REFUSED
    assert "另存为 .xlsx" in taken.lines[0]


def test_rows_that_are_of_no_ledger_are_refused_in_one_line(desk):
    book = shared_rows(desk)
    book.active["A2"] = "X99"
    book.save(path := desk.folder / "新表.xlsx")

    taken = desk.take(path)

    assert (taken.reception, len(taken.lines)) == (Reception.REFUSED, 1)
    assert "各行的编号也对不上发出的台账" in taken.lines[0]
