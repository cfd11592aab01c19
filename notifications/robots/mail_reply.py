"""An answer to somebody's mail as it goes over the wire: plain text, files, and the thread it belongs to.

It says that a machine wrote it (RFC 3834), so that no other machine answers it.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from notifications.robots.header_words import encoded, folded
from notifications.robots.mail_text import Envelope, wire

MOST_REFERENCES = 20
UTF_8, BREAK = "utf-8''", ";\r\n"  # RFC 2231: the first piece says how all are written
_EDGE = "=_shifan_reply_"  # cannot stand in base64
_ID = re.compile(r"<[!-;=?-~]{1,250}>")


@dataclass(frozen=True, slots=True)
class MailReply:
    """What is answered to ``receiver``: a text, files by name, and the mail it answers.

    ``key`` stays the same when it is said again. ``answer_to`` is the Message-ID of the mail, "" where
    it had none; ``reply_to`` is where an answer to the answer shall go.
    """

    receiver: str
    subject: str
    text: str
    key: str
    answer_to: str = ""
    references: str = ""
    reply_to: str = ""
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)


def written_reply(envelope: Envelope, mail: MailReply, at: datetime) -> bytes:
    """Return ``mail`` from the sender of ``envelope``, sent ``at`` (aware), with CRLF.

    Its Message-ID is the same when it is said again: a mailbox shows it once. Raises BadAddressError
    where an address cannot stand in a header.
    """
    head = "\r\n".join(folded(*one) for one in _fields(envelope, mail, at))
    edge = f"--{_EDGE}\r\n".encode()
    mixed = f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{_EDGE}"\r\n\r\n'
    pieces = [_text(mail.text), *(_file(*one) for one in mail.files)]
    body = b"".join(edge + piece for piece in pieces)
    return f"{head}\r\n{mixed}".encode("ascii") + body + f"--{_EDGE}--\r\n".encode()


def _fields(envelope: Envelope, mail: MailReply, at: datetime) -> Iterator[tuple[str, str, str]]:
    sender = wire(envelope.sender)
    told = "\x1f".join((mail.key, mail.receiver)).encode()
    name = hashlib.blake2b(told, digest_size=16).hexdigest()
    yield "From", envelope.sender_name, f"<{sender}>"
    yield "To", "", f"<{wire(mail.receiver)}>"
    if mail.reply_to:
        yield "Reply-To", "", f"<{wire(mail.reply_to)}>"
    yield "Subject", mail.subject, ""
    yield "Date", "", format_datetime(at)
    yield "Message-ID", "", f"<{name}@{sender.rpartition('@')[2]}>"
    this = _ID.findall(mail.answer_to)[:1]
    before = [one for one in _ID.findall(mail.references) if one not in this]
    if this:
        yield "In-Reply-To", "", this[0]
        yield "References", "", " ".join([*before[-MOST_REFERENCES:], *this])
    yield "Auto-Submitted", "", "auto-replied"
    yield "X-Auto-Response-Suppress", "", "All"
    yield "X-Shifan", "", "answer"


def _text(text: str) -> bytes:
    lines = b"\r\n".join([*text.encode("utf-8", "replace").splitlines(), b""])
    return _coded('Content-Type: text/plain; charset="utf-8"', lines)


def _file(name: str, content: bytes) -> bytes:
    """Return a file with its name in both forms: RFC 2231 for newer mail programs, encoded words for older."""
    words = "\r\n ".join(encoded(name, 50))
    coded = re.findall(r"(?:%..|[^%]){1,18}", quote(name, safe=""))  # a line has its longest
    pieces = [f" filename*{n}*={'' if n else UTF_8}{one}" for n, one in enumerate(coded)]
    head = (
        f'Content-Type: application/octet-stream;\r\n name="{words}"\r\n'
        f"Content-Disposition: attachment;\r\n{BREAK.join(pieces)}"
    )
    return _coded(head, content)


def _coded(head: str, content: bytes) -> bytes:
    told = f"{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode("ascii")
    return told + base64.encodebytes(content).replace(b"\n", b"\r\n")
