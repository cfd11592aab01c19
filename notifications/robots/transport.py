"""One HTTP exchange with a provider: one try, both time limits, nothing followed, nothing logged.

The standard library's client on purpose: it writes no log line with an address in it, keeps no
cookies, follows no redirect, and takes a third of the time of a larger one.
"""

import http.client
import re
import socket
import ssl
import time
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from urllib.parse import urlsplit

from models.rules.evidence.links import channel_fault
from notifications.channels.proxy import proxy_access, proxy_for
from notifications.robots.clocks import ahead

LONGEST_REPLY = 64 * 1024
NO_TLS = "与对方服务器的加密连接没有建立（证书不受信任、已过期或不是加密端口）"
_CHARSET = re.compile(r"charset=[\"']?([\w.-]+)", re.I)


@dataclass(frozen=True, slots=True)
class Call:
    """A request ready to go out; it holds secrets, so its repr shows none of it."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; ``ahead``: seconds by which our clock is ahead of the provider's."""

    status: int
    text: str = field(repr=False)
    retry_after: float | None = None
    ahead: float | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing usable came back; ``sent`` when the request may have reached the provider."""

    code: str
    text: str
    sent: bool


class Forbidden(OSError):
    """A channel leads to what is no machine of an office's; says so in words."""


def addresses_of(host: str, port: int) -> list[str]:
    """Return where a channel's host is. Raises Forbidden where one of its addresses is none for a channel.

    The same guard as for links of evidence, with the office's own networks allowed. Raises OSError where
    nobody knows the name.
    """
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = list(dict.fromkeys(str(one[4][0]) for one in answers))
    for address in found:
        if fault := channel_fault(address):
            raise Forbidden(fault)
    return found


def reach(place: tuple[str, int], timeout: float, _source: object = None) -> socket.socket:
    """Connect as `socket.create_connection` does, to an address of `addresses_of`."""
    host, port = place
    fault = OSError("no address")
    for address in addresses_of(host, port):
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            fault = error
    raise fault


def exchange(
    call: Call, *, connect: float, read: float, verify: bool = True, proxy: str = ""
) -> Reply | Silence:
    """Send ``call`` once and return what came of it; never raises.

    The reply must be complete ``read`` seconds after the request went out, however slowly it drips.
    """
    connection: http.client.HTTPConnection | None = None
    sent = False
    try:
        connection, address, headers = _prepared(call, connect, verify, proxy)
        connection._create_connection = reach  # type: ignore[attr-defined]
        connection.connect()
        connection.sock.settimeout(read)
        deadline, sent = time.monotonic() + read, True
        connection.request(call.method, address, body=call.body, headers=headers)
        return _read(connection, deadline)
    except Exception as error:
        return _in_words(error, sent, read)
    finally:
        if connection:
            connection.close()


def _prepared(
    call: Call, connect: float, verify: bool, proxy: str
) -> tuple[http.client.HTTPConnection, str, dict[str, str]]:
    """Return the connection, what to ask it for, and the headers; through a proxy where one is set."""
    url = urlsplit(call.url)
    host = url.hostname or ""
    path = url._replace(scheme="", netloc="", fragment="").geturl() or "/"
    headers = {"User-Agent": "shifan", "Connection": "close", **call.headers}
    via = proxy_for(host, proxy)
    near, port = (via.hostname or "", via.port) if via else (host, url.port)
    if url.scheme == "https":
        secured = http.client.HTTPSConnection(near, port, timeout=connect, context=trusted(verify))
        if via:
            secured.set_tunnel(host, url.port or 443, headers=proxy_access(via))
        return secured, path, headers
    plain = http.client.HTTPConnection(near, port, timeout=connect)
    return plain, call.url if via else path, {**headers, **(proxy_access(via) if via else {})}


@cache
def trusted(verify: bool) -> ssl.SSLContext:
    """Return the rules for encryption; loading the machine's certificates takes longer than a send."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _read(connection: http.client.HTTPConnection, deadline: float) -> Reply | Silence:
    response = connection.getresponse()
    taken = bytearray()
    while len(taken) < LONGEST_REPLY and (piece := response.read1(LONGEST_REPLY)):
        taken += piece
        if time.monotonic() > deadline:
            return Silence("timeout", "对方的答复迟迟没有传完", sent=True)
    if response.length:  # hung up before all of it came
        return Silence("dropped", "对方的答复没有传完就断开了连接", sent=True)
    raw = _unpacked(bytes(taken[:LONGEST_REPLY]), response.headers.get("Content-Encoding", ""))
    text = decoded(raw, response.headers.get("Content-Type", ""))
    wait = _seconds(response.headers.get("Retry-After", ""))
    clocks = ahead(response.headers.get("Date", ""), datetime.now(UTC))
    return Reply(response.status, text, wait, clocks)


def decoded(raw: bytes, kind: str = "") -> str:
    """Return a provider's bytes as text: UTF-8, else what its Content-Type ``kind`` names, else GB 18030."""
    named = _CHARSET.search(kind)
    for encoding in ("utf-8-sig", named[1] if named else "gb18030", "gb18030"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def _unpacked(raw: bytes, encoding: str) -> bytes:
    """Return the first of what was packed, though we never ask for that; as it is when it cannot be."""
    if encoding.strip().lower() not in {"gzip", "x-gzip", "deflate"}:
        return raw
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(raw, LONGEST_REPLY)
    except zlib.error:
        return raw


def _seconds(value: str) -> float | None:
    """Return a Retry-After in seconds, at most a day; a date is left to the caller's own schedule."""
    value = value.strip()
    known = value.isascii() and value.isdigit() and len(value) < 10
    return float(min(int(value), 86_400)) if known else None


def _in_words(error: Exception, sent: bool, read: float) -> Silence:
    if isinstance(error, Forbidden):
        return Silence("forbidden", str(error), sent)
    if isinstance(error, TimeoutError):
        words = f"对方 {read:g} 秒内没有答复" if sent else "连接对方服务器超时"
        return Silence("timeout", words, sent)
    if isinstance(error, ssl.SSLError):
        return Silence("tls", NO_TLS, sent)
    if isinstance(error, http.client.HTTPException | ConnectionError) and sent:
        return Silence("dropped", "对方没有好好答复就断开了连接", sent)
    if isinstance(error, OSError):
        return Silence("unreachable", "连不上对方服务器（地址、网络或代理不通）", sent)
    return Silence("failed", f"发送时出错（{type(error).__name__}）", sent)
