"""A dispatch goes out under its number, comes back from the scanner, and is done when a person says so."""

import json
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
import pytest
from PIL import Image
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.errors import CampaignError, NotFoundError, ProgressError
from models.evidence.intake.looking_up import received_lines
from models.evidence.vault.keeping import is_kept
from models.files.home import home
from models.findings.dispatch import Dispatch
from models.findings.dispatching import dispatch_lines
from models.findings.rules_set import RulesOfFindings, set_finding_rules
from models.loading.units import add_units
from models.rules.findings.dispatch_words import DispatchVerdict, DispatchWord
from models.settings import moment_of
from tasks.findings.answering import say_of_dispatch
from tasks.findings.looking import finding_shown
from tasks.findings.returns import ReturnedDispatch, dispatch_view
from tasks.findings.scanning import take_return
from tasks.intake.folder import collect_folder
from tasks.papers.dispatching import DispatchOrder, write_dispatch
from tasks.papers.keeping import PaperOrder
from tests.conftest import ON_BOTH
from tests.support.findings import ANOTHER, OFFICE, UNIT, at, day, raised
from tests.support.scans import scanned
from tests.tasks.papers.test_report import text_of

pytestmark = pytest.mark.usefixtures("campaign")
LATE = 34  # days after the first: the work items are past their day


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "督办单.docx"


@pytest.fixture
def scan(tmp_path) -> Path:
    path = tmp_path / "督办2025-1.pdf"
    scanned(path)
    return path


def send(out, unit=UNIT, days=LATE, **more):
    return write_dispatch("jc", DispatchOrder(unit, **more), PaperOrder(out), at(days))


def put_in_the_inbox(path):
    folder = home() / "inbox"
    folder.mkdir(exist_ok=True)
    shutil.copy(path, folder / path.name)


def later():
    """Return when what was put into the folder just now lies still."""
    return moment_of(datetime.now(UTC) + timedelta(hours=1))


def lines():
    with open_session(read_only=True) as session:
        return dispatch_lines(session, 1)


def names():
    return [(one.name, one.unit, one.state) for one in lines()]


def settle(what, number="2025-1", by=OFFICE, reason="", days=LATE + 1, slip=None):
    said = DispatchVerdict(DispatchWord(f"dispatch-{what}"), by, reason)
    return say_of_dispatch("jc", number, said, at(days), slip)


def take(path, number=""):
    return take_return("jc", ReturnedDispatch(path, number, OFFICE), at(LATE + 1))


@ON_BOTH
def test_numbers_follow_one_another_and_the_same_dispatch_keeps_its_own(out):
    send(out)
    send(out, ANOTHER)
    send(out, days=LATE + 1)  # nothing changed: it is the one that went out

    assert names() == [
        ("督办〔2025〕1号", UNIT, "issued"),
        ("督办〔2025〕2号", ANOTHER, "issued"),
    ]
    assert "督办〔2025〕1号" in text_of(out)
    assert "回执（督办〔2025〕1号）" in text_of(out)
    send(out, days=LATE + 20)  # not answered in its time: sterner, and another
    assert [one.level for one in lines()] == ["黄色", "黄色", "红色"]


def test_a_dispatch_urges_findings_and_is_found_from_them(out):
    with open_session() as session:
        raised(session, 1, "窗口无人", unit="市政务服务中心", due=day(5))

    send(out, "市政务服务中心", days=8)

    assert "F1" in text_of(out)
    assert "整改：窗口无人" in text_of(out)
    assert any("督办单：督办〔2025〕1号" in line for line in finding_shown("jc", "F1", at(8)))
    rows, line = dispatch_view("jc")
    assert "F1" in rows[0][5]
    assert line == "共 1 份：已发出 1 份"


def test_an_office_numbers_in_its_own_form(out):
    with open_session() as session:
        form = RulesOfFindings(dispatch_number="金创办督〔{year}〕第{number}号")
        set_finding_rules(session, 1, form, OFFICE, at())

    send(out)

    assert [one.name for one in lines()] == ["金创办督〔2025〕第1号"]


def test_many_at_once_leave_no_gap_and_take_no_number_twice(tmp_path):
    units = [UNIT, ANOTHER, "市财政局", "市民政局"]
    faults = []

    def write(unit):
        try:
            send(tmp_path / f"{unit}.docx", unit)
        except Exception as error:  # for the test to show
            faults.append(error)

    threads = [threading.Thread(target=write, args=(unit,)) for unit in units]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert not faults
    assert [one.number for one in lines()] == [1, 2, 3, 4]
    for one in lines():  # each paper bears the number it was kept under
        assert one.name in text_of(tmp_path / f"{one.unit}.docx")


def test_a_kill_before_the_file_is_written_leaves_the_number_to_the_same_dispatch(out, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("tasks.papers.keeping.write_whole", _killed)
        send(out)
    assert not out.exists()

    send(out)

    assert [one.number for one in lines()] == [1]
    assert "督办〔2025〕1号" in text_of(out)


def test_a_campaign_office_orders_no_government_below(out):
    with open_session() as session:
        add_units(session, 1, ["永昌县人民政府"])

    with pytest.raises(CampaignError, match="议事协调机构不向下级党委、政府发文"):
        send(out, "永昌县人民政府")
    assert lines() == []


@ON_BOTH
def test_a_scan_in_the_inbox_waits_for_a_persons_yes(out, scan):
    send(out)
    put_in_the_inbox(scan)

    collect_folder(later(), "jc")
    collect_folder(later(), "jc")

    assert [one.state for one in lines()] == ["returned"]
    with open_session(read_only=True) as session:
        [file] = received_lines(session, 1)
        assert (file.kind, file.waits) == ("return", False)
        [row] = session.exec(select(Dispatch)).all()
        assert is_kept(row.returned_sha256)
    assert settle("answered")[0] == "督办〔2025〕1号 已确认办结"
    assert settle("answered") == ["督办〔2025〕1号 已经登记过，没有变化"]
    assert lines()[0].settled_by == OFFICE


def test_a_scan_is_taken_in_at_the_command_by_its_name_or_its_number(out, scan, tmp_path):
    send(out)
    assert "待创建办确认" in take(scan)
    assert "待创建办确认" in take(scan)  # again, and the same
    other = tmp_path / "扫描0007.pdf"
    scanned(other, seal=2)

    assert "待创建办确认" in take(other, "督办〔2025〕1号")

    assert lines()[0].returned_name == "督办〔2025〕1号.pdf"
    with pytest.raises(NotFoundError, match="没有编号为“扫描0007”的督办单"):
        take(other)


def test_a_photograph_of_a_sealed_paper_is_refused_by_command_and_by_folder(out, tmp_path):
    send(out)
    photo = tmp_path / "督办2025-1.jpg"
    tags = Image.Exif()
    tags.get_ifd(0x8769)[0x829D] = 1.8
    Image.new("RGB", (40, 30), "white").save(photo, exif=tags)

    with pytest.raises(ProgressError, match="不用手机拍照传送"):
        take(photo)
    put_in_the_inbox(photo)
    collect_folder(later(), "jc")

    assert [one.state for one in lines()] == ["issued"]
    assert any((home() / "退回").rglob("督办2025-1*"))


def test_what_came_back_wrong_is_refused_and_waits_again(out, scan):
    send(out)
    take(scan)
    with pytest.raises(ProgressError, match="没有写理由"):
        settle("refused")
    settle("refused", reason="没有盖章")
    assert [one.state for one in lines()] == ["issued"]

    scanned(scan, seal=3)
    assert "待创建办确认" in take(scan)


@pytest.mark.parametrize(
    ("what", "by", "words"),
    [
        ("answered", OFFICE, "还没有收到回件"),
        ("answered", "市司法局联络员", "市司法局不能确认"),
        ("void", "张三", "像是姓名"),
    ],
)
def test_a_word_that_may_not_be_said_is_refused(out, what, by, words):
    send(out)
    with pytest.raises(ProgressError, match=words):
        settle(what, by=by, reason="试")


def test_a_void_number_stays_in_the_list_and_is_never_given_again(out):
    send(out)
    settle("void", reason="发错了单位")

    send(out, days=LATE + 1)

    assert names() == [("督办〔2025〕1号", UNIT, "void"), ("督办〔2025〕2号", UNIT, "issued")]


def test_what_was_answered_raises_no_colour(out, scan):
    send(out)
    take(scan)
    settle("answered")
    send(out, days=LATE + 6)

    assert {one.level for one in lines()} == {"黄色"}


def test_every_act_has_its_entry(out, scan):
    send(out)
    take(scan)
    settle("answered")

    with open_session(read_only=True) as session:
        query = select(AuditEntry.what, AuditEntry.facts).order_by(AuditEntry.id)
        found = [one for one in session.exec(query) if one[0].startswith("dispatch-")]
    assert [what for what, _ in found] == [
        "dispatch-issued",
        "dispatch-returned",
        "dispatch-answered",
    ]
    assert json.loads(found[0][1])["number"] == "督办〔2025〕1号"


def test_the_letter_has_number_day_and_signature(out):
    send(out)

    paragraphs = [one.text for one in docx.Document(str(out)).paragraphs]
    assert paragraphs[0] == "黄色督办单"
    assert paragraphs[1] == "督办〔2025〕1号"
    assert OFFICE in paragraphs
    assert "2025年8月4日" in paragraphs


def _killed(*_):
    raise KeyboardInterrupt
