"""The way to a mail server: connect, encrypt, log in; what bars it is told without a letter of the password."""

import contextlib
import smtplib
from collections.abc import Iterator
from typing import Any

from notifications.robots.transport import trusted

PORTS = {"ssl": 465, "starttls": 587}


class NoWayInError(smtplib.SMTPException):
    """The server cannot be used as its address says; ``code`` and ``words`` are fit for an answer."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


@contextlib.contextmanager
def connected(plugin: Any, seconds: float) -> Iterator[smtplib.SMTP]:
    """Yield a connection to the server of ``plugin``, encrypted and logged in as its address says.

    Raises SMTPException (`NoWayInError` is one) or OSError. The end is said and not waited for: the
    mail is out by then.
    """
    mode = str(getattr(plugin.secure_mode, "value", plugin.secure_mode))
    server = _reached(plugin, mode, seconds)
    try:
        if mode == "starttls":
            _encrypt(server, plugin)
        server.ehlo_or_helo_if_needed()
        if plugin.user and plugin.password:
            _log_in(server, str(plugin.user), str(plugin.password))
        yield server
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.putcmd("quit")
    finally:
        server.close()


def decoded(raw: bytes) -> str:
    """Return a mail server's words, in whichever encoding it speaks."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return str(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return str(raw.decode("latin-1"))


def _reached(plugin: Any, mode: str, seconds: float) -> smtplib.SMTP:
    host, port = str(plugin.smtp_host), int(plugin.port or PORTS.get(mode, 25))
    try:
        if mode == "ssl":
            rules = trusted(bool(plugin.verify_certificate))
            return smtplib.SMTP_SSL(host, port, timeout=seconds, context=rules)
        return smtplib.SMTP(host, port, timeout=seconds)
    except UnicodeError:  # no name that could be looked up
        raise NoWayInError("unreachable", "邮件服务器的地址写法不对") from None


def _encrypt(server: smtplib.SMTP, plugin: Any) -> None:
    try:
        server.starttls(context=trusted(bool(plugin.verify_certificate)))
    except smtplib.SMTPNotSupportedError:
        words = "邮件服务器不提供 STARTTLS 加密，请改用 mode=ssl，或问清它的端口"
        raise NoWayInError("tls", words) from None


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """Log in; smtplib's own complaint about a character that is not ASCII names it."""
    try:
        server.login(user, password)
    except UnicodeError:
        words = "账号或授权码里有全角字符或汉字，请改成半角的字母、数字和标点"
        raise NoWayInError("no-login", words) from None
    except smtplib.SMTPNotSupportedError:
        words = "邮件服务器在这个连接上不提供登录，多半要先加密：请写 mode=ssl 或 mode=starttls"
        raise NoWayInError("no-login", words) from None
