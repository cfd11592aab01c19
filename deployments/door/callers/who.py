"""As whom a call comes: our own service, an account of the office, or nobody yet."""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from deployments.door.callers.neighbours import Address, owner_of
from deployments.door.refused import (
    BUSY,
    NOBODY,
    ONLY_READS,
    OTHER_USER,
    PROXIED,
    WRONG_PASSWORD,
    Refused,
)
from deployments.window.cookies import stay_in
from models.errors import CampaignError
from models.rules.window.sight import Right
from tasks.window.links import Refusal
from tasks.window.visitors import ACCOUNT, Visitor

TOKEN_HEADER = "x-shifan-service"  # noqa: S105 - the header's name, not a token
TOKEN = "SHIFAN_DOOR_TOKEN"  # noqa: S105 - the variable that hands it to the door
ASKS = "SHIFAN_DOOR_ASKS"  # the variable that says that whoever comes needs an account
PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
KNOWN_FOR = timedelta(minutes=5)  # a password that was right is not hashed again at every call
MOST_KNOWN = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, in words for the record; ``visitor`` is the account where one is known."""

    words: str
    visitor: Visitor | None = None


@dataclass(frozen=True, slots=True)
class Entrances:
    """What the doorkeeper asks the tables: whose stay a cookie is, and whether a password is right."""

    holder: Callable[[str, datetime], Visitor | None]
    by_password: Callable[[str, str, str, datetime], Visitor | Refusal]


class Doorkeeper:
    """Knows the token of our service, and tells who calls.

    Where nobody needs an account (``asks`` is false) only processes of the user who started Shifan are
    let in (and root's, who reads every file anyway): the machine's other users reach the same loopback
    address. With an account its name is known all the same.

    A source is the address that the connection comes from. Behind a reverse proxy that is the
    proxy's, for everybody: their wrong passwords are counted together, and so is what they wait; unless
    the office says which proxy is its own (`callers.gateway`).
    """

    def __init__(
        self,
        token: str,
        entrances: Entrances,
        *,
        asks: bool,
        owner: Callable[[Address, Address], int | None] = owner_of,
    ) -> None:
        """Take the secrets; ``owner`` tells whose process holds the other end of a connection."""
        self._token, self._entrances, self.asks, self._owner = token, entrances, asks, owner
        self._users = _allowed_users()
        self._known: dict[bytes, tuple[datetime, Visitor]] = {}

    def is_service(self, headers: Mapping[str, str]) -> bool:
        """Say whether the call shows our service's token."""
        return bool(self._token) and same(headers.get(TOKEN_HEADER, ""), self._token)

    def require_neighbour(
        self, headers: Mapping[str, str], client: Address, server: Address
    ) -> None:
        """Raise Refused where nobody needs an account and another user of the machine calls."""
        if self.asks:
            return
        if any(name in headers for name in PROXY_HEADERS):
            raise Refused(PROXIED)
        if self._owner(client, server) not in self._users:
            raise Refused(OTHER_USER)

    def let_in(self, headers: Mapping[str, str], client: Address, now: datetime) -> Caller:
        """Return the operator who calls; raises Refused when it is none. Asks the tables: may wait.

        Prefect's UI is the office's: a post's link lets nobody in there.
        """
        if authorization := headers.get("authorization"):
            try:
                found = self._by_password(authorization, client[0], now)
            except CampaignError as error:
                raise Refused(BUSY, str(error)) from None
            return Caller(f"账号 {found.name}（{client[0]}，用口令的调用）", found)
        try:
            visitor = self._entrances.holder(stay_in(headers), now)
        except (
            CampaignError
        ) as error:  # tables that are torn keep no neighbour from what is Prefect's
            if self.asks:
                raise Refused(BUSY, str(error)) from None
            visitor = None
        if visitor and visitor.kind == ACCOUNT:
            return Caller(f"账号 {visitor.name}（{client[0]}）", visitor)
        if self.asks:
            raise Refused(NOBODY)
        return Caller("这台电脑上启动示范的用户")

    def _by_password(self, authorization: str, source: str, now: datetime) -> Visitor:
        digest = hashlib.sha256(authorization.encode(errors="replace")).digest()
        if known := self._known.get(digest):
            at, visitor = known
            # Whoever was locked or has another password meanwhile is asked again.
            if now - at < KNOWN_FOR and self._entrances.holder(visitor.pass_on(now), now):
                return visitor
        name, password = _told_in(authorization)
        found = self._entrances.by_password(name, password, source, now)
        if isinstance(found, Refusal):
            raise Refused(WRONG_PASSWORD, found.line)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[digest] = (now, found)
        return found


def require_change(caller: Caller) -> None:
    """Raise Refused where whoever calls may only look."""
    if caller.visitor and Right.OFFICE not in caller.visitor.rights:
        raise Refused(ONLY_READS)


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing about either."""
    return hmac.compare_digest(one.encode(errors="replace"), other.encode())


def _allowed_users() -> set[int]:
    """Return whose processes are our operator's: our own user, root, and who called sudo."""
    users = {0, os.getuid()}
    if os.getuid() == 0 and (caller := os.environ.get("SUDO_UID", "")).isdigit():
        users.add(int(caller))
    return users


def _told_in(authorization: str) -> tuple[str, str]:
    """Return the name and password of a Basic header; empty where there are none, or no name can be so."""
    scheme, _, said = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(said, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return (name, password) if name.isprintable() else ("", "")  # no account is called otherwise
