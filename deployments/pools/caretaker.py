"""What one of a pool's workers does for all: close what fell, make up for a missed morning, keep pages true.

The workers of a pool share the data folder, and with it a lock that the kernel gives to one of them and
takes back when that one ends, however it ended; the next has it within seconds.
"""

import asyncio
import fcntl
import logging
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import httpx
from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    DeploymentFilterTags,
    FlowRunFilter,
)
from prefect.client.schemas.responses import DeploymentResponse

from deployments.pools.lost_runs import close_lost
from deployments.service.first_patrol import FIRST_PATROL, PATROL
from deployments.service.fresh import keep_fresh
from deployments.service.leftovers import close_missed
from deployments.service.schedules import OURS
from deployments.service.server import runs_by_itself
from flows.running import clock
from flows.running.missed import is_of_all
from models.rules.calendar.moment import Moment

LOCK = "caretaker.lock"  # in the home
TRY_EVERY = 5.0  # seconds, to take over from one that ended
LOOK_EVERY = 30.0  # seconds, for runs whose worker fell
NOBODY = UUID(int=0)  # close_missed: of no deployment does a start of a worker ask for a run itself
NEEDED_FROM = (8, 30)  # a patrol is missed when none of today is known after its hour
STATES_THAT_COUNT = ("SCHEDULED", "PENDING", "RUNNING", "COMPLETED", "FAILED")

SAID = logging.getLogger("shifan.caretaker")


async def take_care(home: Path, pool: str) -> None:
    """Wait for the lock, then care for ``pool`` until told to end."""
    with (home / LOCK).open("w") as lock:
        while not _taken(lock.fileno()):
            await asyncio.sleep(TRY_EVERY)
        SAID.info("this worker cares for pool %s", pool)
        fresh = asyncio.create_task(keep_fresh())
        try:
            await _care(pool)
        finally:
            fresh.cancel()


def _taken(lock: int) -> bool:
    with suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


async def _care(pool: str) -> None:
    """Look after the runs again and again; a server that is away is asked again at the next round."""
    first, fault = True, ""
    while True:
        try:
            async with get_client() as client:
                await care_once(client, pool, clock.moment(), first=first)
            first, fault = False, ""
        except httpx.HTTPError as error:
            if repr(error) != fault:
                SAID.warning("pool not looked after: %r", error)
            fault = repr(error)
        await asyncio.sleep(LOOK_EVERY)


async def care_once(client: PrefectClient, pool: str, moment: Moment, *, first: bool) -> None:
    """Close lost runs; with ``first`` close missed hours and see that today has its patrol.

    A patrol that was lost is asked for again; whoever asks twice gets the same run. May be repeated.
    """
    found = {one.name: one for one in await _on(client, pool)}
    ids = [one.id for one in found.values()]
    if not ids:
        return
    lost = await close_lost(client, pool, ids, moment.now)
    if first:
        await close_missed(client, ids, moment, superseded=NOBODY)
    patrol = found.get(PATROL)
    if patrol is None or not runs_by_itself(patrol.model_dump(include={"paused", "schedules"})):
        return
    for run in lost:
        if run.deployment_id == patrol.id and is_of_all(run.parameters):
            await _ask(client, patrol.id, f"{PATROL} {run.id}")
    if first and await _missed_today(client, patrol.id, moment):
        await _ask(client, patrol.id, f"{PATROL} {moment.today.isoformat()}")


async def _on(client: PrefectClient, pool: str) -> list[DeploymentResponse]:
    found = await client.read_deployments(
        deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[OURS]))
    )
    return [one for one in found if one.work_pool_name == pool]


async def _ask(client: PrefectClient, patrol: UUID, key: str) -> None:
    await client.create_flow_run_from_deployment(patrol, tags=[FIRST_PATROL], idempotency_key=key)


async def _missed_today(client: PrefectClient, patrol: UUID, moment: Moment) -> bool:
    """Say whether the hour of the patrol is over and no run of today ran, runs or waits.

    After days without a server the hour of today was never made.
    """
    local = moment.now.astimezone(moment.zone)
    if (local.hour, local.minute) < NEEDED_FROM:
        return False
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    runs = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter.model_validate(
            {
                "expected_start_time": {"after_": midnight, "before_": moment.now},
                "state": {"type": {"any_": STATES_THAT_COUNT}},
            }
        ),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[patrol])),
    )
    return not any(is_of_all(run.parameters) for run in runs)
