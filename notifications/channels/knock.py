"""Knock at a channel's door without saying anything: as far as each kind of provider lets us look.

Mail: connect, encrypt, log in, hang up. The WeCom application: ask for an access token. Everything
else: connect, and encrypt where it is https; whether a robot's key is good only a message can tell.
"""

import smtplib
import socket
import ssl
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from notifications.apprise_own import plugins as foreign
from notifications.channels.proxy import proxy_for
from notifications.robots.mail_server import NoWayInError, connected, decoded
from notifications.robots.transport import trusted
from notifications.robots.wecomapp import WeComApp
from notifications.saying.answer import Answer, refused
from notifications.saying.scrub import scrubber

SECONDS = 4.0
LOGGED_IN = "能登录"
# The first that fits is told.
_WHY: tuple[tuple[type[OSError], str], ...] = (
    (socket.gaierror, "找不到这个地址"),
    (ConnectionRefusedError, "对方没有开这个端口"),
    (TimeoutError, "对方没有回应"),
)
CONNECTED = "能连上，密钥是否有效要发消息才知道"


def knock(plugin: Any) -> Answer | None:
    """Return how far we came at the provider of ``plugin``; None where there is no door to knock at.

    The answer's text is `LOGGED_IN`, `CONNECTED`, or what went wrong. No message is sent.
    """
    if isinstance(plugin, WeComApp):
        return plugin.knock(LOGGED_IN)
    if foreign.is_mail(plugin):
        return _mail(plugin).told(scrubber(foreign.secrets(plugin)))
    place = _place(plugin)
    return _connected(*place, bool(plugin.verify_certificate)) if place else None


def _connected(host: str, port: int, encrypted: bool, verify: bool) -> Answer:
    try:
        with socket.create_connection((host, port), timeout=SECONDS) as connection:
            if encrypted:
                trusted(verify).wrap_socket(connection, server_hostname=host).close()
            return Answer(True, "0", CONNECTED)
    except OSError as error:
        return _broken(error)


def _mail(plugin: Any) -> Answer:
    try:
        with connected(plugin, SECONDS) as connection:
            if plugin.user and plugin.password:
                return Answer(True, "0", LOGGED_IN)
            code, words = connection.noop()
            return Answer(True, "0", CONNECTED) if code == 250 else _said(code, words)
    except smtplib.SMTPResponseException as error:
        return _said(error.smtp_code, error.smtp_error)
    except NoWayInError as error:
        return refused(error.code, error.words)
    except smtplib.SMTPException as error:
        return refused("no-login", f"邮件服务器不接受登录（{type(error).__name__}）")
    except OSError as error:
        return _broken(error)


def _said(code: int, words: bytes | str) -> Answer:
    return refused(str(code), decoded(words) if isinstance(words, bytes) else words)


def _broken(error: OSError) -> Answer:
    if isinstance(error, ssl.SSLError):
        return refused(
            "tls", "与对方服务器的加密连接没有建立（证书不受信任、已过期或不是加密端口）"
        )
    why = next((words for kind, words in _WHY if isinstance(error, kind)), "网络不通")
    return refused("no-connection", f"连不上对方的服务器（{why}）")


def _place(plugin: Any) -> tuple[str, int, bool] | None:
    """Return host, port and whether it is encrypted; None where the address names no host.

    Behind a proxy it is the proxy's: more cannot be seen from here.
    """
    if str(plugin.schema) in foreign.HOSTED and plugin.host:
        scheme, host, port = "https" if plugin.secure else "http", str(plugin.host), plugin.port
    else:
        parts, port = urlsplit(str(getattr(plugin, "base", "") or "")), None
        scheme, host = parts.scheme, parts.hostname or ""
        with suppress(ValueError):
            port = parts.port
    if not host:
        return None
    if via := proxy_for(host, str(getattr(plugin, "proxy", ""))):
        return via.hostname or "", via.port or 80, False
    encrypted = scheme == "https"
    return host, int(port or (443 if encrypted else 80)), encrypted
