"""`shifan server`: Prefect's own server as an office starts it, closed but for whom it is for."""

import asyncio
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import redis
from fastapi import FastAPI
from prefect.client.orchestration import PrefectClient
from sqlalchemy.exc import IntegrityError

from deployments.cli import run
from deployments.door.prefects import serve_app
from deployments.pools import own_server
from deployments.pools.not_begun import why_not_begun
from models.files.home import home
from models.rules.own_server import LOGIN, ORIGINS
from models.rules.several_servers import DATABASE
from tests.places import ROOT
from tests.support.listener import Listener
from tests.support.upped import free_port, wait_until

NAME, PASSWORD = "office", "Zhe-Shi-Kou-Ling"
DESCRIBED = ["/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"]
DESCRIBED += ["/api/docs", "/api/redoc", "/api/openapi.json", "/api/docs/oauth2-redirect"]


@pytest.fixture
def quiet_again() -> Iterator[None]:
    """Let what one test silenced speak for the others."""
    yield
    logging.getLogger("uvicorn.error").disabled = False


class Started:
    """One `shifan server` on a new home."""

    def __init__(self, home: Path) -> None:
        port, self.outside = free_port(), Listener()
        self.url, self.output = f"http://127.0.0.1:{port}", home.parent / "said.txt"
        shell = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deployments.cli", "server", "--port", str(port)],
            env=shell
            | {
                "PYTHONPATH": str(ROOT),
                "SHIFAN_HOME": str(home),
                LOGIN: f"{NAME}:{PASSWORD}",
                "ALL_PROXY": f"http://127.0.0.1:{self.outside.port}",  # the only way out
            },
            cwd=home.parent,
            stdout=self.output.open("wb"),
            stderr=subprocess.STDOUT,
        )

    def asked(self, path: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
        return httpx.get(
            f"{self.url}{path}",
            auth=(NAME, password) if password else None,
            headers=headers,
            follow_redirects=True,
            trust_env=False,
            timeout=30,
        )

    def answers(self) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        try:
            return self.asked("/api/ready", "").is_success
        except httpx.HTTPError:
            return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    made = Started(tmp_path_factory.mktemp("own") / "home")
    try:
        wait_until(made.answers)
        yield made
    finally:
        made.process.kill()
        made.process.wait(10)
        made.outside.close()


@pytest.mark.server
@pytest.mark.parametrize("path", DESCRIBED)
def test_the_description_of_its_own_server_is_nobodys_either(server, path):
    for accept in ("*/*", "text/html"):
        assert server.asked(path, accept=accept).status_code == 404
        assert server.asked(path, "", accept=accept).status_code in (401, 404)


@pytest.mark.server
def test_only_the_password_lets_in(server):
    assert server.asked("/api/health", "").status_code == 200
    for wrong in ("", PASSWORD + "1", PASSWORD.lower()):
        assert server.asked("/api/admin/version", wrong).status_code == 401
    assert server.asked("/api/admin/version").status_code == 200

    async def pools() -> list[object]:
        async with PrefectClient(f"{server.url}/api", auth_string=f"{NAME}:{PASSWORD}") as client:
            return list(await client.read_work_pools())

    assert asyncio.run(pools()) == []


@pytest.mark.server
def test_no_page_of_another_host_is_invited(server):
    strange = server.asked("/api/version", origin="http://strange.example")
    own = server.asked("/api/version", origin=server.url)

    # Sent without a kind of content, which no browser asks about first, and Prefect takes as JSON.
    sent = httpx.post(
        f"{server.url}/api/work_pools/",
        content=b'{"name": "strange", "type": "process"}',
        headers={"origin": "http://strange.example"},
        trust_env=False,
    )

    assert sent.status_code == 401
    assert "access-control-allow-origin" not in strange.headers
    assert own.headers["access-control-allow-origin"] == server.url


@pytest.mark.server
def test_its_pages_work_under_any_name_that_reaches_them(server):
    page = server.asked("/", "", accept="text/html", host="sf.example")
    told = server.asked("/ui-settings", "", host="sf.example").json()
    [script, *_] = re.findall(r'src="(/[^"]+\.js)"', page.text)

    assert (told["api_url"], told["auth"]) == ("/api", "BASIC")
    assert server.asked(script, "").headers["content-type"].startswith("text/javascript")


@pytest.mark.server
def test_it_asks_no_host_outside_for_what_it_has(server):
    """Left to itself it asks the internet first; what is dropped on the way holds the page up."""
    answer = server.asked("/api/collections/views/aggregate-worker-metadata")

    assert "process" in answer.json()["prefect"]
    assert server.outside.heard == []


@pytest.mark.server
def test_it_ends_in_order_when_told_to(server):  # the last: it is gone then
    server.process.send_signal(signal.SIGTERM)

    assert server.process.wait(30) == 0
    assert server.output.read_text().splitlines()[-1] == "已停止"


def test_a_server_that_would_be_open_is_one_line_and_nothing_is_left_behind(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv(ORIGINS, "*")
    before = dict(os.environ)

    for words in (["server"], ["server", "--host", "0.0.0.0"], ["server", "--no-services"]):
        assert run(words) == 1
        [line] = capsys.readouterr().err.splitlines()
        assert line.startswith(f"没有启动：没有设 {LOGIN}")
        assert ORIGINS in line
    assert dict(os.environ) == before


def test_a_home_in_which_the_server_was_first_is_one_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    (tmp_path / "prefect-server").mkdir()

    assert home() == tmp_path


def test_one_that_met_another_while_registering_begins_once_more(monkeypatch, capsys):
    monkeypatch.setattr(own_server, "PATIENCE", 0.0)
    tries: list[str] = []

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tries.append("begun")
        if len(tries) == 1:
            raise IntegrityError("INSERT INTO block_type", {}, ValueError("uq_block_type__slug"))
        yield
        tries.append("ended")

    app = FastAPI(lifespan=lifespan)
    own_server.try_again(app)

    async def live() -> None:
        async with app.router.lifespan_context(app):
            tries.append("served")

    asyncio.run(live())
    assert tries == ["begun", "begun", "served", "ended"]
    assert "再试一次" in capsys.readouterr().out


def test_what_fails_again_ends_the_start(monkeypatch, quiet_again, capfd):
    monkeypatch.setattr(own_server, "PATIENCE", 0.0)
    tries: list[str] = []

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tries.append("begun")
        raise ConnectionRefusedError
        yield

    app = FastAPI(lifespan=lifespan)
    failed = own_server.try_again(app)

    assert not serve_app(app, "127.0.0.1", free_port())
    assert tries == ["begun", "begun"]
    assert "连不上 Prefect 的数据库" in why_not_begun(failed[-1])
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err


class InvalidPasswordError(Exception):
    """What asyncpg says of a wrong password."""

    __module__ = "asyncpg.exceptions"


def test_why_it_did_not_begin_is_one_line_without_a_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    error = RuntimeError("SELECT 1")
    error.__cause__ = InvalidPasswordError('password authentication failed for user "prefect"')

    assert "口令不对" in why_not_begun(error)
    assert DATABASE in why_not_begun(error)
    assert "连不上 Redis" in why_not_begun(redis.ConnectionError("Error 111 connecting"))
    [report] = re.findall(r"请把 (\S+) 交给维护人员", why_not_begun(ValueError("Kou-Ling")))
    assert "ValueError" in Path(report).read_text()
