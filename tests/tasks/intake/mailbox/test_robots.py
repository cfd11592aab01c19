"""Who is answered and who is not."""

import pytest

from tasks.intake.mailbox.mails import read_mail
from tasks.intake.mailbox.robots import is_bounce, why_no_answer
from tests.support.mails import head, mixed, text, word

OWN = frozenset({"cjb@example.cn"})


def mail(**how: object):
    return read_mail(mixed(text(), start=head(**how)), "<a@b>")


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({}, ""),
        ({"subject": word("关于自动回复功能的说明")}, ""),  # speaks of it
        ({"more": b"Auto-Submitted: no"}, ""),
        ({"more": b"Precedence: first-class"}, ""),
        ({"more": b"Return-Path: <li@example.cn>"}, ""),
        ({"more": b"X-Auto-Response-Suppress: DR, RN"}, ""),  # only no receipts
        ({"more": b"X-Priority: 3\r\nX-Mailer: Foxmail 7, 2, 25, 331[cn]"}, ""),
        ({"sender": b"noreen@example.cn"}, ""),
        ({"sender": b"systems-li@example.cn"}, ""),
        ({"subject": word("自动回复：我在外出差")}, "robot"),
        ({"subject": word("系统退信/Systems bounce")}, "robot"),
        ({"subject": b"Automatic reply: Ledger"}, "robot"),
        ({"subject": word("自动答复: 台账")}, "robot"),  # Exchange in Chinese
        ({"subject": word("来自exmail.qq.com的退信", "utf-8", "utf-8")}, "robot"),
        ({"subject": word("投递失败：台账")}, "robot"),
        ({"subject": word("邮件投递失败通知")}, "robot"),
        ({"subject": word("[自动回复]休假中")}, "robot"),
        ({"subject": word("退信通知")}, "robot"),
        ({"subject": word("关于来自各单位的退信情况的说明")}, ""),
        ({"subject": word("自动化执法台账")}, ""),
        ({"subject": b"Undeliverable: Ledger"}, "robot"),
        ({"sender": b"no-reply@example.cn"}, "robot"),
        ({"sender": b"donotreply@example.cn"}, "robot"),
        ({"sender": b"MAILER-DAEMON@mx.163.com"}, "bounce"),
        ({"sender": b"Postmaster@qq.com"}, "bounce"),
        ({"sender": b"cjb@example.cn"}, "own-address"),
        ({"sender": b""}, "no-sender"),
        ({"more": b"X-Autoreply: yes"}, "robot"),
        ({"more": b"List-Id: <all.example.cn>"}, "list"),
        ({"more": b"X-Failed-Recipients: li@example.cn"}, "bounce"),
    ],
)
def test_robots_bounces_and_lists_are_not_answered_and_people_are(how, why):
    assert why_no_answer(mail(**how), OWN) == why


def test_a_report_is_a_bounce_whoever_sends_it():
    kind = b'report; report-type="delivery-status"'
    raw = head() + b"Content-Type: multipart/" + kind + b"; boundary=x\r\n\r\n--x\r\n\r\n--x--"

    assert is_bounce(read_mail(raw, "<a@b>"))
    assert not is_bounce(mail())
