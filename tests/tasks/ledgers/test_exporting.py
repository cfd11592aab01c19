"""Ledgers go out: a workbook for each unit with its own items, and which version it has."""

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.campaign.progress import Report
from models.campaign.work import Indicator
from models.errors import NotFoundError, PlanError
from models.evidence.deciding import SaidOfEvidence
from models.evidence.ledgers.ledger import LedgerIssue
from models.rules.evidence.words import EvidenceState
from models.rules.words import Progress
from models.units.unit import Unit
from tasks.evidence.deciding import decide_pieces_of
from tasks.ledgers.belonging import is_ledger
from tasks.ledgers.exporting import export_ledgers
from tasks.lists.progress import set_progress
from tests.conftest import ON_BOTH
from tests.support.sheets import columns, edited, texts
from tests.tasks.ledgers.conftest import UNIT
from tests.tasks.ledgers.test_held_by_others import hand_in_row
from tests.tasks.ledgers.test_taking import fill


@ON_BOTH
def test_every_unit_with_items_gets_its_own(desk, tmp_path, session):
    sent = export_ledgers(None, tmp_path / "台账", desk.moment())

    issues = session.exec(select(LedgerIssue)).all()
    assert sent.ledgers == sent.new == len(issues) > 30
    assert {one.version for one in issues} == {1}
    assert sum(one.rows for one in issues) == sent.rows
    assert len(list((tmp_path / "台账").iterdir())) == sent.ledgers


def test_a_ledger_has_the_units_items_and_nobody_elses(desk):
    book = load_workbook(desk.send())

    rows = texts(book["台账"])
    assert book.sheetnames == ["一页看清", "台账", "指标数据", "证明材料", "_台账标识"]
    assert len(rows) == 21
    assert {row[6] for row in rows} == {"未开始"}
    assert book["_台账标识"].sheet_state == "veryHidden"
    assert book["台账"].protection.sheet
    at = columns(book["台账"])
    locked = {name: book["台账"].cell(4, place).protection.locked for name, place in at.items()}
    assert {name for name, shut in locked.items() if not shut} == {"状态", "完成日期", "说明"}


def test_the_first_page_says_what_to_do_what_is_done_and_what_is_missing(desk):
    set_progress(None, Report("W6", Progress.OPEN, "创建办"), "已完成", moment=desk.moment())

    page = load_workbook(desk.send(day=200))["一页看清"]

    said = {row[0].value: row[1].value for row in page.iter_rows(max_row=4)}
    assert "共 21 项" in said["需要干什么"]
    assert said["已经干了什么"].startswith("已完成 1 项：W6")
    assert "逾期 " in said["还有哪些差距"]
    assert "还没有证明材料的 21 项" in said["还有哪些差距"]
    assert [row[1].value[:2] for row in page.iter_rows(min_row=6, max_row=10)] == [
        "1.",
        "2.",
        "3.",
        "4.",
        "5.",
    ]


@ON_BOTH
def test_the_first_page_says_what_was_done_and_was_taken_back_with_its_evidence(
    desk, campaign_id, tmp_path
):
    file = tmp_path / "通知.txt"
    file.write_text("关于开展行政执法培训的通知", encoding="utf-8")

    def edit(book):
        hand_in_row("W6", "通知", file.name)(book)
        fill("W6", "已完成", "2025-06-10")(book)

    desk.take(desk.filled(desk.send(), edit), file)
    said = SaidOfEvidence("创建办审核岗", "没有盖章", desk.moment())
    decide_pieces_of(None, ["E0001"], EvidenceState.RETURNED, said)

    page = load_workbook(desk.send(day=1))["一页看清"]

    [gaps] = [row[1].value for row in page.iter_rows(max_row=4) if row[0].value == "还有哪些差距"]
    assert "报过完成、因材料退回或到期改回进行中 1 项，材料补齐后自动恢复已完成：\n　W6 " in gaps
    assert "（应于 2025-07-31 前补齐）" in gaps


@ON_BOTH
def test_the_same_facts_give_the_same_version_and_the_same_bytes(desk, tmp_path, session):
    first = desk.send()
    export_ledgers(None, tmp_path / "再发", desk.moment(), unit=UNIT)

    [again] = (tmp_path / "再发").iterdir()

    assert again.read_bytes() == first.read_bytes()
    [issue] = session.exec(select(LedgerIssue)).all()
    assert issue.version == 1


def test_what_changed_since_gives_a_new_version(desk, session):
    desk.send()
    set_progress(None, Report("W6", Progress.OPEN, "创建办"), "已完成", moment=desk.moment())

    assert "第2版" in desk.send(day=1).name


def test_a_ledger_that_somebody_filled_in_is_never_overwritten(desk, tmp_path):
    sent = desk.send()
    sent.write_bytes(b"filled in")

    with pytest.raises(PlanError, match="不会覆盖"):
        desk.send()

    assert sent.read_bytes() == b"filled in"


def test_an_untouched_ledger_that_another_version_wrote_gives_way(desk):
    sent = desk.send()
    fresh = sent.read_bytes()

    def other_letters(book):
        book["一页看清"]["A1"].value = "另一个版本的题目"
        book["台账"].column_dimensions["C"].width = 11

    edited(sent, other_letters, sent.name)
    assert sent.read_bytes() != fresh

    desk.send()

    assert sent.read_bytes() == fresh


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (fill("W6", "进行中"), "“台账”表里有填好的内容"),
        (lambda book: setattr(book["证明材料"]["B4"], "value", "通知"), "“证明材料”表里有填好"),
        (lambda book: setattr(book["台账"]["N9"], "value", "旁边写的"), "里面有别的内容"),
        (lambda book: book["台账"].delete_rows(5), "里面少了几行"),
        (
            lambda book: setattr(
                book["_台账标识"]["A1"],
                "value",
                book["_台账标识"]["A1"].value.replace('"version": 1', '"version": 7'),
            ),
            "是另一份台账",
        ),
    ],
)
def test_what_lies_in_the_way_is_called_what_it_is_and_left(desk, edit, said):
    sent = desk.send()
    edited(sent, edit, sent.name)
    there = sent.read_bytes()

    with pytest.raises(PlanError, match=said):
        desk.send()

    assert sent.read_bytes() == there


def test_a_unit_without_items_gets_none(desk, tmp_path):
    with pytest.raises(NotFoundError, match="没有名为 火星局 的单位"):
        export_ledgers(None, tmp_path / "台账", desk.moment(), unit="火星局")

    assert not (tmp_path / "台账").exists()


def test_an_indicator_says_how_it_is_assessed_and_what_material_is_asked_for(
    desk, ids, campaign_id, session
):
    leads, *_ = session.exec(
        select(Unit.name).where(Unit.campaign_id == campaign_id).order_by(Unit.id)
    )
    row = session.get_one(Indicator, ids["1.1.1"])
    row.methods, row.proofs = "实地查看\n查阅台账", "公开目录\n网页截图"
    session.commit()

    asked = {row[0]: row[2] for row in texts(load_workbook(desk.send(unit=leads))["台账"])}

    said = "\n测评方法：实地查看；查阅台账\n要求的材料：公开目录；网页截图"
    assert asked["1.1.1"].endswith(said)
    assert "要求的材料" not in asked["1.1.2"]


def test_what_looks_like_a_formula_goes_out_as_text(desk):
    note = "=HYPERLINK(1)"
    report = Report("W6", Progress.OPEN, "创建办", unit=UNIT, note=note)
    set_progress(None, report, "进行中", moment=desk.moment())

    page = load_workbook(desk.send(day=1))["台账"]

    [cell] = [c for row in page.iter_rows() for c in row if c.value == note]
    assert cell.data_type == "s"


def test_a_ledger_is_known_by_its_content_and_other_files_are_not(desk, tmp_path):
    sent = desk.send()
    assert is_ledger("随便.bin", sent.read_bytes())
    assert not is_ledger("台账.xlsx", b"PK\x03\x04 nothing")
    assert not is_ledger("台账.xlsx", b"%PDF-1.7")
