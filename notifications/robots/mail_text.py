"""A mail as it goes over the wire: every header right for the strictest server, the words in two forms."""

import re
from collections.abc import Iterator
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Any

from apprise import NotifyFormat
from apprise.conversion import convert_between

from notifications.apprise_own.send import markdown_body, plain_body
from notifications.robots.header_words import folded
from notifications.saying.message import Message
from notifications.saying.wording import cut_subject

LIST = "法治政府建设示范创建提醒"
OURS = {"from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "list-id"}
OURS |= {"auto-submitted"}  # and all of Content-*: they say how our text is written
_NAME = re.compile(r"[!-9;-~]+")


class BadAddressError(ValueError):
    """A mail address that no server would take; says nothing of it."""


def written(plugin: Any, message: Message, at: datetime) -> bytes:
    """Return ``message`` as a mail with the senders and receivers of ``plugin``, sent ``at`` (aware).

    Date has its zone, Message-ID is new, List-Id the same for all our mails: a mailbox sorts by it.
    Raises BadAddressError where an address cannot stand in a header.
    """
    headers = "\r\n".join(folded(*field) for field in _fields(plugin, message, at))
    return f"{headers}\r\n".encode("ascii") + _body(plugin, message).as_bytes(policy=SMTP)


def _fields(plugin: Any, message: Message, at: datetime) -> Iterator[tuple[str, str, str]]:
    """Yield each header as its name, its words, and what stands behind them as it is."""
    name, sender = plugin.from_addr
    host = wire(sender).rpartition("@")[2]
    yield "From", _plain(name), f"<{wire(sender)}>"
    for receiver, address in plugin.targets:
        yield "To", _plain(receiver), f"<{wire(address)}>"
    for header, addresses in (("Cc", plugin.cc), ("Reply-To", plugin.reply_to)):
        if addresses:
            yield header, "", ", ".join(f"<{wire(one)}>" for one in sorted(addresses))
    yield "Subject", cut_subject(message.subject), ""
    yield "Date", "", format_datetime(at)
    yield "Message-ID", "", make_msgid(domain=host)
    yield "List-Id", LIST, f"<shifan.{host}>"
    yield "Auto-Submitted", "", "auto-generated"  # no holiday reply comes back
    yield from _asked_for(plugin)


def _asked_for(plugin: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the headers that the office asks for, each once; ASCII as it is: it may be an address."""
    taken = {*OURS, *(["reply-to"] if plugin.reply_to else [])}
    for header, value in plugin.headers.items():
        name, words = header.strip(), " ".join(str(value).split())
        low = name.lower()
        if low in taken or low.startswith("content-") or not _NAME.fullmatch(name):
            continue
        taken.add(low)
        plain = words.isascii() and words.isprintable()
        yield (name, "", words) if plain else (name, words, "")


def _plain(name: Any) -> str:
    """Return a name without the encoding that Apprise gives some of them; a broken one as it stands."""
    try:
        return str(make_header(decode_header(str(name)))) if name else ""
    except (HeaderParseError, LookupError, UnicodeError):
        return str(name)


def _body(plugin: Any, message: Message) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail.set_content(plain_body(plugin, message), cte="base64")
    formats = plugin.notify_format  # Apprise 2: several, the first is the one preferred
    wanted = formats[0] if isinstance(formats, tuple | list) else formats
    if wanted != NotifyFormat.TEXT:
        html = convert_between(NotifyFormat.MARKDOWN, NotifyFormat.HTML, markdown_body(message))
        mail.add_alternative(f"<html><body>{html}</body></html>", subtype="html", cte="base64")
    return mail


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
