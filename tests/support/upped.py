"""Run `shifan up` as a user does, on a free port and a home of its own."""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

SERVICE = b"PREFECT_CLIENT_CUSTOM_HEADERS="
READY = "按 Ctrl-C 停止"


def free_port() -> int:
    """Return a port that nobody listens on, and that the system gives to nobody who asks for any.

    A start takes seconds until it listens; a port from the system's own range would meanwhile go to
    whoever binds to 0, as our fake providers do, and each would hear what is meant for the other.
    """
    for _ in range(100):
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


def asked(
    url: str,
    path: str,
    body: dict[str, Any] | None = None,
    method: str = "",
    headers: Mapping[str, str] | None = None,
) -> Any:
    """Return what the server at ``url`` answers; without ``body`` it is only read.

    Its SQLite is busy at times (503); like Prefect's own client this one asks again.
    """
    until = time.monotonic() + 90
    method = method or ("GET" if body is None else "POST")
    while True:
        answer = httpx.request(
            method,
            f"{url}/api/{path}",
            json=body,
            headers=dict(headers or {}),
            trust_env=False,
            timeout=30,
        )
        if answer.is_success or time.monotonic() > until:
            assert answer.is_success, answer.text
            return answer.json() if answer.content else None
        time.sleep(0.5)


def wait_until(true: Callable[[], bool], seconds: float = 180) -> None:
    """Come back when ``true`` holds; fail when it does not in time."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.3)


class Up:
    """One `shifan up`; ``said`` is what it printed."""

    def __init__(
        self,
        home: Path,
        *options: str,
        port: int | None = None,
        password: str = "",
        shell: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self.home, self.port = home, port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._output = home.parent / f"{home.name}-{time.monotonic_ns()}.txt"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        environment.pop("PYTHONUNBUFFERED", None)  # a user's shell has none
        environment |= {"SHIFAN_HOME": str(home), **(shell or {})}
        if password:
            environment |= {"SHIFAN_PASSWORD": password}
        command = [
            sys.executable,
            "-m",
            "deployments.cli",
            "up",
            "--port",
            str(self.port),
            *options,
        ]
        self.process = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdout=self._output.open("wb"),
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> Self:
        try:
            self.wait_until_ready()
        except BaseException:  # a start that is too slow must not go on beside the other tests
            self.stop()
            raise
        return self

    def __exit__(self, *_: type | BaseException | TracebackType | None) -> None:
        self.stop()

    @property
    def said(self) -> str:
        return self._output.read_text(encoding="utf-8")

    @property
    def service(self) -> dict[str, str]:
        """Return the header with which our own service passes the door."""
        for number in processes_of(self.home):
            entries = Path(f"/proc/{number}/environ").read_bytes().split(b"\0")
            for entry in entries:
                if entry.startswith(SERVICE):
                    return dict(json.loads(entry.removeprefix(SERVICE)))
        raise AssertionError("no service runs")

    def wait_until_ready(self, seconds: float = 300) -> None:
        until = time.monotonic() + seconds
        while READY not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.2)

    def stop(self) -> int:
        """Press Ctrl-C and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(10)


def processes_of(home: Path) -> list[int]:
    """Return the processes that were started for ``home``."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(home).encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return [pid for pid in found if pid != os.getpid()]
