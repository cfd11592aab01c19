"""Links behind the office's proxy: looked up and looked at here, and the proxy is asked for that very address."""

import socket
import time

import pytest

from models.rules.evidence.links import networks_in
from tasks.evidence.links.checking import check_links
from tasks.evidence.links.fetching import LinkLimits, fetch
from tasks.evidence.links.resolving import UNKNOWN_HERE, NotFetched
from tests.support.certificates import certificate_file
from tests.support.evidence import NOON, first_item, handed, piece
from tests.support.proxies import proxy
from tests.support.sites import site

OUTSIDE, SIX = "93.184.216.34", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
QUICK = LinkLimits(seconds=3, each=1, size=1_000_000)


@pytest.fixture
def names(monkeypatch) -> dict[str, list[str]]:
    """What names lead to; other ones are not known. An empty list: nobody to ask."""
    known = {"outside.test": [OUTSIDE]}
    real = socket.getaddrinfo

    def found(host, port, *args, **more):
        if host[0].isdigit():
            return real(host, port, *args, **more)
        if host in known and not known[host]:
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return known


def refused(url: str, way: str, allowed: str = "") -> tuple[str, str]:
    with pytest.raises(NotFetched) as caught:
        fetch(url, networks_in(allowed), QUICK, way)
    return caught.value.outcome, str(caught.value)


def test_the_proxy_is_asked_for_the_address_that_was_looked_at(names):
    with site() as running, proxy({f"{OUTSIDE}:80": running.port}) as way:
        running.show("/a", "目录")
        running.lead("/b", "http://outside.test/a")
        found = fetch("http://outside.test/b", [], QUICK, way.url)

    assert "目录".encode() in found.content
    assert [one.splitlines()[0] for one in way.asked] == [f"CONNECT {OUTSIDE}:80 HTTP/1.1"] * 2
    assert "outside.test" not in "".join(way.asked)


def test_an_encrypted_page_comes_through_the_proxy_under_its_name(names, tmp_path):
    with site() as running, proxy({f"{OUTSIDE}:443": running.port}) as way:
        running.secure(certificate_file(tmp_path))
        running.show("/", "目录")
        found = fetch("https://outside.test/", [], QUICK, way.url)

    assert (found.status, found.notes) == (200, ("网站的证书有问题",))


def test_an_address_of_the_new_kind_is_put_in_brackets(names):
    names["outside.test"] = [SIX]
    with site() as running, proxy({f"[{SIX}]:80": running.port}) as way:
        running.show("/", "目录")
        assert fetch("http://outside.test/", [], QUICK, way.url).status == 200


def test_inner_addresses_are_refused_before_the_proxy_is_asked(names):
    names["inner.test"] = ["10.0.0.1"]
    with proxy() as way:
        for url in ("http://inner.test/", "http://127.0.0.1/", "http://169.254.169.254/"):
            assert refused(url, way.url)[0] == "refused"

    assert way.asked == []


def test_a_redirect_to_an_inner_address_is_not_asked_of_the_proxy(names):
    with site() as running, proxy({f"{OUTSIDE}:80": running.port}) as way:
        running.lead("/", "http://10.0.0.1/")
        assert refused("http://outside.test/", way.url)[0] == "refused"

    assert len(way.asked) == 1


def test_what_is_allowed_by_name_is_reached_straight(names):
    with site() as running, proxy() as way:
        running.show("/", "目录")
        found = fetch(running.url("/"), networks_in("127.0.0.1"), QUICK, way.url)

    assert found.status == 200
    assert way.asked == []


# What the proxy answers, whether that says something of the page, and in which words.
@pytest.mark.parametrize(
    ("answer", "outcome", "says"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "refused", "代理不放行（回答 403）"),
        (b"HTTP/1.1 405 No\r\n\r\n", "refused", "代理不放行（回答 405）"),
        (b"HTTP/1.1 407 Who\r\n\r\n", "refused", "SHIFAN_PROXY"),
        (b"HTTP/1.1 302 Login\r\nLocation: http://login/\r\n\r\n", "refused", "代理不放行"),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "dead", "网站连接不上"),
        (b"HTTP/1.1 504 Late\r\n\r\n", "dead", "网站连接不上"),
        (b"what?\r\n\r\n", "refused", "代理没有回答"),
        (b"", "refused", "代理没有回答"),
    ],
)
def test_what_a_proxy_refuses_is_no_fault_of_the_page(names, answer, outcome, says):
    with proxy(refusal=answer) as way:
        found, words = refused("http://outside.test/", way.url)

    assert found == outcome
    assert says in words


def test_a_proxy_that_is_not_there_makes_no_link_dead(names):
    with socket.socket() as closed:  # taken, so that nobody else gets it, and not open
        closed.bind(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{closed.getsockname()[1]}"
        found = refused("http://outside.test/", place)
    assert found == ("refused", "代理连接不上，没有访问；请检查 SHIFAN_PROXY")


def test_a_proxy_that_says_nothing_is_not_waited_for(names):
    door = socket.create_server(("127.0.0.1", 0))
    with door:
        start = time.monotonic()
        way = f"http://127.0.0.1:{door.getsockname()[1]}"  # takes calls, and says nothing
        assert refused("http://outside.test/", way)[0] == "refused"

    assert time.monotonic() - start < 30


def test_a_name_nobody_here_can_look_up_is_not_dead_behind_a_proxy(names):
    names["outside.test"] = []
    with proxy() as way:
        assert refused("http://outside.test/", way.url) == ("refused", UNKNOWN_HERE)
        assert refused("http://gone.test/", way.url)[0] == "dead"
    assert refused("http://outside.test/", "")[0] == "dead"


def test_the_name_and_word_for_the_proxy_go_to_it_and_nowhere_else(names):
    with proxy() as way:
        where = way.url.replace("http://", "http://user:Pa55@")
        _, words = refused("http://outside.test/", where)

    assert "Proxy-Authorization: Basic dXNlcjpQYTU1" in way.asked[0]
    assert "Pa55" not in words


def test_a_round_of_links_goes_through_the_proxy_that_the_office_set(campaign, names, monkeypatch):
    handed(piece("公开栏", (f"{first_item().code}#1",), content=None, url="http://outside.test/a"))
    with site() as running, proxy({f"{OUTSIDE}:80": running.port}) as way:
        running.show("/a", "权责清单")
        monkeypatch.setenv("SHIFAN_PROXY", way.url)
        [seen] = check_links("jc", "创建办", NOON, limits=QUICK)

    assert (seen.outcome, running.asked, len(way.asked)) == ("same", ["/a"], 1)
