"""Evidence that is handed in while SM3 is chosen: hashed by it too, and checked by both."""

import csv
import hashlib
import io
import zipfile

import pytest
from sqlalchemy import text
from sqlmodel import select

from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.database import open_session
from models.evidence.evidence import EvidenceRevision
from models.settings import moment_of
from tasks.archive.archiving import archive_campaign
from tasks.campaign.life import close_campaign
from tasks.evidence.life_words import life_in_words
from tasks.evidence.looking_up import show_evidence
from tasks.evidence.vault_checking import check_whole_vault, vault_in_words
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.evidence import first_item, handed, piece
from tests.support.no_sm3 import without_sm3

NEW, OLD = b"notice of the new", b"notice of before"


@pytest.fixture
def both(campaign, monkeypatch):
    """One piece from before SM3 was chosen, one from after."""
    item = first_item()
    handed(piece("甲", items=[item.code], content=OLD), by=f"{item.unit}联络员")
    monkeypatch.setenv("SHIFAN_HASH", "sm3")
    handed(piece("乙", items=[item.code], content=NEW), by=f"{item.unit}联络员")


def revisions():
    with open_session(read_only=True) as session:
        query = select(EvidenceRevision).order_by(EvidenceRevision.id)
        return [(one.algorithm, one.sha256, one.digest) for one in session.exec(query)]


def checked():
    return check_whole_vault(lambda *_: None)


@ON_BOTH
def test_what_comes_in_later_bears_both_and_what_was_there_stays(both):
    assert revisions() == [
        ("sha256", hashlib.sha256(OLD).hexdigest(), ""),
        ("sm3", hashlib.sha256(NEW).hexdigest(), hashlib.new("sm3", NEW).hexdigest()),
    ]
    assert checked().sound
    with open_session(read_only=True) as session:
        assert check_chain(session, audit_key()).lines == []


@ON_BOTH
def test_both_are_shown_by_their_names_and_stand_in_the_archive_s_register(both, tmp_path):
    old, new = ("\n".join(life_in_words(show_evidence(None, code))) for code in ("E0001", "E0002"))
    close_campaign("jc", "创建办", "已获命名", moment_of(NOW, TODAY))
    archive_campaign("jc", tmp_path / "归档.zip", "创建办", "归档", moment_of(NOW, TODAY))
    with zipfile.ZipFile(tmp_path / "归档.zip") as archive:
        [name] = [one for one in archive.namelist() if one.endswith("材料目录.csv")]
        register = archive.read(name).decode("utf-8-sig")

    sha256, sm3 = hashlib.sha256(NEW).hexdigest(), hashlib.new("sm3", NEW).hexdigest()
    assert f"，SHA-256 指纹 {hashlib.sha256(OLD).hexdigest()[:12]}" in old
    assert f"，SHA-256 指纹 {sha256[:12]}，SM3 指纹 {sm3[:12]}" in new
    assert "SM3" not in old
    rows = csv.DictReader(io.StringIO(register))
    assert [(row["SHA-256 指纹"], row["SM3 指纹"]) for row in rows] == [
        (hashlib.sha256(OLD).hexdigest(), ""),
        (sha256, sm3),
    ]


def test_the_same_file_after_the_change_is_the_same_piece(both):
    item = first_item()
    [again] = handed(piece("甲", items=[item.code], content=OLD), by=f"{item.unit}联络员")

    assert (again.code, again.changed) == ("E0001", False)


@ON_BOTH
def test_a_file_that_lacks_its_second_hash_is_named_and_so_is_the_row(both):
    with open_session() as session:
        wrong = text("UPDATE evidence_revision SET digest = :wrong WHERE algorithm = 'sm3'")
        session.connection().execute(wrong, {"wrong": "0" * 64})

    report = checked()

    assert report.changed == [hashlib.sha256(NEW).hexdigest()]
    assert "E0002 第 1 版" in vault_in_words(report)[0]


def test_where_there_is_no_sm3_the_check_says_so_and_calls_nothing_sound(both, tmp_path):
    ran = without_sm3(tmp_path, "-P", "-m", "deployments.cli", "vault", "check")

    line = ran.stderr.splitlines()[-1]
    assert (ran.returncode, "算不了 SM3 指纹" in line) == (1, True)
    assert "完好" not in ran.stdout
