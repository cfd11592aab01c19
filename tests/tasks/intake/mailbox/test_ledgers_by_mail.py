"""Ledgers back by mail, through the real receiver: killed and gone on with; no password is left."""

import base64
import email
import email.policy
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from models.database import open_session
from models.evidence.intake.received import ReceivedFile
from models.evidence.ledgers.issues import every_part
from models.evidence.listing import evidence_lines
from models.evidence.vault.keeping import is_kept
from models.rules.calendar.moment import Moment
from models.settings import moment_of, settings
from tasks.intake.mailbox.answers import send_answers
from tasks.intake.mailbox.round import MailRound, collect_mail
from tasks.intake.receiving import receive
from tasks.ledgers.exporting import export_ledgers
from tests.conftest import NOW, ON_BOTH
from tests.places import ROOT
from tests.support.imap import PASSWORD, Dovecot
from tests.support.mails import head, mixed, part, text, word
from tests.support.round_of_ledgers import Filled, fill_in, unit_of
from tests.tools.fake_provider import FakeMail

pytestmark = pytest.mark.imap
CAME = '"01-Jul-2025 08:50:00 +0800"'  # INTERNALDATE, ten minutes before NOW
WORDS = {"已完成": "done", "进行中": "started"}


def later(minutes: float = 0) -> Moment:
    return moment_of(NOW + timedelta(minutes=minutes))


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mail: FakeMail) -> FakeMail:
    """The office's way out: its mail channel, with an account of its own."""
    return way_out(mail, tmp_path, monkeypatch)


def way_out(mail: FakeMail, folder: Path, monkeypatch: pytest.MonkeyPatch) -> FakeMail:
    """Return ``mail``, which is the channel of the office now; its file lies in ``folder``."""
    file = folder / "channels.yaml"
    url = mail.url("cjb@example.cn")
    file.write_text(f"version: 1\nurls:\n  - {url}:\n    - tag: 创建办\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(file))
    return mail


def as_mail(folder: Path, path: Path, filled: Filled, number: int) -> bytes:
    """Return a unit's ledger and the files it names as its mail; all go out of ``folder``."""
    names = [path.name, *filled.files]
    parts = [part((folder / name).read_bytes(), _named(name)) for name in names]
    for name in names:
        (folder / name).unlink()
    sender, id_ = b"unit%d@example.cn" % number, b"<unit%d@example.cn>" % number
    start = head(word("报送" + filled.unit + "台账"), message_id=id_, sender=sender)
    return mixed(text(), *parts, start=start)


def _named(name: str) -> bytes:
    return b'filename="' + word(name) + b'"'


def filled_ledgers(campaign: str, tmp_path: Path, most: int | None) -> tuple[Path, list[Filled]]:
    """Return a folder with the ledgers of units, filled in, and what each wrote; the fullest first."""
    for name in ("发出", "收件"):
        (tmp_path / name).mkdir()
    export_ledgers(campaign, tmp_path / "发出", later())
    paths = sorted((tmp_path / "发出").glob("*.xlsx"), key=lambda one: -one.stat().st_size)[:most]
    return tmp_path / "收件", [fill_in(one, tmp_path / "收件", n) for n, one in enumerate(paths)]


def ledger_of(folder: Path, one: Filled) -> Path:
    [found] = [path for path in folder.glob("*.xlsx") if unit_of(path) == one.unit]
    return found


def states(campaign_id: int) -> dict[tuple[str, str], str]:
    with open_session(read_only=True) as session:
        return {(p.unit, p.code): p.state for p in every_part(session, campaign_id)}


def received() -> list[ReceivedFile]:
    with open_session(read_only=True) as session:
        found = list(session.exec(select(ReceivedFile).order_by(col(ReceivedFile.id))))
        session.expunge_all()
        return found


def pieces(campaign_id: int) -> list[str]:
    with open_session(read_only=True) as session:
        return sorted(one.file_name for one in evidence_lines(session, campaign_id))


def assert_all_is_registered(campaign_id: int, filled: list[Filled]) -> None:
    registered = states(campaign_id)
    for one in filled:
        for code, state in one.good.items():
            assert registered[one.unit, code] == WORDS[state]
        assert {registered[one.unit, code] for code in one.bad} <= {"open"}
    assert pieces(campaign_id) == sorted(name for one in filled for name in one.files)


def letters(out: FakeMail) -> dict[str, email.message.EmailMessage]:
    """Return the answers by whom they went to; each is the last to its unit."""
    read = (email.message_from_bytes(one, policy=email.policy.default) for one in out.letters)
    return {str(one["To"]): one for one in read}


def whole(minutes: float) -> list[MailRound]:
    return [collect_mail(later(minutes + n), receive) for n in range(3)]


@ON_BOTH
def test_a_marked_copy_goes_back_though_the_round_is_killed_before_its_answer(
    imap: Dovecot, out: FakeMail, campaign: str, tmp_path: Path
) -> None:
    folder, filled = filled_ledgers(campaign, tmp_path, 6)
    number, one = next((n, one) for n, one in enumerate(filled) if one.bad)
    imap.put(as_mail(folder, ledger_of(folder, one), one, number), when=CAME)
    with pytest.MonkeyPatch.context() as killed:

        def end(*_: object) -> None:
            raise KeyboardInterrupt

        killed.setattr("tasks.intake.mailbox.taking.answer_of", end)
        killed.setattr("tasks.intake.mailbox.taking.let_go", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            collect_mail(later(), receive)
    [row] = [file for file in received() if file.returned_sha256]

    collect_mail(later(60), receive)
    send_answers(later(60))

    [answer] = letters(out).values()
    [copy] = answer.iter_attachments()
    assert is_kept(row.returned_sha256)
    assert copy.get_filename() == f"退回-{row.name}"
    assert "已收过" not in str(answer.get_body(("plain",)).get_content())


def test_a_ledger_that_was_registered_before_a_kill_is_not_told_to_hold_nothing(
    imap: Dovecot, out: FakeMail, campaign: str, tmp_path: Path
) -> None:
    folder, [one] = filled_ledgers(campaign, tmp_path, 1)
    imap.put(as_mail(folder, ledger_of(folder, one), one, 0), when=CAME)
    with pytest.MonkeyPatch.context() as killed:

        def end(*_: object) -> None:
            raise KeyboardInterrupt

        killed.setattr("tasks.intake.belonging.settling.settle_received", end)
        with pytest.raises(KeyboardInterrupt):
            collect_mail(later(), receive)

    collect_mail(later(60), receive)
    send_answers(later(60))

    [answer] = letters(out).values()
    said = str(answer.get_body(("plain",)).get_content())
    assert "接着上次没有办完的（那时登记的都在），又登记 0 处变化；收下材料 0 份" in said


ROUND = """
import sys
from datetime import timedelta
from models.settings import moment_of
from tasks.intake.mailbox.answers import send_answers
from tasks.intake.mailbox.round import collect_mail
from tasks.intake.receiving import receive
from tests.conftest import NOW
print("begun", flush=True)
moment = moment_of(NOW + timedelta(minutes=float(sys.argv[1])))
print(collect_mail(moment, receive), send_answers(moment), flush=True)
"""


def round_at(minutes: float) -> "subprocess.Popen[str]":
    """Begin a round in a process of its own; it is under way when this returns."""
    begun = subprocess.Popen(
        [sys.executable, "-P", "-c", ROUND, str(minutes)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert begun.stdout is not None and begun.stdout.readline() == "begun\n"
    return begun


WAY_OUT = "FAXIN-77c0"


def test_no_password_stands_in_what_a_failing_and_a_working_round_leave_or_say(
    imap: Dovecot, mail: FakeMail, campaign: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "channels.yaml"
    url = mail.url("cjb@example.cn", user="office", secret=WAY_OUT)
    file.write_text(f"version: 1\nurls:\n  - {url}:\n    - tag: 创建办\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(file))
    folder, filled = filled_ledgers(campaign, tmp_path, 1)
    imap.put(as_mail(folder, ledger_of(folder, filled[0]), filled[0], 0), when=CAME)
    wrong = "CUOMIMA-19af"
    said = []
    for password, closed, minutes in ((wrong, True, 0), (PASSWORD, True, 5), (PASSWORD, False, 90)):
        monkeypatch.setenv("SHIFAN_MAILBOX_PASSWORD", password)
        mail.closed.clear()
        if closed:
            mail.closed.add("office")
        process = round_at(minutes)
        said += process.communicate(timeout=120)
        assert process.returncode == 0, said[-1]

    assert "登录没有成功" in said[0] and "登录没有成功" not in said[2]
    assert len(mail.letters) == 1
    left = [path.read_bytes() for path in sorted(settings().home.rglob("*")) if path.is_file()]
    left += [one.encode() for one in said] + mail.letters
    assert any(b"unit0@example.cn" in one for one in left)  # what is written is seen here
    for secret in (PASSWORD, WAY_OUT, wrong):
        plain = secret.encode()
        for form in (plain, base64.b64encode(plain), base64.b64encode(b"\0office\0" + plain)):
            assert [one[:200] for one in left if form in one] == []
