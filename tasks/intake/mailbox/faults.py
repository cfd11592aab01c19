"""What a mail server can do to us, in one line without a letter of the password or the whole account."""

import ast
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
# After one of these nobody is there to be asked again; `abort` is an IMAP4.error to Python.
NO_REFUSAL = (imaplib.IMAP4.abort, OSError)
_PRINTED = re.compile(r"""\[?(b'(?:[^'\\]|\\.)*'|b"(?:[^"\\]|\\.)*")\]?""")
# What imaplib makes of a BYE; words that were no ASCII are lost in it, and are not shown.
_BYE = re.compile(r"command: \w+ => (?!socket error)(?P<words>[^\ufffd]+)")
_FULL = re.compile(
    r"over ?quota|quota exceeded|mailbox (is )?full|邮箱(空间|容量)?(已|不足|超)|空间不足", re.I
)
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


@contextmanager
def unless_refused(account: MailboxAccount, step: str, faults: list[str]) -> Iterator[None]:
    """The same, but what the server only refuses stands in ``faults``, and the visit goes on."""
    try:
        with in_mailbox_words(account, step):
            yield
    except ChannelError as fault:
        if isinstance(fault.__context__, NO_REFUSAL):
            raise
        faults.append(str(fault))


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
    said = server_words(account, error)
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        bye = _BYE.fullmatch(said) if isinstance(error, imaplib.IMAP4.abort) else None
        why = f"（对方说：{bye['words']}）" if bye else ""
        return f"{step}时邮件服务器断开了连接或连不上{why}，下次再收"
    if step == "登录":
        return (
            f"登录没有成功（对方说：{said}）；163、126、QQ 等邮箱要先在网页版里开启 IMAP，"
            "SHIFAN_MAILBOX_PASSWORD 填授权码，不是网页的登录密码"
        )
    if _FULL.search(said):
        return f"{step}时出错：邮箱空间满了（对方说：{said}）；请尽快清理，否则单位的来信会被退回"
    return f"{step}时出错（对方说：{said}）"


def server_words(account: MailboxAccount, error: Exception) -> str:
    """Return the server's own words without any secret."""
    words: object = error
    if isinstance(error, UnexpectedCommandStatusError):
        words = next(iter(error.command_result[1] or []), b"")
    elif not isinstance(error, imaplib.IMAP4.error):
        return type(error).__name__
    text = decoded(words) if isinstance(words, bytes) else _plain(str(words))
    clean = scrubber((account.password, account.user, account.user.partition("@")[0]))
    return clean(text)[:120] or "没有说明"


def _plain(words: str) -> str:
    """Return what imaplib made of a server's words, bytes printed as Python writes them, as those words."""
    return _PRINTED.sub(lambda found: decoded(ast.literal_eval(found[1])), words)
