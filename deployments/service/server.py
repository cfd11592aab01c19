"""The Prefect server: its surroundings, its port, whether it answers, whether it schedules."""

import json
import os
import secrets
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from deployments.door.who import TOKEN, TOKEN_HEADER
from deployments.service.switched import runs_by_itself
from models.errors import ServerError
from models.rules.loopback import is_loopback
from models.settings import FOLDER, settings

START_SECONDS = 90
HEADERS = "PREFECT_CLIENT_CUSTOM_HEADERS"
EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104 - the words for it
# What an office may set for the Prefect that we start: the database of its server. The rest that a
# shell holds of Prefect (a log-in, a profile, a key) is left over from another one and locks us out.
KEPT = ("PREFECT_SERVER_DATABASE_", "PREFECT_API_DATABASE_")
OF_ANOTHER = (
    "PREFECT_PROFILE",
    "PREFECT_HOME",
)  # not even for a server that the office runs itself
OUR_OWN = ("PREFECT_SERVER_ANALYTICS_ENABLED",)  # our Makefile says it too


def environment(home: Path, host: str, port: int) -> dict[str, str]:
    """Return the environment of our service and of everything else that talks to the server.

    Prefect's own home lies in ours, so two homes never meet; nothing phones home, and no proxy of the
    shell or the desktop stands between us. What talks to our own server shows a token of this start,
    which is never on a disk.
    """
    left = {*left_over(), *filter(_is_proxy, os.environ)}
    given = {name: value for name, value in os.environ.items() if name not in left}
    given.pop("SHIFAN_PASSWORD", None)  # the door's alone
    base = settings().public_path
    ours = {
        "SHIFAN_HOME": str(home),
        # Our service runs in the home: where a user starts it may lie settings of another Prefect.
        FOLDER: os.environ.get(FOLDER) or str(Path.cwd()),
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_PROFILES_PATH": str(home / "prefect" / "none.toml"),
        # Prefect's runner keeps a folder of one name in the system's temporary folder: whoever of
        # the machine's users starts first would shut the others out.
        "TMPDIR": str(home / "tmp"),
        "PREFECT_API_URL": external() or f"http://{shown(host)}:{port}{base}/api",
        "PREFECT_UI_API_URL": f"{base}/api",  # right through any address that reaches the page
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PREFECT_LOGGING_LEVEL": "INFO",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_CLI_COLORS": "false",
        "PYTHONUNBUFFERED": "1",
    }
    if (
        base
    ):  # Prefect needs all of these; its pages are made anew, and not where another home's lie
        ours |= {
            "PREFECT_UI_SERVE_BASE": base,
            "PREFECT_SERVER_API_BASE_PATH": f"{base}/api",
            "PREFECT_UI_STATIC_DIRECTORY": str(home / "prefect" / "ui"),
        }
    if not external():
        ours[HEADERS] = json.dumps({TOKEN_HEADER: secrets.token_urlsafe(32)})
    # Our own calls go straight. Leaving the proxies' names out is not enough where the desktop names
    # one, and an exception for our address is not: httpx refuses to start on one that it cannot use.
    ours |= {"NO_PROXY": "*", "no_proxy": "*"}
    return given | ours


def left_over() -> list[str]:
    """Return the names in this shell that belong to another Prefect and are not handed on, sorted."""
    kept = KEPT if not external() else ("PREFECT_",)
    return sorted(
        name
        for name in os.environ
        if name.startswith("PREFECT_")
        and (not name.startswith(kept) or name.startswith(OF_ANOTHER))
        and name not in OUR_OWN
    )


def _is_proxy(name: str) -> bool:
    """Say whether ``name`` is a proxy of the shell; SHIFAN_PROXY is the office's own word for sending."""
    return name.lower().endswith("_proxy") and not name.upper().startswith("SHIFAN_")


def of_the_door(surroundings: Mapping[str, str], password: str | None) -> dict[str, str]:
    """Return the environment of the server and its door: the token to check, and the password.

    The header with the token is taken out: Prefect shows its settings on a page of the UI.
    """
    headers = json.loads(surroundings[HEADERS])
    door = {k: v for k, v in surroundings.items() if k != HEADERS}
    door[TOKEN] = headers[TOKEN_HEADER]
    return door | ({"SHIFAN_PASSWORD": password} if password else {})


def has_door(surroundings: Mapping[str, str]) -> bool:
    """Say whether our own door stands before the server that ``surroundings`` name: it gave a token."""
    return TOKEN_HEADER in json.loads(surroundings.get(HEADERS) or "{}")


def external() -> str | None:
    """Return the API of a server that the office runs itself (a city's, on PostgreSQL), if it named one."""
    return os.environ.get("PREFECT_API_URL") or None


def require_usable(password: str | None) -> None:
    """Raise ServerError when a browser could not send ``password``: its log-in takes ASCII only."""
    if password is not None and not (password.isascii() and password.isprintable() and password):
        raise ServerError("口令只能用英文字母、数字和标点，不能有汉字，也不能是空的")


def require_password(host: str, password: str | None) -> None:
    """Raise ServerError when others on the network could reach us and nobody asks them who they are.

    They could at an address ``host`` of this machine, or through a reverse proxy on it, which comes
    from loopback as a process of its own user: the public address says that there is one.
    """
    if password is not None or external():
        return
    public = urlsplit(settings().public_url)
    if not is_loopback(host):
        reached = f"用 --host {host} 时"
    elif public.netloc and (public.path or not is_loopback(public.hostname or "")):
        reached = f"SHIFAN_PUBLIC_URL 设为 {public.geturl()} 时"
    else:
        return
    raise ServerError(
        f"{reached}别的电脑也能访问，必须有口令；请加 --ask-password（当场输入）、"
        "--password-file 文件，或设环境变量 SHIFAN_PASSWORD"
    )


def shown(host: str) -> str:
    """Return ``host`` as it stands in an address that this machine opens."""
    if host in EVERY_ADDRESS:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def require_free_port(host: str, port: int, wait: float = 0) -> None:
    """Return when ``port`` can be taken; waits up to ``wait`` seconds for one that is being given up.

    Raises ServerError in one line when it stays taken.
    """
    until = time.monotonic() + wait
    while True:
        try:
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
                return
        except (OSError, OverflowError) as error:
            if isinstance(error, OverflowError) or time.monotonic() >= until:
                raise ServerError(
                    f"端口 {port} 不能用（已被其他程序占用，或本机没有地址 {host}）；"
                    "请用 --port 换一个端口，例如 shifan up --port 4300"
                ) from None
            time.sleep(0.3)


def server_command(host: str, port: int) -> list[str]:
    """Return the command that runs the server behind its door, in the foreground."""
    return [sys.executable, "-m", "deployments.door", host or "0.0.0.0", str(port)]  # noqa: S104


class Server:
    """A running server as its client sees it."""

    def __init__(self, surroundings: Mapping[str, str]) -> None:
        """Talk to the server that ``surroundings`` name."""
        self._api = surroundings["PREFECT_API_URL"]
        login = surroundings.get("PREFECT_API_AUTH_STRING")
        auth = httpx.BasicAuth(*login.split(":", 1)) if login else None
        headers = json.loads(surroundings.get(HEADERS) or "{}")
        self._client = httpx.Client(timeout=5, auth=auth, headers=headers, trust_env=False)

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

    def runs_tagged(self, tag: str, since: str) -> list[dict[str, Any]]:
        """Return the runs tagged ``tag`` that were made after ``since`` (ISO instant), newest first."""
        return self._found(
            "flow_runs",
            flow_runs={"tags": {"all_": [tag]}, "expected_start_time": {"after_": since}},
            sort="EXPECTED_START_TIME_DESC",
        )

    def runs_of(self, deployment: str, since: str) -> list[dict[str, Any]]:
        """Return the runs of ``deployment`` that began after ``since`` or are about to, newest first.

        One that is about to has taken its place already; for its start Prefect takes the hour it was
        due, which may be before ``since``.
        """
        found = self._found(
            "flow_runs",
            deployments={"name": {"any_": [deployment]}},
            flow_runs={
                "operator": "or_",
                "start_time": {"after_": since},
                "state": {"type": {"any_": ["PENDING"]}},
            },
            sort="START_TIME_DESC",
        )
        return [run for run in found if run["state"]["type"] != "SCHEDULED"]

    def switched_off(self) -> list[str]:
        """Return the deployments with a schedule that do not run by themselves: it is off, or they are."""
        return [one["name"] for one in self._scheduled() if not runs_by_itself(one)]

    def all_off(self) -> bool:
        """Say whether nothing runs by itself, because all of it was switched off."""
        found = self._scheduled()
        return bool(found) and not any(map(runs_by_itself, found))

    def _scheduled(self) -> list[dict[str, Any]]:
        return [one for one in self._found("deployments") if one["schedules"]]

    def _found(self, what: str, **asked: object) -> list[dict[str, Any]]:
        """Return what Prefect finds of ``what``; nothing where it does not answer."""
        try:
            answer = self._client.post(f"{self._api}/{what}/filter", json=asked)
            return list(answer.json()) if answer.is_success else []
        except (httpx.HTTPError, ValueError):
            return []
