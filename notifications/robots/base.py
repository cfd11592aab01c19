"""The form of everything that brings a message to one recipient: ours by provider, mail, and the rest."""

import socket
import ssl
from abc import ABC, abstractmethod
from contextlib import suppress
from urllib.parse import urlsplit

from notifications.channels.proxy import proxy_for
from notifications.robots.transport import NO_TLS, Forbidden, reach, trusted
from notifications.saying import masks
from notifications.saying.answer import Answer, Target, refused
from notifications.saying.message import Message
from notifications.saying.scrub import scrubber

LONGEST_SEND = 90.0  # seconds; a claim on a message holds for two minutes
KNOCK_SECONDS = 4.0  # for each step of a look without a message
LOGGED_IN = "能登录"
CONNECTED = "能连上，密钥是否有效要发消息才知道"
# The first that fits is told.
_WHY: tuple[tuple[type[OSError], str], ...] = (
    (socket.gaierror, "找不到这个地址"),
    (ConnectionRefusedError, "对方没有开这个端口"),
    (TimeoutError, "对方没有回应"),
)


class Lane:
    """A narrow way that several targets share: so many at once."""

    def __init__(self, width: int) -> None:
        self.width = width

    def close(self) -> None:
        """Let go of what was kept open for the next message."""


WIDE = Lane(24)  # of all that share nothing


class Robot(ABC):
    """One recipient on one channel: says who it is without a secret, sends once, tells the truth."""

    kind: str  # in Chinese, as an operator knows it
    identity: tuple[str, ...]  # what makes this target another one
    privacy: str  # where it is, for people to read
    secrets: tuple[str, ...]  # what must never be shown
    ends: set[str]  # a name for each person or group it reaches, the same for the same one
    seconds: float  # how long a send may take in all
    place: str = ""  # the URL of the host to knock at
    proxy: str = ""  # the channel's own word on its way out
    verify: bool = True
    limit: tuple[str, ...] = ()  # what the service counts its limit by
    many: bool = False  # read by more than one person by its own settings
    personal: bool = (
        False  # brings to one person, by what it is; a group's robot to whoever is in the group
    )
    lane: Lane = WIDE
    door: tuple[str, ...]  # what is knocked at once for all who share it

    @abstractmethod
    def send(self, message: Message) -> Answer:
        """Send once; what comes back may still hold secrets, and what goes wrong may be raised."""

    def knock(self) -> Answer | None:
        """Return how far we came at the provider without a message; None without a door to knock at.

        The text is `LOGGED_IN`, `CONNECTED`, or what went wrong. Behind a proxy it is the proxy's:
        more cannot be seen from here.
        """
        parts, port = urlsplit(self.place), None
        host, encrypted = parts.hostname or "", parts.scheme == "https"
        with suppress(ValueError):
            port = parts.port
        if not host:
            return None
        if via := proxy_for(host, self.proxy):
            host, port, encrypted = via.hostname or "", via.port or 80, False
        port = port or (443 if encrypted else 80)
        try:
            with reach((host, port), KNOCK_SECONDS) as connection:
                if encrypted:
                    trusted(self.verify).wrap_socket(connection, server_hostname=host).close()
                return Answer(True, "0", CONNECTED)
        except OSError as error:
            return not_reached(error)

    def deliver(self, message: Message) -> Answer:
        """Send once and return the provider's answer without any secret; never raises."""
        try:
            return self.send(message).told(scrubber(self.secrets))
        except Exception as error:
            return Answer(False, "failed", f"发送时出错（{type(error).__name__}）", uncertain=True)

    def look(self) -> Answer | None:
        """Return the answer of `knock` without any secret; never raises."""
        try:
            found = self.knock()
            return found and found.told(scrubber(self.secrets))
        except Exception as error:
            return refused("failed", f"检查时出错（{type(error).__name__}）")

    @property
    def mark(self) -> str:
        """Return what tells this recipient from the others in this process, quick and secret to others."""
        return masks.mark(*self.identity)

    @property
    def id(self) -> str:
        """Return the number of this recipient, slow to make out: for whoever guesses, and for us."""
        return masks.fingerprint(*self.identity)

    @property
    def bucket(self) -> str:
        """Return what the service counts its limit by, as slow; "" where there is none."""
        return masks.fingerprint(*self.limit) if self.limit else ""

    def target(self) -> Target:
        """Return this recipient as everything outside the channels knows it."""
        return Target(self.id, self.kind, self.privacy)


def not_reached(error: OSError) -> Answer:
    """Return the answer for a host that no connection came about with."""
    if isinstance(error, Forbidden):
        return refused("forbidden", str(error))
    if isinstance(error, ssl.SSLError):
        return refused("tls", NO_TLS)
    why = next((words for kind, words in _WHY if isinstance(error, kind)), "网络不通")
    return refused("no-connection", f"连不上对方的服务器（{why}）")
