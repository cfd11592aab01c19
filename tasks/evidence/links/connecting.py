"""Connect to the one address that was looked at, straight or through the office's proxy."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult

from notifications.channels.proxy import proxy_access
from tasks.evidence.links.resolving import NotFetched, Target

NO_PROXY = "代理连接不上，没有访问；请检查 SHIFAN_PROXY"
UNNAMED = "代理要用户名和密码，没有访问；请在 SHIFAN_PROXY 里写明"
GATEWAY = (
    502,
    503,
    504,
)  # the proxy tried, and the site did not answer (RFC 9110, 15.6.3 to 15.6.5)
LEAST = 0.05  # seconds


class PinnedConnection(http.client.HTTPConnection):
    """A connection to one address, whatever the name would lead to by now."""

    def __init__(self, target: Target, timeout: float, context: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self._target, self._context = target, context

    def connect(self) -> None:
        """Connect to the address; TLS is for the name.

        All of it ends when the time is up, however slowly anybody answers. Raises NotFetched where a proxy
        on the way does not let through: that says nothing of the page.
        """
        end = time.monotonic() + (self.timeout or 0)
        plain = self._reached(end)
        if self._context is None:
            self.sock = plain
            return
        try:
            secured = self._context.wrap_socket(
                plain, server_hostname=self._target.host, do_handshake_on_connect=False
            )
        except BaseException:
            plain.close()
            raise
        self.sock = secured
        with ended(secured, end):
            secured.do_handshake()

    def _reached(self, end: float) -> socket.socket:
        target = self._target
        if target.proxy is None:
            return socket.create_connection((target.address, target.port), self.timeout)
        try:
            plain = socket.create_connection(_place_of(target.proxy), self.timeout)
        except OSError:
            raise NotFetched("refused", NO_PROXY, unasked=True) from None
        try:
            with ended(plain, end):
                _let_through(plain, target, target.proxy)
        except BaseException:
            plain.close()
            raise
        return plain


def _place_of(proxy: SplitResult) -> tuple[str, int]:
    return proxy.hostname or "", proxy.port or 80


def _let_through(plain: socket.socket, target: Target, proxy: SplitResult) -> None:
    """Have the proxy connect to the address, not to the name: it might find another machine behind that."""
    address = f"[{target.address}]" if ":" in target.address else target.address
    place = f"{address}:{target.port}"
    said = {"Host": place, **proxy_access(proxy)}
    lines = [f"CONNECT {place} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    try:
        plain.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = http.client.HTTPResponse(plain, method="CONNECT")
        with answer:
            answer.begin()
    except (OSError, http.client.HTTPException, ValueError):
        raise NotFetched("refused", "代理没有回答，没有访问", unasked=True) from None
    if answer.status in GATEWAY:
        raise OSError("nobody there")
    if answer.status == http.client.PROXY_AUTHENTICATION_REQUIRED:
        raise NotFetched("refused", UNNAMED, unasked=True)
    if not 200 <= answer.status < 300:
        raise NotFetched("refused", f"代理不放行（回答 {answer.status}），没有访问")


@contextmanager
def ended(held: socket.socket, end: float) -> Iterator[None]:
    """Close ``held`` when the time is up: one that answers a letter at a time never times out by itself."""

    def close() -> None:
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(LEAST, end - time.monotonic()), close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
