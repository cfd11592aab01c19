"""Ticks that come late: one does the work of all, and no other begins."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from prefect import flow, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.deployments.runner import EntrypointType, RunnerDeployment
from prefect.flow_engine import run_flow
from prefect.states import Completed, Scheduled, State

from flows.running.missed import BY_SCHEDULE, MISSED, once_for_all_missed
from flows.running.of_all import is_of_all

ON_THE_SERVER = pytest.mark.usefixtures("prefect_server")
DONE: list[int] = []


@flow
@once_for_all_missed
def tick(today: str = "") -> State:
    """Count the times it ran."""
    DONE.append(1)
    return Completed(message="做了")


def run(
    deployment: UUID, *, late: timedelta, tags: tuple[str, ...] = (BY_SCHEDULE,), today: str = ""
) -> Any:
    """Run a tick whose hour was ``late`` ago; return its state."""
    at = datetime.now(UTC) - late
    with get_client(sync_client=True) as client:
        made: FlowRun = client.create_flow_run_from_deployment(
            deployment,
            state=Scheduled(scheduled_time=at),
            tags=tags,
            parameters={"today": today} if today else {},
        )
    return run_flow(tick, flow_run=made, parameters=made.parameters, return_type="state")


@pytest.mark.server
@ON_THE_SERVER
def test_of_the_ticks_missed_one_does_the_work():
    DONE.clear()
    made = RunnerDeployment.from_flow(tick, name="醒", entrypoint_type=EntrypointType.MODULE_PATH)
    deployment = made.apply()
    hours = [timedelta(hours=n) for n in (50, 26, 2)]
    preview = run(deployment, late=timedelta(0), tags=(), today="2099-01-01")  # does no tick's work
    assert preview.message == "做了"
    DONE.clear()

    first, *others = [run(deployment, late=hour) for hour in hours]

    assert first.message == "做了"
    assert {state.name for state in others} == {MISSED}
    assert all(state.is_cancelled() for state in others)
    assert len(DONE) == 1

    # What a person asked for runs however late it is; and so does a tick that is hardly late.
    assert run(deployment, late=hours[0], tags=()).message == "做了"
    assert run(deployment, late=timedelta(seconds=30)).message == "做了"
    assert len(DONE) == 3


def test_a_run_of_all_is_one_however_long_it_may_take():
    assert is_of_all({})
    assert is_of_all({"campaign": "", "today": "", "minutes": 20})
    assert not is_of_all({"minutes": 20, "campaign": "县一"})
    assert not is_of_all({"today": "2099-01-01"})
    assert not is_of_all({"part": 1, "parts": 4})
