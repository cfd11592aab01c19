"""A file marked as a secret is kept nowhere, and the office and the sender really hear of it at once."""

import json

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.evidence.intake.received import ReceivedFile
from models.evidence.vault.keeping import every_kept
from models.notices.notice import Notice
from models.rules.evidence.words import Via
from tasks.evidence.handing_in import hand_in
from tasks.notices.delivery import deliver
from tests.conftest import NOW, ON_BOTH
from tests.support.evidence import NOON, handed, piece

SECRET = "机密★10年\n关于某事的通知".encode()


@pytest.fixture
def channels(provider, tmp_path, monkeypatch):
    """The office and one bureau each have a robot at the provider."""
    path = tmp_path / "channels.yaml"
    urls = [("0123456789abcdef-office", "创建办"), ("fedcba9876543210-other", "市司法局")]
    entries = [
        {f"wecomrobot://{key}?base={provider.base}&rto=2&cto=2": {"tag": tag}} for key, tag in urls
    ]
    path.write_text(json.dumps({"version": 1, "urls": entries}, ensure_ascii=False))
    path.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))


def secret(**more):
    return piece("通知", items=("W1",), content=SECRET, file_name="名字也密.txt", **more)


def test_the_office_and_the_sender_hear_at_once(campaign, provider, channels):
    [taken] = handed(secret(), by="市司法局联络员")
    deliver(lambda: NOW)

    assert taken.secret
    assert "没有保存" in taken.refused
    said = [json.dumps(one, ensure_ascii=False, default=str) for one in provider.accepted]
    assert len(said) == 2
    assert all("标着密级" in one and "名字也密" not in one for one in said)


def test_it_is_said_once_however_often_it_comes(campaign, provider, channels):
    for _ in range(2):
        handed(secret(), by="市司法局联络员")
        deliver(lambda: NOW)

    assert len(provider.accepted) == 2


@ON_BOTH
@pytest.mark.parametrize("via", [Via.COMMAND, Via.FOLDER, Via.MAIL])
def test_only_hash_sender_and_hour_are_kept(campaign, via):
    hand_in("jc", [secret()], "市司法局联络员", via, NOON)

    assert list(every_kept()) == []
    with open_session(read_only=True) as session:
        [row] = session.exec(select(ReceivedFile))
        assert (row.outcome, row.sender, row.name) == ("secret", "市司法局联络员", "")
        assert row.received_at == NOW and len(row.sha256) == 64
        entries = [e.facts for e in session.exec(select(AuditEntry)) if e.what == "file-secret"]
        assert len(entries) == 1 and "名字也密" not in "".join(entries)
        notices = session.exec(select(Notice)).all()
        assert {one.occurrence for one in notices} == {row.sha256}
        assert all(one.hold_until <= NOW for one in notices)
