"""Serve every deployment from one process: register, run the first patrol, then wait for work.

Started by `shifan up`; ends on SIGTERM and takes its runs along.
"""

import asyncio
import os
import sys
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from uuid import UUID

from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner

from deployments.service.first_patrol import FIRST_PATROL, PATROL
from deployments.service.forked_runs import Origin
from deployments.service.fresh import keep_fresh
from deployments.service.leftovers import clear_leftovers, close_missed
from deployments.service.schedules import all_deployments
from deployments.service.server import Server, runs_by_itself
from flows.running import clock
from flows.running.publish import prepare_pages
from flows.running.tether import SERVICE
from models.audit.switch import UNKNOWN
from models.errors import CampaignError
from models.settings import settings
from notifications import links
from tasks.office.switches import keep_switches, schedules_off


async def serve(ui: str, deployments: list[RunnerDeployment]) -> None:
    """Register ``deployments``, remember their links, ask for one patrol, and serve until told to end.

    Registering again only updates: a restart finds its schedules, leaves off what was switched off,
    and what is overdue today runs once. What a power cut left behind is cleared before the first run.
    """
    runner = Runner(name="shifan", pause_on_shutdown=False)
    async with get_client() as client:
        ids, off = await register(runner, client, deployments)
        named = {name: str(found) for name, found in ids.items()}
        links.remember(ui, named)
        await clear_leftovers(client, ids.values(), superseded=ids[PATROL])
        await close_missed(client, ids.values(), clock.moment(), superseded=ids[PATROL])
        if PATROL not in off:
            await client.create_flow_run_from_deployment(ids[PATROL], tags=[FIRST_PATROL])
    fresh = asyncio.create_task(keep_fresh())
    try:
        await runner.start()
    finally:
        fresh.cancel()


async def register(
    runner: Runner, client: PrefectClient, deployments: Iterable[RunnerDeployment]
) -> tuple[dict[str, UUID], set[str]]:
    """Register ``deployments`` as they stand; return the id of each, and which are switched off."""
    deployments = list(deployments)
    names = [str(one.name) for one in deployments]
    found = await client.read_deployments(
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=names))
    )
    known = {one.name: one for one in found}
    off = seen_off([one for one in deployments if one.schedules], known)
    ids = {}
    for one in deployments:
        name = str(one.name)
        ids[name] = await runner.aadd_deployment(as_it_stands(one, known.get(name), off))
    return ids, off


def seen_off(
    scheduled: Iterable[RunnerDeployment], known: Mapping[str, DeploymentResponse]
) -> set[str]:
    """Return which of ``scheduled`` are off, and write down what nobody saw being switched.

    What Prefect knows is as it says; of the rest our own tables tell.
    """
    off: set[str] = set()
    with suppress(CampaignError):  # a locked database keeps no schedule from its hour
        off = {switch.schedule for switch in schedules_off()}
    on = {str(one.name): str(one.name) not in off for one in scheduled}
    on |= {
        name: runs_by_itself(known[name].model_dump(include={"paused", "schedules"}))
        for name in on
        if known.get(name)
    }
    with suppress(CampaignError):
        keep_switches(on, UNKNOWN, clock.moment())
    return {name for name, runs in on.items() if not runs}


def as_it_stands(
    one: RunnerDeployment, known: DeploymentResponse | None, off: Collection[str]
) -> RunnerDeployment:
    """Return ``one`` so that registering it switches nothing on.

    Left to itself Prefect switches on whatever is registered. What is not said it leaves alone, so of
    a known deployment nothing is said: a switch in the very moment of a start holds too. Only where
    the schedule itself is another (a new version), it is handed in as it stood. A deployment that
    Prefect does not know (the first start, or its database was lost) is off when it is in ``off``.
    """
    if known is None:
        return _with_schedules(one, active=str(one.name) not in off)
    if [s.schedule for s in one.schedules or ()] == [s.schedule for s in known.schedules]:
        one.schedules = None
        one.model_fields_set.discard("schedules")
    else:
        stood = [schedule.active for schedule in known.schedules]
        one = _with_schedules(one, active=any(stood) or not stood)
    one.model_fields_set.discard("paused")  # at last: each of the lines above sets it again
    return one


def _with_schedules(one: RunnerDeployment, *, active: bool) -> RunnerDeployment:
    one.schedules = [s.model_copy(update={"active": active}) for s in one.schedules or ()] or None
    return one


if __name__ == "__main__":
    os.environ[SERVICE] = str(os.getpid())  # its runs end with it
    Origin().serve()  # first of all: now there are neither threads nor a loop
    Server(os.environ).wait()  # both start at once; everything is imported by now
    # The descriptions below already link to the UI.
    links.remember(sys.argv[1], {})
    with suppress(Exception):  # made with the first change then: no schedule waits for a page
        prepare_pages()
    asyncio.run(serve(sys.argv[1], all_deployments(settings().time_zone)))
