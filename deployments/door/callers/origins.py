"""From which page and under which name a call comes: pure checks of its headers.

A browser tells both: `Host` is the name in its address bar, `Origin` and `Sec-Fetch-Site` the page
that asks. A page of another origin is let through in one case only: a link that a person followed.
"""

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from models.rules.loopback import is_loopback, plain_address

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def host_of(header: str) -> str:
    """Return the name in a `Host` header, in lower case, without port, brackets and final dot."""
    try:
        return (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def names_in(public_url: str) -> set[str]:
    """Return the name that the office gave us in ``public_url``; none where it gave none."""
    name = host_of(urlsplit(public_url).netloc)
    return {name} if name else set()


def is_known_host(header: str, came_to: str, names: Collection[str], *, loopback: bool) -> bool:
    """Say whether a call under this `Host` is for us.

    ``came_to`` is the address of ours that the connection reached, ``names`` are the names the office
    gave us. A number that is not ours, or a name that merely resolves to us, is another host. With
    ``loopback`` (no password) only the machine's own names count.
    """
    name = host_of(header)
    if name in LOOPBACK_NAMES:
        return True
    if loopback:
        return is_loopback(name)
    return name in names or _same_address(name, came_to)


def is_own_origin(origin: str, host: str, public_url: str) -> bool:
    """Say whether `Origin` is the page that ``host`` (a `Host` header) or ``public_url`` shows.

    We speak plain HTTP; a page with TLS is ours only where the office said so.
    """
    if not origin or origin == "null":
        return False
    try:
        asked = urlsplit(origin)
    except ValueError:  # no address at all
        return False
    if public_url and origin.lower() == _origin_of(public_url):
        return True
    return asked.scheme == "http" and asked.netloc.lower() == host.lower()


def is_followed_link(headers: Mapping[str, str], method: str) -> bool:
    """Say whether a browser opens a page of its own at a person's click, in no frame of another."""
    return (
        method == "GET"
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest", "document") == "document"
    )


def comes_from_elsewhere(headers: Mapping[str, str], public_url: str) -> bool:
    """Say whether a page of another origin asks; a caller that is no browser tells neither header."""
    origin = headers.get("origin")
    if origin is not None and not is_own_origin(origin, headers.get("host", ""), public_url):
        return True
    return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def hides_its_origin(headers: Mapping[str, str]) -> bool:
    """Say whether a form was sent by a page that tells nobody its address, as the window's are.

    So does a page in a sandbox: whoever lets it in asks for more than that. Where the browser says
    from which site it comes, it must be ours.
    """
    return headers.get("origin") == "null" and headers.get("sec-fetch-site", "same-origin") in (
        "same-origin",
        "none",
    )


def is_over_tls(headers: Mapping[str, str], public_url: str) -> bool:
    """Say whether a browser came by ``public_url`` with TLS, whose proxy may write its own `Host`.

    Over plain HTTP, as the local network comes, it would not keep a secure cookie.
    """
    named = host_of(headers.get("host", "")) in names_in(public_url)
    by_page = headers.get("origin", "").lower() == _origin_of(public_url)
    return public_url.startswith("https:") and (named or by_page)


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _same_address(name: str, came_to: str) -> bool:
    try:
        return plain_address(name) == plain_address(came_to)
    except ValueError:
        return False
