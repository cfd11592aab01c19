"""Hand a mail to its server, and know at which word it said no: only behind the last dot is it unknown."""

import re
import smtplib
import ssl
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from models.settings import settings
from notifications.robots.mail_server import NoWayInError, connected, decoded
from notifications.robots.mail_text import BadAddressError, wire, written
from notifications.saying import masks
from notifications.saying.answer import Answer
from notifications.saying.message import Message

TAKEN, GO_AHEAD = 250, 354
_DOT_FIRST = re.compile(rb"^\.", re.M)


def posted(plugin: Any, message: Message) -> Answer:
    """Send ``message`` to the one recipient of ``plugin`` and return what its server said of it.

    Before the text is out, whatever goes wrong is a plain no. Behind its last dot only a 4xx or 5xx
    is one: silence, a cut line or words that are no answer leave open whether it arrived.
    """
    try:
        at = datetime.now(ZoneInfo(settings().time_zone))
        letter = _DOT_FIRST.sub(b"..", written(plugin, message, at)) + b".\r\n"
        with connected(plugin, float(plugin.socket_connect_timeout)) as server:
            turned_away = _addressed(server, plugin)
            _require(GO_AHEAD, *server.docmd("DATA"))
            answer = _after_the_dot(server, letter)
    except BadAddressError as error:
        return Answer(False, "no-address", str(error), permanent=True)
    except (smtplib.SMTPException, OSError) as error:
        return before_the_text(error)
    if answer.delivered and turned_away:
        return Answer(True, answer.code, f"{answer.text}；但{'；'.join(turned_away)}")
    return answer


def before_the_text(error: Exception) -> Answer:
    """Return the answer for what went wrong while nothing of the mail was out."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, words)] = error.recipients.values()
        return _no(code, words)
    if isinstance(error, smtplib.SMTPResponseException):
        return _no(error.smtp_code, error.smtp_error)
    if isinstance(error, NoWayInError):
        return Answer(False, error.code, f"{error.words}；没有发出")
    if _timed_out(error):
        return Answer(False, "timeout", "邮件服务器没有回应，没有发出")
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionResetError | BrokenPipeError):
        return Answer(False, "dropped", "邮件服务器中途断开了连接，没有发出")
    if isinstance(error, smtplib.SMTPException):
        return Answer(False, "no-login", f"邮件服务器不接受登录（{type(error).__name__}）")
    if isinstance(error, ssl.SSLError):
        why = "证书不受信任、已过期或不是加密端口"
        return Answer(False, "tls", f"与邮件服务器的加密连接没有建立（{why}）")
    return Answer(False, "unreachable", "连不上邮件服务器（地址、端口或网络不通）")


def _addressed(server: smtplib.SMTP, plugin: Any) -> list[str]:
    """Name sender and recipients; return who of the copies was turned away, in words.

    Raises SMTPResponseException when the sender or the recipient itself is.
    """
    _require(TAKEN, *server.mail(wire(plugin.from_addr[1])))
    for _, address in plugin.targets:
        code, words = server.rcpt(wire(address))
        if code not in (TAKEN, 251):
            raise smtplib.SMTPRecipientsRefused({address: (code, words)})
    turned_away = []
    for address in [*sorted(plugin.cc), *sorted(plugin.bcc)]:
        code, words = server.rcpt(wire(address))
        if code not in (TAKEN, 251):
            why = f"{code} {decoded(words)}".strip()
            turned_away.append(f"抄送 {masks.mail(address)} 被拒收（{why}）")
    return turned_away


def _after_the_dot(server: smtplib.SMTP, letter: bytes) -> Answer:
    try:
        server.send(letter)
        code, words = server.getreply()
    except (smtplib.SMTPException, OSError) as error:
        if _timed_out(error):
            return _unknown("timeout", "正文发出后邮件服务器没有回应")
        if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError):
            return _unknown("dropped", "正文发出后邮件服务器没有答复就断开了连接")
        return _unknown("unreadable", "正文发出后邮件服务器的答复读不出来")
    if code == TAKEN:
        return Answer(True, "0", "对方已收下")
    if not 400 <= code < 600:
        return _unknown("unreadable", "正文发出后邮件服务器的答复看不懂")
    return _no(code, words)


def _timed_out(error: Exception) -> bool:
    """Say whether it was silence: smtplib calls it a connection that was closed."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _unknown(code: str, words: str) -> Answer:
    return Answer(False, code, f"{words}，可能已经送达", uncertain=True)


def _no(code: int, words: bytes | str) -> Answer:
    if not 400 <= code < 600:
        return Answer(False, "unreadable", "邮件服务器的答复看不懂，没有发出")
    said = decoded(words) if isinstance(words, bytes) else str(words)
    return Answer(False, str(code), said or "邮件服务器拒收", permanent=code >= 500)


def _require(wanted: int, code: int, words: bytes) -> None:
    if code != wanted:
        raise smtplib.SMTPResponseException(code, words)
