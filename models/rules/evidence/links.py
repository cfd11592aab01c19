"""Which addresses a link may lead to, and whether a page still says what it said; pure."""

import ipaddress
import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from models.rules.bounds import LONGEST_TYPED, shown
from models.rules.loopback import plain_address

# Ports on which public pages are served in the field; others belong to databases, mail and machines.
PORTS = frozenset({80, 81, 82, 88, 443, 8443, 8888, 9080, 9090} | set(range(8000, 8100)))
SAME_SHARE = 0.1  # of a page's letters may go before it is another page
SHOWN_LINES = 2  # of what went and of what came

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Networks = Collection[ipaddress.IPv4Network | ipaddress.IPv6Network]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Where clouds keep a machine's own keys; those that are not link-local.
_KEYS_OF_CLOUDS = frozenset(
    map(
        ipaddress.ip_address,
        ("100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"),
    )
)
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})  # before an IPv4 address at the end of one of IPv6
# What stands on a page anew each time: counters, clocks, the weather.
_VOLATILE = re.compile(
    r"(?:浏览|阅读|点击|访问|点赞|转发|下载|在线)(?:次数|人数|数|量|总数)?.{0,4}\d|"
    r"您是第|今天是|今日是|现在是|当前时间|更新时间|星期[一二三四五六日天]|农历|天气|气温|℃|验证码|"
    r"\d{1,2}:\d{2}:\d{2}"
)


def url_fault(url: str) -> str:
    """Return why ``url`` is not fetched, in words behind it; empty when it may be tried."""
    if len(url) > LONGEST_TYPED or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return "太长，或里面有空格等不该有的字符"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "不是正确的网址"
    if parts.scheme.lower() not in ("http", "https"):
        return "不以 http:// 或 https:// 开头"
    if parts.username is not None or parts.password is not None:
        return "里面写了用户名或密码，请去掉"
    if not parts.hostname:
        return "没有写网站的名称"
    return "端口不正确" if port == 0 else ""


def port_of(url: str) -> int:
    """Return the port a correct address leads to."""
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme.lower() == "https" else 80)


def networks_in(text: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Return the networks that a setting allows (10.1.0.0/16、127.0.0.1), parted by commas; raises ValueError."""
    words = [word for word in re.split(r"[,，、\s]+", text) if word]
    return [ipaddress.ip_network(word, strict=False) for word in words]


def address_fault(text: str, allowed: Networks) -> str:
    """Return why a machine's address is not asked; empty when it is a public one, or one that is allowed.

    Private, loopback, link-local (and so the metadata of clouds), shared, multicast and reserved
    addresses are not, nor are those in another's clothes: IPv4 within IPv6, 6to4, Teredo, NAT64, ISATAP.
    """
    try:
        address = plain_address(text)
    except ValueError:
        return "地址认不出来"
    clothed = _clothed(address)
    if is_allowed(text, allowed):
        return ""
    for one in (address, *clothed):
        inner = not one.is_global or getattr(one, "is_site_local", False) or one in _KEYS_OF_CLOUDS
        if inner or one.is_multicast or one.is_reserved or one.is_unspecified:
            return "指向内部网络或本机的地址，没有访问"
    return ""


def channel_fault(text: str) -> str:
    """Return why an address of a channel is not asked; empty where it may be.

    Channels stand in a file that the office's own user alone may write, and its SMS gateway and its mail are
    in its own network: that is allowed. What is no machine of an office's is not, in whatever clothes:
    where clouds keep a machine's keys (link-local among them), multicast, reserved, none at all.
    """
    try:
        address = plain_address(text)
    except ValueError:
        return "地址认不出来"
    for one in (address, *_clothed(address)):
        never = (
            one.is_link_local or one.is_multicast or one.is_unspecified or one in _KEYS_OF_CLOUDS
        )
        if never or (one.is_reserved and not one.is_loopback):
            return "指向不是服务器的地址，没有访问"
    return ""


def is_allowed(text: str, allowed: Networks) -> bool:
    """Say whether an address lies in a network that the office allowed by name."""
    try:
        address = plain_address(text)
    except ValueError:
        return False
    return any(address in network for network in allowed if network.version == address.version)


def _clothed(address: Address) -> list[Address]:
    if not isinstance(address, ipaddress.IPv6Address):
        return []
    found: list[Address] = []
    if address.sixtofour:
        found.append(address.sixtofour)
    if address.teredo:
        found += [*address.teredo]
    if address in _NAT64 or int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def lasting_lines(text: str) -> list[str]:
    """Return the lines of a page without what is new each time: counters, clocks, the weather."""
    lines = ("".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line and not _VOLATILE.search(line)]


def page_changes(before: str, after: str, passage: str = "") -> tuple[bool, str]:
    """Say whether a page no longer says what it said, and what went and came, in words.

    With a ``passage`` that proves, only it matters: a page around it may change. Without one, the page is
    another where more than SAME_SHARE of its letters went.
    """
    old, new = lasting_lines(before), lasting_lines(after)
    wanted = "".join(passage.split())
    if wanted and wanted in "".join(old):
        there = wanted in "".join(new)
        return (False, "") if there else (True, f"页面里已没有证明段落“{shown(passage)}”")
    if old == new:
        return False, ""
    went, came = _went_and_came(old, new)
    lost = sum(map(len, went)) / max(1, sum(map(len, old)))
    said = "；".join(
        f"{word}“{shown(line)}”"
        for word, lines in (("少了", went), ("多了", came))
        for line in sorted(lines, key=len, reverse=True)[:SHOWN_LINES]
    )
    return lost > SAME_SHARE, said or "内容的次序有变"


def _went_and_came(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    if len(old) * len(new) > 4_000_000:  # lines in any order are enough for pages as long as that
        return [x for x in old if x not in {*new}], [x for x in new if x not in {*old}]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    went: list[str] = []
    came: list[str] = []
    for word, a, b, c, d in matcher.get_opcodes():
        if word != "equal":
            went += old[a:b]
            came += new[c:d]
    return went, came
