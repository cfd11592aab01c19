"""`shifan server`: the office's own Prefect server in the foreground, with nothing of it left open."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from deployments.pools.not_begun import out_of_reach_of, why_not_begun
from deployments.pools.redis_reached import redis_faults
from deployments.say import say
from deployments.service.entrances import require_free_port, shown
from deployments.service.surroundings import KEPT, OF_ANOTHER, OFF, TIDIED
from deployments.service.watching import ended_by_signal
from models.errors import ServerError
from models.files.home import home as private_home
from models.rules.loopback import is_loopback
from models.rules.own_server import ORIGINS, ORIGINS_TOO, own_server_faults
from models.rules.several_servers import DATABASE

if TYPE_CHECKING:
    from fastapi import FastAPI

PATIENCE = 5.0  # seconds that another server may take for what it registers
BASE = "PREFECT_SERVER_API_BASE_PATH"
# Whatever the office says of these: nothing phones home.
ALWAYS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "DO_NOT_TRACK": "1",
}


def run_server(host: str, port: int, *, services: bool) -> None:
    """Serve Prefect's API and UI until told to end; with ``services`` its clock too.

    Raises ServerError in one line where it has no password, where any page may call it, where the
    settings of several servers are not whole, where the port is taken, or where it does not start.
    """
    url = f"http://{shown(host)}:{port}"
    made = surroundings_of_own(private_home().resolve(), url)
    if faults := own_server_faults(made, services=services) or redis_faults(made):
        raise ServerError(f"没有启动：{'；'.join(faults)}")
    require_free_port(host, port, wait=8)
    os.environ.clear()
    os.environ |= made  # before Prefect is imported, which reads it once
    with ended_by_signal():
        from deployments.door.prefects import prefects, serve_app

        app = prefects(services=services)
        failed = try_again(app)
        say(f"Prefect 服务　{url}")
        if not is_loopback(host):
            say("别的电脑也能连到它：请放在防火墙后面，只让工作进程和窗口所在的电脑连")
        if not any(name.startswith(KEPT) for name in made):
            say(
                f"它的库是自带的 SQLite；几个工作进程一起用的，请停下，设 {DATABASE} 换到 PostgreSQL"
            )
        say("按 Ctrl-C 停止")
        if not serve_app(app, host, port):
            raise ServerError(why_not_begun(failed[-1] if failed else None))
    say("已停止")


def surroundings_of_own(home: Path, url: str) -> dict[str, str]:
    """Return the environment of the server that is opened at ``url``.

    Prefect's home and the pages it makes lie in ours, and pages of no other host may call it. What the
    office has set itself stays as it is.
    """
    own = home / "prefect-server"
    given = {name: value for name, value in os.environ.items() if name not in OF_ANOTHER}
    usual = {
        **TIDIED,
        **OFF,
        "PREFECT_UI_STATIC_DIRECTORY": str(own / "ui"),
        # Right through any address that reaches the page; left out, it is the one we listen at.
        "PREFECT_UI_API_URL": given.get(BASE) or "/api",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    }
    if ORIGINS_TOO not in given:
        usual[ORIGINS] = url
    return {**usual, **given, **ALWAYS, "PREFECT_HOME": str(own)}


def try_again(app: "FastAPI") -> list[Exception]:
    """Let ``app`` begin once more where it could not: another server was registering the same just then.

    Two that start at once on a new database both write down what kinds of blocks there are, and Prefect
    lets the later one fall; or a database is still starting. What fails again ends the start, without
    a traceback for the office: the list that is returned holds it then.
    """
    begin, failed = app.router.lifespan_context, list[Exception]()

    @asynccontextmanager
    async def twice(of: "FastAPI") -> AsyncIterator[None]:
        async with AsyncExitStack() as begun:
            try:
                await begun.enter_async_context(begin(of))
            except Exception as error:
                other = f"没有登记成（{type(error).__name__}），可能另一台服务正在登记同样的内容"
                say(out_of_reach_of(error) or other)
                say(f"{PATIENCE:.0f} 秒后再试一次……")
                await asyncio.sleep(PATIENCE)
                try:
                    await begun.enter_async_context(begin(of))
                except Exception as again:
                    failed.append(again)
                    logging.getLogger(
                        "uvicorn.error"
                    ).disabled = True  # it would print the traceback
                    raise
            yield

    app.router.lifespan_context = twice
    return failed
