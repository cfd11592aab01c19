"""Calls at a door of the tests' own, with an application behind it that says what reached it."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx

from deployments.door.callers.who import Doorkeeper, Entrances
from deployments.door.calls.filling import seal_answer
from deployments.door.guard import Guard, Hands
from deployments.door.refused import Refused
from deployments.window.cookies import STAY
from models.rules.window.sight import VisitorRole
from tasks.window.links import Refusal
from tasks.window.visitors import ACCOUNT, POST, Stay, Visitor

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
RUN = "3f4053db-dc28-4d9e-a085-bbf641903bb4"
TOKEN, PASSWORD = "t0ken-of-this-start", "Only-4-us!"
MINE, OTHERS = 1000, 1001


def stays(word: str) -> Visitor | None:
    """Whose stay the cookie is: one of each role, by its word."""
    role = {r.value: r for r in VisitorRole}.get(word)
    kind = ACCOUNT if role in (VisitorRole.OFFICE, VisitorRole.AUDITOR) else POST
    return Visitor(kind, 1, "甲", "创建办", role, Stay(word, NOW, NOW)) if role else None


def entered(name: str, password: str, _source: str, _now: datetime) -> Visitor | Refusal:
    """The account of that password; there is one."""
    right = (name, password) == ("甲", PASSWORD)
    return stays("office") or Refusal("") if right else Refusal("账号或口令不对")


def cookie(role: str) -> str:
    """The header of a stay."""
    return f"{STAY}={role}"


class Behind:
    """Stands for Prefect's application: keeps what reached it, and answers with a page or a value."""

    def __init__(self) -> None:
        self.reached: list[tuple[str, str, Any]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            self.reached.append(("WEBSOCKET", scope["path"], None))
            await send({"type": "websocket.accept"})
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        self.reached.append((scope["method"], scope["path"], json.loads(body) if body else None))
        page = not scope["path"].startswith("/api")
        kind = b"text/html; charset=utf-8" if page else b"application/json"
        said = b"<html><head><title>x</title></head></html>" if page else b"true"
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(said)).encode()),
            (b"access-control-allow-origin", b"*"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": said})


class Door:
    """A guard that asks for accounts or does not, called from ``client``, whose process is ``owner``'s.

    The window behind it says which of its paths were reached.
    """

    def __init__(
        self,
        *,
        asks: bool = False,
        owner: int | None = MINE,
        public_url: str = "",
        client: str = "127.0.0.1",
    ) -> None:
        self.behind, self.window, self.refusals = Behind(), Behind(), []  # type: ignore[var-annotated]
        entrances = Entrances(lambda word, _now: stays(word), entered)
        self.keeper = Doorkeeper(TOKEN, entrances, asks=asks, owner=lambda _c, _s: owner)
        self.keeper._users = {MINE}
        self.client = client

        async def note(refused: Refused, source: str, method: str, path: str) -> None:
            self.refusals.append((source, refused.reason.word, method, path))

        async def fuller(path: str, query: str) -> str | None:
            return {"/form?code=W5": "/form?item=x"}.get(f"{path}?{query}")

        hands = Hands(
            fillings={"/flow_runs/{id}/resume": seal_answer},
            keepings={},
            note=note,
            now=lambda: NOW,
            fuller=fuller,
        )
        self.guard = Guard(self.behind, self.window, self.keeper, public_url, hands)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        url: str = "http://127.0.0.1:4200",
        content: bytes | None = None,
        **headers: str,
    ) -> httpx.Response:
        """Return the answer to one call; header names are written with _ for -."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._come_to_us, client=(self.client, 50000))
            async with httpx.AsyncClient(transport=transport, base_url=url) as client:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                sent: Mapping[str, Any] = (
                    {"content": content} if content is not None else {"json": body}
                )
                if method in ("GET", "HEAD") and content is None:
                    sent = {}
                return await client.request(method, path, headers=named, **sent)

        return asyncio.run(ask())

    async def _come_to_us(self, scope: Any, receive: Any, send: Any) -> None:
        """Say, as a real server does, which address of ours was reached, whatever the URL says."""
        await self.guard({**scope, "server": ("127.0.0.1", 4200)}, receive, send)

    def open_socket(self, path: str, **headers: str) -> list[dict[str, Any]]:
        """Return what the door says to a WebSocket."""
        said: list[dict[str, Any]] = []
        named = {"host": "127.0.0.1:4200"} | {n.replace("_", "-"): v for n, v in headers.items()}
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": b"",
            "headers": [(n.encode(), v.encode()) for n, v in named.items()],
            "client": (self.client, 50000),
            "server": ("127.0.0.1", 4200),
        }

        async def receive() -> dict[str, Any]:
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            said.append(message)

        asyncio.run(self.guard(scope, receive, send))
        return said
