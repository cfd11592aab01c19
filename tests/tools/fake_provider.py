"""Providers that misbehave on order: an HTTP server that speaks as five services, and a mail server.

In a test::

    with FakeProvider() as provider:
        provider.behave("refuse")                 # everybody from now on
        provider.behave("hang", key="KEY-1")      # only this robot, number or address
        provider.behave("drop", "accept")         # the first time, then from there on
        ... base=provider.base ...
        assert len(provider.accepted) == 1

As a process of its own (prints its ports as one JSON line, ends when its standard input does)::

    python -m tests.tools.fake_provider

It then takes orders over HTTP: ``POST /control {"behaviours": ["refuse"], "key": "KEY-1"}``, with
``"allowance": 20`` for a limit a minute, and ``GET /control`` for what it accepted. ``mix`` draws a behaviour at random for each message.
"""

import asyncio
import email
import email.policy
import json
import random
import re
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import parse_qs, unquote, urlsplit

from aiosmtpd.smtp import SMTP, AuthResult

SERVICES = (
    ("token", re.compile(r".*/cgi-bin/gettoken$"), "corpid"),
    ("wecomapp", re.compile(r".*/cgi-bin/message/send$"), None),
    ("wecom", re.compile(r".*/cgi-bin/webhook/send$"), "key"),
    ("dingtalk", re.compile(r".*/robot/send$"), "access_token"),
    ("feishu", re.compile(r".*/open-apis/bot/v2/hook/([^/]+)$"), None),
    ("serverchan", re.compile(r".*?/?([^/]+)\.send$"), None),
    ("sms", re.compile(r".*"), None),
)
TAKEN: dict[str, dict[str, Any]] = {
    "token": {"errcode": 0, "errmsg": "ok", "access_token": "FAKETOKEN", "expires_in": 7200},
    "wecomapp": {"errcode": 0, "errmsg": "ok", "msgid": "1"},
    "wecom": {"errcode": 0, "errmsg": "ok"},
    "dingtalk": {"errcode": 0, "errmsg": "ok"},
    "feishu": {
        "StatusCode": 0,
        "StatusMessage": "success",
        "code": 0,
        "data": {},
        "msg": "success",
    },
    "serverchan": {"code": 0, "message": "", "data": {"pushid": "1", "errno": 0}},
    "sms": {"code": "0", "msg": "提交成功"},
}
REFUSED: dict[str, dict[str, Any]] = {
    "token": {"errcode": 40001, "errmsg": "invalid credential"},
    "wecomapp": {"errcode": 81013, "errmsg": "user & party & tag all invalid"},
    "wecom": {"errcode": 93000, "errmsg": "invalid webhook url"},
    "dingtalk": {"errcode": 310000, "errmsg": "sign not match"},
    "feishu": {
        "code": 19021,
        "data": {},
        "msg": "sign match fail or timestamp is not within one hour",
    },
    "serverchan": {"code": 40001, "message": "[AUTH]错误的Key"},
    "sms": {"code": "1003", "msg": "余额不足"},
}
LIMITED: dict[str, dict[str, Any]] = {
    "token": {"errcode": 45009, "errmsg": "api freq out of limit"},
    "wecomapp": {"errcode": 45009, "errmsg": "api freq out of limit"},
    "wecom": {"errcode": 45009, "errmsg": "api freq out of limit"},
    "dingtalk": {"errcode": 410100, "errmsg": "send too fast, exceed 20 times per minute"},
    "feishu": {"code": 11232, "msg": "frequency limited"},
    "serverchan": {"code": 40029, "message": "发送过于频繁"},
    "sms": {"code": "1008", "msg": "发送过于频繁"},
}
MIXED = (
    "accept",
    "accept",
    "accept",
    "refuse",
    "limit",
    "error",
    "drop",
    "late",
    "garbage",
    "html",
    "hang",
    "drop-after",
)
QUOTING = ("quote", "quote-code", "quote-error")
# What a mail server does in place of what only an HTTP server can.
AS_MAIL = {"limit": "busy", "error": "busy", "garbage": "refuse-text", "html": "refuse-text"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A message a provider really accepted, whatever it answered."""

    service: str
    key: str
    text: str
    at: float = field(default_factory=time.time)


@dataclass(slots=True)
class Seen:
    """A request as it came, accepted or not."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Orders:
    """What to do next, for everybody or for one key; shared by both servers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: dict[str, list[Any]] = {"": ["accept"]}
        self._chance = random.Random(20260101)
        self.released = threading.Event()  # set at the end, so that whoever hangs may go

    def behave(self, *behaviours: Any, key: str = "") -> None:
        """Do each of ``behaviours`` once, the last one from then on."""
        with self._lock:
            self._orders[key] = list(behaviours)

    def next(self, key: str) -> Any:
        """Return what to do with a message for ``key``."""
        with self._lock:
            orders = self._orders.get(key) or self._orders[""]
            behaviour = orders.pop(0) if len(orders) > 1 else orders[0]
            return self._chance.choice(MIXED) if behaviour == "mix" else behaviour


class FakeProvider:
    """An HTTP server on loopback; ``base`` goes into a channel's URL.

    Behaviours: accept, refuse, limit, error (500), unavailable (503 with Retry-After), hang, late
    (accepts, answers after ``lateness`` seconds), slow (drips its answer), drop, drop-after
    (accepts first), quote (refuses and quotes the message), quote-code (quotes it as its code),
    quote-error (500 that quotes it), garbage, html, empty, no-content (204), redirect (to ``elsewhere``), text-code
    (code as a string), or a dict: answered as JSON with HTTP 200, accepted when its code is 0.
    """

    def __init__(self, port: int = 0, lateness: float = 3.0) -> None:
        self.orders = Orders()
        self.behave = self.orders.behave
        self.accepted: list[Taken] = []
        self.seen: list[Seen] = []
        self.lateness = lateness
        self.elsewhere = "http://127.0.0.1:9/"
        self.echo = ""  # put into every refusal, to see that secrets come back scrubbed
        self.allowance = 0  # messages a key may accept in a minute; more are refused; 0: no limit
        handler = type("Handler", (_Handler,), {"provider": self})
        self._server = _Server(("127.0.0.1", port), handler)
        self.port = self._server.server_address[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.orders.released.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that hang up are what this is for."""


class _Handler(BaseHTTPRequestHandler):
    provider: ClassVar[FakeProvider]

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        self.do_POST()

    def do_PUT(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/control":
            return self._control(body)
        provider = self.provider
        provider.seen.append(Seen(self.command, self.path, dict(self.headers), body))
        service, key, text = _understood(self.path, body)
        behaviour = provider.orders.next(key)
        if provider.allowance and self._lately(key) >= provider.allowance and service != "token":
            behaviour = "limit"

        def take() -> None:
            if service != "token":  # a token is no message
                provider.accepted.append(Taken(service, key, text))

        if behaviour in QUOTING:
            return self._quote(behaviour, service, text)
        return self._act(behaviour, service, take)

    def _lately(self, key: str) -> int:
        since = time.time() - 60
        return sum(taken.key == key and taken.at > since for taken in self.provider.accepted)

    def _act(self, behaviour: Any, service: str, take: Callable[[], None]) -> None:
        if isinstance(behaviour, dict):
            if any(behaviour.get(name) in (0, "0") for name in ("errcode", "code")):
                take()
            return self._json(behaviour)
        if behaviour in {"accept", "late", "slow", "drop-after", "text-code"}:
            take()
        if behaviour == "accept":
            return self._json(TAKEN[service])
        if behaviour == "text-code":
            return self._json({k: str(v) if v == 0 else v for k, v in TAKEN[service].items()})
        if behaviour in {"refuse", "limit"}:
            return self._json(
                self._with_echo((REFUSED if behaviour == "refuse" else LIMITED)[service])
            )
        return getattr(self, "_" + behaviour.replace("-", "_"))(service)

    def _with_echo(self, answer: dict[str, Any]) -> dict[str, Any]:
        words = next(name for name in ("errmsg", "msg", "message") if name in answer)
        return {**answer, words: f"{answer[words]} {self.provider.echo}".strip()}

    def _quote(self, behaviour: str, service: str, text: str) -> None:
        if behaviour == "quote-error":
            return self._answer(500, text.encode(), "text/plain; charset=utf-8")
        said = REFUSED[service]
        names = ("errcode", "code") if behaviour == "quote-code" else ("errmsg", "msg", "message")
        return self._json(said | {next(name for name in names if name in said): text})

    def _hang(self, service: str) -> None:
        self.provider.orders.released.wait(120)
        self.close_connection = True

    def _late(self, service: str) -> None:
        self.provider.orders.released.wait(self.provider.lateness)
        self._json(TAKEN[service])

    def _slow(self, service: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for byte in json.dumps(TAKEN[service]):
            self.wfile.write(f"1\r\n{byte}\r\n".encode())
            self.wfile.flush()
            if self.provider.orders.released.wait(0.5):
                return
        self.wfile.write(b"0\r\n\r\n")

    def _drop(self, service: str) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    _drop_after = _drop

    def _garbage(self, service: str) -> None:
        self._answer(200, b"\x00\xff\xfe not json {{{ " + self.provider.echo.encode())

    def _html(self, service: str) -> None:
        page = f"<html><head><title>登录</title></head><body>请先登录 {self.provider.echo}</body></html>"
        self._answer(200, page.encode(), "text/html")

    def _empty(self, service: str) -> None:
        self._answer(200, b"")

    def _no_content(self, service: str) -> None:
        self.send_response(204)
        self.end_headers()

    def _error(self, service: str) -> None:
        self._answer(500, f"Internal Server Error {self.provider.echo}".encode(), "text/plain")

    def _unavailable(self, service: str) -> None:
        self._answer(503, b"busy", "text/plain", {"Retry-After": "30"})

    def _redirect(self, service: str) -> None:
        self._answer(302, b"", "text/plain", {"Location": self.provider.elsewhere})

    def _json(self, answer: Any) -> None:
        self._answer(200, json.dumps(answer, ensure_ascii=False).encode())

    def _answer(
        self,
        status: int,
        body: bytes,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _control(self, body: bytes) -> None:
        if body:
            order = json.loads(body)
            self.provider.behave(*order["behaviours"], key=order.get("key", ""))
            self.provider.allowance = order.get("allowance", self.provider.allowance)
        self._json([asdict(taken) for taken in self.provider.accepted])


def _understood(path: str, body: bytes) -> tuple[str, str, str]:
    """Return which service is spoken to, about which key, and the words of the message."""
    parts = urlsplit(path)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    for service, place, name in SERVICES:
        if found := place.match(unquote(parts.path)):
            text = body.decode("utf-8", "replace")
            if service == "wecomapp":
                said = json.loads(text or "{}")
                return service, said.get("touser", ""), _words(service, text)
            if service == "sms":
                return service, _phone(text or unquote(parts.query)), text or unquote(parts.query)
            return service, query.get(name, "") if name else found[1], _words(service, text)
    raise AssertionError(path)


def _words(service: str, text: str) -> str:
    try:
        said = json.loads(text)
    except ValueError:
        return text
    if service == "serverchan":
        return f"{said.get('title')}\n{said.get('desp')}"
    kind = said.get("msgtype", "")
    body = said.get(kind) or said.get("card") or said
    content = body.get("content") or body.get("text") or json.dumps(body, ensure_ascii=False)
    return str(content)


def _phone(text: str) -> str:
    found = re.search(r"\d{11}", text)
    return found[0] if found else ""


class FakeMail:
    """An SMTP server on loopback; it keeps the mails it accepted, as `Taken` per recipient.

    Behaviours, per recipient's address or for everybody: accept, refuse (550 at the address),
    refuse-text (554 after the text), busy (451), hang, late, drop, drop-after, or "say:…": it takes the
    text and answers these words. ``letters`` holds each mail as it came.
    """

    def __init__(self, port: int = 0, lateness: float = 3.0) -> None:
        self.orders = Orders()
        self.behave = self.orders.behave
        self.accepted: list[Taken] = []
        self.letters: list[bytes] = []
        self.logins = 0
        self.closed: set[str] = set()  # accounts whose login is refused (535)
        self.lateness = lateness
        self.echo = ""
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._wanted = port
        self.port = 0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.orders.released.set()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def url(self, *to: str, user: str = "", secret: str = "", more: str = "") -> str:
        """Return a mail URL of this server."""
        access = f"&user={user}&pass={secret}" if user else ""
        return (
            f"mailto://127.0.0.1:{self.port}/?smtp=127.0.0.1&from=office@example.cn"
            f"&to={','.join(to)}{access}{more}"
        )

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            self._loop.create_server(
                lambda: SMTP(
                    self,
                    hostname="fake",
                    loop=self._loop,
                    authenticator=self._login,
                    auth_require_tls=False,
                ),
                "127.0.0.1",
                self._wanted,
            )
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()

    def _login(
        self, server: Any, session: Any, envelope: Any, mechanism: str, given: Any
    ) -> AuthResult:
        self.logins += 1
        user = given.login.decode()
        if user in self.closed:
            words = f"535 5.7.8 Error: authentication failed {self.echo}".strip()
            return AuthResult(success=False, handled=False, message=words)
        return AuthResult(success=True)

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        ordered = self.orders.next(address)
        session.behaviour = behaviour = AS_MAIL.get(ordered, ordered)
        if behaviour == "refuse":
            return f"550 5.1.1 <{address}> User unknown {self.echo}".strip()
        if behaviour == "busy":
            return "451 4.7.1 Try again later"
        if behaviour == "hang":
            await self._sleep(120)
        if behaviour == "drop":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if session.behaviour == "refuse-text":
            return "554 5.7.1 DT:SPM content refused"
        text = _mail_text(envelope.content)
        self.accepted += [Taken("mail", address, text) for address in envelope.rcpt_tos]
        self.letters.append(envelope.content)
        if session.behaviour == "late":
            await self._sleep(self.lateness)
        if session.behaviour == "drop-after":
            server.transport.abort()
        return session.behaviour[4:] if session.behaviour.startswith("say:") else "250 OK"

    async def _sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.orders.released.is_set():
            await asyncio.sleep(0.05)


def _mail_text(content: bytes) -> str:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    body = mail.get_body(("html", "plain"))
    return f"{mail['subject']}\n{body.get_content() if body else ''}"


def main() -> None:
    """Serve until standard input ends; one JSON line says where."""
    with FakeProvider() as provider, FakeMail() as mail:
        sys.stdout.write(json.dumps({"base": provider.base, "mail_port": mail.port}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
