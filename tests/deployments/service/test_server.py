"""What surrounds our service: no proxy of the office's shell, nothing that another Prefect left."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prefect import flow, get_client
from prefect.deployments.runner import EntrypointType, RunnerDeployment
from prefect.settings import PREFECT_API_URL
from prefect.states import Pending

from deployments.service.entrances import reached_by_others, require_way_in
from deployments.service.server import Server, runs_by_itself
from deployments.service.surroundings import HEADERS, environment, left_over
from models.errors import ServerError
from models.settings import settings
from tests.support.listener import Listener

# Every client that talks to our own server: the command's, Prefect's, that of its logs and events.
CALLS = """
import asyncio, contextlib, sys, urllib.error, urllib.request
import httpx, requests, websockets
from prefect.client.orchestration import get_client
from prefect.exceptions import PrefectHTTPStatusError

host = sys.argv[1]

async def socket():
    try:
        await websockets.connect(f"ws://{host}/api/events/in", open_timeout=5)
    except websockets.InvalidStatus:
        pass

def opened():
    try:
        urllib.request.urlopen(f"http://{host}/", timeout=5)
    except urllib.error.HTTPError:
        pass

httpx.get(f"http://{host}/", timeout=5)
requests.get(f"http://{host}/", timeout=5)
opened()
asyncio.run(socket())
with get_client(sync_client=True) as client, contextlib.suppress(PrefectHTTPStatusError):
    client._client.get("/health")
"""


@pytest.fixture
def proxy():
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture
def own():
    listener = Listener()
    yield listener
    listener.close()


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_no_proxy_of_the_shell_is_handed_to_the_service(monkeypatch, name, scheme):
    monkeypatch.setenv(name, f"{scheme}://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "example.cn")

    given = environment(Path("/home"), "127.0.0.1", 4200)

    assert HEADERS in given
    left = {key: value for key, value in given.items() if key.lower().endswith("_proxy")}
    assert left == {"NO_PROXY": "*", "no_proxy": "*"}


def test_the_proxy_that_the_office_named_for_sending_is_handed_to_the_service(monkeypatch):
    monkeypatch.setenv("SHIFAN_PROXY", "http://proxy.example.cn:3128")

    given = environment(Path("/home"), "127.0.0.1", 4200)

    assert given.get("SHIFAN_PROXY") == "http://proxy.example.cn:3128"


def test_every_client_of_ours_goes_straight(monkeypatch, proxy, own, tmp_path):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ws_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")  # httpx cannot even start with it
    surroundings = environment(tmp_path, "127.0.0.1", own.port)

    subprocess.run(
        [sys.executable, "-c", CALLS, f"127.0.0.1:{own.port}"],
        env=surroundings,
        check=True,
        cwd=tmp_path,
    )

    assert len(own.heard) == 5
    assert proxy.heard == []


@pytest.mark.parametrize(
    "name",
    [
        "PREFECT_SERVER_API_AUTH_STRING",
        "PREFECT_API_AUTH_STRING",
        "PREFECT_API_KEY",
        "PREFECT_PROFILE",
        "PREFECT_PROFILES_PATH",
        "PREFECT_SERVER_API_BASE_PATH",
        "PREFECT_SERVER_EPHEMERAL_ENABLED",
    ],
)
def test_what_another_prefect_left_is_not_handed_on_and_named(monkeypatch, name):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv(name, "another")

    assert "another" not in environment(Path("/home"), "127.0.0.1", 4200).values()
    assert name in left_over()


def test_settings_are_taken_from_where_the_service_was_started(monkeypatch, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / ".env").write_text(
        "SHIFAN_CHANNELS=channels.yaml\nSHIFAN_DATABASE_URL=sqlite:///data/a.db\n"
        "PREFECT_SERVER_API_AUTH_STRING=another\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHIFAN_DATABASE_URL", raising=False)
    given = environment(tmp_path / "home", "127.0.0.1", 4200)
    for name, value in given.items():
        if name.startswith("SHIFAN_"):
            monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path / "home")

    found = settings()

    assert found.channels == tmp_path / "channels.yaml"
    assert found.database == f"sqlite:///{tmp_path}/data/a.db"
    (tmp_path / ".env").write_text("SHIFAN_CHANNELS=/etc/channels.yaml\n")
    os.utime(tmp_path / ".env", (1, 1))
    assert settings().channels == Path("/etc/channels.yaml")  # read anew, as ever


def test_a_database_set_for_prefect_s_own_server_stays(monkeypatch):
    name = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv(name, "postgresql+asyncpg://u@h/prefect")

    assert environment(Path("/home"), "127.0.0.1", 4200)[name] == os.environ[name]
    assert name not in left_over()


def test_a_server_that_the_office_runs_keeps_its_log_in_but_no_profile(monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example.cn/api")
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "u:p")
    monkeypatch.setenv("PREFECT_PROFILE", "another")

    given = environment(Path("/home"), "127.0.0.1", 4200)

    assert given["PREFECT_API_AUTH_STRING"] == "u:p"
    assert HEADERS not in given
    assert "PREFECT_PROFILE" not in given


@pytest.mark.parametrize(
    "url",
    [
        "http://10.1.2.3/shifan",
        "http://10.1.2.3",
        "https://sf.example.gov:8443",
        "http://127.0.0.1/shifan",
    ],
)
def test_a_public_address_asks_for_a_password_though_only_this_machine_is_listened_to(
    monkeypatch, url
):
    """A reverse proxy of our own user or root is let in without one, and with it everybody."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("SHIFAN_PUBLIC_URL", url)

    with pytest.raises(ServerError) as refused:
        require_way_in("127.0.0.1", None)
    assert str(refused.value).startswith(
        f"SHIFAN_PUBLIC_URL 设为 {url} 时别的电脑也能访问，必须先有账号"
    )
    require_way_in("127.0.0.1", "Only-4-us!")


@pytest.mark.parametrize("url", ["", "http://localhost:4200", "http://127.0.0.1:4200/"])
def test_an_address_of_this_machine_alone_asks_for_none(monkeypatch, url, tmp_path):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("SHIFAN_PUBLIC_URL", url)

    require_way_in("127.0.0.1", None)

    assert reached_by_others("127.0.0.1") == ""
    assert "别的电脑也能访问" in reached_by_others("0.0.0.0")  # noqa: S104 - nothing listens there


@flow
def patrolling() -> None:
    """Do nothing."""


@pytest.mark.server
def test_a_run_that_has_taken_its_place_counts_before_it_began(prefect_server):
    made = RunnerDeployment.from_flow(
        patrolling, name="先到", entrypoint_type=EntrypointType.MODULE_PATH
    )
    deployment = made.apply()
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(deployment, state=Pending())
        since = datetime.now(UTC).isoformat()  # it was due before this start
        client.create_flow_run_from_deployment(deployment)  # waits for its hour

    found = Server({"PREFECT_API_URL": str(PREFECT_API_URL.value())}).runs_of("先到", since)

    assert [run.state for run in found] == ["PENDING"]


@pytest.mark.parametrize(
    ("paused", "active", "runs"),
    [
        (False, [True], True),
        (False, [False, True], True),
        (False, [False], False),
        (True, [True], False),
        (False, [], True),  # a form: on as soon as it has a schedule
        (True, [], False),
    ],
)
def test_a_deployment_runs_by_itself_when_neither_switch_is_off(paused, active, runs):
    asked = {"paused": paused, "schedules": [{"active": one} for one in active]}

    assert runs_by_itself(asked) is runs
