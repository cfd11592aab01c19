"""Whose word counts of who called: the office's own proxy's, in the one place that it wrote itself."""

import asyncio

import pytest

from deployments.door.callers.gateway import seen_from
from models.rules.evidence.links import networks_in

PROXY, CALLER = "127.0.0.1", "10.7.0.9"


def seen(client, *headers, gateways=PROXY):
    """Return the address that is seen behind the proxy of ``gateways``."""
    came = []

    async def behind(scope, _receive, _send):
        came.append(scope["client"][0])

    said = [(b"x-forwarded-for", one.encode()) for one in headers]
    scope = {"type": "http", "client": (client, 5000), "headers": said}
    asyncio.run(seen_from(behind, networks_in(gateways))(scope, None, None))
    return came[0]


@pytest.mark.parametrize(
    ("client", "headers", "address"),
    [
        (PROXY, [CALLER], CALLER),
        ("::ffff:127.0.0.1", [CALLER], CALLER),
        (PROXY, [f"1.2.3.4, {CALLER}"], CALLER),  # the first was sent along by the caller
        (PROXY, ["1.2.3.4", CALLER], CALLER),
        (PROXY, ["2001:DB8::1"], "2001:db8::1"),
        (PROXY, [], PROXY),
        (PROXY, [""], PROXY),
        (PROXY, ["unknown"], PROXY),
        (PROXY, [f"{CALLER}, "], PROXY),
        (PROXY, ["来自"], PROXY),
        ("10.7.0.8", [CALLER], "10.7.0.8"),  # no proxy of ours
        ("127.0.0.2", [CALLER], "127.0.0.2"),
    ],
)
def test_the_last_word_of_our_own_proxy_says_who_called(client, headers, address):
    assert seen(client, *headers) == address


def test_without_a_proxy_of_ours_nobody_says_who_called():
    assert seen(PROXY, CALLER, gateways="") == PROXY


def test_a_whole_network_may_be_the_proxy():
    assert seen("10.9.1.1", CALLER, gateways="10.9.0.0/16") == CALLER
