"""The archive of a campaign reads without this program, checks itself, and holds nobody's secrets."""

import csv
import errno
import hashlib
import io
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session, select

from models.archive.sqlite_copy import sqlite_copy
from models.audit.chain import AuditEntry
from models.campaign.campaign import Campaign
from models.database import open_session
from models.decisions.decision import DecisionCode
from models.errors import DatabaseError, EndedError, PlanError
from models.evidence.intake.received import ReceivedFile
from models.files.held_draft import held_draft
from models.notices.notice import Message
from models.rules.archive.codes import CODES
from models.rules.words import Progress
from models.settings import moment_of, settings
from tasks.archive.archiving import archive_campaign
from tasks.campaign.life import campaign_rows, close_campaign, reopen_campaign
from tasks.campaign.progress import Report, register_report
from tasks.packages.sinks import ZipSink
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.packs import load_pack
from tests.support.pieces import indicator, piece
from tests.support.rows import everything

MOMENT = moment_of(NOW, TODAY)
PHONE, MAIL, LINK = "13800138000", "zhao@example.cn", "http://10.1.2.3/receipt/SECRET"
SALT = "c0ffee" * 8


@pytest.fixture
def closed(campaign):
    """A campaign that has ended."""
    close_campaign(campaign, "创建办", "已获命名", MOMENT)
    return campaign


@pytest.fixture
def lived(campaign, campaign_id):
    """One that has ended beside another, with a past, with evidence, and with what must not leave the house."""
    load_pack(MOMENT, "邻县")
    for one in (campaign, "邻县"):
        patrol_campaign(one, MOMENT)
    note = f"=1+1 电话 {PHONE}，邮箱 {MAIL}"
    register_report(campaign, Report("W5", Progress.STARTED, "创建办", note=note), MOMENT)
    with open_session() as session:
        indicator(session, campaign_id, "1.1.1", "公开清单", demands=2)
        piece(session, campaign_id, "一", ("1.1.1", 2), title=f"清单 {PHONE}")
        _secrets(session, campaign_id)
    close_campaign(campaign, "创建办", "已获命名", MOMENT)
    return campaign


def _secrets(session: Session, campaign_id: int) -> None:
    facts = {"key": MAIL, "sha256": "0" * 64, "size": 1, "name": "台账.xlsx", "via": "mail"}
    more = {"received_at": NOW, "kind": "ledger", "outcome": "taken"}
    session.add(ReceivedFile(campaign_id=campaign_id, sender=MAIL, **facts, **more))
    message = {"tag": "市司法局", "subject": "邻县的事", "body": "邻县的事", "link": LINK}
    session.add(Message(campaign_id=campaign_id, made_at=NOW, **message))
    post = {"post_id": 1, "holder_id": 1, "salt": SALT, "hash": SALT, "way": "channel"}
    session.add(DecisionCode(**post, made_on=TODAY, made_at=NOW, expires_at=NOW))


def unpacked(campaign: str, place: Path) -> Path:
    """Archive a campaign and return the folder that the archive unpacks to."""
    file = place / "归档.zip"
    archive_campaign(campaign, file, "创建办", "归档", MOMENT)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(place / "x")
    [root] = (place / "x").iterdir()
    return root


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """Where one archive for all tests that only look at it is kept."""
    return tmp_path_factory.mktemp("once")


@pytest.fixture
def root(campaign, once, request, tmp_path):
    """A copy of the unpacked archive, which is made by whoever asks first."""
    if not list(once.iterdir()):
        shutil.copytree(unpacked(request.getfixturevalue("lived"), tmp_path), once / "jc")
        shutil.copy(settings().home / "audit.key", once)
    shutil.copytree(once / "jc", tmp_path / "root")
    return tmp_path / "root"


def checked(root: Path, *more: str) -> tuple[int, str]:
    """Run the archive's own check as anybody would, without anything of ours."""
    command = [sys.executable, "-I", str(root / "核对.py"), *more]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert not done.stderr
    return done.returncode, done.stdout


@ON_BOTH
def test_the_archive_checks_itself_without_this_program(campaign, tmp_path):
    note = Report("W5", Progress.STARTED, "创建办", note=f"电话 {PHONE}")
    register_report(campaign, note, MOMENT)
    close_campaign(campaign, "创建办", "已获命名", MOMENT)
    root = unpacked(campaign, tmp_path)

    code, said = checked(root, "--key", str(settings().home / "audit.key"))

    assert (code, said.splitlines()[:3]) == (
        0,
        ["文件：符合", "记录链：符合", "链头的签名：符合"],
    )
    assert "号码已遮盖" in said


def test_a_changed_file_a_changed_entry_and_another_head_are_named(root, tmp_path):
    (root / "方案.json").write_text("{}")
    with closing(sqlite3.connect(root / "数据.sqlite")) as copy:
        copy.execute("UPDATE audit_entry SET who = '别人' WHERE what = 'campaign-closed'")
        copy.commit()
    head = json.loads((root / "记录链" / "链头.json").read_text(encoding="utf-8"))
    (tmp_path / "另存.json").write_text(json.dumps(head | {"hash": "0" * 64}))
    (tmp_path / "另一把.key").write_text("ab" * 32)

    code, said = checked(
        root, "--head", str(tmp_path / "另存.json"), "--key", str(tmp_path / "另一把.key")
    )

    assert code == 1
    assert "文件被改动 方案.json" in said
    assert "的内容与指纹不符" in said
    assert "不是用这把密钥签的" in said
    assert "没有经过它" in said


def test_a_link_that_was_taken_out_is_missed(root):
    with closing(sqlite3.connect(root / "数据.sqlite")) as copy:
        copy.execute("DELETE FROM chain_link WHERE id = 2")
        copy.commit()

    code, said = checked(root)

    assert code == 1
    assert "第 3 条与前一条接不上" in said


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="no coreutils")
def test_the_list_of_hashes_names_every_file_but_itself(root):

    done = subprocess.run(["sha256sum", "-c", "指纹.sha256"], cwd=root, capture_output=True)
    named = {
        line.split("  ", 1)[1] for line in (root / "指纹.sha256").read_text("utf-8").splitlines()
    }

    assert done.returncode == 0
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert there - named == {"指纹.sha256"}
    assert named <= there


def test_nothing_in_it_is_a_secret_an_address_or_anothers(root):
    with closing(sqlite3.connect(root / "数据.sqlite")) as copy:
        texts = {"数据.sqlite": "\n".join(copy.iterdump())}
    for path in root.rglob("*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                texts[path.name] = book.read("xl/sharedStrings.xml").decode()
        elif path.is_file() and path.suffix != ".sqlite":
            texts[str(path.relative_to(root))] = path.read_text(encoding="utf-8")

    for secret in (PHONE, MAIL, "SECRET", SALT, "邻县"):
        assert [name for name, text in texts.items() if secret in name + text] == [], secret


def test_a_table_is_the_same_in_both_forms_and_opens_as_text(root):
    [file] = root.glob("表/* milestone.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        head, *rows = csv.reader(lines)
    with closing(sqlite3.connect(root / "数据.sqlite")) as copy:
        kept = copy.execute("SELECT * FROM milestone").fetchall()
        [row] = copy.execute("SELECT 编号, 状态, 说明 FROM 节点 WHERE 编号 = 'W5'").fetchall()
        said = copy.execute("SELECT count(*) FROM 说明 WHERE 表 = 'milestone'").fetchone()
        code = copy.execute(
            "SELECT 含义 FROM 代码 WHERE 表 = 'milestone' AND 代码 = 'started'"
        ).fetchone()

    assert "截止日期（due）" in head
    assert said == (len(head),)
    assert len(rows) == len(kept)
    note = head.index("说明（note）")
    shown = "=1+1 电话 138****8000，邮箱 ***@example.cn"
    assert [r[note] for r in rows if r[note]] == [f"'{shown}"]
    assert {r[head.index("状态（state）")] for r in rows} == {"未开始", "进行中"}
    assert row == ("W5", "进行中", shown)
    assert code == (CODES["milestone", "state"]["started"],)
    assert {one[1] for one in kept} == {1}


def test_the_list_of_progress_has_every_milestone_and_every_part_in_words(root):
    rows = list(csv.DictReader(io.StringIO((root / "进展.csv").read_text("utf-8-sig"))))
    with closing(sqlite3.connect(root / "数据.sqlite")) as copy:
        [counts] = copy.execute(
            "SELECT (SELECT count(*) FROM milestone WHERE NOT withdrawn),"
            " (SELECT count(*) FROM assignment WHERE NOT withdrawn)"
        ).fetchall()

    parts = [row for row in rows if row["类别"] == "责任分解"]
    assert (len(rows) - len(parts), len(parts)) == counts
    assert {row["状态"] for row in rows} <= {word.chinese for word in Progress}
    assert {row["角色"] for row in parts} == {"牵头单位", "责任单位"}
    [w5] = [row for row in rows if row["编号"] == "W5" and row["类别"] == "工作任务"]
    assert (w5["状态"], w5["登记人"]) == ("进行中", "创建办")


def test_the_register_of_pieces_names_hash_demand_and_place(root):

    [row] = csv.DictReader(io.StringIO((root / "材料目录.csv").read_text("utf-8-sig")))

    assert row["对应要求"] == "1.1.1 第2条"
    assert (root / row["文件"]).is_file()
    vault = (root / "保管库目录.csv").read_text("utf-8-sig")
    assert f"{row['SHA-256 指纹']},证明材料的版本,1," in vault
    assert "收到的文件" in vault


def test_the_page_explains_offline_and_says_that_it_is_no_backup(root):
    page = (root / "说明.html").read_text("utf-8")

    assert "不是备份" in page
    for word in ("收件邮箱的来信", "审批码的校验值", "python3 核对.py", "每张表"):
        assert word in page
    assert "<script" not in page
    assert "http" not in page
    assert "None" not in page


def test_a_campaign_is_archived_twice_into_two_files_and_the_list_names_the_last(closed, tmp_path):
    first = archive_campaign(closed, None, "创建办", "归档", MOMENT)
    second = archive_campaign(closed, None, "创建办", "归档", MOMENT)

    assert "jc-2025-07-01.zip" in first
    assert "jc-2025-07-01-2.zip" in second
    [row] = [one for one in campaign_rows(archived=True) if one.slug == closed]
    assert row.archive.file == "jc-2025-07-01-2.zip"
    assert "可以恢复（reopen）" in row.what_next
    assert row.archive.sha256 in second
    assert row.hash_line == f"jc-2025-07-01-2.zip 的指纹（SHA-256）：{row.archive.sha256}"
    assert campaign_rows() == []
    reopen_campaign(closed, "创建办", "还要复核", MOMENT)
    [again] = campaign_rows()
    assert (again.what_next, again.hash_line) == (
        "2025-07-01 归档在 jc-2025-07-01-2.zip；结束后可以归档（close、archive）",
        row.hash_line,
    )


def test_one_under_way_is_not_archived_and_no_file_is_written_over(campaign, tmp_path):
    with pytest.raises(EndedError, match="还在进行"):
        archive_campaign(campaign, tmp_path / "a.zip", "创建办", "归档", MOMENT)
    close_campaign(campaign, "创建办", "已获命名", MOMENT)
    (tmp_path / "b.zip").write_bytes(b"mine")
    with pytest.raises(PlanError, match="不会覆盖"):
        archive_campaign(campaign, tmp_path / "b.zip", "创建办", "归档", MOMENT)

    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


def test_an_archive_changes_nothing_but_that_it_is_one(closed, campaign_id, tmp_path):
    with open_session(read_only=True) as session:
        before = len(session.exec(select(AuditEntry)).all())
    unpacked(closed, tmp_path)
    with open_session(read_only=True) as session:
        entries = session.exec(select(AuditEntry.what).order_by(AuditEntry.id)).all()
        assert session.get_one(Campaign, campaign_id).state == "archived"

    assert entries[before:] == ["campaign-archived", "facts-kept"]
    assert "已恢复" in reopen_campaign(closed, "创建办", "还要复核", MOMENT)


def test_one_that_was_stopped_midway_leaves_no_file_and_is_made_anew(closed, tmp_path, monkeypatch):
    def stop(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tasks.archive.contents.evidence_into", stop)
        with pytest.raises(KeyboardInterrupt):
            archive_campaign(closed, tmp_path / "a.zip", "创建办", "归档", MOMENT)

    assert not (tmp_path / "a.zip").exists()
    [row] = [one for one in campaign_rows(archived=True) if one.slug == closed]
    assert (row.state, row.archive) == ("closed", None)
    archive_campaign(closed, tmp_path / "a.zip", "创建办", "归档", MOMENT)
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("last", ["数据.sqlite", "说明.html", "指纹.sha256"])
def test_a_disk_that_fills_up_leaves_nothing_and_says_so(closed, tmp_path, monkeypatch, last):
    def add(self, name, pieces, at):
        if name.endswith(f"/{last}"):
            raise OSError(errno.ENOSPC, "No space left on device")
        as_usual(self, name, pieces, at)

    as_usual = ZipSink.add
    before = everything()
    with monkeypatch.context() as patch:
        patch.setattr(ZipSink, "add", add)
        with pytest.raises(OSError, match="No space"):
            archive_campaign(closed, tmp_path / "a.zip", "创建办", "归档", MOMENT)

    assert list(tmp_path.iterdir()) == []
    assert everything() == before


def test_no_room_for_the_copy_of_the_tables_is_one_line(closed, tmp_path):
    """A limit for the size of a file stands for a disk that is full; the database itself is only read."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    with open_session(read_only=True) as session:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most[1]))
        try:
            with pytest.raises(DatabaseError, match="归档没有写成：磁盘已满"):
                sqlite_copy(session, 1, tmp_path / "a.sqlite")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, most)


def test_of_two_at_once_one_is_told_to_wait(closed, tmp_path):
    with held_draft(tmp_path / "a.zip"), pytest.raises(PlanError, match="正在由另一个命令生成"):
        archive_campaign(closed, tmp_path / "a.zip", "创建办", "归档", MOMENT)

    assert [one.archive for one in campaign_rows()] == [None]


def test_stopped_between_the_register_and_the_name_the_same_command_makes_it_whole(
    closed, tmp_path, monkeypatch
):
    def stop(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", stop)
        with pytest.raises(KeyboardInterrupt):
            archive_campaign(closed, tmp_path / "a.zip", "创建办", "归档", MOMENT)
    assert not (tmp_path / "a.zip").exists()

    archive_campaign(closed, tmp_path / "a.zip", "创建办", "归档", MOMENT)

    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    [row] = campaign_rows(archived=True)
    assert hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest() == row.archive.sha256
