"""The way into the mailbox: connect, encrypt, log in, say who we are, select the folder; faults in words.

126 and 163 refuse SELECT before an IMAP ID ("Unsafe Login"), so nothing is selected at log-in. No fault,
log line or repr holds a letter of the password or the whole account.
"""

import imaplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox
from imap_tools.errors import UnexpectedCommandStatusError

from models.errors import ChannelError
from tasks.intake.mailbox.account import MailboxAccount
from tasks.intake.mailbox.faults import FAULTS, in_mailbox_words, server_words
from tasks.intake.mailbox.mails import LARGEST_MAIL

LONGEST_LITERAL = LARGEST_MAIL + 1_000_000  # bytes
READ_ONLY = "只能读，收下的邮件标不了已读；不影响收取，请检查这个账号对文件夹的权限"
WHO_WE_ARE = '("name" "shifan" "version" "1.0" "vendor" "shifan")'

# imaplib knows no ID; it is sent after the log-in.
imaplib.Commands["ID"] = ("AUTH",)


@contextmanager
def opened_mailbox(account: MailboxAccount) -> Iterator[BaseMailBox]:
    """Yield the mailbox with its folder selected; every fault on the way is a ChannelError of one line.

    What is done with it then is put `in_mailbox_words` where it is done: not all that goes wrong while
    a mailbox is open is the mailbox's. Whatever the server does, the visit ends after ``whole_seconds``.
    """
    watch = _Watch(account.whole_seconds)
    box = None
    try:
        with in_mailbox_words(account, "连接"):
            box = _Box(account, watch)
        with in_mailbox_words(account, "登录"):
            box.login(account.user, account.password, initial_folder=None)
            _introduce(box.client)
        _select(account, box)
        yield box
    finally:
        if box is not None:
            with suppress(*FAULTS):
                box.client.sock.settimeout(min(2.0, account.seconds))
                box.client.logout()
            with suppress(*FAULTS):
                box.client.shutdown()
        watch.end()


class _Watch:
    """Lets go of a connection when its time is up, whatever the server sends meanwhile."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._late = seconds, threading.Event()
        self._connection: socket.socket | None = None

    def over(self, connection: socket.socket) -> None:
        """Watch ``connection``, by a second handle: encryption takes the first one away."""
        self._connection = connection.dup()
        threading.Thread(target=self._wait, daemon=True).start()

    def end(self) -> None:
        """Watch no more."""
        self._late.set()

    def _wait(self) -> None:
        assert self._connection is not None
        with self._connection, suppress(OSError):
            if not self._late.wait(self._seconds):
                self._connection.shutdown(socket.SHUT_RDWR)


class _Plain(imaplib.IMAP4):
    """A connection that is watched from its first byte on."""

    def __init__(self, account: MailboxAccount, watch: _Watch) -> None:
        self._watch = watch
        super().__init__(account.host, account.port, account.seconds)

    def read(self, size: int) -> bytes:
        """Read a literal; a server that announces one larger than any we asked for is let go of."""
        if size > LONGEST_LITERAL:
            raise self.abort("literal too long")
        return super().read(size)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        connection = super()._create_socket(timeout)  # type: ignore[misc]
        self._watch.over(connection)
        return connection


class _Encrypted(_Plain):
    """The same, encrypted from the first byte on."""

    def __init__(self, account: MailboxAccount, watch: _Watch) -> None:
        self._context = _rules(account)
        super().__init__(account, watch)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = super()._create_socket(timeout)
        return self._context.wrap_socket(plain, server_hostname=self.host)


class _Box(BaseMailBox):
    """The mailbox as imap-tools sees it, on a connection of ours."""

    def __init__(self, account: MailboxAccount, watch: _Watch) -> None:
        self._account, self._watch = account, watch
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        if self._account.tls == "ssl":
            return _Encrypted(self._account, self._watch)
        client = _Plain(self._account, self._watch)
        if self._account.tls == "starttls":
            client.starttls(_rules(self._account))
        return client


def _rules(account: MailboxAccount) -> ssl.SSLContext:
    """Return the rules for encryption: the machine's certificates, or those of the office's own file."""
    if account.ca is None:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cafile=str(account.ca))
    except (OSError, ssl.SSLError):
        raise ChannelError(
            f"SHIFAN_MAILBOX_CA 指的证书文件 {account.ca} 打不开或不是 PEM 格式的证书"
        ) from None


def _introduce(client: imaplib.IMAP4) -> None:
    """Send the ID that 126 and 163 wait for; a server that knows none says so, and that is well."""
    try:
        client.xatom("ID", WHO_WE_ARE)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        return


def _select(account: MailboxAccount, box: BaseMailBox) -> None:
    with in_mailbox_words(account, "打开文件夹"):
        try:
            _set_folder(account, box)
        except UnexpectedCommandStatusError as error:
            said = server_words(account, error)
            if "unsafe login" in said.lower():
                raise ChannelError(
                    f"{account}：对方以“不安全登录”为由不让收信（{said}）；请在邮箱的网页版里"
                    "确认已开启 IMAP、填的是授权码，仍不行请联系邮箱客服"
                ) from None
            with suppress(*FAULTS):
                known = [one.name for one in box.folder.list()]
                if account.folder not in known:
                    raise ChannelError(
                        f"{account}：没有名为“{account.folder}”的文件夹，现有："
                        f"{'、'.join(known[:20])}；请改 SHIFAN_MAILBOX_FOLDER"
                    ) from None
            raise


def _set_folder(account: MailboxAccount, box: BaseMailBox) -> None:
    """Select the folder; one that may only be read is read, and nothing in it is marked."""
    try:
        box.folder.set(account.folder)
    except imaplib.IMAP4.readonly:
        box.folder.set(account.folder, readonly=True)
