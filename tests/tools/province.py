"""A province on work pools: every campaign patrolled while one process of each kind is killed in turn.

    python -m tests.tools.province                    150 campaigns, two servers, Redis, four workers
    python -m tests.tools.province --campaigns 3 --servers 1 --workers 1

First one worker works alone, then all do, for their rates; then a worker, a server, the background services,
Redis and the run that asks for all the others are killed one after the other and begun again. At the
end nothing may be missing or double: each campaign has its round and as many notices as every other
(their plans are the same), each recipient one message a window. The runs are Prefect's; the machine is one.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from models.rules.own_server import LOGIN
from tests.tools.fake_provider import FakeProvider
from tests.tools.province_count import Outcome, count, rounds_of_the_day
from tests.tools.province_day import a_working_morning
from tests.tools.province_machine import POOL, Machine, machine

AT_ONCE = 2  # of each worker: four of them make the eight that the province's patrol asks for
ALONE, TOGETHER = (
    0.2,
    0.6,
)  # of all campaigns are patrolled by one worker alone, and so many before the first kill
LONGEST = 1800.0  # seconds; then it has failed
RUN, DELIVERY = "每日巡查", "发送提醒"
ASKED_FOR = (RUN, "巡查一个创建活动", DELIVERY)
WORDS = {"worker": "工作进程", "server": "Prefect 服务", "services": "后台服务", "redis": "Redis"}


class Province:
    """A province of many campaigns on a machine, and what is asked of it."""

    def __init__(self, on: Machine, provider: FakeProvider, told: argparse.Namespace) -> None:
        """Load the campaigns and register the deployments; nobody works yet."""
        self._machine, self._provider = on, provider
        self._workers, self._kill = told.workers, not told.no_kills
        user, _, password = on.environment[LOGIN].partition(":")
        self._login = user, password
        self.outcome = Outcome(told.campaigns)
        self.day, ahead = a_working_morning()
        on.environment["PROVINCE_AHEAD"] = str(ahead.total_seconds())
        os.environ |= {
            n: v for n, v in on.environment.items() if n.startswith(("SHIFAN_", "PREFECT_"))
        }
        os.environ["PREFECT_API_URL"] = on.urls[0]
        self._load(datetime.now(UTC) + ahead)
        self._register()

    def _load(self, now: datetime) -> None:
        from sqlmodel import select

        from models.database import open_session
        from models.schema import upgrade
        from models.settings import moment_of
        from models.units.unit import Post
        from tasks.plans.loading import find_plan, load_plan, read_plan

        upgrade(now)
        plan, start = read_plan(find_plan("jinchang-2025")), self.day - timedelta(days=30)
        for n in range(self.outcome.campaigns):
            load_plan(plan, slug=f"县{n + 1:03d}", start=start, moment=moment_of(now, self.day))
        with open_session(read_only=True) as session:
            tags = sorted(set(session.exec(select(Post.tag))))
        urls = [
            {f"wecomrobot://key-{n:04d}-0000?base={self._provider.base}": {"tag": tag}}
            for n, tag in enumerate(tags)
        ]
        channels = self._machine.home / "channels.yaml"
        channels.write_text(json.dumps({"version": 1, "urls": urls}, ensure_ascii=False))
        channels.chmod(0o600)
        self._machine.environment["SHIFAN_CHANNELS"] = str(channels)

    def _register(self) -> None:
        from prefect import get_client

        from deployments.pools.job_templates import job_template
        from deployments.service.schedules import all_deployments

        with get_client(sync_client=True) as client:
            pool = {"name": POOL, "type": "process", "base_job_template": job_template("process")}
            client.request("POST", "/work_pools/", json=pool)
        for one in all_deployments("Asia/Shanghai", POOL):
            if one.name in ASKED_FOR:
                one.schedules = None  # no hour comes in between
                one.apply()

    def run(self) -> Outcome:
        """Patrol all, kill on the way, deliver, and count."""
        begun, out = time.monotonic(), self.outcome
        self._machine.add_worker(AT_ONCE)
        parent = self._until(1, self._ask())  # who works is begun by then
        parent, out.alone = self._rate(1, int(out.campaigns * ALONE), parent)
        for _ in range(self._workers - 1):
            self._machine.add_worker(AT_ONCE)
        known = len(rounds_of_the_day(self.day))
        undisturbed = int(out.campaigns * (TOGETHER if self._kill else 1))
        parent, out.together = self._rate(known, undisturbed, parent)
        struck = time.monotonic()
        for n, kind in enumerate(self._to_kill() if self._kill else []):
            known = undisturbed + (n + 1) * (out.campaigns - undisturbed) // 7
            parent = self._until(known, parent)
            self._end_by_force(kind, parent)
        self._until(out.campaigns, parent)
        if self._kill:
            out.struck = (out.campaigns - undisturbed) / (time.monotonic() - struck)
        self._deliver()
        out.seconds = time.monotonic() - begun
        count(out, self.day, self._provider.accepted)
        out.runs = self._runs()
        return out

    def _rate(self, known: int, patrolled: int, parent: Any) -> tuple[Any, float]:
        """Wait until so many are patrolled; return the run that asks, and how many a second it came to."""
        begun = time.monotonic()
        parent = self._until(patrolled, parent)
        return parent, max(patrolled - known, 0) / (time.monotonic() - begun)

    def _to_kill(self) -> list[str]:
        beside = ["services", "redis"] if len(self._machine.servers) > 1 else []
        return ["worker", "server", *beside, "parent"]

    def _ask(self) -> Any:
        """Ask for the patrol of all, as its next tick does; return the run."""
        self.outcome.ticks += 1
        return self._start(RUN, minutes=1)

    def _start(self, name: str, **parameters: int) -> Any:
        from prefect import get_client
        from prefect.client.schemas.filters import DeploymentFilter

        with get_client(sync_client=True) as client:
            wanted = DeploymentFilter.model_validate({"name": {"any_": [name]}})
            [found] = client.read_deployments(deployment_filter=wanted)
            return client.create_flow_run_from_deployment(found.id, parameters=parameters)

    def _state(self, run: Any) -> Any:
        """Return the run as it is now; None while no server answers."""
        import httpx

        for url in self._machine.urls:
            with suppress(httpx.HTTPError):
                answer = httpx.get(f"{url}/flow_runs/{run.id}", auth=self._login, timeout=10)
                if answer.is_success:
                    return answer.json()
        return None

    def _until(self, patrolled: int, parent: Any) -> Any:
        """Wait until so many are patrolled; ask again where the run that asks for all has ended or is gone."""
        until = time.monotonic() + LONGEST
        while (known := len(rounds_of_the_day(self.day))) < patrolled:
            if time.monotonic() > until:
                self.outcome.faults.append(f"半小时只巡查了 {known} 个")
                break
            if (seen := self._state(parent)) and not _lives(seen):
                with suppress(Exception):  # the server fell in between: at the next look
                    parent = self._ask()
            time.sleep(0.5)
        return parent

    def _end_by_force(self, kind: str, parent: Any) -> None:
        on = self._machine
        if kind == "parent":
            seen = self._state(parent)
            if seen and _lives(seen) and seen["infrastructure_pid"]:
                os.kill(_pid(seen), signal.SIGKILL)
                self.outcome.killed.append("全省巡查的运行")
            return
        parts = {
            "worker": on.workers[-1],
            "server": list(on.servers.values())[-1],
            "services": on.services,
            "redis": on.redis,
        }
        part = parts[kind]
        assert part is not None
        part.kill()
        self.outcome.killed.append(WORDS[kind])

    def _deliver(self) -> None:
        """Deliver in as many shares as there are workers, all at once."""
        runs = [
            self._start(DELIVERY, part=n + 1, parts=self._workers) for n in range(self._workers)
        ]
        until = time.monotonic() + 300
        while time.monotonic() < until:
            states = [(self._state(run) or {}).get("state_type") for run in runs]
            if all(state in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") for state in states):
                break
            time.sleep(0.5)
        if set(states) != {"COMPLETED"}:
            self.outcome.faults.append(f"发送没有做完：{states}")

    def _runs(self) -> int:
        from prefect import get_client
        from prefect.client.schemas.filters import FlowRunFilter

        wanted = FlowRunFilter.model_validate({"tags": {"all_": [f"全省巡查 {self.day}"]}})
        with get_client(sync_client=True) as client:
            answer = client.request(
                "POST", "/flow_runs/count", json={"flow_runs": wanted.model_dump(mode="json")}
            )
            return int(answer.json())


def _lives(run: dict[str, Any]) -> bool:
    """Say whether a run has not ended and its process, where it had one, is still there."""
    if run["state_type"] not in ("SCHEDULED", "PENDING", "RUNNING"):
        return False
    return not run["infrastructure_pid"] or Path(f"/proc/{_pid(run)}").exists()


def _pid(run: dict[str, Any]) -> int:
    return int(str(run["infrastructure_pid"]).rpartition(":")[2])


def main() -> int:
    """Print the outcome; 1 when anything was lost or double."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--campaigns", type=int, default=150)
    parser.add_argument("--servers", type=int, default=2)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--no-kills", action="store_true")
    told = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started ends with it
    with machine(told.servers) as on, FakeProvider() as provider:
        province = Province(on, provider, told)
        try:
            outcome = province.run()
        finally:
            if kept := os.environ.get("PROVINCE_LOGS"):
                for log in on.home.glob("*.log"):
                    shutil.copy(log, kept)
    sys.stdout.write(f"{outcome}\n")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
