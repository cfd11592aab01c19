"""A tick that comes late, because the machine slept: it has nothing to add to what ran since.

On waking, every run that was made for the hours asleep is due at once. Each looks at now and not at
its own hour, so the first does the work of all, and the others need not begin.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec
from uuid import UUID

import httpx
from prefect import get_client
from prefect.client.schemas.filters import DeploymentFilter, FlowRunFilter
from prefect.client.schemas.sorting import FlowRunSort
from prefect.context import FlowRunContext
from prefect.states import Cancelled, State

from flows.running import clock
from flows.running.of_all import is_of_all
from models.settings import office_time

MISSED = "错过"  # the name of the state of a tick that did not run, or had nothing left to do
BY_SCHEDULE = "auto-scheduled"  # Prefect's tag on the runs it makes itself
LATE = timedelta(minutes=2)  # a busy machine is later than a minute
LOOKED_AT = 100  # newest runs: more previews than that, and a tick is run once too often

P = ParamSpec("P")


def once_for_all_missed(function: Callable[P, State]) -> Callable[P, State]:
    """Make a late tick of a flow end at once where another run of all has begun since its hour, and ended well."""

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> State:
        context = FlowRunContext.get()
        run = context.flow_run if context else None
        if (
            run
            and run.deployment_id
            and run.expected_start_time
            and BY_SCHEDULE in run.tags
            and clock.now() - run.expected_start_time > LATE
            and _done_since(run.deployment_id, run.expected_start_time)
        ):
            return missed(run.expected_start_time, "之后已经运行过，不必补做")
        return function(*args, **kwargs)

    return told


def missed(hour: datetime, why: str) -> State:
    """Return the state of a tick of ``hour`` that is not run late, because of ``why``."""
    local = office_time(hour)
    return Cancelled(
        name=MISSED, message=f"错过了{local.month}月{local.day}日 {local:%H:%M}：{why}"
    )


def _done_since(deployment: UUID, hour: datetime) -> bool:
    """Say whether a run of all that began after ``hour`` ended well; where Prefect cannot tell, none did."""
    well = {"start_time": {"after_": hour}, "state": {"type": {"any_": ["COMPLETED"]}}}
    with suppress(httpx.HTTPError), get_client(sync_client=True) as client:
        found = client.read_flow_runs(
            flow_run_filter=FlowRunFilter.model_validate(well),
            deployment_filter=DeploymentFilter.model_validate({"id": {"any_": [deployment]}}),
            sort=FlowRunSort.START_TIME_DESC,
            limit=LOOKED_AT,
        )
        return any(is_of_all(run.parameters) for run in found)
    return False
