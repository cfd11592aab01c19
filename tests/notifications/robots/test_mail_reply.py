"""An answer to a mail as it goes over the wire."""

import email
import email.policy
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from notifications.robots.mail_reply import MailReply, written_reply
from notifications.robots.mail_text import BadAddressError, Envelope

AT = datetime(2025, 7, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OFFICE = Envelope("创建办", "cjb@example.cn", "", "")


def written(**how: object) -> bytes:
    known = {
        "receiver": "li@example.cn",
        "subject": "收件回执：台账",
        "text": "一\n.\n二",
        "key": "1",
    }
    return written_reply(OFFICE, MailReply(**{**known, **how}), AT)


def read(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


@pytest.mark.parametrize(
    "name",
    [
        "退回-市司法局台账.xlsx",
        "退回-" + "很长的名字" * 40 + ".xlsx",
        "a b'c\"d;e%.xlsx",
        "𠮷镕.docx",
    ],
)
def test_a_file_keeps_its_name_and_bytes_and_no_line_is_too_long(name):
    raw = written(files=((name, bytes(range(256)) * 9),))

    [file] = read(raw).iter_attachments()
    assert file.get_filename() == name
    assert file.get_content() == bytes(range(256)) * 9
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_it_says_that_a_machine_wrote_it_and_belongs_to_the_thread():
    mail = read(written(answer_to="<c@x>", references="<a@x> <b@x>", reply_to="box@example.cn"))

    assert mail["References"] == "<a@x> <b@x> <c@x>" and mail["In-Reply-To"] == "<c@x>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Reply-To"] == "box@example.cn"


@pytest.mark.parametrize("said", ["no id", "<a@x>\r\nBcc: <all@x>", "<" + "x" * 400 + "@x>", ""])
def test_what_a_sender_calls_its_mail_cannot_become_a_header_of_ours(said):
    raw = written(answer_to=said, references=said)

    assert read(raw)["Bcc"] is None
    assert read(raw).get("In-Reply-To", "") in ("", "<a@x>")


def test_the_same_answer_has_the_same_message_id_and_another_has_another():
    assert read(written())["Message-ID"] == read(written(text="anders"))["Message-ID"]
    assert read(written())["Message-ID"] != read(written(key="2"))["Message-ID"]


def test_an_address_that_no_server_takes_is_refused():
    with pytest.raises(BadAddressError):
        written(receiver="li@example.cn\r\nBcc: all@x")
