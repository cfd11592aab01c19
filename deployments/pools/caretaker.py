"""What one of a pool's workers does for all: close what fell, make up for a missed morning, keep pages true.

The workers of a pool share the data folder, and with it a lock that the kernel gives to one of them and
takes back when that one ends, however it ended; the next has it within seconds.
"""

import asyncio
import fcntl
import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    DeploymentFilterTags,
    FlowRunFilter,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.sorting import FlowRunSort

from deployments.pools.lost_runs import close_lost
from deployments.service.first_patrol import FIRST_PATROL, PATROL
from deployments.service.fresh import keep_fresh
from deployments.service.leftovers import close_missed
from deployments.service.schedules import OURS
from deployments.service.server import runs_by_itself
from flows.running import clock
from flows.running.of_all import is_of_all
from models.rules.calendar.moment import Moment

LOCK = "caretaker.lock"  # in the home
TRY_EVERY = 5.0  # seconds, to take over from one that ended
LOOK_EVERY = 30.0  # seconds, for runs whose worker fell
NOBODY = UUID(int=0)  # close_missed: of no deployment does a start of a worker ask for a run itself
NEEDED_FROM = (8, 30)  # a patrol is missed when none of today is known after its hour
NO_PATROL = (StateType.CANCELLED, StateType.CANCELLING, StateType.CRASHED, StateType.PAUSED)
CRASHES = 3  # of one day; a patrol that takes its worker along is not begun for ever

SAID = logging.getLogger("shifan.caretaker")


async def take_care(home: Path, pool: str) -> None:
    """Wait for the lock, then care for ``pool`` until told to end."""
    with (home / LOCK).open("w") as lock:
        while not _taken(lock.fileno()):
            await asyncio.sleep(TRY_EVERY)
        SAID.info("由这个进程看护工作池“%s”", pool)
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
    """Look after the runs again and again; whatever goes wrong is tried again at the next round.

    Nobody else closes what fell: this must not end by an answer that nobody foresaw.
    """
    first, fault, doubted, since = True, "", set[UUID](), clock.now()
    while True:
        try:
            async with get_client() as client:
                at, looks = clock.moment(), Looks(first, doubted, since)
                doubted = await care_once(client, pool, at, looks)
            first, fault = False, ""
        except Exception as error:
            if repr(error) != fault:
                SAID.warning("没有看护成（%r），稍后再试", error)
            fault, doubted, since = repr(error), set(), clock.now()
        await asyncio.sleep(LOOK_EVERY)


@dataclass(frozen=True, slots=True)
class Looks:
    """What the looks before left: is this the ``first``, which runs are doubted, ``since`` when we listen."""

    first: bool
    doubted: Collection[UUID]
    since: datetime


async def care_once(client: PrefectClient, pool: str, moment: Moment, looks: Looks) -> set[UUID]:
    """Close the doubted runs that are lost still; return those to be doubted at the next look.

    At the first look missed hours are closed too, and today gets its patrol if it has none. A patrol that
    crashed, of whatever, is asked for again; whoever asks twice gets the same run. May be repeated.
    """
    found = {one.name: one for one in await _on(client, pool)}
    ids = [one.id for one in found.values()]
    if not ids:
        return set()
    lost = await close_lost(client, pool, ids, moment.now, looks.doubted, looks.since)
    if looks.first:
        await close_missed(client, ids, moment, superseded=NOBODY)
    patrol = found.get(PATROL)
    if patrol and runs_by_itself(patrol.model_dump(include={"paused", "schedules"})):
        patrols = await _patrols_of_today(client, patrol.id, moment)
        if key := key_of_another(patrols, moment, first=looks.first):
            await client.create_flow_run_from_deployment(
                patrol.id, tags=[FIRST_PATROL], idempotency_key=key
            )
    return lost


async def _on(client: PrefectClient, pool: str) -> list[DeploymentResponse]:
    found = await client.read_deployments(
        deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[OURS]))
    )
    return [one for one in found if one.work_pool_name == pool]


def key_of_another(patrols: Sequence[FlowRun], moment: Moment, *, first: bool) -> str:
    """Return the key by which one more patrol is asked for; empty where today needs none.

    ``patrols`` are today's, newest first. After days without a server the hour of today was never
    made: only the ``first`` look asks then, for what somebody cancelled since is not wanted.
    """
    crashed = [run for run in patrols if run.state_type == StateType.CRASHED]
    if crashed and crashed[0] is patrols[0]:
        return f"{PATROL} {crashed[0].id}" if len(crashed) < CRASHES else ""
    local = moment.now.astimezone(moment.zone)
    if not first or (local.hour, local.minute) < NEEDED_FROM:
        return ""
    known = any(run.state_type not in NO_PATROL for run in patrols)
    return "" if known else f"{PATROL} {moment.today.isoformat()}"


async def _patrols_of_today(client: PrefectClient, patrol: UUID, moment: Moment) -> list[FlowRun]:
    """Return today's patrols of all that ran, run or are due, newest first."""
    local = moment.now.astimezone(moment.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    today = {"after_": midnight, "before_": midnight + timedelta(days=1)}
    runs = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter.model_validate({"expected_start_time": today}),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[patrol])),
        sort=FlowRunSort.EXPECTED_START_TIME_DESC,
    )
    return [run for run in runs if is_of_all(run.parameters) and not _is_ahead(run, moment)]


def _is_ahead(run: FlowRun, moment: Moment) -> bool:
    hour = run.expected_start_time
    return run.state_type == StateType.SCHEDULED and hour is not None and hour > moment.now
