"""Serve every deployment from one process: register, run the first patrol, then wait for work.

Started by `shifan up`; ends on SIGTERM and takes its runs along.
"""

import asyncio
import os
import sys

from prefect import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner

from deployments.leftovers import clear_leftovers
from deployments.schedules import all_deployments
from deployments.server import Server
from deployments.up import FIRST_PATROL
from flows.tether import SERVICE
from models.settings import settings
from notifications import links


async def serve(ui: str, deployments: list[RunnerDeployment]) -> None:
    """Register ``deployments``, remember their links, ask for one patrol, and serve until told to end.

    Registering again only updates: a restart finds its schedules, and what is overdue runs once.
    What a power cut left behind is cleared before the first run.
    """
    runner = Runner(name="shifan", pause_on_shutdown=False)
    ids = {str(one.name): await runner.aadd_deployment(one) for one in deployments}
    links.remember(ui, {name: str(found) for name, found in ids.items()})
    async with get_client() as client:
        await clear_leftovers(client, ids.values())
        await client.create_flow_run_from_deployment(ids["每日巡查"], tags=[FIRST_PATROL])
    await runner.start()


if __name__ == "__main__":
    os.environ[SERVICE] = str(os.getpid())  # its runs end with it
    Server(os.environ).wait()  # both start at once; everything is imported by now
    links.remember(sys.argv[1], {})  # the descriptions below already link to the UI
    asyncio.run(serve(sys.argv[1], all_deployments(settings().time_zone)))
