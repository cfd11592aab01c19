"""A channel that only Apprise speaks: who it reaches, what it hides, and whether it really took a message."""

import copy
import re
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

from apprise import Apprise, NotifyFormat, NotifyType
from apprise.conversion import convert_between

from notifications.apprise_own.log import quiet_logs
from notifications.apprise_own.replies import replies, verdict
from notifications.robots.base import Robot
from notifications.robots.transport import Forbidden, addresses_of
from notifications.saying import masks
from notifications.saying.answer import Answer, refused
from notifications.saying.message import Message
from notifications.saying.wording import cut_subject, markdown_body, plain_body

HOSTED = {"json", "jsons", "xml", "xmls", "form", "forms"}  # reach a host, not a person
KINDS = {**dict.fromkeys(HOSTED, "网络接口"), "wechat": "企业微信应用", "syslog": "系统日志"}
# Attributes in which plugins keep recipients; each recipient becomes a target of its own.
RECIPIENTS = ("targets", "users", "departments", "tag_ids")
_PARTS = re.compile(r"[^:/?&=@#,;]+")
# Values of a URL that are settings, not secrets.
_PLAIN = {
    "markdown", "text", "html", "upstream", "truncate", "split", "yes", "no", "true", "false",
    "ssl", "starttls", "insecure", "get", "post", "put", "patch", "delete", "head",
}  # fmt: skip


class Foreign(Robot):
    """One recipient of one of Apprise's plugins; ``plugin`` neither waits nor tries twice."""

    def __init__(self, plugin: Any, *, among_others: bool) -> None:
        self._plugin = plugin
        schema, named = str(plugin.schema), recipients(plugin)
        address = _address(plugin)
        self.kind = KINDS.get(schema, str(plugin.service_name or schema))
        self.identity = self.door = (schema, address, *named)
        self.privacy = "、".join(map(masks.word, named))
        self.secrets = secrets(plugin, address, named)
        place = f"{_host(plugin)} {str(getattr(plugin, 'fullpath', '') or '/').rstrip('/')}"
        self.ends = {f"other {place} {name}".strip().lower() for name in named or [""]}
        self.many = among_others or len(self.ends) > 1
        self.seconds = float(sum(plugin.request_timeout)) + 1.0
        self.verify = bool(plugin.verify_certificate)
        if schema in HOSTED:
            self.privacy = str(plugin.host or "")
            port = f":{plugin.port}" if plugin.port else ""
            self.place = f"{'https' if plugin.secure else 'http'}://{self.privacy}{port}"

    def send(self, message: Message) -> Answer:
        """Send through the plugin alone; Apprise's yes counts only where no reply speaks against it."""
        if self.place and (fault := _forbidden(self.place)):
            return refused("forbidden", fault)
        with quiet_logs(), replies() as came:
            yes = _taken(self._plugin, message)
        return verdict(yes, came[-1] if came else None)


def _forbidden(place: str) -> str:
    """Return why a host that the office wrote is not asked; a name that nobody knows is Apprise's to tell."""
    with suppress(OSError, ValueError):
        parts = urlsplit(place)
        try:
            addresses_of(parts.hostname or "", parts.port or 80)
        except Forbidden as error:
            return str(error)
    return ""


def foreigners(plugin: Any) -> list[Robot]:
    """Return one robot per recipient, so that one that fails never hides or repeats another."""
    held = [name for name in RECIPIENTS if isinstance(getattr(plugin, name, None), list)]
    named = [(name, recipient) for name in held for recipient in getattr(plugin, name)]
    if len(named) < 2:
        return [Foreign(plugin, among_others=False)]
    robots: list[Robot] = []
    for name, recipient in named:
        one = copy.copy(plugin)
        for other in held:
            setattr(one, other, [recipient] if other == name else [])
        robots.append(Foreign(one, among_others=True))
    return robots


def recipients(plugin: Any) -> list[str]:
    """Return whom ``plugin`` reaches: addresses, user ids; empty when it names nobody."""
    held = [getattr(plugin, name, None) for name in RECIPIENTS]
    found = [item for some in held if isinstance(some, list | tuple | set) for item in some]
    return [str(item[-1] if isinstance(item, tuple | list) else item) for item in found]


def secrets(plugin: Any, address: str, known: list[str]) -> tuple[str, ...]:
    """Return every part of the plugin's ``address`` that is neither in ``known`` nor a setting."""
    harmless = {str(plugin.schema), str(plugin.host), *known}
    parts = {unquote(part) for part in _PARTS.findall(address)}
    keys = {match[1] for match in re.finditer(r"[?&]([^=&]+)=", address)}
    found = {
        part
        for part in parts - keys - harmless
        if part.lower() not in _PLAIN and not re.fullmatch(r"[\d.]{0,5}", part)
    }
    return (*found, *([str(plugin.password)] if plugin.password else []))


def wants(plugin: Any) -> NotifyFormat:
    """Return the form a plugin prefers; version 2 names several, that one first."""
    wanted = plugin.notify_format
    return wanted[0] if isinstance(wanted, tuple | list) else wanted


def html(markdown: str) -> str:
    """Return our Markdown as the inside of a page, by the foreign library's own reader of it."""
    return str(convert_between(NotifyFormat.MARKDOWN, NotifyFormat.HTML, markdown))


def _taken(plugin: Any, message: Message) -> bool:
    """Return whether Apprise says the message was taken (True, or a result of its version 2)."""
    alone = Apprise(asset=plugin.asset)
    alone.add(plugin)
    room = plugin.body_maxlen - len(message.subject.encode()) - 8
    plain = wants(plugin) == NotifyFormat.TEXT
    return bool(
        alone.notify(
            title=cut_subject(message.subject),
            body=plain_body(message, room) if plain else markdown_body(message),
            body_format=NotifyFormat.TEXT if plain else NotifyFormat.MARKDOWN,
            notify_type=NotifyType.INFO,
        )
    )


def _address(plugin: Any) -> str:
    with suppress(Exception):
        return str(plugin.url(privacy=False))
    return ""


def _host(plugin: Any) -> str:
    port = 80 if plugin.port in (None, 0, 443) else plugin.port  # either door of one host
    return f"{str(plugin.host or '').rstrip('.')}:{port}"
