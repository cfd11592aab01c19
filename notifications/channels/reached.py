"""Whom a channel really reaches, whatever its address is written like: what a one-time code must know."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from typing import Any

from models.rules.bodies import tag_key
from notifications.apprise_own import plugins as foreign
from notifications.robots import Robot
from notifications.robots.smsgw import SmsGateway
from notifications.robots.wecomapp import WeComApp

SPARE = "-备用"  # targets of "市司法局-备用" are the same recipient's
GROUPS = ("#", "+")  # a department, a label: many people in one address
EVERYBODY = "all"
_KEY = secrets.token_bytes(32)  # of this process: the marks are compared here and kept nowhere
_PORTS = {"http": 80, "https": 443}


def ends(plugin: Any) -> frozenset[str]:
    """Return a mark for each person or group that ``plugin`` reaches; equal marks are the same one.

    Not of the address: a robot is its key, whatever host, mention list or parameters stand beside it;
    a mailbox is its address, in whichever of to, cc and bcc; a telephone is its number. A mark tells
    nothing of either, and another process makes others.
    """
    return frozenset(map(_mark, _names(plugin)))


def _names(plugin: Any) -> set[str]:
    if isinstance(plugin, WeComApp):
        return {f"wecom {plugin.key} {name.lstrip('@')}".lower() for name in plugin.targets}
    if isinstance(plugin, SmsGateway):
        return {f"phone {_number(number)}" for number in plugin.targets}
    if isinstance(plugin, Robot):
        return {f"robot {plugin.key.lower()}"}
    if foreign.is_mail(plugin):
        copies = [*getattr(plugin, "cc", ()), *getattr(plugin, "bcc", ())]
        return {f"mail {_mailbox(one)}" for one in [*foreign.recipients(plugin), *copies]}
    place = f"{_host(plugin)} {str(getattr(plugin, 'fullpath', '') or '/').rstrip('/')}"
    names = foreign.recipients(plugin) or [""]
    return {f"other {place} {name}".strip().lower() for name in names}


def _mark(name: str) -> str:
    return hashlib.blake2b(name.encode(), key=_KEY, digest_size=16).hexdigest()


def reaches_many(plugin: Any) -> bool:
    """Say whether what ``plugin`` brings is read by more than one person by its own settings."""
    if getattr(plugin, "among_others", False) or len(ends(plugin)) > 1:
        return True
    if isinstance(plugin, WeComApp):
        return any(_is_group(name) for name in plugin.targets)
    if isinstance(plugin, Robot):  # whom it mentions says how many it speaks to
        return plugin.everyone or len(plugin.mobiles) + len(plugin.users) > 1
    return False


def owner(tag: str) -> str:
    """Return whose channels carry ``tag``: a spare tag is its recipient's own, however it is written."""
    return tag_key(tag.strip().lower().removesuffix(SPARE))


def sharers(tag: str, reached: frozenset[str], all_ends: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the tags of other recipients that reach one of ``reached`` too; ``all_ends`` is by tag."""
    return [
        other
        for other, theirs in all_ends.items()
        if owner(other) != owner(tag) and reached & theirs
    ]


def _is_group(name: str) -> bool:
    return name.startswith(GROUPS) or name.lstrip("@").lower() == EVERYBODY


def _number(number: str) -> str:
    """Return a telephone number without blanks and without China's own prefix."""
    digits = re.sub(r"\D", "", number)
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)


def _mailbox(address: str) -> str:
    """Return the mailbox behind an address: ``A+x@B.cn.`` and ``"y" <a@b.cn>`` are ``a@b.cn``."""
    plain = re.sub(r".*<([^<>]*)>.*", r"\1", address).strip().lower()
    name, _, host = plain.rpartition("@")
    return f"{name.partition('+')[0]}@{host.rstrip('.')}"


def _host(plugin: Any) -> str:
    schema = str(plugin.schema)
    secure = bool(getattr(plugin, "secure", schema.endswith("s")))
    port = getattr(plugin, "port", None) or _PORTS["https" if secure else "http"]
    port = _PORTS["http"] if port == _PORTS["https"] else port  # either door of one host
    return f"{str(getattr(plugin, 'host', '') or '').rstrip('.')}:{port}"
