"""The Prefect server: its surroundings, its port, whether it answers, whether it schedules."""

import os
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from models.errors import ServerError

START_SECONDS = 90


def environment(home: Path, host: str, port: int, password: str | None) -> dict[str, str]:
    """Return the environment of the server and of everything that talks to it.

    Prefect's own home lies in ours, so two homes never meet; nothing phones home.
    """
    # What an office set for Prefect itself (a PostgreSQL for the server, the log-in of its own one)
    # stays; ours comes on top. Whatever else a shell may hold of Prefect is not ours.
    kept = ("PREFECT_SERVER_", "PREFECT_API_AUTH_STRING") if not external() else ("PREFECT_",)
    given = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    given |= {k: v for k, v in os.environ.items() if k.startswith(kept)}
    ours = {
        "SHIFAN_HOME": str(home),
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": external() or f"http://{_reachable(host)}:{port}/api",
        "PREFECT_UI_API_URL": "/api",  # relative: right through any address that reaches the page
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_CLI_COLORS": "false",
        "PYTHONUNBUFFERED": "1",
    }
    if password:
        ours["PREFECT_SERVER_API_AUTH_STRING"] = ours["PREFECT_API_AUTH_STRING"] = (
            f"admin:{password}"
        )
    return given | ours


def external() -> str | None:
    """Return the API of a server that the office runs itself (a city's, on PostgreSQL), if it named one."""
    return os.environ.get("PREFECT_API_URL") or None


def require_usable(password: str | None) -> None:
    """Raise ServerError when a browser could not send ``password``: its log-in takes ASCII only."""
    if password is not None and not (password.isascii() and password.isprintable() and password):
        raise ServerError("口令只能用英文字母、数字和标点,不能有汉字,也不能是空的")


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104


def require_free_port(host: str, port: int, wait: float = 0) -> None:
    """Return when ``port`` can be taken; waits up to ``wait`` seconds for one that is being given up.

    Raises ServerError in one line when it stays taken.
    """
    until = time.monotonic() + wait
    while True:
        try:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
                return
        except (OSError, OverflowError) as error:
            if isinstance(error, OverflowError) or time.monotonic() >= until:
                raise ServerError(
                    f"端口 {port} 不能用(已被其他程序占用,或本机没有地址 {host});"
                    "请用 --port 换一个端口,例如 shifan up --port 4300"
                ) from None
            time.sleep(0.3)


def server_command(host: str, port: int) -> list[str]:
    """Return the command that runs the server in the foreground."""
    return [
        str(Path(sys.executable).with_name("prefect")),
        "server",
        "start",
        "--host",
        host,
        "--port",
        str(port),
    ]


class Server:
    """A running server as its client sees it."""

    def __init__(self, surroundings: Mapping[str, str]) -> None:
        """Talk to the server that ``surroundings`` name."""
        self._api = surroundings["PREFECT_API_URL"]
        login = surroundings.get("PREFECT_API_AUTH_STRING")
        auth = httpx.BasicAuth(*login.split(":", 1)) if login else None
        self._client = httpx.Client(timeout=5, auth=auth, trust_env=False)

    def answers(self) -> bool:
        """Say whether the server answers."""
        try:
            return self._client.get(f"{self._api}/health").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def wait(self, seconds: float = START_SECONDS) -> bool:
        """Return when the server answers, False when it does not in ``seconds``."""
        until = time.monotonic() + seconds
        while not (answers := self.answers()) and time.monotonic() < until:
            time.sleep(0.1)
        return answers

    def next_runs(self) -> int:
        """Return how many runs the scheduler has really made: a healthy server alone proves little."""
        body = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
        try:
            answer = self._client.post(f"{self._api}/flow_runs/count", json=body)
            return int(answer.json()) if answer.is_success else 0
        except (httpx.HTTPError, ValueError):
            return 0

    def runs_tagged(self, tag: str, since: str) -> list[dict[str, object]]:
        """Return the runs tagged ``tag`` that were made after ``since`` (ISO instant), newest first."""
        body = {
            "flow_runs": {"tags": {"all_": [tag]}, "expected_start_time": {"after_": since}},
            "sort": "EXPECTED_START_TIME_DESC",
        }
        try:
            answer = self._client.post(f"{self._api}/flow_runs/filter", json=body)
            return list(answer.json()) if answer.is_success else []
        except (httpx.HTTPError, ValueError):
            return []
