"""Runs of a pool that nobody runs any more: their worker fell, and Prefect calls them alive for ever.

A run of ours ends with its worker (`flows.running.tether`), so where the worker is gone the run is too.
Each start of a worker has a name of its own: one that came back does not stand for the one that fell.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType, WorkerStatus
from prefect.states import Crashed, Scheduled

from deployments.service.leftovers import ALIVE, PAGE

WORKER = "prefect.worker.name"  # Prefect's label on a run that a worker took
TAKEN = timedelta(
    minutes=5
)  # a run that was taken and has no label by then was taken by one that fell
LOST = "执行它的工作进程没有了（断电、死机或被结束）；定时的会补做，自己提交的请看办成没有，没有办成的再提交一次"


async def close_lost(
    client: PrefectClient,
    pool: str,
    deployments: Iterable[UUID],
    now: datetime,
    doubted: Collection[UUID],
) -> set[UUID]:
    """Close the ``doubted`` runs of ``deployments`` whose worker is gone still; return which looked so.

    A server that was away for half a minute calls every worker gone until it hears of it again, so the
    first look only doubts. What had not begun is run by another worker. The place that a run held is
    given back by its end, also by a forced one. May run twice, and beside workers that run.
    """
    there = {
        one.name
        for one in await client.read_workers_for_work_pool(pool)
        if one.status == WorkerStatus.ONLINE
    }
    alive = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=ALIVE))
        ),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(deployments))),
        limit=PAGE,
    )
    lost = [run for run in alive if is_lost(run, there, now)]
    for run in lost:
        if run.id in doubted:
            await client.set_flow_run_state(run.id, state_of_lost(run), force=True)
    return {run.id for run in lost}


def is_lost(run: FlowRun, there: Collection[str], now: datetime) -> bool:
    """Say whether nobody runs ``run``: the workers ``there`` do not, and it was not taken just now."""
    if worker := run.labels.get(WORKER):
        return str(worker) not in there
    since = run.state.timestamp if run.state else now
    return run.state_type == StateType.PENDING and now - since > TAKEN


def begun(run: FlowRun) -> bool:
    """Say whether a line of ``run`` was run: then it may have done something."""
    return run.state_type != StateType.PENDING or run.run_count > 0


def state_of_lost(run: FlowRun) -> State:
    """Return what becomes of a lost run."""
    return Crashed(message=LOST) if begun(run) else Scheduled()
