"""A round of the mailbox with a real dovecot, and its answers through a real mail server."""

import email
import email.policy
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.database import open_session
from models.errors import DatabaseError
from models.evidence.intake.received import ReceivedFile, ReceivedMail
from models.notices.notice import Notice
from models.rules.calendar.moment import Moment
from models.settings import moment_of
from notifications import links
from tasks.intake.mailbox import round as rounds
from tasks.intake.mailbox.account import account_now
from tasks.intake.mailbox.answers import send_answers
from tasks.intake.mailbox.fetching import KEYWORD
from tasks.intake.mailbox.round import MailRound, collect_mail
from tasks.notices.self_test import self_test
from tests.conftest import NOW, ON_BOTH
from tests.places import ROOT
from tests.support import receiving
from tests.support.imap import PASSWORD, USER, Dovecot, Unsafe
from tests.support.mails import SENDER, forwarded, foxmail, head, mixed, part, text, word
from tests.tasks.intake.mailbox.conftest import set_mailbox
from tests.tools.fake_provider import FakeMail

pytestmark = pytest.mark.imap
CAME = '"01-Jul-2025 08:50:00 +0800"'  # INTERNALDATE, ten minutes before NOW
LEDGER = "市司法局台账.xlsx"


def later(minutes: float = 0) -> Moment:
    return moment_of(NOW + timedelta(minutes=minutes))


def collected(minutes: float = 0) -> MailRound:
    return collect_mail(later(minutes), receiving.receive)


def put(imap: Dovecot, *mails: bytes) -> None:
    imap.put(*mails, when=CAME)


def ledger(content: bytes = b"LEDGER", *, id: bytes = b"<a1@example.cn>", **how: bytes) -> bytes:
    named = b'filename="' + word(LEDGER) + b'"'
    start = head(word("报送" + LEDGER), message_id=id, **how)
    return mixed(text(), part(content, named), start=start)


def kept(table: type = ReceivedFile) -> list:
    with open_session(read_only=True) as session:
        found = list(session.exec(select(table).order_by(col(table.id))))
        session.expunge_all()
        return found


@pytest.fixture
def out(tmp_path, monkeypatch, mail: FakeMail) -> FakeMail:
    """The office's way out: its mail channel, and a unit whose liaison is reached by mail."""
    file = tmp_path / "channels.yaml"
    url = mail.url("cjb@example.cn")
    unit = mail.url(SENDER)
    file.write_text(
        f"version: 1\nurls:\n  - {url}:\n    - tag: 创建办\n  - {unit}:\n    - tag: 市司法局\n",
        encoding="utf-8",
    )
    file.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(file))
    return mail


def answers(out: FakeMail) -> list[email.message.EmailMessage]:
    return [email.message_from_bytes(one, policy=email.policy.default) for one in out.letters]


def words(letter: email.message.EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


@ON_BOTH
def test_a_ledger_comes_by_mail_and_its_sender_hears_what_became_of_it(imap, campaign, out):
    put(imap, ledger(b"LEDGER BAD"))

    assert collected().line == "收邮件 1 封、附件 1 个"
    assert send_answers(later()).line == "回执发出 1 封"

    [file] = kept()
    assert (file.name, file.sender, file.via) == (LEDGER, SENDER, "mail")
    [letter] = answers(out)
    assert letter["To"] == SENDER and letter["Reply-To"] == USER
    assert letter["Subject"] == f"收件回执：报送{LEDGER}"
    assert letter["In-Reply-To"] == letter["References"] == "<a1@example.cn>"
    assert letter["Auto-Submitted"] == "auto-replied"
    said = words(letter)
    assert "2025-07-01 08:50 收到您的邮件“报送市司法局台账.xlsx”" in said
    assert f"1. {LEDGER}：部分收下\n   台账 第 5 行：日期写错" in said
    assert f"打开 {links.mine()} 看" in said
    [copy] = letter.iter_attachments()
    assert (copy.get_filename(), copy.get_content()) == (f"退回-{LEDGER}", b"MARKED COPY")


def test_a_mail_is_marked_when_it_is_kept_and_nothing_is_deleted(imap, database):
    put(imap, ledger(), ledger(b"LEDGER 2", id=b"<a2@example.cn>"))
    client = imap.client()
    client.store("1", "+FLAGS", "\\Deleted")  # somebody else's mark; an EXPUNGE would take the mail
    client.logout()

    collected()

    first, second = imap.flags()
    assert first >= {"\\Seen", KEYWORD, "\\Deleted"} and second >= {"\\Seen", KEYWORD}


def test_the_same_mail_is_taken_once_whatever_happens_to_its_number_or_folder(imap, campaign, out):
    put(imap, ledger())
    collected()
    imap.forget_uids()
    collected()
    put(imap, b"Received: from mx by mx2; Tue, 1 Jul 2025 09:00:00 +0800\r\n" + ledger())

    again = collected(30)

    assert (again.mails, len(kept()), len(kept(ReceivedMail))) == (0, 1, 1)
    send_answers(later())
    send_answers(later(60))
    assert len(answers(out)) == 1


def test_a_mail_that_somebody_read_or_flagged_before_us_is_taken_all_the_same(imap, database):
    put(imap, ledger())
    client = imap.client()
    client.store("1", "+FLAGS", "(\\Seen \\Flagged)")
    client.logout()

    assert collected().mails == 1


def test_two_mails_with_one_message_id_and_other_files_are_both_taken(imap, database):
    put(imap, ledger(b"LEDGER one"), ledger(b"LEDGER number two"))

    assert collected().files == 2


def test_a_mail_without_a_message_id_is_taken_once(imap, database):
    raw = mixed(text(), part(b"LEDGER"), start=head(message_id=None))
    put(imap, raw)
    collected()
    imap.forget_uids()
    put(imap, b"X-Moved: 1\r\n" + raw)
    collected(30)
    collected(60)

    assert len(kept()) == 1
    assert [one.reason for one in kept(ReceivedMail)] == ["", "same-mail"]


def killed_at(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """Let the process end the first time it comes to ``place``."""
    module, _, name = place.rpartition(".")
    from importlib import import_module

    real: Callable = getattr(import_module(module), name)
    ended = []

    def end(*args: object, **kwargs: object) -> object:
        if not ended:
            ended.append(True)
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(place, end)


@pytest.mark.parametrize(
    "ends_at",
    [
        "tasks.intake.mailbox.round.raw_mail",
        "tasks.intake.mailbox.round.take_mail",
        "tasks.intake.mailbox.taking.begin_mail",
        "tests.support.receiving.receive",
        "tasks.intake.mailbox.taking.stored_results",
        "tasks.intake.mailbox.taking.answer_of",
        "tasks.intake.mailbox.taking.finish_mail",
        "tasks.intake.mailbox.round.mark_kept",
        "tasks.intake.mailbox.answers.claim_answers",
        "tasks.intake.mailbox.answers.answer_sent",
    ],
)
@pytest.mark.parametrize("lease_is_held", [False, True])
def test_killed_anywhere_a_mail_is_neither_lost_nor_taken_twice(
    imap, campaign, out, monkeypatch, ends_at, lease_is_held
):
    put(imap, ledger(b"LEDGER BAD"))
    if lease_is_held:  # a process that is gone gives nothing back
        monkeypatch.setattr("tasks.intake.mailbox.taking.let_go", lambda *_: None)
    killed_at(monkeypatch, ends_at)
    with pytest.raises(KeyboardInterrupt):
        collected()
        send_answers(later())

    for minutes in (1, 30, 60):
        collected(minutes)
        send_answers(later(minutes))

    assert len(kept()) == 1
    letters = answers(out)
    assert len({one["Message-ID"] for one in letters}) == 1
    assert "日期写错" in words(letters[0])
    for repeat in letters[1:]:
        assert words(repeat).startswith("（这封回执可能已经发过一次")
    assert len(letters) == (2 if "answer_sent" in ends_at else 1)
    assert KEYWORD in imap.flags()[0]


def test_two_rounds_at_once_take_a_mail_once(imap, campaign, out, monkeypatch):
    put(imap, ledger())
    real = receiving.receive
    second = []

    def meanwhile(*args: object) -> list:
        if not second:
            second.append(None)
            second.append(collect_mail(later(), receiving.receive))
        return real(*args)

    first = collect_mail(later(), meanwhile)

    assert (first.mails, second[1].mails, second[1].left) == (1, 0, 1)
    assert len(kept()) == 1


def test_what_cannot_be_kept_now_is_left_unmarked_and_holds_nobody_up(imap, database):
    put(imap, ledger(b"LEDGER FULL"), ledger(id=b"<a2@example.cn>"))

    def full(slug: object, files: list, moment: Moment) -> list:
        if b"FULL" in files[0].content:
            raise DatabaseError("磁盘已满")
        return receiving.receive(None, files, moment)

    first = collect_mail(later(), full)

    assert (first.mails, first.left) == (1, 1)
    assert "没有收下，下次再收：磁盘已满" in first.faults[0]
    assert KEYWORD not in imap.flags()[0]
    assert collected(1).mails == 1


def test_a_fault_of_ours_is_not_called_one_of_the_mail_server_and_holds_nobody_up(imap, database):
    put(imap, ledger(b"LEDGER ODD"), ledger(id=b"<a2@example.cn>"))

    def odd(slug: object, files: list, moment: Moment) -> list:
        if b"ODD" in files[0].content:
            raise ValueError("a fault of ours")
        return receiving.receive(None, files, moment)

    with pytest.raises(ValueError, match="a fault of ours"):
        collect_mail(later(), odd)
    with pytest.raises(ValueError, match="a fault of ours"):
        collect_mail(later(1), odd)

    assert [one.name for one in kept()] == [LEDGER]


def test_more_mails_than_a_round_takes_wait_for_the_next_and_are_counted(
    imap, database, monkeypatch
):
    monkeypatch.setattr(rounds, "MOST_MAILS", 2)
    put(imap, *(ledger(b"LEDGER %d" % n, id=b"<a%d@example.cn>" % n) for n in range(3)))

    assert collected().line == "收邮件 2 封、附件 2 个；还有 1 封下次再收"
    assert collected(1).line == "收邮件 1 封、附件 1 个"
    assert collected(2).line == "收邮件 0 封、附件 0 个"


def test_a_mail_that_is_too_large_is_answered_and_not_fetched(imap, campaign, out, monkeypatch):
    monkeypatch.setattr(rounds, "LARGEST_MAIL", 2000)
    monkeypatch.setattr("tasks.intake.mailbox.fetching.LARGEST_MAIL", 2000)
    put(imap, ledger(b"LEDGER" * 1000))

    assert collected().mails == 1
    send_answers(later())

    assert kept() == []
    assert "附件没有收；请分成几封发" in words(answers(out)[0])


def test_old_mail_of_a_mailbox_that_was_there_before_is_counted_and_left_alone(imap, database):
    imap.put(ledger(), when='"01-Jan-2025 08:00:00 +0800"')

    assert collected().line == "收邮件 0 封、附件 0 个；另有 1 封三个月以前的没有看"


def test_a_stranger_with_a_ledger_is_answered_and_one_without_is_kept_and_named(
    imap, campaign, out
):
    put(
        imap,
        ledger(sender=b"who@example.com"),
        mixed(part(b"x"), start=head(message_id=b"<s@x>", sender=b"spam@example.com")),
    )

    found = collected()
    send_answers(later())

    assert [one["To"] for one in answers(out)] == ["who@example.com"]
    assert len(kept()) == 2
    [aside] = found.asides
    assert "sp***@example.com" in aside and "发件地址不在通道里" in aside
    [notice] = [one for one in kept(Notice) if one.rule == "mail_aside"]
    assert notice.words == aside


def test_a_ledger_from_the_address_of_another_unit_is_taken_and_named(
    imap, campaign, out, tmp_path
):
    file = tmp_path / "channels.yaml"
    file.write_text(file.read_text().replace("tag: 市司法局", "tag: 市财政局"))
    put(imap, ledger())

    [aside] = collected().asides

    assert "属于市财政局" in aside and "台账却是市司法局的" in aside


def test_a_secret_file_is_told_at_once_without_its_name(imap, campaign, out):
    named = b'filename="' + word("机密名单.docx") + b'"'
    put(imap, mixed(part(b"x", named), start=head(word("机密名单"), sender=b"who@example.com")))

    [aside] = collected().asides
    send_answers(later())

    said = words(answers(out)[0])
    assert "不要再次发送" in said and "第 1 个附件：涉密，未保存" in said
    assert links.ui() not in said  # nothing of a stranger's was taken
    [row] = kept(ReceivedMail)
    [notice] = [one for one in kept(Notice) if one.rule == "mail_aside"]
    told = said + aside + row.subject + row.answer_text + str(answers(out)[0]["Subject"])
    assert "名单" not in told + notice.words
    assert notice.hold_until <= NOW


@pytest.mark.parametrize(
    "signs",
    [
        b"Auto-Submitted: auto-replied",
        b"Auto-Submitted: auto-generated; owner-email=x",
        b"Precedence: bulk",
        b"Precedence: auto_reply",
        b"List-Id: <all.example.cn>",
        b"X-Autoreply: yes",
        b"X-Auto-Response-Suppress: DR, OOF, AutoReply",
        b"Return-Path: <>",
    ],
)
def test_a_robot_gets_no_answer_and_its_files_are_kept(imap, campaign, out, signs):
    put(imap, ledger(more=signs))

    assert collected().files == 1
    assert send_answers(later()).sent == 0


def test_a_bounce_of_our_answer_is_no_ledger_and_the_office_hears_of_it(imap, campaign, out):
    put(imap, ledger(b"LEDGER BAD"))
    collected()
    send_answers(later())
    report = head(word("系统退信"), message_id=b"<b@mx>", sender=b"mailer-daemon@mx.example.cn")
    bounce = mixed(text("退信"), forwarded(out.letters[0]), start=report)
    put(imap, bounce, out.letters[0])  # and our own answer, by a rule that forwards it to us

    found = collected(1)

    assert len(kept()) == 1
    assert "退信" in found.asides[0]
    assert send_answers(later(1)).sent == 0


def test_two_machines_do_not_answer_one_another_for_ever(imap, campaign, out):
    put(imap, *(ledger(b"LEDGER", id=b"<loop%d@example.cn>" % n) for n in range(15)))
    collected()
    send_answers(later())

    assert len(answers(out)) == 12
    assert [one.reason for one in kept(ReceivedMail)[12:]] == ["too-often"] * 3


def test_a_liaison_who_sends_each_file_in_a_mail_of_its_own_is_answered_each_time(
    imap, campaign, out
):
    put(imap, *(ledger(b"LEDGER %d" % n, id=b"<%d@example.cn>" % n) for n in range(15)))
    collected()
    send_answers(later())

    assert len(answers(out)) == 15


@pytest.mark.parametrize(
    ("hangs_at", "says", "words"),
    [
        ("SEARCH", b"", "没有回应"),
        ("BODY.PEEK[]", b"", "没有回应"),
        ("STORE", b"", "没有回应"),
        ("BODY.PEEK[]", b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n", "断开"),
        ("HEADER.FIELDS", b"* 1 FETCH garbage (((\r\n* BYE\r\n", "断开"),
        ("SEARCH", b"\xff\xfe\x00\r\n" * 3, "断开"),
    ],
)
def test_a_server_that_hangs_or_talks_nonsense_ends_the_round_and_loses_nothing(
    imap, database, monkeypatch, hangs_at, says, words
):
    put(imap, ledger())
    real = account_now
    monkeypatch.setattr(rounds, "account_now", lambda: replace(real(), seconds=0.5))
    with Unsafe(imap.port, hangs_at=hangs_at, says=says) as front:
        set_mailbox(monkeypatch, f"127.0.0.1:{front.port}", "insecure")
        [fault] = collected().faults
    assert words in fault

    set_mailbox(monkeypatch, f"127.0.0.1:{imap.port}", "insecure")
    monkeypatch.setattr(rounds, "account_now", real)
    collected(30)
    assert len(kept()) == 1 and KEYWORD in imap.flags()[0]


def test_an_answer_waits_for_its_server_and_goes_once(imap, campaign, out):
    put(imap, ledger())
    collected()
    out.behave("busy", "accept")

    assert send_answers(later()).sent == 0
    assert send_answers(later(0.5)).sent == 0  # not before its minute is over
    assert send_answers(later(2)).sent == 1
    assert send_answers(later(200)).line == ""


def test_an_answer_that_is_refused_for_good_is_told_to_the_office(imap, campaign, out):
    put(imap, ledger())
    collected()
    out.behave("refuse")

    [fault] = send_answers(later()).faults

    assert "zh***@example.cn" in fault and "请用别的办法告知" in fault
    assert SENDER not in fault
    assert [one.answer for one in kept(ReceivedMail)] == ["dead"]
    assert [one.rule for one in kept(Notice)] == ["mail_aside"]


def test_an_answer_of_which_nobody_knows_whether_it_arrived_says_so_the_second_time(
    imap, campaign, out
):
    put(imap, ledger())
    collected()
    out.behave("drop-after", "accept")
    send_answers(later())
    send_answers(later(10))

    letters = answers(out)
    assert words(letters[-1]).startswith("（这封回执可能已经发过一次")
    assert len({one["Message-ID"] for one in letters}) == 1


def test_without_a_mail_channel_answers_wait_and_that_is_said(imap, campaign):
    put(imap, ledger())
    collected()

    found = send_answers(later())

    assert found.waiting == 1 and "通道配置里没有邮箱" in found.line


def test_a_mail_with_nothing_in_it_is_answered_to_those_we_know(imap, campaign, out):
    put(imap, head() + b"\r\nhello\r\n", head(message_id=b"<s@x>", sender=b"who@x.cn") + b"\r\nhi")

    assert collected().asides == ()
    send_answers(later())

    [letter] = answers(out)
    assert "没有附件" in words(letter)


def test_a_server_as_163_is_gone_through(imap, database, monkeypatch):
    put(imap, foxmail(LEDGER, b"LEDGER"))
    with Unsafe(imap.port) as front:
        set_mailbox(monkeypatch, f"127.0.0.1:{front.port}", "insecure")
        assert collected().mails == 1


def test_a_mailbox_that_cannot_be_opened_is_a_fault_of_the_round_without_a_secret(
    imap, database, monkeypatch
):
    monkeypatch.setenv("SHIFAN_MAILBOX_PASSWORD", "wrong-" + PASSWORD)

    found = collected()

    assert "登录没有成功" in found.line and PASSWORD not in found.line


def test_without_a_mailbox_a_round_says_so(database, monkeypatch):
    assert collected().line == "没有配置收件邮箱"


def test_the_daily_self_test_tells_the_office_of_a_mailbox_that_cannot_be_opened(
    imap, campaign, out, monkeypatch
):
    assert self_test(later()).faults == []
    monkeypatch.setenv("SHIFAN_MAILBOX_PASSWORD", "wrong")

    [fault] = self_test(later()).faults

    assert "收件邮箱" in fault and "登录没有成功" in fault
    [notice] = [one for one in kept(Notice) if one.rule == "channel_fault"]
    assert fault in notice.words


ROUND = """
import sys
from datetime import timedelta
from models.settings import moment_of
from tasks.intake.mailbox.answers import send_answers
from tasks.intake.mailbox.round import collect_mail
from tests.conftest import NOW
from tests.support.receiving import receive
print("begun", flush=True)
moment = moment_of(NOW + timedelta(minutes=float(sys.argv[1])))
print(collect_mail(moment, receive).line, send_answers(moment).line)
"""


def test_a_process_that_is_killed_again_and_again_loses_and_doubles_nothing(imap, campaign, out):
    put(imap, *(ledger(b"LEDGER %d BAD" % n, id=b"<k%d@example.cn>" % n) for n in range(8)))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    dice = random.Random(21)
    for run in range(12):
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", ROUND, str(run * 30)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        if run < 10:
            time.sleep(dice.uniform(0.05, 1.2))
            process.kill()
        process.communicate(timeout=120)

    assert sorted(one.key for one in kept()) == sorted({one.key for one in kept()})
    assert len(kept()) == len(kept(ReceivedMail)) == 8
    assert {one.answer for one in kept(ReceivedMail)} == {"sent"}
    letters = answers(out)
    assert len({one["Message-ID"] for one in letters}) == 8
    firsts = {one["Message-ID"]: one for one in reversed(letters)}
    assert all("日期写错" in words(one) for one in firsts.values())
    assert all(flags >= {KEYWORD, "\\Seen"} for flags in imap.flags())
