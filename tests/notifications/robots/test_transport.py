"""One exchange with servers that break the rules below HTTP: it ends in time and claims nothing."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from notifications.channels.channels import load_channels
from notifications.robots.mail import before_the_text
from notifications.robots.mail_server import MailAccount, opened
from notifications.robots.transport import Call, Forbidden, Reply, Silence, exchange
from notifications.saying.message import Message
from tests.support.certificates import certificate_file
from tests.support.listener import listening

Speak = Callable[[socket.socket], None]
TAKEN = b'{"errcode":0,"errmsg":"ok"}'


@contextmanager
def server(speak: Speak) -> Iterator[int]:
    """Serve every connection with ``speak``; yield the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with connection:
            try:
                speak(connection)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    over.set()
    listener.close()


def ask(connection: socket.socket) -> None:
    """Read a request with its body."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        heard += connection.recv(65536) or b"\r\n\r\n"
    top, _, body = heard.partition(b"\r\n\r\n")
    length = next(
        (int(x[15:]) for x in top.lower().split(b"\r\n") if x.startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536) or b" " * length


def saying(*pieces: bytes, pause: float = 0.0) -> Speak:
    """Answer with ``pieces``, ``pause`` seconds before each, then hang up."""

    def speak(connection: socket.socket) -> None:
        ask(connection)
        for piece in pieces:
            time.sleep(pause)
            connection.sendall(piece)

    return speak


def forever(connection: socket.socket) -> None:
    ask(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * 65536)


def reset(connection: socket.socket) -> None:
    ask(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def head(*lines: bytes) -> bytes:
    return b"\r\n".join((b"HTTP/1.1 200 OK", *lines, b"", b""))


def call(port: int, scheme: str = "http", patience: float = 20) -> Reply | Silence:
    request = Call(f"{scheme}://127.0.0.1:{port}/x", b"{}", {})
    return exchange(request, connect=patience, read=patience)


# (what the server does, our code for it)
@pytest.mark.parametrize(
    ("speak", "code"),
    [
        (saying(), "dropped"),  # hangs up without a word
        (saying(b"SSH-2.0-OpenSSH_9.2\r\n"), "dropped"),  # is no web server
        (saying(b"\x00" * 100), "dropped"),
        (saying(b"HTTP/1.1 abc OK\r\n\r\n"), "dropped"),
        (saying(head(b"Content-Length: 500"), TAKEN), "dropped"),  # promises more than it says
        (saying(head(b"Transfer-Encoding: chunked"), b"zz\r\n" + TAKEN), "dropped"),
        (
            saying(head(b"Transfer-Encoding: chunked"), b"1b\r\n" + TAKEN),
            "dropped",
        ),  # no last chunk
        (saying(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000), "dropped"),
        (reset, "dropped"),
        (lambda connection: time.sleep(1), "timeout"),
        (saying(head(b"Content-Length: 27"), *(bytes([b]) for b in TAKEN), pause=0.1), "timeout"),
    ],
)
def test_half_an_answer_is_none(speak, code):
    with server(speak) as port:
        outcome = call(port, patience=0.5 if code == "timeout" else 20)

    assert isinstance(outcome, Silence)
    assert (outcome.code, outcome.sent) == (code, True)


# Answers that are unusual and right.
@pytest.mark.parametrize(
    "speak",
    [
        saying(head(), TAKEN),  # no length: ends when the server hangs up
        saying(head(b"Content-Length: 27"), TAKEN),
        saying(head(b"Transfer-Encoding: chunked"), b"1b\r\n" + TAKEN + b"\r\n0\r\n\r\n"),
        saying(b"HTTP/1.1 100 Continue\r\n\r\n" + head(), TAKEN),
        saying(b"HTTP/1.0 200 OK\r\n\r\n\xef\xbb\xbf" + TAKEN),
        saying(*(head()[i : i + 4] for i in range(0, 20, 4)), head()[20:] + TAKEN, pause=0.02),
    ],
)
def test_an_unusual_answer_is_read(speak):
    with server(speak) as port:
        outcome = call(port)

    assert isinstance(outcome, Reply)
    assert (outcome.status, outcome.text) == (200, TAKEN.decode())


def test_an_endless_answer_is_not_read_to_its_end():
    with server(forever) as port:
        outcome = call(port)

    assert isinstance(outcome, Reply)
    assert len(outcome.text) == 64 * 1024


def test_headers_that_drip_end_in_time(tmp_path: Path):
    letters = head(b"Content-Length: 27", *[b"X: " + b"y" * 40] * 5) + TAKEN
    path = tmp_path / "channels.yaml"
    with server(saying(*(bytes([b]) for b in letters), pause=0.2)) as port:
        path.write_text(
            f"urls:\n  - wecomrobot://KEY-1?base=http://127.0.0.1:{port}&rto=0.5:\n      tag: 甲\n"
        )
        path.chmod(0o600)
        channels = load_channels(path)

        began = time.monotonic()
        answer = channels.send(channels.targets("甲")[0], Message("提醒", ""))

    assert (answer.delivered, answer.code, answer.uncertain) == (False, "timeout", True)
    assert time.monotonic() - began < len(letters) * 0.2 / 2


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate nobody trusts, with its key."""
    return certificate_file(tmp_path_factory.mktemp("tls"))


def test_a_certificate_nobody_trusts_is_refused_before_anything_is_said(certificate: Path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    heard = []

    def speak(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            heard.append(secured.recv(65536))

    with server(speak) as port:
        outcome = call(port, "https")

    assert isinstance(outcome, Silence)
    assert (outcome.code, outcome.sent) == ("tls", False)
    assert heard == []


def test_a_port_that_does_not_speak_tls_is_told_as_such():
    with server(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        outcome = call(port, "https")

    assert isinstance(outcome, Silence)
    assert (outcome.code, outcome.sent) == ("tls", False)


def test_a_handshake_that_hangs_ends_in_time():
    with server(lambda connection: time.sleep(2)) as port:
        outcome = call(port, "https", patience=0.5)

    assert isinstance(outcome, Silence)
    assert (outcome.code, outcome.sent) == ("timeout", False)


PROXIES = [f"{name}_proxy" for name in ("http", "https", "all")]


@pytest.fixture
def office_shell(monkeypatch):
    """A listener that the shell names as the proxy of everything."""
    with listening() as proxy:
        for name in (*PROXIES, *map(str.upper, PROXIES)):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        yield proxy


def test_a_robot_goes_straight_whatever_proxy_the_shell_names(office_shell):
    exchange(Call("https://robot.invalid/x", b"", {}), connect=1, read=1)

    assert office_shell.heard == []


def test_apprise_s_own_plugins_go_straight_too(load, message, office_shell):
    with server(saying(head(), b"ok")) as port:
        channels = load(f"urls:\n  - json://127.0.0.1:{port}/x:\n      tag: 甲\n")

        assert channels.send(channels.targets("甲")[0], message).delivered

    assert office_shell.heard == []


def test_apprise_s_own_plugins_use_the_proxy_that_the_office_set(
    load, message, office_shell, monkeypatch
):
    monkeypatch.setenv("SHIFAN_PROXY", f"http://127.0.0.1:{office_shell.port}")
    channels = load("urls:\n  - json://office.example.cn/x:\n      tag: 甲\n")

    channels.send(channels.targets("甲")[0], message)

    assert office_shell.heard[0].startswith(b"POST http://office.example.cn/x ")


# (the channel's own word, does it go through a proxy): the office has set one
@pytest.mark.parametrize(("asked", "through"), [("", True), ("&proxy=no", False)])
def test_a_channel_may_go_without_the_office_s_proxy(
    load, message, office_shell, monkeypatch, asked, through
):
    monkeypatch.setenv("SHIFAN_PROXY", f"http://127.0.0.1:{office_shell.port}")
    channels = load(
        f"urls:\n  - wecomrobot://KEY-1?base=https://robot.invalid{asked}:\n      tag: 甲\n"
    )

    channels.send(channels.targets("甲")[0], message)

    assert bool(office_shell.heard) is through


def test_a_channel_may_name_a_proxy_of_its_own(load, message, office_shell):
    url = f"wecomrobot://KEY-1?base=https://robot.invalid&proxy=http://u:Pa55@127.0.0.1:{office_shell.port}"
    channels = load(f"urls:\n  - '{url}':\n      tag: 甲\n")

    answer = channels.send(channels.targets("甲")[0], message)

    assert office_shell.heard[0].startswith(b"CONNECT robot.invalid:443")
    assert "Pa55" not in repr(answer) + repr(channels.targets("甲"))


def test_a_proxy_of_another_kind_is_a_fault_with_its_line(load):
    [fault] = load(
        "urls:\n  - wecomrobot://KEY-1?proxy=socks5://u:Pa55@h:1:\n      tag: 甲\n"
    ).faults

    assert "第 2 行" in fault
    assert "proxy 应写成 http://" in fault
    assert "Pa55" not in fault


def test_a_proxy_is_used_where_the_office_names_one(monkeypatch):
    said = []

    def speak(connection: socket.socket) -> None:
        said.append(connection.recv(65536))
        connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

    with server(speak) as port:
        monkeypatch.setenv("SHIFAN_PROXY", f"http://user:pw@127.0.0.1:{port}")
        outcome = exchange(Call("https://robot.example.cn/x", b"", {}), connect=1, read=1)

    assert isinstance(outcome, Silence)
    assert (outcome.code, outcome.sent) == ("unreachable", False)
    assert said[0].startswith(b"CONNECT robot.example.cn:443")
    assert b"Proxy-Authorization: Basic dXNlcjpwdw==" in said[0]


def test_a_call_and_a_reply_show_nothing_when_printed():
    told = repr(Call("https://x.cn/?key=SECRET", b"SECRET", {"A": "SECRET"})) + repr(
        Reply(200, "SECRET")
    )

    assert "SECRET" not in told


# What a header may say about waiting, and what we make of it.
@pytest.mark.parametrize(
    ("value", "seconds"),
    [("30", 30.0), (" 5 ", 5.0), ("999999", 86400.0), ("-1", None), ("soon", None), ("9" * 30, None),
     ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("", None)],
)  # fmt: skip
def test_a_wish_to_wait_is_read(value, seconds):
    with server(saying(head(b"Retry-After: " + value.encode()), TAKEN)) as port:
        outcome = call(port)

    assert isinstance(outcome, Reply)
    assert outcome.retry_after == seconds


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "100.100.100.200", "0.0.0.0"])
def test_what_is_no_machine_of_an_office_is_not_even_connected_to(host):
    began = time.monotonic()
    came = exchange(Call(f"http://{host}:81/", b"", {}), connect=5, read=5)

    assert isinstance(came, Silence)
    assert (came.code, came.sent, host in came.text) == ("forbidden", False, False)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("mode", ["insecure", "starttls", "ssl"])
def test_a_mail_server_is_guarded_like_a_robot(mode):
    account = MailAccount("169.254.169.254", 25, mode, "", "", verify=True, seconds=5)

    with pytest.raises(Forbidden) as caught:
        opened(account, 5)
    assert before_the_text(caught.value).code == "forbidden"


# The second speaks with a server of its own and not with a host that its address names alone.
@pytest.mark.parametrize("url", ["json://channel.test:81/x", "gotify://channel.test:81/token12345"])
def test_a_name_that_leads_elsewhere_a_moment_later_is_not_followed(tmp_path, monkeypatch, url):
    real, asked = socket.getaddrinfo, []

    def changing(host, port, *args, **more):
        if host == "channel.test":
            asked.append(host)
            allowed = url.startswith("json") and len(asked) == 1
            host = "127.0.0.1" if allowed else "169.254.169.254"
        return real(host, port, *args, **more)

    path = tmp_path / "channels.yaml"
    path.write_text(f"urls:\n  - {url}:\n    - tag: 创建办\n")
    path.chmod(0o600)
    channels = load_channels(path)
    monkeypatch.setattr(socket, "getaddrinfo", changing)
    began = time.monotonic()

    sent = channels.send(channels.targets("创建办")[0], Message("题", "文"))

    assert (sent.delivered, sent.code) == (False, "forbidden")
    assert asked and time.monotonic() - began < 2


def test_a_channel_of_apprise_alone_leads_there_neither(tmp_path):
    path = tmp_path / "channels.yaml"
    path.write_text("urls:\n  - json://169.254.169.254/latest:\n    - tag: 创建办\n")
    path.chmod(0o600)

    channels = load_channels(path)
    sent = channels.send(channels.targets("创建办")[0], Message("题", "文"))
    [knocked] = channels.knock_at_all().values()

    assert (sent.delivered, sent.code, knocked.code) == (False, "forbidden", "forbidden")
