"""Find the machine that a link leads to, and connect to that one: the address is asked for once and pinned."""

import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from models.errors import CampaignError
from models.rules.evidence.links import PORTS, Networks, address_fault, is_allowed, port_of

MOST_ADDRESSES = 4  # of one name that are tried


class NotFetched(CampaignError):
    """A page that was not fetched; ``outcome`` is dead or refused, the message says why."""

    def __init__(self, outcome: str, words: str) -> None:
        super().__init__(words)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Target:
    """A machine to connect to: the name it goes by, and the address that was looked at."""

    host: str
    port: int
    address: str
    secure: bool


def targets(url: str, allowed: Networks, end: float) -> list[Target]:
    """Return where ``url`` leads, each address looked at; raises NotFetched where one is not to be asked.

    A name with one forbidden address among others is refused: which of them answers is the sender's choice.
    """
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        raise NotFetched("refused", "网站的名称不正确") from None
    port = port_of(url)
    found = _resolved(host, port, end)
    for address in found:
        if fault := address_fault(address, allowed):
            raise NotFetched("refused", fault)
        if port not in PORTS and not is_allowed(address, allowed):
            raise NotFetched("refused", f"端口 {port} 不在允许之列，没有访问")
    secure = parts.scheme.lower() == "https"
    return [Target(host, port, address, secure) for address in found[:MOST_ADDRESSES]]


def _resolved(host: str, port: int, end: float) -> list[str]:
    """Return the addresses of a name; asking for them counts against the time, too."""
    found: list[str] = []
    faults: list[OSError] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(one[4][0]) for one in answers))
        except (OSError, UnicodeError) as error:
            faults.append(OSError(str(error)))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(max(0.1, end - time.monotonic()))
    if not found:
        raise NotFetched("dead", "找不到这个网站" if faults else "查找网站太慢，没有等到")
    return found


class PinnedConnection(http.client.HTTPConnection):
    """A connection to one address, whatever the name would lead to by now."""

    def __init__(self, target: Target, timeout: float, context: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self._target, self._context = target, context

    def connect(self) -> None:
        """Connect to the address; TLS is for the name."""
        plain = socket.create_connection((self._target.address, self._target.port), self.timeout)
        if self._context is None:
            self.sock = plain
            return
        try:
            self.sock = self._context.wrap_socket(plain, server_hostname=self._target.host)
        except BaseException:
            plain.close()
            raise
