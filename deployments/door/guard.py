"""The guard in front of Prefect's application: asks of every call where it comes from, who, and what."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response

from deployments.door import pages
from deployments.door.callers import origins
from deployments.door.callers.who import Caller, Doorkeeper, require_change
from deployments.door.calls.shapes import JsonObject, Shape
from deployments.door.calls.table import CHANGES, CLOSED_PAGES, NOBODYS, OPEN, Call, call_of
from deployments.door.patience import Turns, patiently
from deployments.door.refused import (
    BUSY,
    NOBODY,
    NOT_OFFERED,
    NOT_SO,
    OTHER_PAGE,
    UNKNOWN_HOST,
    UNSURE,
    WRONG_BODY,
    Refused,
)
from deployments.door.transport import (
    API,
    Answered,
    App,
    Receive,
    Scope,
    Send,
    address_of,
    answer_with,
    as_it_leaves,
    base_of,
    is_call,
    method_of,
    query_of,
    read,
    replay,
    with_body,
    with_stay,
    without,
)
from deployments.window.cookies import CookieJar
from deployments.window.ways import is_ours, noted_path

LARGEST_BODY = 1_000_000  # bytes; the longest search of either UI has a few thousand


@dataclass(frozen=True, slots=True)
class Hands:
    """What others do for the guard, who knows calls and nothing of what they are about."""

    # What only we know of a body, by the table's path: given the call's own path, the caller's address
    # and the body of the right shape, returns what Prefect gets.
    fillings: Mapping[str, Callable[[str, str, JsonObject], Awaitable[JsonObject]]]
    # What is kept of a call that Prefect has done, by the table's path: given its own path, and what is
    # known of who called.
    keepings: Mapping[str, Callable[[str, str], Awaitable[None]]]
    # Keeps a refusal, with source, method and path.
    note: Callable[[Refused, str, str, str], Awaitable[None]]
    now: Callable[[], datetime]
    # Where a page that is asked for by path and query stands with more filled in.
    fuller: Callable[[str, str], Awaitable[str | None]]


class Guard:
    """An ASGI application in front of Prefect's.

    Of every call that does not show our service's token it asks in this order: is the host ours, is
    the page ours, who calls, is the call in the table, is its body of the right shape. The first no
    ends it with one Chinese line, and ``note`` is told. Nothing reaches Prefect before all said yes,
    and what reaches it is the body as it was checked, written anew.
    """

    def __init__(
        self, app: App, window: App, keeper: Doorkeeper, public_url: str, hands: Hands
    ) -> None:
        """Stand before ``app`` and ``window``, which the office calls ``public_url``."""
        self._app, self._window, self._keeper = app, window, keeper
        self._public_url, self._hands = public_url, hands
        self._turns, self._names = Turns(), origins.names_in(public_url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or let it through."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        try:
            await self._ask(scope, receive, send)
        except Refused as refused:
            await answer_with(await self._answer_to(refused, scope), scope, receive, send)

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if scope["path"].removeprefix(API).startswith(NOBODYS):
            raise Refused(NOT_OFFERED)
        if self._keeper.is_service(headers):
            await self._app(scope, receive, send)
            return
        self._require_own_page(scope, headers)
        if own := self._own_page(scope):
            await answer_with(own, scope, receive, send)
            return
        client, server = address_of(scope, "client"), address_of(scope, "server")
        if _is_open(scope):
            who = Caller("")
        else:
            self._keeper.require_neighbour(headers, client, server)
            if _is_of_the_window(scope):
                await self._window(scope, receive, send)
                return
            now = self._hands.now()
            who = await asyncio.to_thread(self._keeper.let_in, headers, client, now)
        if is_call(scope):
            await self._let_through(scope, who, receive, as_it_leaves(send, scope))
        else:
            leaving = with_stay(as_it_leaves(send, scope), self._stay_of(scope, headers, who))
            await self._show(scope, headers, receive, leaving)

    def _stay_of(self, scope: Scope, headers: Headers, who: Caller) -> Response | None:
        """Return an answer whose cookies go on with the caller's stay; None where there is none to."""
        if who.visitor is None or headers.get("authorization"):
            return None
        secure = origins.is_over_tls(headers, self._public_url)
        answer, now = Response(), self._hands.now()
        jar = CookieJar.of(headers, base_of(scope), secure=secure)
        jar.keep_stay(answer, who.visitor.pass_on(now))
        return answer

    def _require_own_page(self, scope: Scope, headers: Headers) -> None:
        """Raise Refused when the call came under a strange name, or from a page that is not ours."""
        loopback = not self._keeper.asks
        host = headers.get("host", "")
        if not origins.is_known_host(
            host, address_of(scope, "server")[0], self._names, loopback=loopback
        ):
            raise Refused(UNKNOWN_HOST)
        if not origins.comes_from_elsewhere(headers, self._public_url):
            return
        if _is_of_the_window(scope) and origins.hides_its_origin(headers):
            return  # its own forms, whose pages tell nobody where they are; they carry a token
        if is_call(scope) or not origins.is_followed_link(headers, method_of(scope)):
            raise Refused(OTHER_PAGE)

    def _own_page(self, scope: Scope) -> Response | None:
        """Return the door's own answer where the call is for the door."""
        path, method = scope["path"], method_of(scope)
        if method not in ("GET", "HEAD"):
            return None
        if path in pages.FILES:
            return pages.file(path)
        to = pages.moved(path)
        query = f"?{query_of(scope)}" if query_of(scope) else ""
        return RedirectResponse(base_of(scope) + to + query, 303) if to else None

    async def _let_through(self, scope: Scope, who: Caller, receive: Receive, send: Send) -> None:
        """Let a call through that the table has, with a body of its shape."""
        call = call_of(method_of(scope), scope["path"].removeprefix(API))
        if call is None or _asks_for_secrets(scope):
            raise Refused(NOT_OFFERED)
        if call in CHANGES:
            require_change(who)
            headers = Headers(scope=scope)
            send = with_stay(send, self._stay_of(scope, headers, who))
        body = await read(receive, LARGEST_BODY)
        if call.body:
            body = await self._checked(call, call.body, body, scope)
            scope = with_body(scope, body)

        def ask(answer: Send) -> Awaitable[None]:
            return self._app(dict(scope), replay(body, receive), answer)

        keep = self._hands.keepings.get(call.path) if call.method == "PATCH" else None
        answered = Answered(send)
        await (self._turns.take if call in CHANGES else patiently)(ask, answered)
        if keep and answered.well:
            await keep(scope["path"].removeprefix(API), who.words)

    async def _checked(self, call: Call, shape: type[Shape], body: bytes, scope: Scope) -> bytes:
        try:
            said = json.loads(body or b"{}")
            shape.require(said)
        except (ValueError, RecursionError):  # no JSON, no UTF-8, or nested beyond all measure
            raise Refused(WRONG_BODY) from None
        if filling := self._hands.fillings.get(call.path):
            source = address_of(scope, "client")[0]
            said = await filling(scope["path"].removeprefix(API), source, said)
        return json.dumps(said).encode()

    async def _show(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        """Show a page or a file of the UI."""
        if method_of(scope) not in ("GET", "HEAD") or scope["path"].startswith(CLOSED_PAGES):
            raise Refused(NOT_OFFERED)
        if to := await self._hands.fuller(scope["path"], query_of(scope)):
            await answer_with(RedirectResponse(base_of(scope) + to, 303), scope, receive, send)
            return
        if "text/html" in headers.get("accept", ""):  # a page is made anew: whole, and not packed
            scope = without(scope, b"accept-encoding", b"if-none-match", b"if-modified-since")
        await self._app(scope, receive, send)

    async def _answer_to(self, refused: Refused, scope: Scope) -> Response:
        """Return the answer to a refused call; a person who is not logged in is asked to."""
        method = method_of(scope)
        if (
            refused.reason is NOBODY
            and method == "GET"
            and not is_call(scope)
            and "text/html" in Headers(scope=scope).get("accept", "")
        ):
            return pages.to_login(scope["path"], query_of(scope), base_of(scope))
        if refused.reason not in (BUSY, UNSURE, NOT_SO):  # nobody did anything that he may not
            source, path = address_of(scope, "client")[0], noted_path(scope["path"])
            await self._hands.note(refused, source, method, path)
        return refused.response()


def _is_of_the_window(scope: Scope) -> bool:
    return scope["type"] == "http" and is_ours(scope["path"])


def _is_open(scope: Scope) -> bool:
    return is_call(scope) and method_of(scope) == "GET" and scope["path"].removeprefix(API) in OPEN


def _asks_for_secrets(scope: Scope) -> bool:
    """Say whether a block is asked for with its secrets in clear."""
    return any(name == "include_secrets" for name, _ in parse_qsl(query_of(scope), True))
