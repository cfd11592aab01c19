"""Hand a mail to its server, and know at which word it said no: only behind the last dot is it unknown."""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from models.settings import office_time
from notifications.robots.base import CONNECTED, KNOCK_SECONDS, LOGGED_IN, Robot, not_reached
from notifications.robots.mail_reply import MailReply, written_reply
from notifications.robots.mail_server import (
    FINE,
    MailAccount,
    MailServer,
    NoWayInError,
    bid_farewell,
    opened,
    require,
)
from notifications.robots.mail_text import BadAddressError, Envelope, wire, written
from notifications.robots.transport import Forbidden, decoded
from notifications.saying import masks
from notifications.saying.answer import Answer, refused
from notifications.saying.message import Message
from notifications.saying.scrub import scrubber

TAKEN, GO_AHEAD = (FINE, 251), (354,)
_DOT_FIRST = re.compile(rb"^\.", re.M)


class MailRobot(Robot):
    """Sends to one mailbox from an account of the office's."""

    kind = "邮件"
    personal = True

    def __init__(
        self, account: MailAccount, lane: MailServer, envelope: Envelope, secrets: tuple[str, ...]
    ) -> None:
        self.account, self.envelope, self.secrets = account, envelope, secrets
        self.server = self.lane = lane
        self.seconds = account.seconds * 3 + 1.0
        self.identity = ("mail", account.host, envelope.sender, envelope.receiver)
        self.door = (account.host, account.user)
        self.privacy = masks.mail(envelope.receiver)
        self.ends = {end_of_mail(one) for one in (envelope.receiver, *envelope.copies)}

    def send(self, message: Message) -> Answer:
        """Send ``message`` and return what its server said of it.

        Before the text is out, whatever goes wrong is a plain no. Behind its last dot only a 4xx or
        5xx is one: silence, a cut line or words that are no answer leave open whether it arrived.
        """
        return self._sent(self.envelope, lambda at: written(self.envelope, message, at))

    def reply(self, mail: MailReply) -> Answer:
        """Send an answer to whoever wrote to us, as `send` does; never raises, shows no secret."""
        envelope = replace(
            self.envelope, receiver=mail.receiver, receiver_name="", cc=(), bcc=(), headers=()
        )
        clean = scrubber((*self.secrets, mail.receiver))
        try:
            return self._sent(envelope, lambda at: written_reply(envelope, mail, at)).told(clean)
        except Exception as error:
            return Answer(False, "failed", f"发送时出错（{type(error).__name__}）", uncertain=True)

    def _sent(self, envelope: Envelope, write: Callable[[datetime], bytes]) -> Answer:
        try:
            at = office_time(datetime.now(UTC))
            letter = _DOT_FIRST.sub(b"..", write(at)) + b".\r\n"
            sender = wire(envelope.sender)
            with self.server.mail_from(self.account, sender) as server:
                turned_away = _addressed(server, envelope)
                require(GO_AHEAD, *server.docmd("DATA"))
                answer = _after_the_dot(server, letter)
                if not answer.delivered:
                    server.close()
        except BadAddressError as error:
            return Answer(False, "no-address", str(error), permanent=True)
        except (smtplib.SMTPException, OSError) as error:
            return before_the_text(error)
        if answer.delivered and turned_away:
            return Answer(True, answer.code, f"{answer.text}；但{'；'.join(turned_away)}")
        return answer

    def knock(self) -> Answer:
        """Connect, encrypt, log in, hang up."""
        try:
            server = opened(self.account, KNOCK_SECONDS)
            answer = (FINE, b"") if self.account.has_login else server.noop()
            bid_farewell(server)
            require((FINE,), *answer)
        except smtplib.SMTPResponseException as error:
            return refused(str(error.smtp_code), _said(error.smtp_error))
        except NoWayInError as error:
            return refused(error.code, error.words)
        except smtplib.SMTPException as error:
            return refused("no-login", _no_login(error))
        except OSError as error:
            return not_reached(error)
        return Answer(True, "0", LOGGED_IN if self.account.has_login else CONNECTED)


def before_the_text(error: Exception) -> Answer:
    """Return the answer for what went wrong while nothing of the mail was out.

    A login that is refused is no word about the mail: an 授权码 that ran out is renewed, and it goes out then.
    """
    if isinstance(error, smtplib.SMTPAuthenticationError):
        said = f"{error.smtp_code} {_said(error.smtp_error)}".strip()
        return Answer(False, "no-login", f"邮件服务器不接受登录（{said}），没有发出")
    if isinstance(error, smtplib.SMTPResponseException):
        return _no(error.smtp_code, error.smtp_error)
    if isinstance(error, NoWayInError):
        return Answer(False, error.code, f"{error.words}；没有发出")
    if isinstance(error, Forbidden):
        return not_reached(error)
    if _timed_out(error):
        return Answer(False, "timeout", "邮件服务器没有回应，没有发出")
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionResetError | BrokenPipeError):
        return Answer(False, "dropped", "邮件服务器中途断开了连接，没有发出")
    if isinstance(error, smtplib.SMTPException):
        return Answer(False, "no-login", _no_login(error))
    if isinstance(error, ssl.SSLError):
        why = "证书不受信任、已过期或不是加密端口"
        return Answer(False, "tls", f"与邮件服务器的加密连接没有建立（{why}）")
    return Answer(False, "unreachable", "连不上邮件服务器（地址、端口或网络不通）")


def _addressed(server: smtplib.SMTP, envelope: Envelope) -> list[str]:
    """Name the recipients; return who of the copies was turned away, in words.

    Raises SMTPResponseException when the recipient itself is.
    """
    require(TAKEN, *server.rcpt(wire(envelope.receiver)))
    turned_away = []
    for address in envelope.copies:
        code, words = server.rcpt(wire(address))
        if code not in TAKEN:
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
    if code == FINE:
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
    return Answer(False, str(code), _said(words) or "邮件服务器拒收", permanent=code >= 500)


def _said(words: bytes | str) -> str:
    return decoded(words) if isinstance(words, bytes) else words


def _no_login(error: Exception) -> str:
    return f"邮件服务器不接受登录（{type(error).__name__}）"


def end_of_mail(address: str) -> str:
    """Return the mailbox behind an address: ``A+x@B.cn.`` and ``"y" <a@b.cn>`` end at ``mail a@b.cn``."""
    plain = re.sub(r".*<([^<>]*)>.*", r"\1", address).strip().lower()
    name, _, host = plain.rpartition("@")
    return f"mail {name.partition('+')[0]}@{host.rstrip('.')}"
