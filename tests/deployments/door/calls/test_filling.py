"""What the door holds against a deployment as it was registered."""

import asyncio
import json

import pytest

from deployments.door.calls.filling import Deployments
from deployments.door.refused import BUSY, Refused
from tests.deployments.door.own_door import RUN

KEPT = {
    "id": RUN,
    "slug": None,
    "active": True,
    "schedule": {"cron": "30 8 * * *", "timezone": "Asia/Shanghai", "day_or": True},
    "parameters": {},
    "max_scheduled_runs": None,
}
KNOWN = {
    "name": "每日巡查",
    "parameter_openapi_schema": {"properties": {"today": {}, "campaign": {}}},
}
SHOWN = {name: KEPT[name] for name in ("slug", "schedule", "parameters")}  # as V1 sends it along


async def prefect(scope, receive, send):
    """Answer as Prefect does for the one deployment there is."""
    answers = {f"/api/deployments/{RUN}": KNOWN, f"/api/deployments/{RUN}/schedules": [KEPT]}
    found = answers.get(scope["path"])
    await send({"type": "http.response.start", "status": 200 if found else 404, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(found).encode()})


def switched(said, number=RUN):
    deployments = Deployments(prefect)
    path = f"/deployments/{RUN}/schedules/{number}"
    return asyncio.run(deployments.fill_switch(path, "", said))


def run_with(said, number=RUN):
    path = f"/deployments/{number}/create_flow_run"
    return asyncio.run(Deployments(prefect).fill_run(path, "", said))


def test_a_deployment_is_read_again_where_prefect_was_busy():
    """A busy moment must neither refuse a click nor let a field through that nobody knows."""
    busy = [503]

    async def busy_once(scope, receive, send):
        if busy:
            await send({"type": "http.response.start", "status": busy.pop(), "headers": []})
            await send({"type": "http.response.body", "body": b""})
            raise RuntimeError("locked")  # what ends in a 503 is raised once more
        await prefect(scope, receive, send)

    with pytest.raises(Refused) as refused:
        filled = Deployments(busy_once).fill_run(
            f"/deployments/{RUN}/create_flow_run", "", {"parameters": {"unknown": 1}}
        )
        asyncio.run(filled)

    assert busy == []
    assert "unknown" in refused.value.line


def test_where_prefect_stays_busy_nothing_is_taken_for_granted(monkeypatch):
    async def busy(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        raise RuntimeError("locked")

    monkeypatch.setattr("deployments.door.patience.PAUSES", (0.0,))
    deployments = Deployments(busy)
    switch = deployments.fill_switch(f"/deployments/{RUN}/schedules/{RUN}", "", {"active": True})
    start = deployments.fill_run(f"/deployments/{RUN}/create_flow_run", "", {})
    for click in (switch, start):
        with pytest.raises(Refused) as refused:
            asyncio.run(click)
        assert refused.value.reason is BUSY


def test_each_click_is_a_run_of_its_own_and_asked_again_the_same():
    first, second = run_with({}), run_with({})

    assert first["idempotency_key"] != second["idempotency_key"]
    assert run_with({"idempotency_key": "of the UI"})["idempotency_key"] == "of the UI"


@pytest.mark.parametrize("said", [{}, SHOWN, {"schedule": None}])
def test_a_schedule_is_switched_and_nothing_else_of_it_is_handed_on(said):
    assert switched({"active": False, **said}) == {"active": False}


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"schedule": {**KEPT["schedule"], "cron": "* * * * *"}}, "schedule"),
        ({"schedule": {"interval": 60}}, "schedule"),
        ({"parameters": {"today": "2026-05-20"}}, "parameters"),
        ({"slug": "x"}, "slug"),
        ({"max_scheduled_runs": 3}, "max_scheduled_runs"),
    ],
)
def test_other_days_or_values_of_a_schedule_are_refused(said, where):
    with pytest.raises(Refused) as refused:
        switched({"active": True, **said})

    assert refused.value.detail == where


def test_of_a_schedule_that_is_not_there_nothing_can_be_said():
    with pytest.raises(Refused):
        switched({"active": True, **SHOWN}, "00000000-0000-0000-0000-000000000000")


def test_values_are_those_of_the_form_and_always_checked():
    said = {"parameters": {"today": "2026-05-20"}, "idempotency_key": "k"}

    assert run_with(said) == said | {"enforce_parameter_schema": True}
    with pytest.raises(Refused) as refused:
        run_with({"parameters": {"other": 1}})
    assert refused.value.detail == "parameters.other"


def test_a_deployment_that_is_not_there_is_prefects_to_refuse():
    assert run_with({"parameters": {"x": 1}}, "00000000-0000-0000-0000-000000000000")
