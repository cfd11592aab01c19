"""The Prefect server that the office runs itself: named, answering, letting us in."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from deployments.service.entrances import external
from deployments.service.few_roots import with_few_roots
from deployments.service.server import REFUSED, Server
from deployments.service.surroundings import environment, left_over
from models.errors import ServerError
from models.settings import settings

AN_API = re.compile(r"https?://[^/]+(/[^/]+)*/api")


def surroundings_on_a_pool(home: Path) -> dict[str, str]:
    """Return the environment of whatever talks to the office's own server.

    Raises ServerError in one line where none is named, where it does not answer, or does not take our password.
    """
    if not external():
        raise ServerError(
            "没有设 PREFECT_API_URL：工作池要用本单位另建的 Prefect 服务，请先启动它，再设 "
            "PREFECT_API_URL=http://主机:4200/api；只用一台电脑的，运行 shifan up 就行"
        )
    made = environment(home, "", 0)
    Path(made["TMPDIR"]).mkdir(exist_ok=True)
    made = with_few_roots(made, home)
    server = Server(made)
    if not server.answers():
        # Looked at only now: a server may be under any path.
        right = AN_API.fullmatch(external() or "")
        what = "请先启动它" if right else "地址应写成 http://主机:4200/api"
        raise ServerError(
            f"环境变量 PREFECT_API_URL 所指的 Prefect 服务（{external()}）没有应答，{what}"
        )
    server.require_let_in()
    return made


def take_on(surroundings: dict[str, str]) -> None:
    """Make ``surroundings`` this process's own; before Prefect is imported, which reads them once."""
    for name in left_over():
        os.environ.pop(name, None)
    os.environ |= surroundings


def page_of_the_office() -> str:
    """Return the address that links lead to: the window's, else that of the office's own server."""
    return settings().public_url or (external() or "").removesuffix("/api")


@asynccontextmanager
async def said_in_one_line() -> AsyncIterator[None]:
    """Turn what the server refuses into one line of ours: a password, a fault of its own."""
    import httpx

    try:
        yield
    except httpx.HTTPStatusError as error:
        raise ServerError(REFUSED.format(error.response.status_code)) from error
    except httpx.HTTPError as error:
        raise ServerError(f"同 Prefect 服务（{external()}）的连接断了，请再运行一次") from error
