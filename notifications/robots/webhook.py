"""The form all our robots behind a web address share: they word, sign, fit, send once and tell the truth."""

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar, Self
from urllib.parse import urlsplit

from models.errors import ChannelError
from models.rules.loopback import is_loopback
from notifications.channels.proxy import checked_proxy
from notifications.robots.address import Address
from notifications.robots.base import Robot
from notifications.robots.clocks import with_clock
from notifications.robots.transport import Call, Reply, Silence, exchange
from notifications.robots.verdict import Terms, judge
from notifications.saying.answer import Answer
from notifications.saying.message import Message

SECONDS = 4.0  # to connect, and to answer, where the address says neither (cto=, rto=)
_KEY = re.compile(r"[A-Za-z0-9_\-.]{4,200}")


class Webhook(Robot):
    """One robot in one group: ``scheme://KEY?base=https://host[:port]&secret=...&mobiles=...``.

    A subclass says where it posts, how it words a message and what the answers mean.
    """

    scheme: ClassVar[str]
    home: ClassVar[str] = ""  # the service's own host, used without base=
    native: ClassVar[re.Pattern[str] | None] = None  # its own page's address: base, then key
    terms: ClassVar[Terms] = Terms()
    limited: ClassVar[bool] = True  # a group robot takes 20 messages a minute

    def __init__(self, address: Address, to: str = "") -> None:
        self.to, self.key = to, self.key_of(address)
        self.signing = address.password or address.word("secret")
        self.mobiles, self.users = address.words("mobiles"), address.words("users")
        self.everyone = address.on("all")
        self.as_text = address.word("format").lower() == "text"
        self.proxy = checked_proxy(address.word("proxy"))
        self.verify = address.on("verify", by_itself=True)
        read = address.seconds("rto") or SECONDS
        connect = address.seconds("cto") or min(SECONDS, read)
        self.seconds = connect + read + 1.0
        # Makes one request on this robot's way and within its time.
        self.exchanged: Callable[[Call], Reply | Silence] = partial(
            exchange, connect=connect, read=read, verify=self.verify, proxy=self.proxy
        )
        base = address.word("base")
        self.base = self.place = checked_base(base) if base else self.home_of(self.key)
        self.check(address)
        self.secrets = (self.key, self.signing, self.proxy if "@" in self.proxy else "")
        self.calls = [*self.users, *(["all"] if self.everyone else [])]
        mentioned = len(self.mobiles) + len(self.users)
        told = "提醒所有人" if self.everyone else f"提醒 {mentioned} 人" if mentioned else ""
        self.privacy = "、".join(part for part in (urlsplit(self.base).netloc, told) if part)
        self.many = self.everyone or mentioned > 1  # whom it mentions says how many it speaks to
        self.ends = {f"robot {self.key.lower()}"}  # whatever host or parameters stand beside it
        self._is((self.scheme, self.base, self.key), *self.mobiles, *self.users, str(self.everyone))

    def _is(self, robot: tuple[str, ...], *to: str) -> None:
        """Say what the service knows as one ``robot``, and whom this target of it speaks ``to``."""
        self.door, self.identity = robot, (*robot, *to)
        self.limit = robot if self.limited else ()

    @classmethod
    def made(cls, address: Address) -> list[Self]:
        """Return the robots of an address, one for each recipient.

        Raises ChannelError, in Chinese and without the key, when a part is missing or malformed.
        """
        found = [cls(address, to) for to in cls.named(address) or [""]]
        for one in found:
            one.many |= len(found) > 1
        return found

    @classmethod
    def from_native(cls, url: str) -> str | None:
        """Return our URL for an address copied from the service's own page, or None."""
        found = cls.native.match(url) if cls.native else None
        return f"{cls.scheme}://{found[2]}?base={found[1]}" if found else None

    # What a subclass says.

    @classmethod
    def named(cls, address: Address) -> list[str]:
        """Return whom the address names, where each is a target of its own."""
        return []

    def key_of(self, address: Address) -> str:
        """Return by what the service knows this robot."""
        return address.host.strip()

    def check(self, address: Address) -> None:
        """Raise ChannelError when a part is missing or malformed."""
        if not _KEY.fullmatch(self.key):
            raise ChannelError("密钥缺失或含有不应有的字符，请从机器人设置里重新复制")

    def home_of(self, key: str) -> str:
        """Return the service's own address for ``key``."""
        return self.home

    def call(self, message: Message) -> Call | Answer:
        """Return the request that says ``message``, or the answer when there can be none."""
        raise NotImplementedError

    # What all have.

    def send(self, message: Message) -> Answer:
        """Send ``message`` once and return what the provider's reply means."""
        call = self.call(message)
        return call if isinstance(call, Answer) else self.verdict(self.exchanged(call))

    def verdict(self, outcome: Reply | Silence) -> Answer:
        """Return what the provider's reply means."""
        answer = judge(outcome, self.terms)
        signed = self.signing and isinstance(outcome, Reply)
        return with_clock(answer, outcome.ahead) if signed else answer  # type: ignore[union-attr]


def json_call(url: str, payload: Mapping[str, object]) -> Call:
    """Return a POST of ``payload``."""
    return Call(url, json_bytes(payload), {"Content-Type": "application/json; charset=utf-8"})


def json_bytes(payload: Mapping[str, object]) -> bytes:
    """Return ``payload`` as it goes out, Chinese written as it is: escapes would double its bytes."""
    return json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")


def checked_base(base: str) -> str:
    """Return ``base`` without a slash at its end.

    Raises ChannelError unless it is https, or http to this machine: the key must not travel in clear.
    """
    try:
        parts = urlsplit(base)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.scheme not in {"http", "https"} or parts.username or parts.query:
        raise ChannelError("base 应写成 https://主机[:端口]")
    if parts.scheme == "http" and not is_loopback(host):
        raise ChannelError("base 必须是 https:// 开头（只有本机测试可以用 http://）")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
