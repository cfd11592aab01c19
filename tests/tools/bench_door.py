"""What the door costs: what a page of the UI asks, through the guard and without it, in one run.

Both ways lead to one application of Prefect's on one database, each over a socket of its own. Run by
``python -m tests.tools.bench_door``; prints a row of the table, asserts nothing.
"""

import asyncio
import json
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.tools.bench_table import Figure, floor, in_turn, say

RUNS, TIMES = 200, 60
NEWEST: dict[str, Any] = {"sort": "START_TIME_DESC", "limit": 50, "offset": 0}


def main() -> None:
    """Print the figure as a row."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "SHIFAN_HOME": str(Path(folder) / "home"),
            "PREFECT_HOME": str(Path(folder) / "prefect"),
            "PREFECT__SERVER_WEBSERVER_ONLY": "1",  # nothing but answers
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        }
        say(asyncio.run(_figure()))


async def _figure() -> Figure:
    from asgi_lifespan import LifespanManager
    from prefect.server.api.server import create_app

    from flows.running import clock
    from models.schema import upgrade

    upgrade(clock.now())
    bare: Any = create_app(final=True)
    async with (
        LifespanManager(bare, startup_timeout=120),
        _served(bare) as straight,
        _served(_guarded()) as through,
    ):
        run = await asyncio.to_thread(_fill, straight)
        pages = [await asyncio.to_thread(_page, port, run) for port in (through, straight)]
        ours, theirs = await asyncio.to_thread(in_turn, *pages, TIMES)
    return Figure("门", "界面的四次查询，经过门", ours, floor(1.1), "同样四次，没有门", theirs)


def _guarded() -> Any:
    """Return the door around the same application: Prefect keeps one for its settings."""
    from deployments.door.app import create_app

    return create_app()


@asynccontextmanager
async def _served(app: Any) -> AsyncIterator[int]:
    """Yield the port at which ``app`` answers; what it needs to start and end is somebody else's."""
    import uvicorn

    config = uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", log_level="error")
    server, socket = uvicorn.Server(config), config.bind_socket()
    serving = asyncio.create_task(server.serve(sockets=[socket]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield int(socket.getsockname()[1])
    finally:
        server.should_exit = True
        await serving


def _page(port: int, run: str) -> Callable[[], object]:
    """Return what a browser asks when a run is opened from the list, on one kept connection."""
    connection = HTTPConnection("127.0.0.1", port)
    ask = _asker(connection, port)

    def page() -> None:
        ask("POST", "/flow_runs/filter", NEWEST)
        ask("POST", "/flow_runs/count", {})
        ask("POST", "/deployments/filter", {"limit": 50})
        ask("GET", f"/flow_runs/{run}")

    page()  # what is made at the first time is made
    return page


def _fill(port: int) -> str:
    """Make a deployment and as many runs as an office has in some weeks; return one of them."""
    ask = _asker(HTTPConnection("127.0.0.1", port), port)
    flow = ask("POST", "/flows/", {"name": "巡查"})["id"]
    deployment = ask("POST", "/deployments/", {"name": "每日巡查", "flow_id": flow})["id"]
    told = {"type": "COMPLETED", "message": "检查 32 项任务、60 个单位、6370 个事项"}
    body = {"flow_id": flow, "deployment_id": deployment, "state": told}
    return str([ask("POST", "/flow_runs/", body) for _ in range(RUNS)][-1]["id"])


def _asker(connection: HTTPConnection, port: int) -> Callable[..., Any]:
    headers = {
        "Origin": f"http://127.0.0.1:{port}",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
    }

    def ask(method: str, path: str, body: Any = None) -> Any:
        sent = None if body is None else json.dumps(body)
        connection.request(method, f"/api{path}", sent, headers)
        answer = connection.getresponse()
        told = answer.read()
        assert answer.status < 300, (path, answer.status, told[:300])
        return json.loads(told)

    return ask


if __name__ == "__main__":
    main()
