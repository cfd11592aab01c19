"""Serve everything under a path, as a reverse proxy hands it on: `http://host/shifan/...`.

The door and all its checks see the paths as they are without it; Prefect, which writes the path into
its pages, sees them with it.
"""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from deployments.door.callers import origins
from deployments.door.callers.who import PROXY_HEADERS
from deployments.door.refused import UNKNOWN_HOST, Refused
from deployments.door.transport import App, Receive, Scope, Send, address_of, answer_with, query_of


def outside(app: App, base: str, public_url: str, *, loopback: bool) -> App:
    """Return ``app`` served under ``base``; a page that is asked for elsewhere is found there.

    ``app`` sees a path without ``base``, which stands in the scope's ``root_path``. What comes through
    the proxy (under the name in ``public_url``, or with a proxy's headers) without ``base`` is led
    nowhere: the proxy takes the path away, and would do so again. ``loopback`` as in `origins`.
    """
    names = origins.names_in(public_url)

    def elsewhere(scope: Scope) -> Response:
        headers = Headers(scope=scope)
        host, came_to = headers.get("host", ""), address_of(scope, "server")[0]
        if not origins.is_known_host(host, came_to, names, loopback=loopback):
            return Refused(UNKNOWN_HOST).response()
        proxied = origins.host_of(host) in names or any(name in headers for name in PROXY_HEADERS)
        if scope["method"] not in ("GET", "HEAD") or proxied:
            return PlainTextResponse(f"示范在 {base}/ 下面；代理请原样转发路径", 404)
        query = query_of(scope)
        return RedirectResponse(base + scope["path"] + (f"?{query}" if query else ""), 307)

    async def under(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
        elif scope["path"] == base or scope["path"].startswith(base + "/"):
            await app(_without(scope, base), receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:  # a link from before there was a path, or a proxy that takes it away
            await answer_with(elsewhere(scope), scope, receive, send)

    return under if base else app


def inside(app: App, base: str) -> App:
    """Return ``app``, which serves under ``base``, for callers that see paths without it."""

    async def within(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope if scope["type"] == "lifespan" else _with(scope, base), receive, send)

    return within if base else app


def _without(scope: Scope, base: str) -> Scope:
    raw = scope.get("raw_path") or b""
    return {
        **scope,
        "root_path": base,
        "path": scope["path"].removeprefix(base) or "/",
        "raw_path": raw.removeprefix(base.encode()) or b"/",
    }


def _with(scope: Scope, base: str) -> Scope:
    raw = scope.get("raw_path") or scope["path"].encode()
    path = base + scope["path"]
    return {**scope, "root_path": "", "path": path, "raw_path": base.encode() + raw}
