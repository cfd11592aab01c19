"""Serve everything under a path, as a reverse proxy hands it on: `http://host/shifan/...`.

The door and all its checks see the paths as they are without it; Prefect, which writes the path into
its pages, sees them with it.
"""

from starlette.responses import PlainTextResponse, RedirectResponse

from deployments.door.transport import App, Receive, Scope, Send


def outside(app: App, base: str) -> App:
    """Return ``app`` served under ``base``; a page that is asked for elsewhere is found there.

    ``app`` sees a path without ``base``, which stands in the scope's ``root_path``.
    """

    async def under(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
        elif scope["path"] == base or scope["path"].startswith(base + "/"):
            await app(_without(scope, base), receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["method"] in ("GET", "HEAD"):  # a link from before there was a path
            query = scope.get("query_string", b"").decode("latin-1")
            to = base + scope["path"] + (f"?{query}" if query else "")
            await RedirectResponse(to, 307)(scope, receive, send)
        else:
            said = f"示范在 {base}/ 下面"
            await PlainTextResponse(said, 404)(scope, receive, send)

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
