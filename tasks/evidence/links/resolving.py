"""Find the machine that a link leads to: the address is asked for once, looked at and pinned."""

import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from models.errors import CampaignError
from models.rules.evidence.links import PORTS, Networks, address_fault, is_allowed, port_of

MOST_ADDRESSES = 4  # of one name that are tried
UNKNOWN_HERE = "本机查不到网站的地址，不能确认是不是内部的，没有经代理访问；请让本机能解析外网域名"


# A name that is there as long as anybody can be asked; only looked up, never called.
WELL_KNOWN = "www.gov.cn"
LOOK_UP = 5.0  # seconds


class NotFetched(CampaignError):
    """A page that was not fetched; ``outcome`` is dead or refused, the message says why.

    ``unasked``: nobody could be asked, for the way is shut here; ``unnamed``: nobody knew the name, or
    nobody could be asked for it, which only the other links of the round can tell.
    """

    def __init__(
        self, outcome: str, words: str, *, unasked: bool = False, unnamed: bool = False
    ) -> None:
        super().__init__(words)
        self.outcome, self.unasked, self.unnamed = outcome, unasked, unnamed


class NamesFound:
    """What a round of links learns of names: whether one of outside was found at all."""

    def __init__(self) -> None:
        self.found = False
        self._asked = False

    def somebody_knows(self) -> bool:
        """Say whether names of outside can be looked up: one was found, or a well-known one is; asked once."""
        if not self.found and not self._asked:
            self._asked = True
            addresses, _ = _looked_up(WELL_KNOWN, 443, LOOK_UP)
            self.found = any(not address_fault(one, ()) for one in addresses)
        return self.found


@dataclass(frozen=True, slots=True)
class Target:
    """A machine to connect to: the name it goes by, the address that was looked at, the proxy on the way."""

    host: str
    port: int
    address: str
    secure: bool
    proxy: SplitResult | None = field(default=None, repr=False)


def targets(
    url: str, allowed: Networks, end: float, proxy: str = "", names: NamesFound | None = None
) -> list[Target]:
    """Return where ``url`` leads, each address looked at; raises NotFetched where one is not to be asked.

    A name with one forbidden address among others is refused: which of them answers is the sender's choice.
    ``proxy``: the way to all but what is ``allowed``; the name is looked up here all the same, for the proxy
    would not tell which machine it asked. ``names`` learns of a name of outside that was found.
    """
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        raise NotFetched("refused", "网站的名称不正确") from None
    port = port_of(url)
    found = _resolved(host, port, end, bool(proxy))
    for address in found:
        if fault := address_fault(address, allowed):
            raise NotFetched("refused", fault)
        if port not in PORTS and not is_allowed(address, allowed):
            raise NotFetched("refused", f"端口 {port} 不在允许之列，没有访问")
    if names and host not in found and not all(is_allowed(one, allowed) for one in found):
        names.found = True
    secure = parts.scheme.lower() == "https"
    return [
        Target(host, port, address, secure, _way(address, allowed, proxy))
        for address in found[:MOST_ADDRESSES]
    ]


def _way(address: str, allowed: Networks, proxy: str) -> SplitResult | None:
    return urlsplit(proxy) if proxy and not is_allowed(address, allowed) else None


def _resolved(host: str, port: int, end: float, proxied: bool) -> list[str]:
    """Return the addresses of a name; asking for them counts against the time, too.

    Behind a proxy names of outside may not be known here at all: that says nothing of the page.
    """
    found, faults = _looked_up(host, port, max(0.1, end - time.monotonic()))
    if not found and proxied and faults != [socket.EAI_NONAME]:
        raise NotFetched("refused", UNKNOWN_HERE, unasked=True)
    if not found:
        words = "找不到这个网站" if faults else "查找网站太慢，没有等到"
        raise NotFetched("dead", words, unnamed=True)
    return found


def _looked_up(host: str, port: int, seconds: float) -> tuple[list[str], list[int]]:
    """Return the addresses of a name, else the number of the fault; neither when nobody answers in time."""
    found: list[str] = []
    faults: list[int] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(one[4][0]) for one in answers))
        except (OSError, UnicodeError) as error:
            faults.append(getattr(error, "errno", None) or 0)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    return list(found), list(faults)
