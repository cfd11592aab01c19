"""What a mail server can do to us, in one line without a letter of the password or the whole account."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError

from models.errors import ChannelError
from notifications.robots.transport import decoded
from notifications.saying.scrub import scrubber
from tasks.intake.mailbox.account import MailboxAccount

FAULTS = (ImapToolsError, imaplib.IMAP4.error, OSError, UnicodeError, ValueError)
_UNTRUSTED = {
    10: "证书已过期",
    62: "证书写的不是这个主机名",
    64: "证书写的不是这个地址",
}


@contextmanager
def in_mailbox_words(account: MailboxAccount, step: str) -> Iterator[None]:
    """Turn what a server can do to us into one line, without a secret in it."""
    try:
        yield
    except FAULTS as error:
        raise ChannelError(f"{account}：{_in_words(account, error, step)}") from None


def _in_words(account: MailboxAccount, error: Exception, step: str) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _UNTRUSTED.get(error.verify_code, "证书不受信任")
        return (
            f"与邮件服务器的加密连接没有建立（{why}）；单位自己签发的证书，"
            "请把它的根证书存成 PEM 文件，用 SHIFAN_MAILBOX_CA 指明"
        )
    if isinstance(error, ssl.SSLError):
        return (
            "与邮件服务器的加密连接没有建立（不是加密端口，或加密方式太旧）；"
            "SSL 端口一般是 993，143 端口请设 SHIFAN_MAILBOX_TLS=starttls"
        )
    if isinstance(error, socket.gaierror):
        return "找不到邮件服务器的地址，请检查 SHIFAN_MAILBOX_HOST 和网络"
    if isinstance(error, ConnectionRefusedError):
        return f"邮件服务器没有开 {account.port} 端口，请检查 SHIFAN_MAILBOX_HOST"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return f"{step}时邮件服务器 {account.seconds:g} 秒没有回应，下次再收"
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        return f"{step}时邮件服务器断开了连接或连不上，下次再收"
    said = server_words(account, error)
    if step == "登录":
        return (
            f"登录没有成功（对方说：{said}）；163、126、QQ 等邮箱要先在网页版里开启 IMAP，"
            "SHIFAN_MAILBOX_PASSWORD 填授权码，不是网页的登录密码"
        )
    return f"{step}时出错（对方说：{said}）"


def server_words(account: MailboxAccount, error: Exception) -> str:
    """Return the server's own words without any secret."""
    words: object = error
    if isinstance(error, UnexpectedCommandStatusError):
        words = next(iter(error.command_result[1] or []), b"")
    elif not isinstance(error, imaplib.IMAP4.error):
        return type(error).__name__
    text = decoded(words) if isinstance(words, bytes) else str(words)
    clean = scrubber((account.password, account.user, account.user.partition("@")[0]))
    return clean(re.sub(r"^b'|'$", "", text))[:120] or "没有说明"
