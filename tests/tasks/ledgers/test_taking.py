"""Ledgers come back: good rows are registered, bad ones returned, disagreements stand side by side."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlmodel import func, select

from models.audit.chain import AuditEntry
from models.campaign.progress import Report
from models.database import open_session
from models.evidence.evidence import Evidence
from models.evidence.intake.received import ReceivedFile
from models.evidence.ledgers.issues import every_part
from models.rules.evidence.words import Reception
from models.rules.words import Progress
from tasks.ledgers.conflicts import list_conflicts, settle
from tasks.lists.progress import set_progress
from tests.conftest import ON_BOTH
from tests.support.sheets import place
from tests.tasks.ledgers.conftest import UNIT

SHEET, PIECES = "台账", "证明材料"


def fill(code, state, day=None, note=None):
    def edit(book):
        page = book[SHEET]
        place(page, "状态", 编号=code).value = state
        if day:
            place(page, "完成日期", 编号=code).value = day
        if note:
            place(page, "说明", 编号=code).value = note

    return edit


def registered(campaign_id: int, code: str, unit: str = UNIT):
    with open_session(read_only=True) as session:
        [part] = [
            one
            for one in every_part(session, campaign_id)
            if (one.code, one.unit, one.withdrawn) == (code, unit, False)
        ]
    return part


def entries() -> int:
    with open_session(read_only=True) as session:
        return session.exec(select(func.count()).select_from(AuditEntry)).one()


@ON_BOTH
def test_an_untouched_ledger_changes_nothing(desk, campaign_id):
    taken = desk.take(desk.send())

    assert taken.reception is Reception.TAKEN
    assert "登记 0 处变化" in taken.lines[0]
    assert registered(campaign_id, "W6").by_post == ""


@ON_BOTH
def test_what_a_unit_filled_in_is_registered_under_its_liaison(desk, campaign_id):
    back = desk.filled(desk.send(), fill("W6", "已完成", "2025年6月18日", "已报市政府"))

    taken = desk.take(back)

    part = registered(campaign_id, "W6")
    assert (part.state, part.done_on, part.note) == ("done", date(2025, 6, 18), "已报市政府")
    assert part.by_post == "市司法局联络员"
    assert (taken.unit, taken.reception, taken.marked) == (UNIT, Reception.TAKEN, None)


@ON_BOTH
def test_the_same_file_twice_changes_nothing(desk):
    back = desk.filled(desk.send(), fill("W6", "已完成"))

    first = desk.take(back)
    before = entries()
    again = desk.take(back, day=3)

    assert (first.reception, again.reception) == (Reception.TAKEN, Reception.REPEATED)
    assert again.received_id == first.received_id
    assert entries() == before


def test_a_bad_row_is_returned_in_red_and_the_others_are_taken(desk, campaign_id):
    def edit(book):
        fill("W6", "已完成")(book)
        fill("W1", "办完了", "2025-02-30")(book)

    taken = desk.take(desk.filled(desk.send(), edit))

    assert taken.reception is Reception.PARTLY
    assert registered(campaign_id, "W6").state == "done"
    assert registered(campaign_id, "W1").state == "open"
    assert any("第 4 行“状态”列：写的是“办完了”" in line for line in taken.lines)
    marked = load_workbook(BytesIO(taken.marked))[SHEET]
    cell = place(marked, "状态", 编号="W1")
    assert cell.fill.start_color.rgb == "FFFFC7CE"
    assert "办完了" in place(marked, "退回原因", 编号="W1").value
    assert place(marked, "退回原因", 编号="W6").value is None


def test_a_marked_copy_shows_what_was_typed_whole(desk):
    words = "已形成征求意见稿，正在征求各部门意见，预计七月中旬提请审议，月底前印发。"

    def edit(book):
        fill("W6", "差不多")(book)
        fill("W7", "进行中", note=words)(book)

    page = load_workbook(BytesIO(desk.take(desk.filled(desk.send(), edit)).marked))[SHEET]

    cell = place(page, "说明", 编号="W7")
    wide = page.column_dimensions[cell.column_letter].width
    assert page.row_dimensions[cell.row].height / 16 >= 2 * len(words) / wide > 2
    other = place(page, "说明", 编号="W10")
    assert (page.row_dimensions[other.row].height or 16) < 40


def test_a_marked_copy_that_is_mended_is_taken(desk, campaign_id, tmp_path):
    taken = desk.take(desk.filled(desk.send(), fill("W1", "办完了")))
    copy = tmp_path / "退回.xlsx"
    copy.write_bytes(taken.marked)

    mended = desk.take(desk.filled(copy, fill("W1", "进行中"), "改好.xlsx"), day=1)

    assert mended.reception is Reception.TAKEN
    assert mended.lines == ("市司法局台账第 1 版：读到 34 行；登记 1 处变化；收下材料 0 份",)
    assert registered(campaign_id, "W1").state == "started"


@ON_BOTH
def test_two_versions_that_disagree_stand_side_by_side_until_somebody_decides(desk, campaign_id):
    sent = desk.send()
    desk.take(desk.filled(sent, fill("W6", "进行中", note="已调研"), "甲.xlsx"))
    other = desk.filled(sent, fill("W6", "已完成", "2025-06-18", "已印发"), "乙.xlsx")

    taken = desk.take(other, day=1)
    desk.take(other, day=2)

    assert registered(campaign_id, "W6").answer == ("started", None, "已调研")
    assert taken.reception is Reception.PARTLY
    state, note = list_conflicts(None)
    assert (state.field, state.standing, state.offered) == ("状态", "进行中", "已完成 2025-06-18")
    assert (note.standing, note.offered, note.file) == ("已调研", "已印发", "乙.xlsx")
    assert settle(None, state.id, "", "另一份", "创建办", desk.moment(3)) == 1
    assert settle(None, None, UNIT, "已登记", "创建办", desk.moment(3)) == 1
    part = registered(campaign_id, "W6")
    assert part.answer == ("done", date(2025, 6, 18), "已调研")
    assert part.by_post == "创建办"
    assert list_conflicts(None) == []
    desk.take(other, day=4)
    assert list_conflicts(None) == []


def test_two_copies_of_one_call_that_disagree_stand_side_by_side_too(desk):
    sent = desk.send()
    one = desk.filled(sent, fill("W6", "进行中"), "甲.xlsx")
    other = desk.filled(sent, fill("W6", "不适用", note="职能已划转"), "乙.xlsx")

    desk.take_all([one, other])

    [found] = list_conflicts(None)
    assert (found.standing, found.offered) == ("进行中", "不适用")


def test_an_old_version_does_not_undo_what_a_newer_one_said(desk, campaign_id):
    old = desk.send()
    desk.take(desk.filled(old, fill("W6", "进行中"), "一.xlsx"))
    new = desk.send(day=1)
    desk.take(desk.filled(new, fill("W6", "已完成", "2025-06-19"), "二.xlsx"), day=1)

    late = desk.take(desk.filled(old, fill("W6", "不适用", note="无此职能"), "三.xlsx"), day=2)

    assert late.reception is Reception.OLDER
    assert "已发过第 2 版" in late.lines[0]
    assert registered(campaign_id, "W6").state == "done"
    assert {one.version for one in list_conflicts(None)} == {1}


def test_what_the_office_registered_meanwhile_is_not_undone(desk, campaign_id):
    sent = desk.send()
    set_progress(None, Report("W6", Progress.OPEN, "创建办"), "已完成", moment=desk.moment())

    untouched = desk.take(sent, day=1)
    changed = desk.take(desk.filled(sent, fill("W6", "进行中")), day=1)

    assert untouched.reception is Reception.TAKEN
    assert changed.reception is Reception.PARTLY
    assert registered(campaign_id, "W6").state == "done"


@ON_BOTH
def test_evidence_that_lies_beside_a_ledger_is_handed_in_with_it(desk, tmp_path, session):
    (tmp_path / "培训通知.txt").write_text("关于开展执法人员培训的通知")

    def edit(book):
        page = book[PIECES]
        for row, (code, title, file) in enumerate(
            (("W6", "培训通知", "培训通知.txt"), ("W1", "没有的", "没有.pdf"), ("W99", "错的", "")),
            4,
        ):
            page.cell(row, 1).value, page.cell(row, 2).value = code, title
            page.cell(row, 3).value, page.cell(row, 4).value = file, "2025-06-01"

    back = desk.filled(desk.send(), edit)
    taken = desk.take(back, tmp_path / "培训通知.txt")
    alone = desk.take(back, day=1)

    assert taken.reception is Reception.PARTLY
    assert "收下材料 1 份；退回 2 行" in taken.lines[0]
    assert any("第 5 行“文件名或网址”列：没有一起收到“没有.pdf”" in line for line in taken.lines)
    assert any("第 6 行“编号”列：“W99”不是发给市司法局的事项" in line for line in taken.lines)
    [piece] = session.exec(select(Evidence)).all()
    assert (piece.title, piece.fact_on) == ("培训通知", date(2025, 6, 1))
    assert "收下材料 0 份；退回 2 行" in alone.lines[0]


def test_an_item_that_is_no_longer_the_units_is_refused_only_where_it_was_filled_in(desk, session):
    from models.campaign.work import Assignment, WorkItem

    back = desk.filled(desk.send(), fill("W6", "已完成"))
    untouched = desk.send()
    with open_session() as writing:
        query = select(Assignment).join(WorkItem).where(WorkItem.ordinal == 6)
        for part in writing.exec(query):
            part.withdrawn = True

    assert desk.take(untouched).reception is Reception.TAKEN
    taken = desk.take(back)

    assert taken.reception is Reception.PARTLY
    assert any("这一项已经取消，没有收" in line for line in taken.lines)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda book: book.remove(book["台账"]), "缺少工作表“台账”"),
        (lambda book: book["台账"].delete_cols(7), "缺少“状态”列"),
        (lambda book: setattr(book["台账"], "title", "单位"), "；“单位”表不是台账"),
        (
            lambda book: book.remove(book["台账"]) or book.create_sheet("原始数据").append(["一"]),
            "；方案审核表不是台账",
        ),
    ],
)
def test_a_ledger_that_cannot_be_read_as_one_is_refused_whole(desk, edit, said):
    before = desk.send()
    count = entries()

    taken = desk.take(desk.filled(before, edit))

    assert taken.reception is Reception.REFUSED
    assert said in " ".join(taken.lines)
    assert "shifan" not in " ".join(taken.lines)  # the unit reads it, and runs nothing
    assert entries() == count


def test_a_workbook_that_does_not_say_whose_it_is_is_refused(desk):
    def strip(book):
        book.remove(book["_台账标识"])
        for page in book.worksheets:
            page["A1"].value = "台账"
        for number in range(4, book[SHEET].max_row + 1):
            book[SHEET].cell(number, 1).value = f"丙{number}"

    taken = desk.take(desk.filled(desk.send(), strip))

    assert taken.reception is Reception.REFUSED
    assert "认不出是哪个单位" in taken.lines[0]


def test_the_title_says_whose_it_is_where_the_hidden_sheet_is_gone(desk, campaign_id):
    def strip(book):
        book.remove(book["_台账标识"])
        fill("W6", "进行中")(book)

    assert desk.take(desk.filled(desk.send(), strip)).reception is Reception.TAKEN
    assert registered(campaign_id, "W6").state == "started"


def test_a_version_that_never_went_out_is_refused(desk):
    sent = desk.send()

    def renumber(book):
        kept = book["_台账标识"]["A1"]
        kept.value = kept.value.replace('"version": 1', '"version": 7')

    taken = desk.take(desk.filled(sent, renumber))

    assert "没有发出过市司法局的第 7 版" in taken.lines[0]


def test_what_came_back_is_kept_as_it_was_received(desk, session):
    back = desk.filled(desk.send(), fill("W6", "进行中"))

    taken = desk.take(back)

    row = session.get(ReceivedFile, taken.received_id)
    assert (row.name, row.kind, row.version, row.size) == (
        "回收.xlsx",
        "ledger",
        1,
        back.stat().st_size,
    )
