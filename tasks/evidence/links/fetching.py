"""Fetch the page behind a link under guard: what is asked, how far it is followed, how much and how long."""

import errno
import http.client
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit, urlunsplit

from models.rules.evidence.links import Networks, url_fault
from tasks.evidence.links.connecting import PinnedConnection, ended
from tasks.evidence.links.resolving import NamesFound, NotFetched, Target, targets

AGENT = "Mozilla/5.0 (compatible; Shifan link check)"
PIECE = 65_536  # bytes
# Beginnings of what a page may be; sound and pictures that move are not brought here.
KINDS: tuple[str, ...] = (
    "text/",
    "image/",
    "application/pdf",
    "application/xhtml",
    "application/xml",
)
KINDS += ("application/json", "application/msword", "application/vnd.", "application/octet-stream")
MOVED = (301, 302, 303, 307, 308)
GONE = "网页打不开"
# The machine has no way out at all (a cable, an intranet): no page is to blame, and none is marked dead.
OFFLINE = frozenset({errno.ENETUNREACH, errno.ENETDOWN})
NO_WAY = "这台电脑没有接通外网，没有访问；请检查网络，要经代理的设 SHIFAN_PROXY"


@dataclass(frozen=True, slots=True)
class LinkLimits:
    """What one link may cost; ``seconds`` is for all of it, with every address and redirect.

    After ``round`` no further link is begun.
    """

    seconds: float = 30
    each: float = 15  # seconds until one machine has answered
    size: int = 20_000_000  # bytes, unpacked
    redirects: int = 5
    round: float = 1800  # seconds, of all links together


LINK_LIMITS = LinkLimits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it was brought: what HTTP said, where it lay in the end, its bytes and its kind."""

    status: int
    url: str
    content: bytes = field(repr=False)
    kind: str = ""
    charset: str = ""
    notes: tuple[str, ...] = ()


def fetch(
    url: str,
    allowed: Networks,
    limits: LinkLimits = LINK_LIMITS,
    proxy: str = "",
    names: NamesFound | None = None,
) -> Fetched:
    """Return the page behind ``url``; raises NotFetched, which says whether it is dead or was refused.

    Only http and https, without names and passwords, on known ports; never to a private, loopback,
    link-local or otherwise inner address unless it is ``allowed``. The address that was looked at is the one
    connected to, and after every redirect all is looked at again. A ``proxy`` is asked for that address,
    but for what is ``allowed``, which is reached straight. Keeps no cookies, sends nothing of ours.
    ``names`` learns whether names can be looked up.
    """
    end = time.monotonic() + limits.seconds
    notes: tuple[str, ...] = ()
    for _ in range(limits.redirects + 1):
        if fault := url_fault(url):
            raise NotFetched("refused", f"网址{fault}")
        answer = _asked(url, targets(url, allowed, end, proxy, names), limits, end)
        notes = tuple(dict.fromkeys((*notes, *answer.notes)))
        if answer.status not in MOVED:
            if answer.status >= 400:
                raise NotFetched("dead", f"{GONE}，网站回答 {answer.status}")
            return Fetched(answer.status, url, answer.content, answer.kind, answer.charset, notes)
        url = urljoin(url, answer.url)
    raise NotFetched("dead", f"转来转去超过 {limits.redirects} 次，没有到达")


def _asked(url: str, found: list[Target], limits: LinkLimits, end: float) -> Fetched:
    """Ask the addresses in turn; a certificate that nobody vouches for is noted, for the page can still be read."""
    words = GONE
    for target in found:
        for context, note in _contexts(target.secure):
            try:
                answer = _one(url, target, context, limits, end)
                return Fetched(
                    answer.status,
                    answer.url,
                    answer.content,
                    answer.kind,
                    answer.charset,
                    (note,) if note else (),
                )
            except ssl.SSLCertVerificationError:
                continue
            except TimeoutError:
                words = "网站太久没有回答"
                break
            except (OSError, http.client.HTTPException, ValueError) as error:
                if isinstance(error, OSError) and error.errno in OFFLINE:
                    raise NotFetched("refused", NO_WAY, unasked=True) from None
                words = "网站连接不上" if time.monotonic() < end else "网站太久没有回答"
                break
        if time.monotonic() >= end:
            break
    raise NotFetched("dead", words)


def _contexts(secure: bool) -> Iterator[tuple[ssl.SSLContext | None, str]]:
    if not secure:
        yield None, ""
        return
    yield ssl.create_default_context(), ""
    doubtful = ssl.create_default_context()
    doubtful.check_hostname, doubtful.verify_mode = False, ssl.CERT_NONE
    yield doubtful, "网站的证书有问题"


def _one(
    url: str, target: Target, context: ssl.SSLContext | None, limits: LinkLimits, end: float
) -> Fetched:
    left = min(limits.each, end - time.monotonic())
    if left <= 0:
        raise TimeoutError
    parts = urlsplit(url)
    path = urlunsplit(("", "", _quoted(parts.path) or "/", _quoted(parts.query), ""))
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, identity"}
    with closing(PinnedConnection(target, left, context)) as connection:
        connection.connect()
        # Held here: http.client forgets the socket of an answer that ends with the connection.
        with ended(connection.sock, end):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            if answer.status in MOVED:
                return Fetched(answer.status, answer.getheader("Location") or "/", b"")
            kind = answer.headers.get_content_type()
            if not kind.startswith(KINDS):
                raise NotFetched("refused", f"网址里是 {kind[:40]}，没有下载")
            content = _body(answer, limits, end)
            charset = answer.headers.get_content_charset() or ""
            return Fetched(answer.status, url, content, kind, charset)


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="/%:@!$&'()*+,;=~?-._[]")


def _body(answer: http.client.HTTPResponse, limits: LinkLimits, end: float) -> bytes:
    packed = (answer.getheader("Content-Encoding") or "").lower() in ("gzip", "x-gzip")
    unpack = zlib.decompressobj(31) if packed else None
    parts, size = [], 0
    while piece := answer.read(PIECE):
        if unpack:
            piece = unpack.decompress(piece, limits.size + 1 - size)
        size += len(piece)
        parts.append(piece)
        if size > limits.size:
            raise NotFetched("refused", f"超过 {limits.size // 10**6} MB，没有下载")
        if time.monotonic() > end:
            raise TimeoutError
    if time.monotonic() > end:  # it was ended
        raise TimeoutError
    if answer.length:  # it ended before what it had promised
        raise OSError("cut off")
    return b"".join(parts)
