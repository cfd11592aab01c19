"""A pool on an office's own server: made, registered to, worked for, and looked after."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.settings import get_current_settings
from prefect.states import Pending, Running

from deployments.cli import run
from deployments.pools.caretaker import LOCK, Looks, care_once
from deployments.pools.job_templates import job_template
from deployments.pools.lost_runs import LOST, WORKER, heard_of
from deployments.service.first_patrol import FIRST_PATROL, PATROL
from deployments.service.schedules import DEPLOYED, OURS
from models.database import engine_for
from models.rules.calendar.moment import Moment
from models.settings import settings
from tests.places import ROOT
from tests.support.upped import wait_until

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server")]

SHANGHAI = ZoneInfo("Asia/Shanghai")
POOL, OF_CONTAINERS = "shifan", "乙"
PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # as in a venv that is activated
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


class Office:
    """A home, and whoever types commands there."""

    def __init__(self, home: Path) -> None:
        self.home, self.api = home, str(get_current_settings().api.url)
        self.out = self.err = ""

    def types(self, capsys: Any, *words: str) -> int:
        """Run a command in this process; an interpreter of its own would cost seconds each time."""
        before = dict(os.environ)
        try:
            code = run(list(words))
        finally:
            os.environ.clear()
            os.environ |= before
        self.out, self.err = capsys.readouterr()
        return code

    def start(self, *words: str) -> subprocess.Popen[str]:
        return self.start_module("deployments.cli", *words)

    def start_module(self, *words: str) -> subprocess.Popen[str]:
        shell = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=shell | {"PREFECT_API_URL": self.api, "PYTHONPATH": str(ROOT), "PATH": PATH},
            cwd=self.home.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("office") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIFAN_HOME", str(made.home))
        patch.setenv("PREFECT_API_URL", made.api)
        assert run(["db", "upgrade"]) == 0
        yield made
        with get_client(sync_client=True) as client:
            for one in client.read_deployments():
                client.delete_deployment(one.id)
            for pool in client.read_work_pools():
                client.delete_work_pool(pool.name)
        engine_for(settings().database).dispose()


def on_the_server() -> dict[str, Any]:
    with get_client(sync_client=True) as client:
        return {one.name: one for one in client.read_deployments() if OURS in one.tags}


def switch_off(name: str) -> None:
    with get_client(sync_client=True) as client:
        one = on_the_server()[name]
        schedule = f"/deployments/{one.id}/schedules/{one.schedules[0].id}"
        client._client.patch(schedule, json={"active": False}).raise_for_status()


def test_deploying_makes_the_pool_and_switches_nothing_on(office, capsys):
    assert office.types(capsys, "deploy", "--dry-run") == 0, office.err
    assert "会登记" in office.out
    assert on_the_server() == {}

    assert office.types(capsys, "deploy") == 0, office.err
    assert "已新建" in office.out
    made = on_the_server()
    assert made.keys() >= {name for _, name, _ in DEPLOYED}
    assert {one.work_pool_name for one in made.values()} == {POOL}
    assert all(
        one.parameter_openapi_schema["additionalProperties"] is False for one in made.values()
    )
    with get_client(sync_client=True) as client:
        pool = client.read_work_pool(POOL)
    assert (pool.type, pool.concurrency_limit) == ("process", 8)
    assert str(made["登记进展"].id) in (office.home / "links.json").read_text()

    switch_off("收件")
    left = RunnerDeployment(
        name="旧的", flow_name="旧流程", entrypoint="flows.patrol.patrol", tags=[OURS]
    )
    left.apply(work_pool_name=POOL)
    assert office.types(capsys, "deploy", "--limit", "5") == 0, office.err
    assert "停用的仍停用：收件" in office.out
    assert "已删去本版没有的：旧的" in office.out
    after = on_the_server()
    assert [s.active for s in after["收件"].schedules] == [False]
    assert {n: one.id for n, one in after.items()} == {n: one.id for n, one in made.items()}
    with get_client(sync_client=True) as client:
        assert client.read_work_pool(POOL).concurrency_limit == 5


IMAGE = f"registry.example/shifan@sha256:{'0' * 64}"
AWAY = "http://127.0.0.1:9/api"


@pytest.mark.parametrize(
    ("command", "api", "said"),
    [
        ("deploy", "", "没有设 PREFECT_API_URL"),
        ("deploy", AWAY, "没有应答，请先启动它"),
        ("deploy", "http://127.0.0.1:9", "应写成 http://主机:4200/api"),
        ("deploy", "127.0.0.1:9/api", "应写成 http://主机:4200/api"),
        ("deploy", f"{AWAY}/", "应写成 http://主机:4200/api"),
        ("deploy --type docker --image shifan:latest", "", "写明镜像和摘要"),
        (f"deploy --type docker --image {IMAGE}", "", "要用 PostgreSQL"),
        (f"deploy --image {IMAGE}", "", "只用于"),
        ("deploy --limit 1", "", "至少写 2"),
        ("worker", "", "没有设 PREFECT_API_URL"),
        ("worker", AWAY, "没有应答"),
    ],
)
def test_what_is_missing_is_said_in_one_line(office, capsys, monkeypatch, command, api, said):
    monkeypatch.setenv("PREFECT_API_URL", api)

    assert office.types(capsys, *command.split()) == 1
    assert said in office.err
    assert len(office.err.splitlines()) == 1


def test_a_pool_that_is_not_there_or_of_another_kind_is_refused(office, capsys):
    assert office.types(capsys, "worker", "--pool", "甲") == 1
    assert "没有工作池“甲”" in office.err
    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name="丙", type="ecs"))

    for word in ("worker", "deploy"):
        assert office.types(capsys, word, "--pool", "丙") == 1
        assert "类型是 ecs" in office.err


def heartbeat(client: Any, worker: str) -> None:
    body = {"name": worker, "heartbeat_interval_seconds": 60}
    client._client.post(f"/work_pools/{POOL}/workers/heartbeat", json=body).raise_for_status()


def care(
    moment: Moment, *, first: bool, doubted: Collection[UUID] = (), pool: str = POOL
) -> set[UUID]:
    async def cared() -> set[UUID]:
        async with get_client() as client:
            return await care_once(client, pool, moment, Looks(first, doubted, LONG_AGO))

    return asyncio.run(cared())


def test_what_fell_is_closed_and_the_patrol_is_made_up_for(office):
    there = on_the_server()
    patrol, single, other = there[PATROL], there["收件"], there["如果今天验收"]
    now = datetime.now(UTC)
    noon = now.astimezone(SHANGHAI).replace(hour=12, minute=0)
    with get_client(sync_client=True) as client:
        heartbeat(client, "在")
        runs = {}
        for name, deployment, worker, state in (
            ("fell", patrol.id, "倒", Running()),
            ("single", single.id, "倒", Running()),
            ("runs", other.id, "在", Running()),
            ("waits", other.id, "倒", Pending()),
        ):
            made = client.create_flow_run_from_deployment(deployment)
            client._client.patch(
                f"/flow_runs/{made.id}/labels", json={WORKER: worker}
            ).raise_for_status()
            client.set_flow_run_state(made.id, Pending())
            if state.type == StateType.RUNNING:
                client.set_flow_run_state(made.id, state)
            runs[name] = made.id
        place = f"deployment:{single.id}"
        assert client.read_global_concurrency_limit_by_name(place).active_slots == 1

        moment = Moment(noon.astimezone(UTC), SHANGHAI)
        doubted = care(moment, first=False)
        # Only looked at: a server that was away calls every worker gone until it hears of it again.
        assert doubted == {runs[name] for name in ("fell", "single", "waits")}
        assert client.read_flow_run(runs["fell"]).state_type == StateType.RUNNING
        for _ in range(2):
            doubted = care(moment, first=False, doubted=doubted)

        told = {name: client.read_flow_run(number).state for name, number in runs.items()}
        assert told["fell"].type == StateType.CRASHED
        assert told["fell"].message == told["single"].message == LOST
        assert told["runs"].type == StateType.RUNNING
        assert told["waits"].type == StateType.SCHEDULED
        assert client.read_global_concurrency_limit_by_name(place).active_slots == 0
        [asked] = client.read_flow_runs(
            flow_run_filter=FlowRunFilter.model_validate({"tags": {"all_": [FIRST_PATROL]}})
        )
        assert (asked.deployment_id, asked.state_type) == (patrol.id, StateType.SCHEDULED)


def test_a_morning_that_nobody_made_is_made_up_for_once(office):
    tomorrow = (datetime.now(SHANGHAI) + timedelta(days=9)).replace(hour=9, minute=0)
    moment = Moment(tomorrow.astimezone(UTC), SHANGHAI)
    early = Moment(tomorrow.replace(hour=8, minute=0).astimezone(UTC), SHANGHAI)

    care(early, first=True)
    before = asked_first()
    for _ in range(2):
        care(moment, first=True)

    assert len(asked_first()) == len(before) + 1


def asked_first() -> list[FlowRun]:
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(
            flow_run_filter=FlowRunFilter.model_validate({"tags": {"all_": [FIRST_PATROL]}})
        )


def run_of(client: Any, deployment: UUID) -> FlowRun:
    return client.create_flow_run_from_deployment(deployment)


def test_a_worker_runs_by_forks_and_its_runs_end_with_it(office, capsys):
    slow = RunnerDeployment(
        name="慢的", flow_name="慢的", entrypoint="tests.deployments.pools.slow.slow", tags=["测试"]
    )
    number = slow.apply(work_pool_name=POOL)
    with office.start("worker", "--limit", "2", "--name", "甲") as running:
        try:
            with get_client(sync_client=True) as client:
                quick = run_of(client, on_the_server()["如果今天验收"].id)
                long = run_of(client, number)
                wait_until(lambda: client.read_flow_run(quick.id).state_type == "COMPLETED")
                mark = office.home / "slow.txt"
                wait_until(lambda: mark.exists() and len(mark.read_text().split()) == 2)
                its, parent = map(int, mark.read_text().split())
                taken = client.read_flow_run(long.id)
                assert str(taken.labels[WORKER]).startswith("甲-")
                [worker] = children_of(running.pid)
                assert parent in children_of(worker)  # forked, not an interpreter of its own

                wait_until((office.home / "alive" / "worker-甲").exists, 20)
                assert office.types(capsys, "up", "--no-demo") == 1
                assert "shifan worker 还开着" in office.err

                os.kill(worker, signal.SIGKILL)
                wait_until(lambda: not Path(f"/proc/{its}").exists(), 10)
                wait_until(lambda: bool(set(children_of(running.pid)) - {worker}), 20)
                client.set_flow_run_state(long.id, Pending(), force=True)
        finally:
            running.send_signal(signal.SIGINT)
            said = running.communicate(timeout=60)[0]
    assert running.returncode == 0, said
    assert "意外退出，正在重新启动" in said
    assert said.rstrip().endswith("已停止")


def test_a_run_that_outlived_its_worker_is_closed_when_nothing_is_heard_of_it(office):
    """A pool of containers, but for these: the runs of Prefect's own worker are processes here."""
    with get_client(sync_client=True) as client:
        template = job_template("process")
        made = WorkPoolCreate(name=OF_CONTAINERS, type="docker", base_job_template=template)
        client.create_work_pool(made)
    slow = RunnerDeployment(
        name="慢的", flow_name="慢的", entrypoint="tests.deployments.pools.slow.slow", tags=[OURS]
    )
    number, mark = slow.apply(work_pool_name=OF_CONTAINERS), office.home / "slow.txt"
    mark.unlink(missing_ok=True)
    theirs = ("prefect", "worker", "start", "--pool", OF_CONTAINERS, "--type", "process")
    with office.start_module(*theirs) as worker, get_client(sync_client=True) as client:
        try:
            run = run_of(client, number)
            wait_until(lambda: mark.exists() and len(mark.read_text().split()) == 2)
            assert heard_soon(run) == {run.id}
            assert care(moment_ahead(0), first=False, pool=OF_CONTAINERS) == set()
        finally:
            worker.kill()
            said = worker.communicate(timeout=60)[0]
            assert mark.exists(), said
            os.kill(int(mark.read_text().split()[0]), signal.SIGKILL)

        doubted = care(moment_ahead(5), first=False, pool=OF_CONTAINERS)
        assert doubted == {run.id}
        assert client.read_flow_run(run.id).state_type == StateType.RUNNING
        care(moment_ahead(5), first=False, doubted=doubted, pool=OF_CONTAINERS)
        told = client.read_flow_run(run.id).state
    assert told
    assert (told.type, told.message) == (StateType.CRASHED, LOST)


def test_on_a_pool_of_containers_a_worker_of_ours_only_cares(office):
    sign = office.home / "alive" / "worker-看护"
    with office.start("worker", "--pool", OF_CONTAINERS, "--name", "看护") as running:
        try:
            wait_until(sign.exists)
        finally:
            running.send_signal(signal.SIGINT)
            said = running.communicate(timeout=60)[0]
    assert running.returncode == 0, said
    assert "不领取运行" in said
    assert (office.home / LOCK).exists()


def moment_ahead(minutes: int) -> Moment:
    return Moment(datetime.now(UTC) + timedelta(minutes=minutes), SHANGHAI)


def heard_soon(run: FlowRun) -> set[UUID]:
    """The server writes down what it hears some seconds later."""

    async def asked() -> set[UUID]:
        until = time.monotonic() + 30
        async with get_client() as client:
            while not (found := await heard_of(client, [run], datetime.now(UTC))):
                assert time.monotonic() < until
                await asyncio.sleep(0.5)
        return found

    return asyncio.run(asked())


def children_of(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(number) for number in told.split()]
