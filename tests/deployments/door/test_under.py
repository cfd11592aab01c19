"""Everything under a path, as a reverse proxy hands it on."""

import asyncio

import httpx
import pytest

from deployments.door.app import behind_the_door
from deployments.door.callers.who import ASKS
from deployments.window.cookies import FORM
from flows.running import clock
from tests.deployments.door.own_door import RUN
from tests.support.windows import PASSWORD, TOKEN, account

pytestmark = pytest.mark.usefixtures("database")
PROXY = "http://10.1.2.3"
DIRECT = "http://127.0.0.1:4200"
HTML = {"accept": "text/html"}


class Prefect:
    """Says which path reached it, as a page or as a value."""

    def __init__(self) -> None:
        self.reached: list[str] = []

    async def __call__(self, scope, receive, send):
        assert scope["raw_path"].decode() == scope["path"]
        self.reached.append(scope["path"])
        kind = b"application/json" if "/api/" in scope["path"] else b"text/html"
        headers = [(b"content-type", kind)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = b"{}" if "/api/" in scope["path"] else b"<html><head></head></html>"
        await send({"type": "http.response.body", "body": body})


@pytest.fixture
def prefect(monkeypatch, database) -> Prefect:
    monkeypatch.setenv(ASKS, "1")
    monkeypatch.setenv("SHIFAN_PUBLIC_URL", f"{PROXY}/shifan/")
    return Prefect()


def visit(prefect, *calls, url=PROXY, **login):
    """Make ``calls`` (method, path, more) in one browser at ``url``; return the answers."""
    door = behind_the_door(prefect)

    async def served(scope, receive, send):
        await door({**scope, "server": ("127.0.0.1", 4200)}, receive, send)

    async def ask():
        transport = httpx.ASGITransport(app=served, client=("10.1.2.3", 50000))
        async with httpx.AsyncClient(transport=transport, base_url=url, **login) as browser:
            return [await browser.request(*call[:2], **call[2]) for call in calls]

    return asyncio.run(ask())


def test_a_browser_logs_in_and_stays_under_the_path(prefect):
    account(clock.now())
    [first, page] = visit(
        prefect, ("GET", "/shifan/runs?a=1", {"headers": HTML}), ("GET", "/shifan/in", {})
    )
    token = TOKEN.search(page.text)
    typed = {"name": "甲", "password": PASSWORD, "to": "/runs?a=1", "_csrf": token[1]}
    inside, shown, found, board = visit(
        prefect,
        ("POST", "/shifan/in", {"data": typed}),
        ("GET", "/shifan/runs", {"headers": HTML}),
        ("POST", "/shifan/api/flow_runs/filter", {"json": {}}),
        ("GET", "/shifan/", {"headers": HTML}),
        cookies={FORM: page.cookies[FORM]},
    )

    assert first.headers["location"] == "/shifan/in?to=%2Fruns%3Fa%3D1"
    assert 'action="/shifan/in"' in page.text
    assert "<script" not in page.text
    assert 'content="0;url=/shifan/runs?a=1"' in inside.text
    assert "Path=/shifan;" in inside.headers["set-cookie"]  # not for what else the proxy serves
    assert '<script src="/shifan/door/at-home.js">' in shown.text
    assert found.status_code == board.status_code == 200
    assert 'href="/shifan/files/window.css' in board.text
    assert prefect.reached == ["/shifan/runs", "/shifan/api/flow_runs/filter"]


def test_the_door_stands_before_the_path_as_before_the_root(prefect):
    account(clock.now())
    answers = visit(
        prefect,
        ("POST", "/shifan/api/deployments/", {"json": {}}),
        ("GET", "/shifan/docs", {"headers": HTML}),
        ("GET", "/shifan/api/collections/views/x", {}),
        ("PATCH", f"/shifan/api/deployments/{RUN}", {"json": {"entrypoint": "x"}}),
        auth=("甲".encode(), PASSWORD),
    )

    assert [answer.status_code for answer in answers] == [403] * 4
    assert prefect.reached == []


def test_an_old_link_leads_below_the_path_and_nothing_else_is_there(prefect):
    link, root, call = visit(
        prefect,
        ("GET", "/artifacts/key/chart?x=1", {}),
        ("GET", "/", {}),
        ("POST", "/api/flow_runs/filter", {"json": {}}),
        url=DIRECT,
    )

    assert (link.status_code, link.headers["location"]) == (307, "/shifan/artifacts/key/chart?x=1")
    assert root.headers["location"] == "/shifan/"
    assert call.status_code == 404
    assert link.headers["x-frame-options"] == call.headers["x-frame-options"] == "DENY"
    assert prefect.reached == []


@pytest.mark.parametrize("path", ["/shifanx/runs", "//evil.example/", "/shifan/../x"])
def test_what_only_looks_like_the_path_is_not_it(prefect, path):
    [answer] = visit(prefect, ("GET", path, {"headers": HTML}), url=DIRECT)

    assert prefect.reached == []
    assert answer.headers["location"].startswith("/shifan/")


@pytest.mark.parametrize(
    ("url", "headers"), [(PROXY, {}), (DIRECT, {"x-forwarded-for": "10.1.2.9"})]
)
@pytest.mark.parametrize("path", ["/", "/v2/runs", "/door/login"])
def test_a_proxy_that_takes_the_path_away_is_told_so_and_sent_in_no_circle(
    prefect, url, headers, path
):
    [answer] = visit(prefect, ("GET", path, {"headers": HTML | headers}), url=url)

    assert answer.status_code == 404
    assert answer.text == "示范在 /shifan/ 下面；代理请原样转发路径"
    assert prefect.reached == []


def test_beside_the_path_no_strange_name_is_answered(prefect):
    [answer] = visit(prefect, ("GET", "/", {"headers": HTML}), url="http://name.example:4200")

    assert answer.status_code == 421
