#!/usr/bin/env bash
# A default that a subclass of Prefect's parameter schema adds never reaches the server.
#
# Guess:   a deployment's schema is an object with defaults; a subclass that adds
#          `additionalProperties: bool = False` closes the form, as `model_dump()` of it also shows.
# Happens: a deployment is sent with `exclude_unset=True`, and a default counts as not set: the server
#          gets a schema without the word, checks against it, and takes parameters that no flow has.
#          Given to the constructor, the same value is sent.
# Version: prefect 3.9.1.
# Matters: an unknown or misspelt parameter is taken with status 201 instead of being refused at once, and
#          the run fails when nobody is looking.
# Instead: we hand the value in explicitly and say there why it stands twice.
#
# No server and no port: the client speaks to the server's application in one process, on SQLite.
# Use: prefect-schema-default-unsent.sh [VERSION of prefect]
set -euo pipefail
version=${1:-3.9.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PREFECT_HOME="$work/home" PREFECT_SERVER_ANALYTICS_ENABLED=false
python3 -m venv venv
venv/bin/pip install -q "prefect==$version"
cat > plan_flow.py <<'PYTHON'
from prefect import flow


@flow
def remind(day: str = "") -> None:
    """Remind of a day."""
PYTHON
cat > shown.py <<'PYTHON'
import asyncio
import sys
from unittest import mock

import prefect
from plan_flow import remind
from prefect.client.orchestration import PrefectClient
from prefect.deployments import runner
from prefect.exceptions import PrefectHTTPStatusError
from prefect.server.api.server import create_app
from prefect.utilities.callables import ParameterSchema


class Closed(ParameterSchema):
    additionalProperties: bool = False


async def outcome(client: PrefectClient, name: str, **said: bool) -> tuple[bool, bool]:
    """Return whether the word stands in the server's schema, and whether an unknown name is taken."""
    made = runner.RunnerDeployment.from_flow(
        remind, name=name, entrypoint_type=runner.EntrypointType.MODULE_PATH
    )
    made._parameter_openapi_schema = Closed(**made._parameter_openapi_schema.model_dump(), **said)
    here = made._parameter_openapi_schema.model_dump()["additionalProperties"]
    deployment = await made.aapply()
    schema = (await client.read_deployment(deployment)).parameter_openapi_schema
    try:
        await client.create_flow_run_from_deployment(deployment, parameters={"dya": "2026-06-05"})
        taken = True
    except PrefectHTTPStatusError as error:
        assert error.response.status_code == 409, error.response.status_code
        taken = False
    print(f"{name}: here {here}, at the server {schema.get('additionalProperties', 'nothing')}, {taken=}")
    return "additionalProperties" in schema, taken


async def main() -> bool:
    app = create_app(ephemeral=True)
    with mock.patch.object(runner, "get_client", lambda *_, **__: PrefectClient(app)):
        async with PrefectClient(app) as client:
            by_default = await outcome(client, "by default")
            given = await outcome(client, "given     ", additionalProperties=False)
    return (by_default, given) == ((False, True), (True, False))


print("prefect", prefect.__version__)
sys.exit(None if asyncio.run(main()) else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: the default stayed at home."
