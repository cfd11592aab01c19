"""A unit's ledger of rectification comes in by folder and by mail as it does by command: whole or not at all."""

import hashlib
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from sqlmodel import func, select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.evidence.evidence import Evidence
from models.evidence.intake.received import ReceivedFile
from models.findings.listing import finding_lines
from models.rules.evidence.words import Reception, Via
from models.rules.findings.words import FindingKind, FindingStep
from models.settings import moment_of
from models.units.succession import Heir, succeed
from models.units.unit import units_of
from tasks.findings.arriving import is_rectification
from tasks.findings.findings_list import export_findings, export_rectification
from tasks.intake.arrived import Arrived
from tasks.intake.folder import collect_folder, inbox
from tasks.intake.receiving import receive
from tests.conftest import ON_BOTH
from tests.support.findings import ANOTHER, OFFICE, UNIT, at, raised, step
from tests.support.sheets import edited, place

pytestmark = pytest.mark.usefixtures("campaign")
LEDGER = "整改台账"
PROMISED = date(2031, 7, 9)  # later than the folder's own clock
PROOF = "文书已统一编号的通知".encode()


@pytest.fixture
def sheet(tmp_path):
    """The ledger of a unit with two problems, as it went out."""
    with open_session() as session:
        raised(session, 1, "甲事")
        raised(session, 1, "乙事")
    path = tmp_path / "发出.xlsx"
    export_rectification("jc", path, UNIT, at())
    return path


def filled(sheet, name="市司法局整改台账.xlsx", proof="通知.txt"):
    def edit(book):
        page = book[LEDGER]
        place(page, "整改措施和结果", 编号="F1").value = "已统一编号"
        place(page, "证明材料", 编号="F1").value = proof
        place(page, "承诺日期", 编号="F2").value = PROMISED

    return edited(sheet, edit, name)


def arrived(name, content, via=Via.FOLDER, sender=""):
    key = f"{via}:{hashlib.sha256(content).hexdigest()}"
    return Arrived(name, content, sender, via, at(1).now, key, "一批")


def came(path, *beside, via=Via.FOLDER, sender="", days=1):
    """Return what became of a workbook and of the files (name, content) that came along with it."""
    files = [arrived(path.name, path.read_bytes(), via, sender)]
    files += [arrived(name, content, via, sender) for name, content in beside]
    return receive(None, files, at(days))


def states():
    with open_session(read_only=True) as session:
        return {one.code: (one.state, one.promised_on) for one in finding_lines(session, 1)}


def entries():
    with open_session(read_only=True) as session:
        said = select(func.count()).select_from(AuditEntry).where(AuditEntry.what != "facts-kept")
        return session.exec(said).one()


UNTOUCHED = {"F1": ("assigned", None), "F2": ("assigned", None)}
TAKEN = {"F1": ("rectified", None), "F2": ("assigned", PROMISED)}


@ON_BOTH
def test_a_ledger_and_its_files_are_taken_together_once(sheet):
    path = filled(sheet)

    book, proof = came(path, ("通知.txt", PROOF))

    assert (book.reception, book.unit) == (Reception.TAKEN, UNIT)
    assert book.lines == ("整改台账已登记：读到 2 行，新登记 0 个，2 处变更",)
    assert proof.lines == ("已按台账收为证明材料 E0001",)
    assert states() == TAKEN
    with open_session(read_only=True) as session:
        rows = session.exec(select(ReceivedFile).order_by(ReceivedFile.id)).all()
        assert [row.kind for row in rows] == ["rectification", "evidence"]
        [entry] = session.exec(select(AuditEntry).where(AuditEntry.what == "finding-rectify"))
        assert entry.who == "市司法局联络员"
    before = entries()
    assert came(path, ("通知.txt", PROOF), days=2)[0].reception is Reception.REPEATED
    assert entries() == before


def test_in_the_folder_it_is_known_whatever_it_is_called(sheet):
    folder = inbox() / UNIT
    folder.mkdir()
    shutil.copy(filled(sheet), folder / "1.xlsx")
    (folder / "通知.txt").write_bytes(PROOF)
    soon = moment_of(datetime.now(UTC) + timedelta(hours=1))

    line = collect_folder(soon, "jc").line

    assert "收下 2 个" in line
    assert states()["F1"][0] == "rectified"


def test_a_file_that_came_before_is_found_when_the_ledger_comes(sheet):
    receive(None, [arrived(f"{UNIT}/通知.txt", PROOF)], at(1))

    [book] = came(filled(sheet))

    assert book.reception is Reception.TAKEN
    assert states() == TAKEN


def test_with_a_fault_nothing_is_taken_and_it_goes_back_in_red(sheet, tmp_path):
    [book] = came(filled(sheet))

    assert book.reception is Reception.REFUSED
    assert "没有编号为“通知.txt”的材料" in book.lines[0]
    assert states() == UNTOUCHED
    back = tmp_path / "退回.xlsx"
    back.write_bytes(book.marked)
    page = load_workbook(back)[LEDGER]
    assert "通知.txt" in str(place(page, "退回原因", 编号="F1").value)
    # Brought again with its file it is taken.
    assert came(filled(sheet), ("通知.txt", PROOF))[0].reception is Reception.TAKEN


def test_several_files_of_one_name_are_told_and_none_is_taken(sheet):
    [book, *_] = came(filled(sheet), ("一/通知.txt", PROOF), ("二/通知.txt", PROOF + b"2"))

    assert "有 2 个内容不同的文件都叫“通知.txt”" in book.lines[0]
    assert states() == UNTOUCHED


def test_whose_it_is_stands_in_its_rows_where_its_title_is_gone(sheet):
    path = filled(sheet)

    def untitled(book):
        book[LEDGER]["A1"].value = None

    [book, _] = came(edited(path, untitled, "无题.xlsx"), ("通知.txt", PROOF))

    assert (book.reception, book.unit) == (Reception.TAKEN, UNIT)


def test_of_a_unit_that_was_merged_it_is_its_heirs(sheet):
    path = filled(sheet)
    with open_session() as session:
        units = {unit.name: unit for unit in units_of(session, 1)}
        units[UNIT].retired = True
        session.flush()
        succeed(session, 1, Heir(units[UNIT], units[ANOTHER], OFFICE, "改革"), at(1))

    [book, _] = came(path, ("通知.txt", PROOF), days=2)

    assert (book.reception, book.unit) == (Reception.TAKEN, ANOTHER)
    assert states() == TAKEN


def test_another_units_address_hands_no_ledger_of_this_one_in(sheet, monkeypatch):
    monkeypatch.setattr("tasks.findings.arriving.units_at", lambda *_: {"jyj@x.example": [ANOTHER]})

    [book, _] = came(filled(sheet), ("通知.txt", PROOF), via=Via.MAIL, sender="jyj@x.example")

    assert book.lines == (f"发件地址是{ANOTHER}的，不能交{UNIT}的整改台账",)
    assert states() == UNTOUCHED


def test_killed_before_it_is_written_down_the_next_call_goes_on(sheet, monkeypatch):
    path = filled(sheet)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("tasks.intake.receiving.settle_files", _killed)
        came(path, ("通知.txt", PROOF))
    before = entries()

    [book, _] = came(path, ("通知.txt", PROOF))

    assert book.reception is Reception.TAKEN
    assert states() == TAKEN
    assert entries() == before
    assert "接着上次没有办完的" in book.lines[0]
    with open_session(read_only=True) as session:
        assert session.exec(select(func.count()).select_from(Evidence)).one() == 1


def test_one_that_comes_back_after_the_closure_changes_nothing(sheet):
    path = filled(sheet)
    came(path, ("通知.txt", PROOF))
    with open_session() as session:
        step(session, 1, "F1", FindingStep.VERIFY, days=2)
        step(session, 1, "F1", FindingStep.CLOSE, days=20)

    came(path, ("通知.txt", PROOF), days=21)

    assert states()["F1"][0] == "closed"


def test_an_answer_to_a_complaint_comes_in_by_the_ledger(tmp_path):
    with open_session() as session:
        raised(session, 1, "窗口没人", kind=FindingKind.COMPLAINT, source="hotline")
    path = tmp_path / "发出.xlsx"
    export_rectification("jc", path, UNIT, at())

    def edit(book):
        place(book[LEDGER], "整改措施和结果", 编号="C1").value = "已安排轮值"

    [book] = came(edited(path, edit))

    assert book.reception is Reception.TAKEN
    assert states()["C1"][0] == "closed"


def test_no_other_workbook_is_taken_for_one(sheet, tmp_path):
    other = tmp_path / "清单.xlsx"
    export_findings("jc", other, at())

    assert is_rectification(sheet.read_bytes())
    assert not is_rectification(other.read_bytes())
    assert not is_rectification(b"PK nothing")
    assert not is_rectification(PROOF)


def _killed(*_):
    raise KeyboardInterrupt
