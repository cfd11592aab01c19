#!/usr/bin/env bash
# An office's own Prefect server asks a host on the internet before it shows a file that it has itself.
#
# Guess:   the list of worker types, which the pages for work pools show, comes with the server; a server of
#          one's own with analytics off needs no internet for its own pages.
# Happens: `GET /api/collections/views/aggregate-worker-metadata` asks raw.githubusercontent.com first, with
#          httpx's usual patience. Only when that has failed it reads the list in its own package. The
#          answer, from wherever it came, is kept for ten minutes.
# Version: prefect 3.9.1.
# Matters: in an office's network packets to the outside are dropped in silence, and pages hang for seconds,
#          several times an hour; the firewall's log shows an address that nobody knows of.
# Instead: the door before the server answers these addresses itself, with a refusal.
#
# No network: what would leave the machine is noted and fails as a dropped packet does.
# Use: prefect-own-server-asks-outside.sh [VERSION of prefect]
set -euo pipefail
version=${1:-3.9.1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PREFECT_HOME="$work/home" PREFECT_SERVER_ANALYTICS_ENABLED=false
python3 -m venv venv
venv/bin/pip install -q "prefect==$version"
cat > shown.py <<'PYTHON'
import asyncio
import sys
from unittest import mock

import httpx
import prefect
from prefect.server.api.server import create_app

LIST = "/api/collections/views/aggregate-worker-metadata"
asked: list[str] = []
patience: set[float] = set()


async def dropped(_: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
    asked.append(request.url.host)
    patience.add(request.extensions["timeout"]["connect"])
    raise httpx.ConnectTimeout("no answer", request=request)


async def main() -> bool:
    own = httpx.ASGITransport(app=create_app(ephemeral=True))
    as_stated = True
    async with httpx.AsyncClient(transport=own, base_url="http://own") as browser:
        for time, outside in (("first time", ["raw.githubusercontent.com"]), ("at once again", [])):
            asked.clear()
            answer = await browser.get(LIST)
            print(f"{time}: {answer.status_code}, {len(answer.json())} parts, asked outside: {asked}")
            as_stated &= answer.status_code == 200 and "prefect" in answer.json() and asked == outside
    print("seconds it would have waited to connect:", *patience)
    return as_stated


print("prefect", prefect.__version__)
with mock.patch.object(httpx.AsyncHTTPTransport, "handle_async_request", dropped):
    seen = asyncio.run(main())
sys.exit(None if seen else "It is no longer as stated above.")
PYTHON
venv/bin/python shown.py
echo "Seen as stated: it had the list, and asked outside first."
