"""As whom a call comes: our own service, an operator, or nobody yet."""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from time import monotonic

from starlette.requests import cookie_parser

from deployments.door.callers.counting import Slowing
from deployments.door.callers.neighbours import Address, owner_of
from deployments.door.refused import (
    NOBODY,
    OTHER_USER,
    PROXIED,
    SLOWED,
    WRONG_PASSWORD,
    Refused,
)

TOKEN_HEADER = "x-shifan-service"  # noqa: S105 - the header's name, not a token
TOKEN = "SHIFAN_DOOR_TOKEN"  # noqa: S105 - the variable that hands it to the door
COOKIE = "shifan_session"
PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
LIFE = timedelta(days=7)  # of a session: a leader opens a link a few times in a week
AHEAD = timedelta(minutes=5)  # a clock that was set back a little ends no session


class Sessions:
    """Make and check the signed cookies of one home and one password: a restart asks nobody again.

    A cookie says until when it holds, and is signed with a key of the home together with the password:
    a new password, or a new key, ends every session.
    """

    def __init__(self, key: bytes, password: str) -> None:
        """Sign with ``key`` and ``password``; neither can be had from a cookie."""
        self._key = hashlib.sha256(key + b"\0" + password.encode()).digest()

    def begin(self, now: datetime) -> str:
        """Return the value of a new cookie, which holds from ``now`` for a week."""
        said = f"{int((now + LIFE).timestamp())}.{secrets.token_urlsafe(12)}"
        return f"{said}.{self._signature(said)}"

    def holds(self, cookie: str, now: datetime) -> bool:
        """Say whether ``cookie`` was made here and has not run out."""
        said, _, signature = cookie.rpartition(".")
        # As bytes: compare_digest refuses text that is not ASCII.
        if not hmac.compare_digest(signature.encode(), self._signature(said).encode()):
            return False
        until = datetime.fromtimestamp(int(said.partition(".")[0]), UTC)
        return now < until <= now + LIFE + AHEAD

    def _signature(self, said: str) -> str:
        return hmac.new(self._key, said.encode(), hashlib.sha256).hexdigest()


class Doorkeeper:
    """Knows the token of our service and the password of the operators, and tells who calls.

    Without a password only processes of the user who started Shifan are let in (and root's, who
    reads every file anyway): the machine's other users reach the same loopback address.

    A source is the address that the connection comes from. Behind a reverse proxy that is the
    proxy's, for everybody: their wrong passwords are counted together, and so is what they wait.
    """

    def __init__(
        self,
        token: str,
        password: str | None,
        key: bytes,
        owner: Callable[[Address, Address], int | None] = owner_of,
    ) -> None:
        """Take the secrets; ``owner`` tells whose process holds the other end of a connection."""
        self._token, self._password, self._owner = token, password, owner
        self.sessions = Sessions(key, password or "")
        self.slowing = Slowing()
        self._users = _allowed_users()

    @property
    def has_password(self) -> bool:
        """Say whether operators must show a password."""
        return self._password is not None

    def is_service(self, headers: Mapping[str, str]) -> bool:
        """Say whether the call shows our service's token."""
        return bool(self._token) and same(headers.get(TOKEN_HEADER, ""), self._token)

    def let_in(
        self, headers: Mapping[str, str], client: Address, server: Address, now: datetime
    ) -> str:
        """Return what is known of the operator who calls, in words; raises Refused when it is none.

        Everybody has the same password, so no name is known: where from, and how, is.
        """
        if self._password is None:
            self._require_same_user(headers, client, server)
            return "这台电脑上启动示范的用户"
        if authorization := headers.get("authorization"):
            self.check_password(_password_in(authorization), client[0])
            return f"从 {client[0]} 用口令的调用"
        session = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        if not self.sessions.holds(session, now):
            raise Refused(NOBODY)
        return f"从 {client[0]} 登录的会话"

    def _require_same_user(
        self, headers: Mapping[str, str], client: Address, server: Address
    ) -> None:
        if any(name in headers for name in PROXY_HEADERS):
            raise Refused(PROXIED)
        if self._owner(client, server) not in self._users:
            raise Refused(OTHER_USER)

    def check_password(self, typed: str | None, source: str) -> None:
        """Return when ``typed`` is the password; wrong ones of a source are counted and slowed.

        While a source waits nothing is compared, so that it learns nothing.
        """
        if left := self.slowing.wait(source, monotonic()):
            raise Refused(SLOWED, f"还要等 {int(left) + 1} 秒")
        if typed is None or not same(typed, self._password or ""):
            self.slowing.wrong(source, monotonic())
            raise Refused(WRONG_PASSWORD)
        self.slowing.right(source)


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing about either."""
    return hmac.compare_digest(one.encode(errors="replace"), other.encode())


def _allowed_users() -> set[int]:
    """Return whose processes are our operator's: our own user, root, and who called sudo."""
    users = {0, os.getuid()}
    if os.getuid() == 0 and (caller := os.environ.get("SUDO_UID", "")).isdigit():
        users.add(int(caller))
    return users


def _password_in(authorization: str) -> str | None:
    """Return the password of a Basic header; None where there is none."""
    scheme, _, said = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        _, colon, password = base64.b64decode(said, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return password if colon else None
