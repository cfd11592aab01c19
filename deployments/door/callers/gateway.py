"""Who called at the office's own reverse proxy: its word counts, and nobody else's."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network

from starlette.datastructures import Headers

from deployments.door.transport import App, Receive, Scope, Send, address_of
from models.rules.loopback import plain_address

TOLD_IN = "x-forwarded-for"
Networks = Sequence[IPv4Network | IPv6Network]


def seen_from(app: App, gateways: Networks) -> App:
    """Return ``app``, to which whoever comes through one of ``gateways`` has an address of their own.

    It is the last that the proxy's header names: the proxy wrote that itself, what stands before it the
    caller may have written. From anywhere else the header counts for nothing.
    """

    async def seen(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and (caller := caller_of(scope, gateways)):
            scope = {**scope, "client": (caller, 0)}
        await app(scope, receive, send)

    return seen if gateways else app


def caller_of(scope: Scope, gateways: Networks) -> str:
    """Return the address for which a gateway speaks; empty where none calls, or what it says is none."""
    if not _is_within(address_of(scope, "client")[0], gateways):
        return ""
    said = ",".join(Headers(scope=scope).getlist(TOLD_IN))
    try:
        return str(plain_address(said.rpartition(",")[2].strip()))
    except ValueError:
        return ""


def _is_within(address: str, gateways: Networks) -> bool:
    try:
        found = plain_address(address)
    except ValueError:
        return False
    return any(found in one for one in gateways)
