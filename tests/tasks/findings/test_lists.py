"""The lists of findings go out and come back: many new ones at once, a unit's ledger with its evidence."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlmodel import func, select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.errors import PlanError
from models.evidence.evidence import Evidence
from models.findings.finding import RaisedFinding
from models.findings.listing import finding_lines
from models.rules.findings.words import FindingKind, FindingStep
from tasks.findings.complaints_list import export_complaints
from tasks.findings.findings_list import export_findings, export_rectification, load_findings
from tests.conftest import ON_BOTH
from tests.support.findings import ANOTHER, LIAISON, OFFICE, UNIT, at, day, raised, row_of, step
from tests.support.sheets import columns, edited, place, texts

pytestmark = pytest.mark.usefixtures("campaign")
OURS, THEIRS = "问题清单", "整改台账"


@pytest.fixture
def sheet(tmp_path) -> Path:
    return tmp_path / "发出.xlsx"


def lines():
    with open_session(read_only=True) as session:
        return {one.code: one for one in finding_lines(session, 1)}


def written(book, rows, first=4):
    """Write new rows below those that are there, by the names of their columns."""
    page = book[OURS]
    at_ = columns(page)
    free = first + len(texts(page))
    for n, row in enumerate(rows):
        for name, value in row.items():
            page.cell(free + n, at_[name]).value = value


def load(path, by=OFFICE, days=0):
    return load_findings("jc", path, by, moment=at(days))


def entries():
    with open_session(read_only=True) as session:
        return session.exec(select(func.count()).select_from(AuditEntry)).one()


NEW = [
    {"问题": "窗口没有公示收费标准", "来源": "督导检查 V1.12", "责任单位": UNIT, "整改时限": date(2025, 7, 20)},
    {"问题": "台账缺页", "来源": "自查", "建议": "补齐"},
    {"问题": "市民李四反映窗口无人", "类别": "投诉", "来源": "热线", "责任单位": UNIT},
]  # fmt: skip


@ON_BOTH
def test_many_are_raised_at_once_and_a_second_time_nothing_changes(sheet):
    assert export_findings("jc", sheet, at()) == 0
    path = edited(sheet, lambda book: written(book, NEW))

    loaded = load(path)

    assert loaded.changes == 3
    assert "读到 3 行，新登记 3 个" in loaded.line
    found = lines()
    assert [(one.kind, one.unit, one.source) for one in found.values()] == [
        ("problem", UNIT, "visit:V1.12"),
        ("problem", "", "self-check"),
        ("complaint", UNIT, "hotline"),
    ]
    assert found["C1"].problem == "市民某某反映窗口无人"
    assert found["F1"].due == date(2025, 7, 20)
    before = entries()
    assert load(path, days=1).changes == 0
    assert entries() == before


def test_what_waits_is_handed_out_in_the_list_and_what_is_registered_is_not_overwritten(sheet):
    with open_session() as session:
        raised(session, 1, "台账缺页", unit=None)
        raised(session, 1, "窗口无人", due=day(9))
    export_findings("jc", sheet, at())

    def edit(book):
        place(book[OURS], "责任单位", 编号="F1").value = ANOTHER

    assert load(edited(sheet, edit)).changes == 1
    assert lines()["F1"].unit == ANOTHER

    def overwrite(book):
        place(book[OURS], "责任单位", 编号="F2").value = ANOTHER
        place(book[OURS], "整改时限", 编号="F2").value = date(2025, 9, 1)
        place(book[OURS], "问题", 编号="F2").value = "别的话"

    with pytest.raises(PlanError) as caught:
        load(edited(sheet, overwrite))
    for words in ("shifan findings assign", "shifan findings move", "登记后不改"):
        assert words in str(caught.value)


def test_every_fault_is_named_by_row_and_nothing_is_written(sheet):
    export_findings("jc", sheet, at())
    wrong = [
        {"问题": "甲", "来源": "梦里"},
        {"问题": "乙", "来源": "自查", "责任单位": "没有的局"},
        {"问题": "丙", "来源": "自查", "发现日期": "后天"},
        {"问题": "丁", "来源": "自查", "对应事项": "W999"},
        {"问题": "戊", "来源": "自查"},
    ]

    for rows, words in (
        (wrong[:3], ("梦里", "没有的局", "后天")),
        (wrong[3:], ("W999",)),
    ):
        with pytest.raises(PlanError) as caught:
            load(edited(sheet, lambda book, rows=rows: written(book, rows)))
        assert all(one in str(caught.value) for one in words)
    assert lines() == {}


@ON_BOTH
def test_a_unit_fills_its_ledger_in_and_its_files_come_into_the_vault(sheet, tmp_path):
    with open_session() as session:
        raised(session, 1, "甲事")
        raised(session, 1, "乙事")
        raised(session, 1, "丙事", unit=ANOTHER)
        raised(session, 1, "丁投诉", kind=FindingKind.COMPLAINT, source="hotline")
    assert export_rectification("jc", sheet, UNIT, at()) == 3
    (tmp_path / "通知.txt").write_text("文书已统一编号的通知", encoding="utf-8")

    def edit(book):
        page = book[THEIRS]
        place(page, "承诺日期", 编号="F1").value = date(2025, 7, 9)
        place(page, "整改措施和结果", 编号="F1").value = "已统一编号"
        place(page, "证明材料", 编号="F1").value = "通知.txt"
        place(page, "不认领的理由", 编号="F2").value = "不是本局职责"
        place(page, "整改措施和结果", 编号="C1").value = "已安排轮值"

    path = edited(sheet, edit)
    loaded = load(path, LIAISON)

    assert loaded.changes == 4
    found = lines()
    assert [found[code].state for code in ("F1", "F2", "C1")] == ["rectified", "declined", "closed"]
    assert found["F1"].promised_on == date(2025, 7, 9)
    with open_session(read_only=True) as session:
        [piece] = session.exec(select(Evidence)).all()
        assert piece.title.startswith("F1 整改：甲事")
    before = entries()
    assert load(path, LIAISON, days=1).changes == 0
    assert entries() == before


def test_an_untouched_ledger_says_nothing_however_late_it_comes(sheet):
    with open_session() as session:
        raised(session, 1, "甲事")
        step(session, 1, "F1", FindingStep.PROMISE, day=day(5))
    export_rectification("jc", sheet, UNIT, at())
    with open_session() as session:
        step(session, 1, "F1", FindingStep.PROMISE, day=day(9))

    assert load(sheet, LIAISON, days=2).changes == 0
    assert lines()["F1"].promised_on == day(9)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"整改措施和结果": "改了"}, "没有证明整改的材料"),
        ({"整改措施和结果": "改了", "证明材料": "没有.pdf"}, "旁边也没有叫这个名称的文件"),
        ({"整改措施和结果": "改了", "证明材料": "../通知.txt"}, "旁边也没有叫这个名称的文件"),
        ({"整改措施和结果": "改了", "证明材料": "E0099"}, "没有编号为“E0099”的证明材料"),
        ({"整改措施和结果": "改了", "不认领的理由": "不是我的"}, "只能填一样"),
        ({"证明材料": "通知.txt"}, "没有写整改措施和结果"),
        ({"承诺日期": date(2025, 6, 1)}, "已经过去"),
    ],
)
def test_what_is_wrong_in_a_ledger_is_said_and_no_step_is_taken(sheet, cells, words):
    with open_session() as session:
        raised(session, 1, "甲事")
    export_rectification("jc", sheet, UNIT, at())

    def edit(book):
        for name, value in cells.items():
            place(book[THEIRS], name, 编号="F1").value = value

    with pytest.raises(PlanError) as caught:
        load(edited(sheet, edit), LIAISON)

    assert words in str(caught.value)
    assert lines()["F1"].state == "assigned"


def test_another_unit_cannot_fill_a_ledger_in(sheet):
    with open_session() as session:
        raised(session, 1, "甲事")
    export_rectification("jc", sheet, UNIT, at())

    def edit(book):
        place(book[THEIRS], "不认领的理由", 编号="F1").value = "不是我的"

    with pytest.raises(PlanError, match="不能登记"):
        load(edited(sheet, edit), "市教育局联络员")


def test_the_register_of_complaints_shows_each_hand_and_no_name(sheet):
    with open_session() as session:
        raised(session, 1, "王女士来电：窗口无人", kind=FindingKind.COMPLAINT, source="hotline")
        raised(session, 1, "公开收费标准", kind=FindingKind.SUGGESTION, source="message", unit=None)
        raised(session, 1, "不是投诉")
        step(session, 1, "C1", FindingStep.ASSIGN, unit=ANOTHER, days=1, by=OFFICE)

    assert export_complaints("jc", sheet, at(2)) == 2

    [first, second] = texts(load_workbook(sheet)["投诉建议"])
    assert first[2] == "某某女士来电：窗口无人"
    assert first[5:7] == [UNIT, ANOTHER]
    assert first[10] == f"2025-07-01 首接 {UNIT}；2025-07-02 转办 {ANOTHER}"
    assert second[8] == "待转办"


def test_a_kill_between_the_files_and_the_steps_is_mended_by_the_same_call(
    sheet, tmp_path, monkeypatch
):
    with open_session() as session:
        raised(session, 1, "甲事")
    export_rectification("jc", sheet, UNIT, at())
    (tmp_path / "通知.txt").write_text("文书已统一编号的通知", encoding="utf-8")

    def edit(book):
        place(book[THEIRS], "整改措施和结果", 编号="F1").value = "已统一编号"
        place(book[THEIRS], "证明材料", 编号="F1").value = "通知.txt"

    path = edited(sheet, edit)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("tasks.findings.list_taking.take_steps", _killed)
        load(path, LIAISON)
    assert lines()["F1"].state == "assigned"

    assert load(path, LIAISON).changes == 1
    with open_session(read_only=True) as session:
        assert session.exec(select(func.count()).select_from(Evidence)).one() == 1
        assert session.exec(select(func.count()).select_from(RaisedFinding)).one() == 1
        assert row_of(session, "F1").state == "rectified"


def _killed(*_):
    raise KeyboardInterrupt
