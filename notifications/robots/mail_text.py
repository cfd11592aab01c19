"""A mail as it goes over the wire: every header right for the strictest server, the words in two forms."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import format_datetime, make_msgid

from notifications.apprise_own.foreign import html
from notifications.robots.header_words import folded
from notifications.saying.message import Message
from notifications.saying.wording import cut_subject, markdown_body, plain_body

LIST = "法治政府建设示范创建提醒"
OURS = {"from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "list-id"}
OURS |= {"auto-submitted"}  # and all of Content-*: they say how our text is written
BODY_BYTES = 32_768
_EDGE = "=_shifan_"  # cannot stand in base64
# A filled-in form has an address of hundreds of characters: unbroken, it made the letter nine phones wide.
# Mailboxes drop the head and the body's own style, so the words have theirs.
_PAGE = (
    '<html><head><meta name="viewport" content="width=device-width"></head><body>'
    '<div style="overflow-wrap:anywhere;word-break:break-word;line-height:1.6">{}</div></body></html>'
)
_NAME = re.compile(r"[!-9;-~]+")


class BadAddressError(ValueError):
    """A mail address that no server would take; says nothing of it."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom; names may be empty, ``headers`` are the office's own."""

    sender_name: str
    sender: str
    receiver_name: str
    receiver: str
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    as_html: bool = True

    @property
    def copies(self) -> tuple[str, ...]:
        """Return who gets it beside the receiver."""
        return (*self.cc, *self.bcc)


def written(envelope: Envelope, message: Message, at: datetime) -> bytes:
    """Return ``message`` as a mail in ``envelope``, sent ``at`` (aware).

    Date has its zone, List-Id is the same for all our mails: a mailbox sorts by it. Message-ID is
    the same when a message with a key is said again: a mailbox shows it once.
    Raises BadAddressError where an address cannot stand in a header.
    """
    headers = "\r\n".join(folded(*field) for field in _fields(envelope, message, at))
    return f"{headers}\r\n".encode("ascii") + _body(message, as_html=envelope.as_html)


def _fields(envelope: Envelope, message: Message, at: datetime) -> Iterator[tuple[str, str, str]]:
    """Yield each header as its name, its words, and what stands behind them as it is."""
    sender = wire(envelope.sender)
    host = sender.rpartition("@")[2]
    yield "From", _plain(envelope.sender_name), f"<{sender}>"
    yield "To", _plain(envelope.receiver_name), f"<{wire(envelope.receiver)}>"
    for header, addresses in (("Cc", envelope.cc), ("Reply-To", envelope.reply_to)):
        if addresses:
            yield header, "", ", ".join(f"<{wire(one)}>" for one in addresses)
    yield "Subject", cut_subject(message.subject), ""
    yield "Date", "", format_datetime(at)
    yield "Message-ID", "", _message_id(envelope, message, host)
    yield "List-Id", LIST, f"<shifan.{host}>"
    yield "Auto-Submitted", "", "auto-generated"  # no holiday reply comes back
    yield from _asked_for(envelope)


def _message_id(envelope: Envelope, message: Message, host: str) -> str:
    if not message.key:
        return make_msgid(domain=host)
    told = "\x1f".join((message.key, envelope.receiver, message.body_markdown)).encode()
    return f"<{hashlib.blake2b(told, digest_size=16).hexdigest()}@{host}>"


def _asked_for(envelope: Envelope) -> Iterator[tuple[str, str, str]]:
    """Yield the headers that the office asks for, each once; ASCII as it is: it may be an address."""
    taken = {*OURS, *(["reply-to"] if envelope.reply_to else [])}
    for header, value in envelope.headers:
        name, words = header.strip(), " ".join(value.split())
        low = name.lower()
        if low in taken or low.startswith("content-") or not _NAME.fullmatch(name):
            continue
        taken.add(low)
        plain = words.isascii() and words.isprintable()
        yield (name, "", words) if plain else (name, words, "")


def _plain(name: str) -> str:
    """Return a name without the encoding that Apprise gives some of them; a broken one as it stands."""
    try:
        return str(make_header(decode_header(name))) if name else ""
    except (HeaderParseError, LookupError, UnicodeError):
        return name


def _body(message: Message, *, as_html: bool) -> bytes:
    room = BODY_BYTES - len(message.subject.encode()) - 8
    plain = _part("plain", plain_body(message, room))
    if not as_html:
        return b"MIME-Version: 1.0\r\n" + plain
    page = _part("html", _PAGE.format(html(markdown_body(message))))
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{_EDGE}"\r\n\r\n'
    edge = f"--{_EDGE}".encode()
    return b"".join((head.encode(), edge, b"\r\n", plain, edge, b"\r\n", page, edge, b"--\r\n"))


def _part(kind: str, text: str) -> bytes:
    """Return a text with its own headers; in base64 no server breaks its lines or its characters."""
    head = (
        f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    lines = b"\r\n".join([*text.encode("utf-8", "replace").splitlines(), b""])
    return head.encode() + base64.encodebytes(lines).replace(b"\n", b"\r\n")


def wire(address: str) -> str:
    """Return a mail address as a server takes it; raises BadAddressError where none would."""
    name, at, host = str(address).strip().rpartition("@")
    try:
        plain = f"{name}@{host.encode('idna').decode()}"
    except UnicodeError:
        plain = ""
    if not at or not name or not plain.isascii() or not plain.isprintable() or " " in plain:
        raise BadAddressError("邮件地址写法不对")
    return plain
