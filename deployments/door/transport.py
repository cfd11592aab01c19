"""The plumbing of ASGI: read a body within bounds, hand it on, and change how an answer leaves."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import Response

from deployments.door.headers import is_page, leaving, of_length, with_script
from deployments.door.refused import TOO_LARGE, Refused

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

API = "/api"
BAD = 400  # the first status that says no
REFUSED_SOCKET = 1008  # "policy violation"; before the socket is open it leaves as HTTP 403


async def read(receive: Receive, most: int) -> bytes:
    """Return the body of a call; raises Refused as soon as it is longer than ``most`` bytes."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":  # who called has gone
            return b"".join(parts)
        part = message.get("body", b"")
        length += len(part)
        if length > most:
            raise Refused(TOO_LARGE)
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def replay(body: bytes, receive: Receive) -> Receive:
    """Return what hands ``body`` on as if it had just come, and then what else there is to hear."""
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def with_body(scope: Scope, body: bytes) -> Scope:
    """Return ``scope`` with headers that fit a JSON ``body``."""
    about = (b"content-length", b"content-type", b"transfer-encoding")
    kept = [header for header in scope["headers"] if header[0] not in about]
    said = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    return {**scope, "headers": [*kept, *said]}


def without(scope: Scope, *names: bytes) -> Scope:
    """Return ``scope`` without the headers ``names``."""
    return {**scope, "headers": [header for header in scope["headers"] if header[0] not in names]}


def method_of(scope: Scope) -> str:
    """Return the method of a call; a WebSocket has none of HTTP's."""
    return "WEBSOCKET" if scope["type"] == "websocket" else str(scope["method"])


def query_of(scope: Scope) -> str:
    """Return what stands behind the question mark, as it was sent."""
    return str(scope.get("query_string", b"").decode("latin-1"))


def address_of(scope: Scope, end: str) -> tuple[str, int]:
    """Return address and port of the ``end`` (client or server) of a connection; empty and 0 unknown."""
    host, port = scope.get(end) or ("", 0)
    return str(host), int(port or 0)


def is_call(scope: Scope) -> bool:
    """Say whether Prefect's interface is called, and not a page or file of its UI asked for."""
    return (
        scope["type"] == "websocket" or scope["path"] == API or scope["path"].startswith(API + "/")
    )


def base_of(scope: Scope) -> str:
    """Return the path that the call came under, empty at the root."""
    return str(scope.get("root_path") or "")


class Answered:
    """A `send` that remembers how a call was answered."""

    def __init__(self, send: Send) -> None:
        """Hand everything on to ``send``."""
        self._send, self.begun, self.well = send, False, False

    async def __call__(self, message: Message) -> None:
        """Hand on one message of an answer."""
        if message["type"] == "http.response.start":
            self.begun, self.well = True, message["status"] < BAD
        await self._send(message)


def as_it_leaves(send: Send, scope: Scope) -> Send:
    """Return a `send` that adds our headers to an answer, and our script to a page of the UI."""
    start: Message | None = None  # of a page, held back until its length is known
    parts: list[bytes] = []

    async def hand_on(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            message = {**message, "headers": leaving(message.get("headers", ()))}
            if is_page(message["headers"]):
                start = message
                return
        elif message["type"] == "http.response.body" and start is not None:
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            page = with_script(b"".join(parts), base_of(scope))
            await send({**start, "headers": of_length(start["headers"], len(page))})
            message = {"type": "http.response.body", "body": page}
        await send(message)

    return hand_on


def with_stay(send: Send, stay: Response | None) -> Send:
    """Return a `send` that adds the cookies of ``stay`` to an answer."""
    if stay is None:
        return send
    cookies = [header for header in stay.raw_headers if header[0] == b"set-cookie"]

    async def hand_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *cookies]}
        await send(message)

    return hand_on


async def answer_with(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a call with ``answer``; a WebSocket is not opened."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": REFUSED_SOCKET})
        return
    await answer(scope, receive, as_it_leaves(send, scope))
