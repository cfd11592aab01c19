"""The form all our robots share: an Apprise plugin that signs, fits, sends once and tells the truth."""

import json
import re
from typing import Any, ClassVar
from urllib.parse import quote, urlencode, urlsplit

from apprise import NotifyFormat, NotifyType
from apprise.plugins.base import NotifyBase

from models.rules.loopback import is_loopback
from notifications.channels.proxy import checked_proxy
from notifications.robots.clocks import with_clock
from notifications.robots.transport import Call, Reply, exchange
from notifications.robots.verdict import Terms, judge
from notifications.saying.answer import Answer
from notifications.saying.message import Message
from notifications.saying.scrub import scrubber

SECONDS = 4.0  # to connect, and to answer, where the URL says neither (cto=, rto=)
_BETWEEN = re.compile("[,;\uff0c\uff1b\u3001\\s]+")
_KEY = re.compile(r"[A-Za-z0-9_\-.]{4,200}")


class Robot(NotifyBase):
    """One robot in one group: ``scheme://KEY?base=https://host[:port]&secret=...&mobiles=...``.

    A subclass says where it posts, how it words a message and what the answers mean. ``deliver``
    never raises, never tries twice and never shows the key.
    """

    kind: ClassVar[str]  # in Chinese, as an operator knows it
    home: ClassVar[str]  # the service's own host, used without base=
    terms: ClassVar[Terms]
    limited = True  # a group robot takes 20 messages a minute
    service_name: Any
    secure_protocol: Any

    request_rate_per_sec = 0
    notify_format = NotifyFormat.MARKDOWN
    title_maxlen = 250
    body_maxlen = 1_000_000  # measured in bytes by ourselves
    templates: Any = ("{schema}://{key}",)
    template_tokens: Any = {
        "key": {"name": "Key", "type": "string", "private": True, "required": True}
    }
    template_args: Any = dict(
        NotifyBase.template_args,
        base={"name": "Base", "type": "string", "map_to": "base"},
        secret={"name": "Secret", "type": "string", "private": True, "map_to": "secret"},
        mobiles={"name": "Mobiles", "type": "string", "map_to": "mobiles"},
        users={"name": "Users", "type": "string", "map_to": "users"},
        all={"name": "All", "type": "string", "map_to": "all"},
        proxy={"name": "Proxy", "type": "string", "private": True, "map_to": "proxy"},
    )

    def __init__(
        self,
        key: str = "",
        base: str = "",
        secret: str = "",
        mobiles: Any = "",
        users: Any = "",
        all: Any = "",
        proxy: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.key = str(key or "").strip()
        self.signing = str(secret or "").strip()
        self.mobiles = listed(mobiles)
        self.users = listed(users)
        self.everyone = str(all).strip().lower() in {"yes", "true", "1", "on", "是"}
        self.proxy = checked_proxy(str(proxy or ""))
        self.base = checked_base(base) if base else self.home_of(self.key)
        self.check()

    # What a subclass says.

    def check(self) -> None:
        """Raise TypeError, in Chinese and without the key, when a part is missing or malformed."""
        if not _KEY.fullmatch(self.key):
            raise TypeError("密钥缺失或含有不应有的字符，请从机器人设置里重新复制")

    def home_of(self, key: str) -> str:
        """Return the service's own address for ``key``."""
        return self.home

    def call(self, message: Message) -> Call | Answer:
        """Return the request that says ``message``, or the answer when there can be none."""
        raise NotImplementedError

    @classmethod
    def from_native(cls, url: str) -> str | None:
        """Return our URL for an address copied from the service's own page, or None."""
        return None

    # What all have.

    def deliver(self, message: Message) -> Answer:
        """Send ``message`` once and return the provider's answer, without any secret."""
        try:
            call = self.call(message)
            clean = scrubber(self.secrets)
            if isinstance(call, Answer):
                return call.told(clean)
            outcome = exchange(
                call,
                connect=self.socket_connect_timeout,
                read=self.socket_read_timeout,
                verify=self.verify_certificate,
                proxy=self.proxy,
            )
            return self.verdict(outcome).told(clean)
        except Exception as error:
            return Answer(False, "failed", f"发送时出错（{type(error).__name__}）", uncertain=True)

    def verdict(self, outcome: Any) -> Answer:
        """Return what the provider's reply means."""
        answer = judge(outcome, self.terms)
        signed = self.signing and isinstance(outcome, Reply)
        return with_clock(answer, outcome.ahead) if signed else answer

    def send(
        self, body: str, title: str = "", notify_type: NotifyType = NotifyType.INFO, **kwargs: Any
    ) -> bool:
        """Send for Apprise itself: true only when the provider took the message."""
        return self.deliver(Message(title, body)).delivered

    @property
    def secrets(self) -> list[str]:
        """Return what must never be shown."""
        return [self.key, self.signing, self.proxy if "@" in self.proxy else ""]

    @property
    def identity(self) -> tuple[str, ...]:
        """Return what makes this target another one: the robot, and whom it mentions."""
        return (*self.robot, *self.mobiles, *self.users, str(self.everyone))

    @property
    def robot(self) -> tuple[str, ...]:
        """Return what the service counts its limit by."""
        return (str(self.secure_protocol), self.base, self.key)

    @property
    def privacy(self) -> str:
        """Return where this robot is, for people to read; nothing of the key."""
        mentioned = len(self.mobiles) + len(self.users)
        told = "提醒所有人" if self.everyone else f"提醒 {mentioned} 人" if mentioned else ""
        return "、".join(part for part in (urlsplit(self.base).netloc, told) if part)

    @property
    def url_identifier(self) -> tuple[str, ...]:  # type: ignore[override]
        return self.robot

    def url(self, privacy: bool = False, *args: Any, **kwargs: Any) -> str:
        """Return the URL; with ``privacy`` neither key, secret nor numbers are in it."""
        hidden = {"secret": self.signing, "mobiles": ",".join(self.mobiles)}
        hidden |= {"proxy": self.proxy}
        params = {"base": self.base, "users": ",".join(self.users)}
        params |= {name: "****" if privacy else value for name, value in hidden.items()}
        params |= {"all": "yes" if self.everyone else ""}
        params = {name: value for name, value in params.items() if value}
        params |= self.url_parameters(*args, privacy=privacy, **kwargs)
        key = "****" if privacy else quote(self.key, safe="")
        return f"{self.secure_protocol}://{key}/?{urlencode(params)}"

    @classmethod
    def parse_url(cls, url: str) -> dict[str, Any] | None:  # type: ignore[override]
        """Return the arguments a URL of ours holds."""
        results = NotifyBase.parse_url(url, verify_host=False)
        if not results:
            return None
        results["key"] = NotifyBase.unquote(results["host"])
        names = ("base", "secret", "mobiles", "users", "all", "proxy")
        results |= {name: results["qsd"][name] for name in names if name in results["qsd"]}
        return dict(results)


def json_call(url: str, payload: dict[str, Any]) -> Call:
    """Return a POST of ``payload``, Chinese written as it is: escapes would double its bytes."""
    return Call(url, encoded(payload), {"Content-Type": "application/json; charset=utf-8"})


def encoded(payload: dict[str, Any]) -> bytes:
    """Return ``payload`` as it goes over the wire."""
    return json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")


def listed(value: Any) -> list[str]:
    """Return the parts of ``a,b;c`` or of a YAML list, in their order."""
    parts = value if isinstance(value, list | tuple | set) else _BETWEEN.split(str(value or ""))
    return [str(part).strip() for part in parts if str(part).strip()]


def checked_base(base: str) -> str:
    """Return ``base`` without a slash at its end.

    Raises TypeError unless it is https, or http to this machine: the key must not travel in clear.
    """
    try:
        parts = urlsplit(str(base).strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or parts.username or parts.query:
        raise TypeError("base 应写成 https://主机[:端口]")
    if parts.scheme == "http" and not is_loopback(host):
        raise TypeError("base 必须是 https:// 开头（只有本机测试可以用 http://）")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
