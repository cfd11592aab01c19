"""The vault against all that names files in it; killed it goes on; a backup says what is not in it."""

import os
import signal
import subprocess
import sys

import pytest

from deployments.cli import run
from models.database import open_session
from models.evidence.intake.received import ReceivedFile
from models.evidence.vault.keeping import every_kept, keep, place_of, vault
from models.papers.paper import Paper, PaperTemplate
from tasks.evidence.vault_checking import check_whole_vault, missing_in_vault, vault_in_words
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.places import ROOT
from tests.support.evidence import first_item, handed, piece


def received(key: str, outcome: str, content: bytes, returned: str = "") -> ReceivedFile:
    return ReceivedFile(
        campaign_id=1,
        key=key,
        sha256=keep(content).sha256,
        size=1,
        name="台账.xlsx",
        via="folder",
        received_at=NOW,
        kind="ledger",
        outcome=outcome,
        returned_sha256=returned,
    )


@pytest.fixture
def kept(campaign):
    """A file in the vault of each kind that names some."""
    handed(piece("材料", items=(f"{first_item().code}#1",)))
    with open_session() as session:
        returned = keep(b"marked").sha256
        session.add(received("a", "partly", b"original", returned))
        session.add(received("b", "refused", b"no workbook"))
        paper = {"campaign_id": 1, "kind": "report", "subject": "", "version": 1, "title": "报告"}
        paper |= {"characters": 1, "blanks": 0, "facts": "{}", "made_at": NOW, "made_by": "创建办"}
        session.add(Paper(sha256=keep(b"paper").sha256, **paper))
        made = {"file_name": "模板.docx", "set_by": "创建办", "set_at": NOW}
        session.add(
            PaperTemplate(campaign_id=1, kind="report", sha256=keep(b"form").sha256, **made)
        )
    keep(b"nobody's")


def check():
    return check_whole_vault(lambda *_: None)


@ON_BOTH
def test_whatever_names_a_file_is_held_against_the_vault(kept):
    report = check()
    assert (report.files, report.missing, report.changed) == (7, [], [])
    assert len(report.unreferenced) == 1

    for content in (b"original", b"marked", b"paper", b"form", b"no workbook"):
        place_of(keep(content).sha256).unlink()
    first = vault_in_words(check())[0]
    assert first.startswith("4 个文件缺少")
    for words in ("收到的原件", "标红的退回件", "文书第 1 版", "文书模板"):
        assert words in first
    assert missing_in_vault() == 4


def test_a_changed_file_is_named_with_its_piece(kept):
    sha256 = keep("关于举办执法人员培训班的通知".encode()).sha256
    place_of(sha256).write_bytes(b"other")

    assert "证明材料 E0001 第 1 版" in vault_in_words(check())[0]


KILLED = """
import os, signal
from models.evidence.vault import checking
from tasks.evidence.vault_checking import check_whole_vault
checking.OFTEN = 2
check_whole_vault(lambda count, _: os.kill(os.getpid(), signal.SIGKILL) if count == 5 else None)
"""


def test_a_killed_check_goes_on_and_forgets_nothing(kept):
    first, *_ = every_kept()
    first[1].write_bytes(b"other")
    done = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=ROOT, env={**os.environ, "PYTHONPATH": "."}
    )
    assert done.returncode == -signal.SIGKILL

    report = check()
    assert (report.resumed, report.files, report.changed) == (True, 7, [first[0]])


def test_a_backup_says_what_is_not_in_it_and_a_restore_what_is_missing(kept, tmp_path, capsys):
    copy = tmp_path / f"{TODAY}.db"
    assert run(["db", "backup", str(copy)]) == 0
    said = capsys.readouterr().out
    assert "备份里没有证明材料库" in said
    assert "7 个文件" in said
    assert "cp -a" in said

    place_of(keep(b"paper").sha256).unlink()
    handed(piece("另一份", items=(f"{first_item().code}#1",), content=b"another"))
    assert run(["db", "restore", str(copy), "--by", "创建办"]) == 0
    assert "证明材料库里缺少 1 个文件" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_looked_at(kept, capsys):
    first, second, *_ = every_kept()
    second[1].write_bytes(b"other")
    bad = first[1]  # reading a folder is refused to everybody, to root too
    bad.unlink()
    bad.mkdir()

    assert run(["vault", "check"]) == 1
    said = capsys.readouterr().err
    assert (
        f"1 个文件读不出，请检查这些文件的属主、权限和磁盘，坏了的从备份换回：{first[0][:12]}"
        in said
    )
    assert f"1 个文件内容已被改动，请从备份换回：{second[0][:12]}" in said
    assert "核对了 7 个文件，有问题" in said


def test_a_vault_copied_back_one_folder_too_deep_is_told(kept, capsys):
    (vault() / "vault" / "aa").mkdir(parents=True)

    assert run(["vault", "check"]) == 0
    assert "多套了一层" in capsys.readouterr().out
