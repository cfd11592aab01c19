"""One HTTP exchange with a provider: one try, both time limits, nothing followed, nothing logged."""

import ssl
import time
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

LONGEST_REPLY = 64 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """A request ready to go out; it holds secrets, so its repr shows none of it."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    text: str = field(repr=False)
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing usable came back; ``sent`` when the request may have reached the provider."""

    code: str
    text: str
    sent: bool


def exchange(call: Call, *, connect: float, read: float, verify: bool = True) -> Reply | Silence:
    """Send ``call`` once and return what came of it; never raises.

    The reply must be complete ``read`` seconds after its first bytes, however slowly they drip.
    """
    limits = httpx.Timeout(connect=connect, read=read, write=read, pool=connect)
    try:
        with _client(verify).stream(
            call.method, call.url, content=call.body, headers=call.headers, timeout=limits
        ) as response:
            return _read(response, time.monotonic() + read)
    except Exception as error:
        return _in_words(error, read)


def _read(response: httpx.Response, deadline: float) -> Reply | Silence:
    taken = bytearray()
    for chunk in response.iter_bytes():
        taken += chunk
        if len(taken) > LONGEST_REPLY:
            break
        if time.monotonic() > deadline:
            return Silence("timeout", "对方的答复迟迟没有传完", sent=True)
    text = bytes(taken[:LONGEST_REPLY]).decode("utf-8-sig", "replace")
    return Reply(response.status_code, text, _seconds(response.headers.get("retry-after", "")))


def _seconds(value: str) -> float | None:
    """Return a Retry-After in seconds, at most a day; a date is left to the caller's own schedule."""
    return float(min(int(value), 86_400)) if value.isascii() and value.isdigit() else None


def _in_words(error: Exception, read: float) -> Silence:
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return Silence("timeout", "连接对方服务器超时", sent=False)
    if isinstance(error, httpx.TimeoutException):
        return Silence("timeout", f"对方 {read:g} 秒内没有答复", sent=True)
    if isinstance(error, httpx.ConnectError):
        if "SSL" in str(error) or "certificate" in str(error).lower():
            return Silence(
                "tls", "与对方服务器的加密连接没有建立(证书不受信任或已过期)", sent=False
            )
        return Silence("unreachable", "连不上对方服务器", sent=False)
    if isinstance(error, httpx.ProxyError):
        return Silence("unreachable", "代理服务器拒绝了连接", sent=False)
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError):
        return Silence("dropped", "对方没有答复就断开了连接", sent=True)
    if isinstance(error, httpx.DecodingError):
        return Silence("unreadable", "对方的答复无法解读", sent=True)
    return Silence("failed", f"发送时出错({type(error).__name__})", sent=True)


@cache
def _client(verify: bool) -> httpx.Client:
    """Return the client of this process: a fresh connection per message, no cookies kept."""
    context: ssl.SSLContext | bool = httpx.create_ssl_context() if verify else False
    return httpx.Client(
        verify=context,
        follow_redirects=False,
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    )
