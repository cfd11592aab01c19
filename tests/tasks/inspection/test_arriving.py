"""Results of visits come in by folder and by mail as they do by command: once, whole or not at all."""

import hashlib
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.errors import PlanError
from models.evidence.intake.received import ReceivedFile, ReceivedMail
from models.evidence.vault.keeping import is_kept
from models.findings.finding import RaisedFinding
from models.inspection.visit import VisitProblem
from models.rules.evidence.words import Reception, Via
from models.settings import moment_of
from tasks.inspection.arrangement import load_arrangement
from tasks.inspection.arriving import is_visit_results
from tasks.inspection.results import SaidOfVisit, set_result
from tasks.intake import lying
from tasks.intake.arrived import Arrived
from tasks.intake.folder import collect_folder, inbox
from tasks.intake.importing import import_ledgers
from tasks.intake.mailbox.mails import MailFile, MailRead
from tasks.intake.mailbox.taking import Office, take_mail
from tasks.intake.receiving import receive
from tasks.ledgers.sheets import WHY_RETURNED
from tests.conftest import ON_BOTH
from tests.support.sheets import columns, edited, made
from tests.tasks.inspection.test_results import (
    HELD_ON,
    LATER,
    faults,
    kept,
    milestone,
    problem,
    said,
)


def filled(sheet, name="回.xlsx", **more):
    """Return a team's workbook of V1.1 with one problem."""

    def fill(book):
        said(book, **more)
        problem(book, 1, "", "公示栏没有更新")

    return edited(sheet, fill, name)


def arrived(path, sender="", via=Via.FOLDER):
    content = path.read_bytes()
    key = f"{via}:{hashlib.sha256(content).hexdigest()}"
    return Arrived(path.name, content, sender, via, LATER.now, key, "一批")


def came(path, slug=None, **more):
    [one] = receive(slug, [arrived(path, **more)], LATER)
    return one


@ON_BOTH
def test_a_workbook_that_comes_in_is_registered_once_and_its_original_is_kept(sheet):
    path = filled(sheet)
    first, again = came(path), came(path)

    assert (first.reception, first.lines) == (
        Reception.TAKEN,
        ("走访结果已登记：V1.1 列出问题 1 个",),
    )
    assert again.reception is Reception.REPEATED
    assert milestone()[:3] == ("done", HELD_ON, "第一督导组组长")
    assert len(kept(VisitProblem)) == len(kept(RaisedFinding)) == 1
    [row] = kept(ReceivedFile)
    assert (row.kind, row.outcome) == ("visits", "taken")
    assert is_kept(row.sha256)
    with open_session(read_only=True) as session:
        [entry] = session.exec(select(AuditEntry).where(AuditEntry.what == "visits-held"))
        assert (entry.who, entry.subject) == ("第一督导组组长", "V1.1")


def test_a_workbook_that_was_taken_puts_nothing_back_that_was_registered_since(sheet):
    path = filled(sheet)
    came(path)
    later = SaidOfVisit("V1.1", HELD_ON, "第一督导组副组长", False, ("窗口无人",))
    set_result(None, later, LATER)

    assert came(path).reception is Reception.REPEATED
    assert milestone()[2] == "第一督导组副组长"
    assert len(kept(VisitProblem)) == 2


def test_killed_before_it_is_written_down_the_next_call_goes_on(sheet, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    path = filled(sheet)
    with monkeypatch.context() as patch:
        patch.setattr("tasks.intake.receiving.settle_files", killed)
        with pytest.raises(KeyboardInterrupt):
            came(path)
    assert came(path).reception is Reception.TAKEN
    assert len(kept(VisitProblem)) == 1
    assert [row.outcome for row in kept(ReceivedFile)] == ["taken"]


def test_two_at_once_register_it_once(sheet):
    path = filled(sheet)
    runs = [Thread(target=came, args=(path,)) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert len(kept(VisitProblem)) == len(kept(RaisedFinding)) == 1
    assert [row.outcome for row in kept(ReceivedFile)] == ["taken"]


def test_a_workbook_in_the_folder_leaves_it_and_a_wrong_one_comes_back_marked(sheet):
    still = moment_of(datetime.now(UTC) + timedelta(seconds=lying.QUIET + 5))
    for path in (filled(sheet), filled(sheet, "错.xlsx", by="张三", day="三十号")):
        path.rename(inbox() / path.name)

    done = collect_folder(still)

    assert (done.taken, done.returned, done.faults) == (1, 1, [])
    assert milestone()[0] == "done"
    back = inbox().parent / "退回" / still.today.isoformat()
    [copy] = back.glob("错-退回-*.xlsx")
    assert WHY_RETURNED in columns(load_workbook(copy)["走访"])
    [note] = back.glob("*说明.txt")
    assert "像是姓名" in note.read_text("utf-8")
    assert (back / "错.xlsx").exists() and not list(inbox().iterdir())


def test_what_was_refused_is_taken_when_its_day_has_come(sheet):
    path = filled(sheet, day=LATER.today + timedelta(days=1))
    assert came(path).reception is Reception.REFUSED
    [later] = receive(None, [arrived(path)], moment_of(LATER.now + timedelta(days=2)))
    assert later.reception is Reception.TAKEN


def test_an_empty_workbook_goes_back_with_what_is_missing(sheet):
    one = came(sheet)
    assert one.reception is Reception.REFUSED
    assert "没有填好的走访" in one.lines[0]


@pytest.mark.parametrize(
    ("units", "taken"),
    [
        ([], True),  # a stranger's address: what the workbook says counts, the office hears of it
        (["县公安局"], True),  # of the team
        (["县公安局", "县财政局"], True),  # shared by two liaisons
        (["县财政局"], False),  # the visited unit itself
    ],
)
def test_no_unit_says_what_a_visit_found_at_itself(sheet, monkeypatch, units, taken):
    at = "a@example.cn"
    monkeypatch.setattr("tasks.inspection.arriving.units_at", lambda *_: {at: units})
    one = came(filled(sheet), sender=at, via=Via.MAIL)

    assert (one.reception is Reception.TAKEN) is taken
    assert taken or "被走访的单位不能报自己的" in one.lines[0]


def test_who_mails_a_workbook_gets_an_answer_though_no_channel_reaches_him(sheet):
    path = filled(sheet)
    files = (MailFile(path.name, path.read_bytes()),)
    sender = "zu@example.cn"
    mail = MailRead("<1@example.cn>", "d", sender, "督导结果", "", None, "", {}, files)
    office = Office(None, receive, frozenset(), lambda _: ())
    taken = take_mail(mail, 1, None, office, LATER)
    assert (taken.kept, taken.files) == (True, 1)
    assert "请核对是不是督导组发的" in taken.aside  # the office hears of it
    with open_session(read_only=True) as session:
        [answer] = session.exec(select(ReceivedMail.answer_text))
    assert "V1.1 列出问题 1 个" in answer


def test_a_workbook_is_known_whatever_became_of_its_name_and_sheets(sheet, tmp_path):
    path = filled(sheet)

    def renamed(book):
        book["走访"].title = "Sheet1"
        for page in book:
            page.delete_rows(1, 2)  # titles and all

    assert is_visit_results(path.read_bytes())
    assert is_visit_results(edited(path, renamed, "又.xlsx").read_bytes())
    other = made(tmp_path / "x.xlsx", 走访=[["编号", "走访日期", "督导结果表"], ["1", "2", "3"]])
    assert not is_visit_results(other.read_bytes())
    assert not is_visit_results(b"PK broken")


def test_a_file_of_another_campaign_is_refused_with_its_name(sheet):
    path = filled(sheet)

    def other(book):
        book["走访"].cell(1, 1).value = "别县：督导结果表（2025-07-21 导出）"

    assert "别县" in "".join(faults(edited(path, other, "别.xlsx")))


def test_brought_as_a_ledger_it_is_taken_for_what_it_is_and_as_an_arrangement_named(
    sheet, tmp_path
):
    path = filled(sheet)
    [one, *_] = import_ledgers("xj", path, LATER).taken
    assert one.lines == ("走访结果已登记：V1.1 列出问题 1 个",)
    with pytest.raises(PlanError, match="这是督导结果表"):
        load_arrangement("xj", path, moment=LATER)
