"""A process of `make province`, and the PostgreSQL among them."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.places import ROOT
from tests.support.upped import free_port

COMES_BACK = 1.0  # seconds: RestartSec
ANSWERS = 60.0  # seconds that a database may take to start
DEBIANS = Path("/usr/lib/postgresql")
# It need not outlive us, and two servers, services and eight runs ask at once.
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
)


@dataclass
class Part:
    """A process of the machine; ``killed`` counts how often it was."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    killed: int = 0
    ends_by: signal.Signals = signal.SIGTERM
    process: "subprocess.Popen[bytes] | None" = None

    def begin(self) -> None:
        """Start it, and whatever it starts in a group of its own."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it by force, and begin it again a moment later."""
        self.end(signal.SIGKILL)
        self.killed += 1
        time.sleep(COMES_BACK)
        self.begin()

    def end(self, how: signal.Signals | None = None) -> None:
        """End it as it is used to, or by ``how``; come back when it is gone."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, how or self.ends_by)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def postgresql(home: Path) -> tuple[Part, int]:
    """Make the files of Debian's PostgreSQL in ``home``; return what is to be started, and its port.

    Not the wheel's: it lacks pg_trgm, without which Prefect makes no tables.
    """
    found = sorted(DEBIANS.glob("*/bin"))
    if not found:
        raise SystemExit("make province needs Debian's PostgreSQL: apt-get install postgresql")
    as_its_user = []
    folder, port = home / "pg", free_port()
    folder.mkdir(0o700)
    if os.geteuid() == 0:
        as_its_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres", "postgres")
    made = [*as_its_user, str(found[-1] / "initdb"), "-D", str(folder), "-U", "postgres"]
    made += ["-A", "trust", "-N", "-E", "UTF8"]
    subprocess.run(made, check=True, capture_output=True, cwd=folder)
    command = [*as_its_user, str(found[-1] / "postgres"), "-D", str(folder), "-p", str(port)]
    for setting in SETTINGS:
        command += ["-c", setting]
    # At once: told by SIGTERM it waits until the last of its clients has gone.
    log, at_once = home / "postgresql.log", signal.SIGINT
    return Part("postgresql", command, os.environ, log, ends_by=at_once), port


def make_databases(url: str, names: Sequence[str]) -> None:
    """Make ``names`` once the server answers at ``url``, which has a place for a name."""
    until = time.monotonic() + ANSWERS
    while time.monotonic() < until:
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(url.format("postgres"), autocommit=True) as connection,
        ):
            for name in names:
                connection.execute(f"CREATE DATABASE {name}".encode())
            return
        time.sleep(0.2)
    raise TimeoutError("PostgreSQL does not answer")
