"""Whatever bytes come as a mail, it is answered for: no traceback, nothing half-written, within bounds."""

from collections import Counter

import pytest
from sqlmodel import select

from models.database import open_session
from models.evidence.intake.received import ReceivedFile, ReceivedMail
from models.evidence.vault.keeping import is_kept
from tasks.audit.chain import verify
from tasks.guarded.guard import Limits, worker
from tasks.intake.mailbox.mails import LARGEST_MAIL, LIMITS, read_mail
from tasks.intake.mailbox.round import collect_mail
from tasks.intake.receiving import receive
from tests.support.mails import mixed, part, text
from tests.support.mutated_mails import EACH, MAILS, mutated
from tests.support.scripted_imap import ScriptedImap
from tests.tasks.intake.mailbox.conftest import set_mailbox
from tests.tasks.intake.mailbox.test_ledgers_by_mail import later


def test_broken_mails_are_read_within_the_memory_of_the_guarded_child():
    limits = Limits(memory=LIMITS.memory, part=LIMITS.part, whole=200, wall=LIMITS.wall)

    with worker("tests.support.mutated_mails:every", limits) as child:
        found = list(child.parts(b"-"))

    assert len(found) == EACH * len(MAILS) >= 200
    given_up = [one for one in found if not one[2]]
    assert len(given_up) < 10  # those that lie within a hundred others
    for _, _, kinds, words in found:
        assert kinds[:1] in (["head"], [])
        assert all(isinstance(one, str) and one and one.isprintable() for one in words)
    several = Counter(kind for *_, kinds, _ in found for kind in set(kinds))
    assert several["file"] > 100 and several["note"] > 50


def test_broken_mails_leave_whole_rows_and_are_not_taken_twice(campaign, monkeypatch):
    raws = [
        mutated(raw, 9 * n + kind) for n, raw in enumerate(MAILS[:3]) for kind in (0, 1, 4, 7, 8)
    ]
    with ScriptedImap(*raws) as server:
        set_mailbox(monkeypatch, f"127.0.0.1:{server.port}", "insecure")
        first = collect_mail(later(), receive)
        assert (first.faults, first.left) == ((), 0)
        before = rows()

        again = collect_mail(later(30), receive)

    assert (again.mails, again.files, again.faults) == (0, 0, ())
    assert rows() == before
    files, mails = before
    assert {one[1] for one in mails} <= {"owed", "none"}
    assert all(outcome for *_, outcome in files)
    assert all(is_kept(sha256) for _, sha256, outcome in files if outcome != "refused")
    assert verify().lines == []


def rows() -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    with open_session(read_only=True) as session:
        files = session.exec(select(ReceivedFile.key, ReceivedFile.sha256, ReceivedFile.outcome))
        mails = session.exec(select(ReceivedMail.message_id, ReceivedMail.answer))
        return sorted(map(tuple, files)), sorted(map(tuple, mails))


@pytest.mark.parametrize("kind", [b"message/rfc822", b"multipart/mixed; boundary=%d"])
def test_a_mail_nested_beyond_reading_is_named_and_its_sender_known(kind):
    deep = b"From: <li@example.cn>\r\nSubject: deep\r\n"
    for n in range(1200):
        mixed_ = b"boundary" in kind
        deep += b"Content-Type: " + (kind % n if mixed_ else kind) + b"\r\n\r\n"
        deep += b"--%d\r\n" % n if mixed_ else b""

    mail = read_mail(deep, "<deep@example.cn>")

    assert (mail.sender, mail.subject, mail.files) == ("li@example.cn", "deep", ())
    assert mail.notes == ("邮件结构不正常，打不开",)


def test_fifty_megabytes_are_taken_within_the_memory_of_the_guarded_child():
    content = bytes(range(256)) * (50 * 4096)
    raw = mixed(text(), part(content, b'filename="a.bin"'))
    assert len(raw) <= LARGEST_MAIL

    [file] = read_mail(raw, "<a@example.cn>").files

    assert file.content == content
