"""A mail: what its headers say, and what each word of its server means."""

import email
import email.policy
import re
import time
from dataclasses import replace
from datetime import timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import pytest

from notifications.robots.transport import decoded
from notifications.saying.message import Message
from notifications.saying.shorten import size
from tests.notifications.robots.test_transport import server

LONG = Message("法治政府建设示范创建任务逾期" * 20, "**什么事**：培训\n.\n.一行", "http://x.cn/1")


FULL_WIDTH = "pass1%EF%BC%92%EF%BC%93"  # two digits of it as a Chinese keyboard writes them


@pytest.fixture
def send(load, mail):
    """Send a message to one mailbox, and return the answer."""

    def once(message: Message, more: str = ""):
        channels = load(
            f"urls:\n  - {mail.url('a@126.com', more=f'&rto=1{more}')}:\n      tag: 组长\n"
        )
        return channels.send(channels.targets("组长")[0], message)

    return once


def came(mail) -> EmailMessage:
    return email.message_from_bytes(mail.letters[-1], policy=email.policy.default)


def test_every_header_that_a_mailbox_sorts_and_dates_by_is_there(send, mail, message):
    assert send(message).delivered
    assert send(message).delivered

    first, second = (
        email.message_from_bytes(raw, policy=email.policy.default) for raw in mail.letters
    )
    dated = parsedate_to_datetime(first["date"])
    assert dated.utcoffset() == timedelta(hours=8)  # China's, whatever the machine's own zone is
    assert abs(dated.timestamp() - time.time()) < 60
    assert re.fullmatch(r"<[^<>\s]+@example\.cn>", first["message-id"])
    assert first["message-id"] != second["message-id"]
    assert str(first["list-id"]).endswith("<shifan.example.cn>")
    assert first["list-id"] == second["list-id"]


def test_no_header_is_longer_than_servers_take(load, mail):
    name = "某某市全面依法治市委员会办公室法治政府建设示范创建工作专班"
    url = mail.url("a@126.com").replace("from=", f"from={name}<") + ">"
    url = url.replace("&to=a@126.com>", ">&to=a@126.com")
    channels = load(f"urls:\n  - {url}:\n      tag: 组长\n")
    assert channels.send(channels.targets("组长")[0], LONG).delivered

    top, _, _ = mail.letters[-1].partition(b"\r\n\r\n")
    for line in top.split(b"\r\n"):
        assert len(line) <= 76
        for word in re.findall(rb"=\?[^?]*\?[bq]\?[^?]*\?=", line):
            assert len(word) <= 75
            assert decode_header(word.decode())[0][0].decode("utf-8")  # no character is parted
    assert str(make_header(decode_header(came(mail)["from"]))).startswith(name[:9])


def test_a_subject_is_cut_as_a_robot_s_text_is(send, mail):
    send(LONG)

    subject = came(mail)["subject"]
    assert size(subject) <= 180
    assert subject.endswith("…")


def test_words_come_in_both_forms_and_a_line_of_a_dot_is_no_end(send, mail):
    send(LONG)

    letter = came(mail)
    assert "\n.\n.一行" in letter.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "<strong>什么事</strong>" in letter.get_body(("html",)).get_content()
    assert 'href="http://x.cn/1"' in letter.get_body(("html",)).get_content()
    # An address of a form is long: unbroken it would make the letter wider than any phone.
    assert "overflow-wrap:anywhere" in letter.get_body(("html",)).get_content()


# (what the server says behind the text, code, is another try useless, may it have arrived)
@pytest.mark.parametrize(
    ("behaviour", "code", "permanent", "uncertain"),
    [
        ("say:\x00\x01 not a word of SMTP", "unreadable", False, True),
        ("say:ok", "unreadable", False, True),
        ("say:299 what is this", "unreadable", False, True),
        ("say:354 go on", "unreadable", False, True),
        ("say:" + "5" * 9000, "unreadable", False, True),
        ("drop-after", "dropped", False, True),
        ("late", "timeout", False, True),
        ("say:451 later", "451", False, False),
        ("refuse-text", "554", True, False),
        # Before the text nothing is out, whatever happened.
        ("drop", "dropped", False, False),
        ("hang", "timeout", False, False),
        ("refuse", "550", True, False),
    ],
)
def test_only_behind_the_text_is_an_answer_unknown(
    send, mail, message, behaviour, code, permanent, uncertain
):
    mail.behave(behaviour)

    answer = send(message)

    assert (answer.delivered, answer.code) == (False, code)
    assert (answer.permanent, answer.uncertain) == (permanent, uncertain)
    assert ("可能已经送达" in answer.text) is uncertain


def test_words_that_are_no_mail_server_s_are_a_plain_no(load, message):
    with server(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")) as port:
        url = f"mailto://127.0.0.1:{port}/?smtp=127.0.0.1&from=o@example.cn&to=a@126.com&rto=1"
        channels = load(f"urls:\n  - {url}:\n      tag: 组长\n")
        answer = channels.send(channels.targets("组长")[0], message)

    assert (answer.delivered, answer.uncertain) == (False, False)


def test_a_copy_that_is_turned_away_is_said(send, mail, message):
    mail.behave("refuse", key="copy@126.com")
    mail.behave("accept", key="a@126.com")

    answer = send(message, "&cc=copy@126.com")

    assert answer.delivered
    assert "抄送 co***@126.com 被拒收" in answer.text
    assert [taken.key for taken in mail.accepted] == ["a@126.com"]


def test_who_asks_for_pgp_is_told_that_there_is_none(load, mail):
    pytest.importorskip("pgpy", reason="Apprise itself refuses it then")
    [fault] = load(
        f"urls:\n  - {mail.url('a@126.com', more='&pgp=yes')}:\n      tag: 组长\n"
    ).faults

    assert "PGP" in fault


@pytest.mark.parametrize(
    ("access", "code", "word"),
    [
        ({"user": "cjb", "secret": FULL_WIDTH}, "no-login", "全角"),
        ({"user": "%E5%88%9B%E5%BB%BA", "secret": "pw"}, "no-login", "全角"),
        ({"more": "&mode=starttls"}, "tls", "STARTTLS"),
    ],
)
def test_what_bars_the_way_to_a_server_is_said_and_tried_again(
    load, mail, message, access, code, word
):
    url = mail.url("a@126.com", **{**access, "more": f"&rto=1{access.get('more', '')}"})
    channels = load(f"urls:\n  - {url}:\n      tag: 组长\n")
    [target] = channels.targets("组长")

    answers = [channels.send(target, message), channels.knock_at_all()[target.id]]

    for answer in answers:
        assert answer is not None
        assert (answer.delivered, answer.code, answer.uncertain) == (False, code, False)
        assert word in answer.text
        assert not any(
            hint in answer.text for hint in ("codec", "２", "uff12", "position", "Error")
        )
    assert not answers[0].permanent


def test_a_server_without_log_in_is_told_as_one(load, message):
    def speak(connection):
        connection.sendall(b"220 hello\r\n")
        while connection.recv(1000):
            connection.sendall(b"250 fine\r\n")

    with server(speak) as port:
        url = f"mailto://127.0.0.1:{port}/?smtp=127.0.0.1&from=o@example.cn&to=a@126.com&user=u&pass=p"
        channels = load(f"urls:\n  - {url}:\n      tag: 组长\n")
        answer = channels.send(channels.targets("组长")[0], message)

    assert answer.code == "no-login"
    assert "不提供登录" in answer.text


@pytest.mark.parametrize("name", ["=?utf-8?b?a?=", "=?klingon?b?YQ==?=", "=?utf-8?b?/w==?="])
def test_a_broken_name_of_the_sender_goes_out_as_it_stands(send, mail, message, name):
    assert send(message, f"&name={quote(name, safe='')}").delivered

    assert b"office@example.cn" in mail.letters[-1].partition(b"\r\n\r\n")[0]


def test_headers_of_the_office_s_own_come_once_and_as_written(send, mail, message):
    asked = {
        "Content-Type": "text/x", "content-transfer-encoding": "7bit", "List-Id": "<x.cn>",
        "Auto-Submitted": "no", "Reply-To": "help@example.cn", "X-Office": "创建办", "X-标": "a",
        "List-Unsubscribe": "<mailto:out@example.cn?subject=x>, <https://example.cn/out>",
        "X-Two": "a\r\nBcc: b@126.com",
    }  # fmt: skip
    more = "".join(f"&%2B{quote(k)}={quote(v, safe='')}" for k, v in asked.items())

    assert send(message, more).delivered

    letter = came(mail)
    top = mail.letters[-1].partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    assert b"\r\nReply-To: help@example.cn\r\n" in top
    assert f"\r\nList-Unsubscribe: {asked['List-Unsubscribe']}\r\n".encode() in top
    assert b"\r\nBcc:" not in top
    assert letter["x-office"] == "创建办"
    assert str(letter["list-id"]).endswith("<shifan.example.cn>")
    for name in ("Content-Type", "Content-Transfer-Encoding", "List-Id", "Auto-Submitted"):
        assert len(letter.get_all(name, [])) <= 1
    assert letter.get_content_type() == "multipart/alternative"


def test_of_two_addresses_for_a_reply_the_channel_s_stands(send, mail, message):
    assert send(message, "&reply=a@example.cn&%2BReply-To=b@example.cn").delivered

    assert [str(one) for one in came(mail).get_all("reply-to")] == ["a@example.cn"]


@pytest.mark.parametrize("raw", ["用户不存在".encode(), "用户不存在".encode("gb18030")])
def test_a_mail_server_s_chinese_is_read_in_either_encoding(raw):
    assert decoded(raw) == "用户不存在"


def test_one_connection_brings_many_mails_to_one_server(load, mail, message):
    lines = [
        f"  - {mail.url(f'u{n}@126.com', user='cjb', secret='pw')}:\n      tag: 全部\n"
        for n in range(30)
    ]
    channels = load("urls:\n" + "".join(lines))
    mail.behave("refuse", key="u7@126.com")
    mail.behave("drop", key="u8@126.com")

    letters = [(target, message) for target in channels.targets("全部")]
    codes = [answer.code for _, _, answer in channels.send_all(letters) if not answer.delivered]

    assert sorted(codes) == ["550", "dropped"]
    assert sorted(taken.key for taken in mail.accepted) == sorted(
        f"u{n}@126.com" for n in range(30) if n not in (7, 8)
    )
    assert mail.logins <= 8  # six at once, and one more for each that went wrong


def test_a_server_that_has_enough_of_a_connection_gets_the_mail_on_another(load):
    visits = []

    def speak(connection):
        """Take one mail, then say 421, as servers do that count."""
        visits.append(connection)
        lines = connection.makefile("rb")
        connection.sendall(b"220 hello\r\n")
        taken = 0
        while line := lines.readline().upper():
            if line.startswith(b"DATA"):
                connection.sendall(b"354 go on\r\n")
                while lines.readline() != b".\r\n":
                    pass
                taken += 1
            full = taken and line.startswith(b"MAIL")
            connection.sendall(b"421 enough\r\n" if full else b"250 fine\r\n")
            if full:
                return

    with server(speak) as port:
        url = f"mailto://127.0.0.1:{port}/?smtp=127.0.0.1&from=o@example.cn&to=a@126.com"
        channels = load(f"urls:\n  - {url}:\n      tag: 组长\n")
        [target] = channels.targets("组长")
        letters = [(target, Message(f"第{n}条", "")) for n in range(3)]
        answers = [answer for _, _, answer in channels.send_all(letters)]

    assert [answer.delivered for answer in answers] == [True] * 3
    assert len(visits) == 3


def test_what_is_said_again_has_the_same_number_and_nothing_else_has(send, mail):
    said = Message("1 项逾期", "培训", key="7")
    for one in (
        said,
        replace(said, subject="【重发】1 项逾期"),
        replace(said, key="8"),
        replace(said, body_markdown="别的事"),
    ):
        assert send(one).delivered

    first, again, *others = [
        email.message_from_bytes(raw, policy=email.policy.default)["message-id"]
        for raw in mail.letters
    ]
    assert first == again
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.cn>", first)
    assert len({first, *others}) == 3
