#!/usr/bin/env bash
# Registering a deployment again switches on what somebody had switched off.
#
# Guess:   a restart registers the same deployment with the same schedules; it finds them there and leaves
#          alone what was set in the window since: a schedule switched off, a deployment paused.
# Happens: both are on again. Deployment and schedule keep their ids (the schedule has a slug), but what
#          nobody said of them is sent as its default, and by default both are on.
# Version: prefect 3.9.1.
# Matters: an office pauses the reminders over a holiday, the machine restarts in the night, and everyone is
#          reminded in the morning.
# Instead: of a deployment that is there already `paused` and `schedules` are not sent at all, and so are
#          left alone; a changed schedule is sent with `active` as it was read.
#
# No server and no port: the client speaks to the server's application in one process, on SQLite.
# Use: prefect-registered-again.sh [VERSION of prefect]
set -euo pipefail
version=${1:-3.9.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PREFECT_HOME="$work/home" PREFECT_SERVER_ANALYTICS_ENABLED=false
python3 -m venv venv
venv/bin/pip install -q "prefect==$version"
cat > reminders.py <<'PYTHON'
from prefect import flow


@flow
def remind() -> None:
    """Remind."""
PYTHON
cat > shown.py <<'PYTHON'
import asyncio
import sys
from unittest import mock
from uuid import UUID

import prefect
from prefect.client.orchestration import PrefectClient
from prefect.deployments import runner
from prefect.schedules import Cron
from prefect.server.api.server import create_app
from reminders import remind


async def register() -> UUID:
    made = runner.RunnerDeployment.from_flow(
        remind,
        name="daily",
        schedule=Cron("0 8 * * *", slug="morning"),
        entrypoint_type=runner.EntrypointType.MODULE_PATH,
    )
    return await made.aapply()


async def main(client: PrefectClient) -> bool:
    async def state(when: str) -> tuple[bool, bool, UUID]:
        found = await client.read_deployment(deployment)
        (morning,) = found.schedules
        print(f"{when}: schedule {morning.slug!r} active {morning.active}, deployment paused {found.paused}")
        return morning.active, found.paused, morning.id

    deployment = await register()
    first = await state("registered      ")
    await client.update_deployment_schedule(deployment, first[2], active=False)
    await client.pause_deployment(deployment)
    off = await state("switched off    ")
    same = await register() == deployment
    again = await state("registered again")
    print(f"same deployment: {same}, same schedule: {again[2] == off[2]}")
    seen = (first[:2], off[:2], again[:2])
    return seen == ((True, False), (False, True), (True, False)) and same and again[2] == off[2]


async def in_one_process() -> bool:
    app = create_app(ephemeral=True)
    with mock.patch.object(runner, "get_client", lambda *_, **__: PrefectClient(app)):
        async with PrefectClient(app) as client:
            return await main(client)


print("prefect", prefect.__version__)
sys.exit(None if asyncio.run(in_one_process()) else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: the second registration switched both on."
