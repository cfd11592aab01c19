"""The way out of the office: through a proxy only where the channel file or a setting names one.

What a shell or a desktop names is for browsers. It knows nothing of the office's own hosts, and it is
another one under cron than in a window: the same message would go two ways.
"""

import base64
from urllib.parse import SplitResult, unquote, urlsplit

from models.errors import ChannelError
from models.rules.loopback import is_loopback
from models.settings import is_proxy, settings

STRAIGHT = "no"  # of a channel: without the office's proxy


def proxy_for(host: str, asked: str = "") -> SplitResult | None:
    """Return the proxy to reach ``host`` by, None where it goes straight: this machine always does.

    ``asked`` is the channel's own word: an address, "no", or "" for the office's setting.
    """
    if asked == STRAIGHT or is_loopback(host):
        return None
    named = asked or office_proxy()
    return urlsplit(named) if named else None


def proxy_access(proxy: SplitResult) -> dict[str, str]:
    """Return the header by which a proxy lets us in; empty where it asks for no name."""
    if not proxy.username:
        return {}
    told = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
    return {"Proxy-Authorization": f"Basic {base64.b64encode(told).decode()}"}


def office_proxy() -> str:
    """Return the proxy that the office set for its way out; "" for none."""
    named = settings().proxy
    return named.get_secret_value() if named else ""


def checked_proxy(asked: str) -> str:
    """Return a channel's word on its proxy; raises ChannelError, without the word, when it is none."""
    word = asked.strip()
    if word.lower() in {"", STRAIGHT}:
        return word.lower()
    if not is_proxy(word):
        raise ChannelError("proxy 应写成 http://代理主机:端口，不经代理写 proxy=no")
    return word
