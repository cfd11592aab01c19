"""A server with a log-in of its own, and an office that has another password or none."""

import threading
from collections.abc import Iterator

import pytest
import uvicorn
from prefect.server.api.server import create_api_app
from prefect.settings import PREFECT_SERVER_API_AUTH_STRING, temporary_settings

from deployments.cli import run
from deployments.service.server import Server
from models.errors import ServerError
from tests.support.upped import free_port, wait_until


@pytest.fixture(scope="module")
def guarded() -> Iterator[str]:
    """Prefect's own API behind `office:right`; nothing of it that asks a database is called."""
    with temporary_settings({PREFECT_SERVER_API_AUTH_STRING: "office:right"}):
        app = create_api_app(ignore_cache=True)
    port = free_port()
    config = uvicorn.Config(app, port=port, lifespan="off", log_level="critical")
    server = uvicorn.Server(config)
    serving = threading.Thread(target=server.run)
    serving.start()
    wait_until(lambda: server.started)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    serving.join()


@pytest.mark.parametrize("login", ["office:secret-wrong", "secret-wrong", ""])
@pytest.mark.parametrize("command", ["deploy", "worker"])
def test_another_password_is_said_in_one_line_that_holds_none(
    guarded, tmp_path, monkeypatch, capsys, command, login
):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PREFECT_API_URL", guarded)
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", login)

    assert run([command]) == 1

    said = capsys.readouterr().err
    assert "不认这里的口令" in said
    assert len(said.splitlines()) == 1
    assert "wrong" not in said


def lets_in(address: str, login: str) -> bool:
    """Say whether the server at ``address`` lets ``login`` in."""
    try:
        Server({"PREFECT_API_URL": address, "PREFECT_API_AUTH_STRING": login}).require_let_in()
    except ServerError:
        return False
    return True


def test_the_right_password_lets_in_and_no_other(guarded):
    logins = ("office:right", "office:Right", "right", "")
    assert [lets_in(guarded, one) for one in logins] == [True, False, False, False]


def test_a_server_that_does_not_say_is_not_one_without_the_pool(guarded):
    with pytest.raises(ServerError, match="没有办成（401）"):
        Server({"PREFECT_API_URL": guarded}).pool_type("shifan")
