"""Runs of a pool that nobody runs any more: their worker fell, and Prefect calls them alive for ever.

A run of ours ends with its worker (`flows.running.tether`), so where the worker is gone the run is too.
Each start of a worker has a name of its own: one that came back does not stand for the one that fell.
In a container of its own a run outlives its worker: there it is lost when nothing is heard of it.
"""

from collections.abc import Collection, Iterable, Sequence
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
# Of a container: so long in the queue (an image is fetched, a node made ready), so long silent.
QUEUED = timedelta(minutes=15)
SILENT = timedelta(minutes=4)
HEARTBEAT = timedelta(minutes=1)  # the pool's job template says it to each run
LOST = "执行它的工作进程没有了（断电、死机或被结束）；定时的会补做，自己提交的请看办成没有，没有办成的再提交一次"


async def close_lost(
    client: PrefectClient,
    pool: str,
    deployments: Iterable[UUID],
    now: datetime,
    doubted: Collection[UUID],
    since: datetime,
) -> set[UUID]:
    """Close the ``doubted`` runs of ``deployments`` that nobody runs; return which looked so.

    A server that was away for half a minute calls every worker gone until it hears of it again, so the
    first look only doubts; and no run is silent for longer than from ``since``, when we began to listen.
    What had not begun is run by another worker. The place that a run held is given back by its end,
    also by a forced one. May run twice, and beside workers that run.
    """
    alive = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=ALIVE))
        ),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(deployments))),
        limit=PAGE,
    )
    if (await client.read_work_pool(pool)).type == "process":
        there = await _workers(client, pool)
        lost = [run for run in alive if is_lost(run, there, now)]
    else:
        heard = await heard_of(client, alive, now)
        lost = [run for run in alive if is_silent(run, heard, now, since)]
    for run in lost:
        if run.id in doubted:
            await client.set_flow_run_state(run.id, state_of_lost(run), force=True)
    return {run.id for run in lost}


async def _workers(client: PrefectClient, pool: str) -> set[str]:
    found = await client.read_workers_for_work_pool(pool)
    return {one.name for one in found if one.status == WorkerStatus.ONLINE}


async def heard_of(client: PrefectClient, runs: Sequence[FlowRun], now: datetime) -> set[UUID]:
    """Return which of ``runs`` gave a sign of life lately; one question."""
    if not runs:
        return set()
    lately = {"since": (now - SILENT).isoformat(), "until": now.isoformat()}
    names = {f"prefect.flow-run.{run.id}": run.id for run in runs}
    wanted = {"occurred": lately, "resource": {"id": list(names)}}
    answer = await client.request(
        "POST",
        "/events/count-by/{countable}",
        path_params={"countable": "resource"},
        json={"filter": wanted},
    )
    return {names[one["value"]] for one in answer.json() if one["value"] in names}


def is_lost(run: FlowRun, there: Collection[str], now: datetime) -> bool:
    """Say whether nobody runs ``run``: the workers ``there`` do not, and it was not taken just now."""
    if worker := run.labels.get(WORKER):
        return str(worker) not in there
    since = run.state.timestamp if run.state else now
    return run.state_type == StateType.PENDING and now - since > TAKEN


def is_silent(run: FlowRun, heard: Collection[UUID], now: datetime, since: datetime) -> bool:
    """Say whether nothing was heard of ``run`` for longer than one that lives in a container may be silent."""
    lasts = now - max(run.state.timestamp if run.state else now, since)
    if run.state_type == StateType.PENDING:
        return lasts > QUEUED
    return lasts > SILENT and run.id not in heard


def begun(run: FlowRun) -> bool:
    """Say whether a line of ``run`` was run: then it may have done something."""
    return run.state_type != StateType.PENDING or run.run_count > 0


def state_of_lost(run: FlowRun) -> State:
    """Return what becomes of a lost run."""
    return Crashed(message=LOST) if begun(run) else Scheduled()
