"""The office names a file, a folder or an archive: ledgers and what they name are taken in together."""

import hashlib
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from deployments.cli import run
from models.database import open_session
from models.errors import PlanError
from models.evidence.listing import evidence_lines
from models.evidence.vault.keeping import every_kept
from models.rules.evidence.words import Reception, Via
from models.settings import moment_of
from tasks.intake.arrived import Arrived
from tasks.intake.importing import import_ledgers
from tasks.intake.listing import intake_list, write_intake_list
from tasks.intake.receiving import receive
from tasks.ledgers.exporting import export_ledgers
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.sheets import place
from tests.tasks.intake.test_receiving import rows

MOMENT = moment_of(NOW, TODAY)
UNITS = ("市司法局", "市财政局")


@pytest.fixture
def sent(campaign, tmp_path):
    """The ledgers of two units as they went out."""
    out = tmp_path / "发出"
    for unit in UNITS:
        export_ledgers(campaign, out, MOMENT, unit=unit)
    return out


def filled(sent, unit, target, *, file="通知.txt", text=None, state=None):
    """Fill a unit's ledger in with one piece of evidence, into the folder ``target``; return both paths."""
    [path] = sent.glob(f"{unit}-*.xlsx")
    book = load_workbook(path)
    code = next(row[0].value for row in book["台账"].iter_rows(min_row=4))
    values = {
        "编号": code,
        "材料名称": f"{unit}的通知",
        "文件名或网址": file,
        "事实发生日期": "2025-05-06",
    }
    for column, value in values.items():
        cell = next(c for c in book["证明材料"][3] if c.value == column)
        book["证明材料"].cell(4, cell.column).value = value
    if state:
        place(book["台账"], "状态", 编号=code).value = state
    target.mkdir(parents=True, exist_ok=True)
    book.save(target / path.name)
    (target / file).write_text(text or f"{unit}关于开展行政执法培训的通知", encoding="utf-8")
    return target / path.name, target / file


def pieces(campaign_id):
    with open_session(read_only=True) as session:
        return {(one.unit, one.title): one.sha256 for one in evidence_lines(session, campaign_id)}


def zipped_at(folder, path):
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder))
    return path


@pytest.mark.parametrize("as_archive", [False, True], ids=["folder", "archive"])
def test_each_unit_s_ledger_finds_its_own_file_of_the_same_name(
    campaign, campaign_id, sent, tmp_path, as_archive
):
    for unit in UNITS:
        filled(sent, unit, tmp_path / "来" / unit)
    path = tmp_path / "来"
    if as_archive:
        path = zipped_at(path, tmp_path / "来.zip")

    done = import_ledgers(None, path, MOMENT)

    found = pieces(campaign_id)
    assert {unit for unit, _ in found} == set(UNITS)
    assert len(set(found.values())) == 2
    told = [line for one in done.taken for line in one.lines]
    assert sum(line.startswith("已按台账收为证明材料 E000") for line in told) == 2
    again = import_ledgers(None, path, MOMENT)
    assert {one.reception for one in again.taken} == {Reception.REPEATED}
    assert pieces(campaign_id) == found


def test_what_lies_beside_a_single_ledger_is_kept_only_where_it_is_named(
    campaign, campaign_id, sent, tmp_path
):
    ledger, _ = filled(sent, UNITS[0], tmp_path / "下载")
    (tmp_path / "下载" / "私事.txt").write_text("与此无关", encoding="utf-8")

    import_ledgers(None, ledger, MOMENT)

    assert len(pieces(campaign_id)) == 1
    assert [row.name for row in rows()] == [ledger.name]
    assert len(list(every_kept())) == 2


def test_two_files_of_one_name_and_different_words_are_asked_about(
    campaign, campaign_id, sent, tmp_path
):
    ledger, file = filled(sent, UNITS[0], tmp_path / "来")
    for other in ("甲", "乙"):
        (tmp_path / "来" / other).mkdir()
        (tmp_path / "来" / other / file.name).write_text(other, encoding="utf-8")
    file.unlink()

    done = import_ledgers(None, tmp_path / "来", MOMENT)

    assert any("收到 2 个内容不同、都叫“通知.txt”的文件" in line for line in done.taken[0].lines)
    assert pieces(campaign_id) == {}
    assert len(done.copies) == 1


def test_a_ledger_that_is_marked_as_a_secret_is_not_kept(campaign, campaign_id, sent, tmp_path):
    ledger, file = filled(sent, UNITS[0], tmp_path / "来")
    file.unlink()
    book = load_workbook(ledger)
    book["一页看清"]["A1"].value = "机密★1年"
    book.save(ledger)

    done = import_ledgers(None, tmp_path / "来", MOMENT)

    assert done.nothing
    assert [one.reception for one in done.taken] == [Reception.SECRET]
    assert [(row.outcome, row.size) for row in rows()] == [("secret", 0)]
    assert list(every_kept()) == []


def test_a_folder_without_ledgers_is_told_in_one_line(campaign, tmp_path):
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / "说明.txt").write_text("甲", encoding="utf-8")

    with pytest.raises(PlanError, match="里面没有台账"):
        import_ledgers(None, tmp_path / "空", MOMENT)
    assert rows() == []


def by_mail(path, key, sender="lsj@example.gov.cn"):
    content = path.read_bytes()
    return Arrived(path.name, content, sender, Via.MAIL, NOW, f"mail:{key}", f"mail:{key}")


@ON_BOTH
def test_evidence_that_came_before_its_ledger_is_found_by_its_sender_once(
    campaign, campaign_id, sent, tmp_path
):
    ledger, file = filled(sent, UNITS[0], tmp_path / "来")

    receive(None, [by_mail(file, "1")], MOMENT)
    assert intake_list(None, MOMENT).waiting == 1
    [taken] = receive(None, [by_mail(ledger, "2")], MOMENT)

    assert taken.reception is Reception.TAKEN, taken.lines
    assert len(pieces(campaign_id)) == 1
    found = intake_list(None, MOMENT)
    assert found.waiting == 0
    assert [row[5:7] for row in found.rows] == [("材料", "已收"), ("台账第 1 版", "已收")]


def test_what_somebody_else_sent_is_not_taken_for_a_unit_s_own(
    campaign, campaign_id, sent, tmp_path
):
    ledger, file = filled(sent, UNITS[0], tmp_path / "来")
    other, other_file = filled(sent, UNITS[1], tmp_path / "他")

    receive(None, [by_mail(other_file, "1", "czj@example.gov.cn")], MOMENT)
    [taken] = receive(None, [by_mail(ledger, "2")], MOMENT)

    assert taken.reception is Reception.PARTLY
    assert pieces(campaign_id) == {}
    assert intake_list(None, MOMENT).waiting == 1


@ON_BOTH
def test_an_address_that_handed_in_another_units_ledger_says_nothing_of_a_file(
    campaign, campaign_id, sent, tmp_path
):
    ledger, file = filled(sent, UNITS[0], tmp_path / "来")
    [other] = sent.glob(f"{UNITS[1]}-*.xlsx")

    receive(None, [by_mail(other, "1")], MOMENT)
    receive(None, [by_mail(other, "2"), by_mail(file, "3", "new@example.com")], MOMENT)
    with_both = [by_mail(ledger, "4", "new@example.com")]
    [taken] = receive(None, with_both, MOMENT)
    assert taken.reception is Reception.TAKEN, taken.lines  # that address is of one unit alone

    again, late = filled(sent, UNITS[0], tmp_path / "又", file="通知二.txt", text="又一份")
    receive(None, [by_mail(late, "5", "new2@example.com")], MOMENT)
    receive(None, [by_mail(other, "6", "new2@example.com")], MOMENT)
    [asked] = receive(None, [by_mail(again, "7", "new2@example.com")], MOMENT)

    assert asked.reception is Reception.PARTLY
    assert len(pieces(campaign_id)) == 1


def test_what_lies_beside_a_ledger_goes_before_what_came_earlier(
    campaign, campaign_id, sent, tmp_path
):
    _, old = filled(sent, UNITS[0], tmp_path / "旧", text="旧的一份")
    ledger, new = filled(sent, UNITS[0], tmp_path / "新", text="新的一份")

    receive(None, [by_mail(old, "1")], MOMENT)
    files = [by_mail(ledger, "2"), replace(by_mail(new, "3"), batch="mail:2")]
    receive(None, files, MOMENT)

    assert list(pieces(campaign_id).values()) == [hashlib.sha256(new.read_bytes()).hexdigest()]


def test_the_list_says_what_came_in_and_who_has_sent_nothing(campaign, sent, tmp_path):
    ledger, file = filled(sent, UNITS[0], tmp_path / "来", state="办完了")
    import_ledgers(None, tmp_path / "来", MOMENT)

    found = intake_list(None, MOMENT)

    assert found.line == "收到 2 个文件；最近的台账发给 2 个单位，1 个已交回，1 个还没有交回"
    assert found.silent == [(UNITS[1], "第 1 版", str(TODAY))]
    by_name = {row[4]: row for row in found.rows}
    assert by_name[ledger.name][5:8] == ("台账第 1 版", "部分收下", "有")
    assert by_name[file.name][1:8] == ("命令", "", "", file.name, "材料", "已收", "")
    files = list(found.files)
    assert any(
        line.endswith(f"{ledger.name}：部分收下，有退回件（{UNITS[0]}，台账第 1 版，命令）")
        for line in files
    )
    assert any("办完了" in line for line in files if line.startswith("  "))
    later = intake_list(None, MOMENT, since=TODAY + timedelta(days=1))
    assert later.rows == []
    until = [TODAY - timedelta(days=1), TODAY]
    assert [len(intake_list(None, MOMENT, until=day).rows) for day in until] == [0, 2]
    assert len(intake_list(None, MOMENT, unit=UNITS[0], since=TODAY).rows) == 1
    write_intake_list(found, tmp_path / "登记.xlsx")
    assert load_workbook(tmp_path / "登记.xlsx").sheetnames == ["收件", "还没有交回"]


def test_the_name_of_a_file_stays_one_line_and_reads_as_it_is_written(
    campaign, sent, tmp_path, capsys
):
    filled(sent, UNITS[0], tmp_path / "来")
    for name in ("甲\n乙.txt：已收", "通知\u202efdp.exe\x1b[2J.txt"):
        (tmp_path / "来" / name).write_text(name, encoding="utf-8")

    assert run(["ledger", "import", str(tmp_path / "来")]) == 0
    found = intake_list(None, MOMENT)

    said = capsys.readouterr().out
    for shown in ("甲□乙.txt：已收", "通知□fdp.exe□[2J.txt"):
        assert f"{shown}：已收\n" in said
        assert any(row[4] == shown for row in found.rows)


@ON_BOTH
def test_a_ledger_that_was_brought_to_the_wrong_campaign_is_taken_by_the_right_one(
    campaign, sent, tmp_path
):
    ledger, _ = filled(sent, UNITS[0], tmp_path / "来", state="进行中")
    assert run(["plan", "load", "zengdu-2023", "--slug", "另一个", "--new"]) == 0

    wrong = import_ledgers("另一个", tmp_path / "来", MOMENT)
    assert [one.reception for one in wrong.taken if one.name == ledger.name] == [Reception.REFUSED]

    right = import_ledgers(campaign, tmp_path / "来", MOMENT)
    [told] = [one for one in right.taken if one.name == ledger.name]
    assert (told.reception, told.unit) == (Reception.TAKEN, UNITS[0])
    assert not any("没有收" in line or "不能收进" in line for line in told.lines)
    back = {row[4]: row for row in intake_list(campaign, MOMENT).rows}
    assert back[ledger.name][6] == "已收"


def test_a_file_that_came_after_its_ledger_is_found_when_the_ledger_comes_again(
    campaign, campaign_id, sent, tmp_path
):
    ledger, file = filled(sent, UNITS[0], tmp_path / "来")

    [first] = receive(None, [by_mail(ledger, "1")], MOMENT)
    [late] = receive(None, [by_mail(file, "2", "bgs@example.gov.cn")], MOMENT)
    both = [by_mail(ledger, "3"), replace(by_mail(file, "4"), batch="mail:3")]
    again = receive(None, both, MOMENT)[0]

    assert first.reception is Reception.PARTLY
    assert "把台账一并发来" in late.lines[0]
    assert "不知道是哪个单位的" in late.lines[1]
    assert again.reception is Reception.TAKEN, again.lines
    assert len(pieces(campaign_id)) == 1


def test_links_in_a_folder_are_not_followed_but_named(campaign, campaign_id, sent, tmp_path):
    filled(sent, UNITS[0], tmp_path / "来" / "一")
    (tmp_path / "来" / "一" / "链接.txt").symlink_to("/etc/passwd")
    (tmp_path / "来" / "夹").symlink_to("/etc")

    done = import_ledgers(None, tmp_path / "来", MOMENT)

    why = "：是链接（快捷方式）或设备，不是文件，没有收"
    assert sorted(done.left) == [f"一/链接.txt{why}", f"夹{why}"]
    assert len(done.taken) == 2


@ON_BOTH
def test_after_a_kill_before_the_outcome_was_written_the_marks_that_stand_are_told(
    campaign, campaign_id, sent, tmp_path, monkeypatch
):
    for n, unit in enumerate(UNITS):
        ledger, file = filled(sent, unit, tmp_path / unit, text="两家交了同一份")
        came = [replace(by_mail(one, f"{n}-{one.name}"), batch=unit) for one in (ledger, file)]
        if n == 0:
            receive(None, came, MOMENT)

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr("tasks.intake.belonging.settling.settle_received", end)
        with pytest.raises(KeyboardInterrupt):
            receive(None, came, MOMENT)
    [again, _] = receive(None, came, MOMENT)

    assert "又登记 0 处变化；收下材料 0 份" in again.lines[0]
    [mark] = [line for line in again.lines if line.startswith("材料 E0002：")]
    assert UNITS[0] in mark
    [told, _] = receive(None, came, MOMENT)
    assert told.lines[1:] == again.lines


def test_it_is_told_how_many_files_were_looked_at(campaign, sent, tmp_path):
    filled(sent, UNITS[0], tmp_path / "来")
    counts: list[int] = []

    import_ledgers(campaign, tmp_path / "来", MOMENT, counts.append)

    assert counts == [1, 2]
