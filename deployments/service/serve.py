"""Serve every deployment from one process: register, run the first patrol, then wait for work.

Started by `shifan up`; ends on SIGTERM and takes its runs along.
"""

import asyncio
import os
import sys
from contextlib import suppress

from prefect import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner

from deployments.service.first_patrol import FIRST_PATROL, PATROL
from deployments.service.forked_runs import Origin
from deployments.service.fresh import keep_fresh
from deployments.service.leftovers import clear_leftovers, close_missed
from deployments.service.registering import register
from deployments.service.schedules import all_deployments
from deployments.service.server import Server
from flows.running import clock
from flows.running.publish import prepare_pages
from flows.running.tether import SERVICE
from models.settings import settings
from notifications import links


async def serve(ui: str, deployments: list[RunnerDeployment]) -> None:
    """Register ``deployments``, remember their links, ask for one patrol, and serve until told to end.

    Registering again only updates: a restart finds its schedules, leaves off what was switched off,
    and what is overdue today runs once. What a power cut left behind is cleared before the first run.
    """
    runner = Runner(name="shifan", pause_on_shutdown=False)
    async with get_client() as client:
        ids, off = await register(runner.aadd_deployment, client, deployments)
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


if __name__ == "__main__":
    os.environ[SERVICE] = str(os.getpid())  # its runs end with it
    Origin().serve()  # first of all: now there are neither threads nor a loop
    Server(os.environ).wait()  # both start at once; everything is imported by now
    # The descriptions below already link to the UI.
    links.remember(sys.argv[1], {})
    with suppress(Exception):  # made with the first change then: no schedule waits for a page
        prepare_pages()
    asyncio.run(serve(sys.argv[1], all_deployments(settings().time_zone)))
