"""The way to a mail server: connect, encrypt, log in; what bars it is told without a letter of the password."""

import contextlib
import smtplib
import socket
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from notifications.robots.base import Lane
from notifications.robots.transport import reach, trusted

PORTS = {"ssl": 465, "starttls": 587}
MAIL_AT_ONCE = 6  # to one account: public mail services refuse more connections
FINE = 250
NO_STARTTLS = "邮件服务器不提供 STARTTLS 加密，请改用 mode=ssl，或问清它的端口"
NO_LOGIN = "邮件服务器在这个连接上不提供登录，多半要先加密：请写 mode=ssl 或 mode=starttls"
NOT_ASCII = "账号或授权码里有全角字符或汉字，请改成半角的字母、数字和标点"


@dataclass(frozen=True, slots=True)
class MailAccount:
    """A mailbox to send from, and its server; ``mode`` is ssl, starttls or insecure."""

    host: str
    port: int
    mode: str
    user: str
    password: str = field(repr=False)
    verify: bool
    seconds: float  # for every step

    @property
    def has_login(self) -> bool:
        """Say whether there is something to log in with."""
        return bool(self.user and self.password)


class NoWayInError(smtplib.SMTPException):
    """The server cannot be used as its address says; ``code`` and ``words`` are fit for an answer."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code, self.words = code, words


class MailServer(Lane):
    """The few connections to one account; one that brought a mail brings the next one too."""

    def __init__(self) -> None:
        super().__init__(MAIL_AT_ONCE)
        self._kept: dict[MailAccount, deque[smtplib.SMTP]] = defaultdict(deque)

    @contextlib.contextmanager
    def mail_from(self, account: MailAccount, sender: str) -> Iterator[smtplib.SMTP]:
        """Yield a connection on which a mail from ``sender`` has begun; it is kept unless something is raised.

        Raises SMTPException or OSError, as `opened` does.
        """
        server = self._begun(account, sender)
        try:
            if server is None:
                server = opened(account, account.seconds)
                require((FINE,), *server.mail(sender))
            yield server
        except BaseException:
            if server is not None:
                server.close()
            raise
        if server.sock is not None:
            self._kept[account].append(server)

    def _begun(self, account: MailAccount, sender: str) -> smtplib.SMTP | None:
        """Return a kept connection that takes the next mail; one that does not has had its share."""
        while self._kept[account]:
            with contextlib.suppress(IndexError):  # another thread was faster
                server = self._kept[account].pop()
                with contextlib.suppress(smtplib.SMTPException, OSError):
                    if server.mail(sender)[0] == FINE:
                        return server
                server.close()
        return None

    def close(self) -> None:
        """Say goodbye on what was kept, and do not wait for it to be returned."""
        for kept in list(self._kept.values()):
            with contextlib.suppress(IndexError):
                while True:
                    bid_farewell(kept.pop())


def opened(account: MailAccount, seconds: float) -> smtplib.SMTP:
    """Return a connection to the server of ``account``, encrypted and logged in as it says.

    Raises SMTPException (`NoWayInError` is one) or OSError, Forbidden for what no channel may lead to.
    """
    server = _reached(account, seconds)
    try:
        if account.mode == "starttls":
            with _or(smtplib.SMTPNotSupportedError, "tls", NO_STARTTLS):
                server.starttls(context=trusted(account.verify))
        server.ehlo_or_helo_if_needed()
        if account.has_login:
            no_login = _or(smtplib.SMTPNotSupportedError, "no-login", NO_LOGIN)
            with no_login, _or(UnicodeError, "no-login", NOT_ASCII):
                server.login(account.user, account.password)
    except BaseException:
        server.close()
        raise
    return server


def require(wanted: tuple[int, ...], code: int, words: bytes) -> None:
    """Raise SMTPResponseException unless ``code`` is one of ``wanted``."""
    if code not in wanted:
        raise smtplib.SMTPResponseException(code, words)


def bid_farewell(server: smtplib.SMTP) -> None:
    """Say the end and do not wait for it: the mails are out by then."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.putcmd("quit")
    server.close()


def _reached(account: MailAccount, seconds: float) -> smtplib.SMTP:
    host, port = account.host, account.port or PORTS.get(account.mode, 25)
    with _or(UnicodeError, "unreachable", "邮件服务器的地址写法不对"):  # no name to look up
        if account.mode == "ssl":
            rules = trusted(account.verify)
            return _GuardedOverTls(host, port, timeout=seconds, context=rules)
        return _Guarded(host, port, timeout=seconds)


class _Guarded(smtplib.SMTP):
    """Connects to nothing but what `reach` connects to."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return reach((host, port), timeout)


class _GuardedOverTls(smtplib.SMTP_SSL, _Guarded):
    """The same, encrypted from the first letter on."""


@contextlib.contextmanager
def _or(error: type[Exception], code: str, words: str) -> Iterator[None]:
    """Raise NoWayInError instead of ``error``, which may name what must not be shown."""
    try:
        yield
    except error:
        raise NoWayInError(code, words) from None
