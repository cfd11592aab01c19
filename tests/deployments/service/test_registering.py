"""Registering again: what somebody switched off stays off, and a new schedule is taken over."""

import asyncio
from collections.abc import Sequence

import pytest
from prefect import flow, get_client
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import EntrypointType, RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron

from deployments.service.registering import register
from models.audit.switch import UNKNOWN
from models.settings import moment_of
from tasks.office.switches import keep_switches, schedules_off
from tests.conftest import NOW, TODAY

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server", "database")]


@flow
def tick() -> None:
    """Do nothing."""


def deployment(name: str, cron: str | None = "0 8 * * *") -> RunnerDeployment:
    return RunnerDeployment.from_flow(
        tick,
        name=name,
        schedule=Cron(cron, timezone="Asia/Shanghai") if cron else None,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def start(deployments: Sequence[RunnerDeployment]) -> set[str]:
    """Register as every start does; return what is off."""

    async def registered() -> set[str]:
        put = Runner(name="test").aadd_deployment
        async with get_client() as client:
            return (await register(put, client, deployments))[1]

    return asyncio.run(registered())


def found(name: str) -> DeploymentResponse:
    with get_client(sync_client=True) as client:
        return client.read_deployment_by_name(f"tick/{name}")


def switch_off(name: str) -> None:
    """Do what both UIs do."""
    with get_client(sync_client=True) as client:
        one = found(name)
        schedule = f"/deployments/{one.id}/schedules/{one.schedules[0].id}"
        client._client.patch(schedule, json={"active": False}).raise_for_status()


def pause(name: str) -> None:
    with get_client(sync_client=True) as client:
        answer = client._client.patch(f"/deployments/{found(name).id}", json={"paused": True})
        answer.raise_for_status()


def forget(*names: str) -> None:
    with get_client(sync_client=True) as client:
        for name in names:
            client._client.delete(f"/deployments/{found(name).id}").raise_for_status()


def stands(name: str) -> tuple[bool, list[tuple[str, bool]]]:
    one = found(name)
    return one.paused, [(s.schedule.cron, s.active) for s in one.schedules]  # type: ignore[union-attr]


def test_a_restart_switches_nothing_on():
    names = ("关", "停", "开", "表单")

    def ours() -> list[RunnerDeployment]:
        return [*map(deployment, names[:3]), deployment("表单", None)]

    assert start(ours()) == set()  # the first start ever: all on
    assert stands("关") == (False, [("0 8 * * *", True)])
    switch_off("关")
    pause("停")

    for _ in range(2):
        assert start(ours()) == {"关", "停"}
        assert stands("关") == (False, [("0 8 * * *", False)])
        assert stands("停") == (True, [("0 8 * * *", True)])
        assert stands("开") == (False, [("0 8 * * *", True)])
    assert [(one.schedule, one.who) for one in schedules_off()] == [
        ("关", UNKNOWN),
        ("停", UNKNOWN),
    ]

    # A new version: another hour is taken over, off stays off, and what is new is on.
    changed = [deployment(name, "5 9 * * *") for name in names[:3]]
    assert start([*changed, deployment("新"), deployment("表单", "0 7 * * *")]) == {"关", "停"}
    assert stands("关") == (False, [("5 9 * * *", False)])
    assert stands("停") == (True, [("5 9 * * *", True)])
    assert stands("开") == (False, [("5 9 * * *", True)])
    assert stands("新") == stands("开")[:1] + ([("0 8 * * *", True)],)
    assert stands("表单") == (False, [("0 7 * * *", True)])
    forget(*names, "新")


def test_a_schedule_that_somebody_added_stays_until_ours_is_another():
    start([deployment("分份")])
    added = {"schedule": {"cron": "5 8 * * *", "timezone": "Asia/Shanghai"}, "active": True}
    with get_client(sync_client=True) as client:
        path = f"/deployments/{found('分份').id}/schedules"
        client._client.post(path, json=[added]).raise_for_status()

    start([deployment("分份")])
    assert sorted(stands("分份")[1]) == [("0 8 * * *", True), ("5 8 * * *", True)]

    start([deployment("分份", "0 9 * * *")])
    assert stands("分份")[1] == [("0 9 * * *", True)]
    forget("分份")


def test_what_is_off_stays_off_when_prefects_database_was_lost():
    keep_switches({"关": False}, "从 10.0.0.7 登录的会话", moment_of(NOW, TODAY))

    assert start([deployment("关"), deployment("开")]) == {"关"}
    assert stands("关") == (False, [("0 8 * * *", False)])
    assert stands("开") == (False, [("0 8 * * *", True)])
    assert [one.who for one in schedules_off()] == ["从 10.0.0.7 登录的会话"]
    forget("关", "开")
