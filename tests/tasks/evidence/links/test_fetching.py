"""A link is followed under guard: where to, how far, how much, how long."""

import errno
import gzip
import socket
import time

import pytest

from models.rules.evidence.links import networks_in
from tasks.evidence.links.fetching import NO_WAY, LinkLimits, fetch
from tasks.evidence.links.resolving import NotFetched
from tests.support.listener import listening
from tests.support.sites import dripping, endless, site

HERE = networks_in("127.0.0.1")
QUICK = LinkLimits(seconds=2, each=1, size=1_000_000)


def refused(url: str, allowed=HERE) -> tuple[str, str]:
    with pytest.raises(NotFetched) as caught:
        fetch(url, allowed, QUICK)
    return caught.value.outcome, str(caught.value)


def test_a_page_is_brought_with_what_http_said_of_it():
    with site() as running:
        running.show("/a", "目录")
        running.lead("/b", "/a")

        found = fetch(running.url("/b"), HERE, QUICK)

    assert (found.status, found.kind, found.charset) == (200, "text/html", "utf-8")
    assert found.url.endswith("/a") and "目录".encode() in found.content


def test_this_machine_is_not_asked_unless_it_is_allowed():
    with listening() as door:
        for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
            outcome, words = refused(f"http://{host}:{door.port}/", allowed=[])
            assert outcome == "refused" and "没有访问" in words, host
        time.sleep(0.2)
        assert door.heard == []


def test_a_redirect_to_an_inner_address_is_not_followed():
    with listening() as door, site() as running:
        running.lead("/a", f"http://127.0.0.2:{door.port}/")
        running.lead("/b", "file:///etc/passwd")
        running.lead("/c", "http://user:pw@127.0.0.1/")

        assert refused(running.url("/a"))[0] == "refused"
        assert refused(running.url("/b"))[0] == "refused"
        assert refused(running.url("/c"))[0] == "refused"
        time.sleep(0.2)
        assert door.heard == []


def test_the_address_that_was_looked_at_is_the_one_connected_to(monkeypatch):
    real, asked = socket.getaddrinfo, []

    def changing(host, port, *args, **more):
        if host != "example.test":
            return real(host, port, *args, **more)
        asked.append(host)  # a name that leads elsewhere each time it is asked for
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", port, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    with site() as running:
        running.show("/", "目录")
        found = fetch(f"http://example.test:{running.port}/", HERE, QUICK)

    assert found.status == 200
    assert asked == ["example.test"]


def test_a_name_with_one_inner_address_is_refused(monkeypatch):
    info = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("1.1.1.1", "10.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: info)

    assert refused("http://example.test/")[0] == "refused"


def test_a_machine_without_a_way_out_blames_no_page(monkeypatch):
    def unplugged(*_, **__):
        raise OSError(errno.ENETUNREACH, "unreachable")

    monkeypatch.setattr(socket, "create_connection", unplugged)
    monkeypatch.setattr(socket.socket, "connect", unplugged)
    assert refused("http://1.1.1.1/") == ("refused", NO_WAY)


def test_going_round_in_circles_ends():
    with site() as running:
        running.lead("/a", "/a")
        assert "转来转去" in refused(running.url("/a"))[1]
        assert len(running.asked) == 6


@pytest.mark.parametrize("page", [dripping, endless])
def test_what_never_ends_is_ended(page):
    with site() as running:
        running.pages["/"] = page
        start = time.monotonic()
        outcome, _ = refused(running.url("/"))

    assert outcome in ("dead", "refused")
    assert time.monotonic() - start < 30


def test_what_swells_when_unpacked_is_not_brought():
    with site() as running:
        bomb = gzip.compress(bytes(50_000_000))
        running.pages["/"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, bomb)
        assert "MB" in refused(running.url("/"))[1]
        small = gzip.compress("目录".encode())
        running.pages["/"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, small)
        assert fetch(running.url("/"), HERE, QUICK).content == "目录".encode()


@pytest.mark.parametrize(
    ("answer", "outcome", "says"),
    [
        ((404, {}, b""), "dead", "404"),
        ((500, {"Content-Type": "text/html"}, b"x"), "dead", "500"),
        ((200, {"Content-Type": "video/mp4"}, b"x"), "refused", "video/mp4"),
    ],
)
def test_what_is_no_page_is_said(answer, outcome, says):
    with site() as running:
        running.pages["/"] = answer
        found, words = refused(running.url("/"))

    assert found == outcome and says in words


def test_nobody_there_is_dead():
    with site() as running:
        url = running.url("/")
    assert refused(url)[0] == "dead"
