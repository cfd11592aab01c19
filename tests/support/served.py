"""The window alone, served in this process to a real browser: no Prefect, no door."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from deployments.window.cookies import STAY
from deployments.window.frame import create_window
from tasks.window.visitors import Visitor, begin_stay
from tests.support.windows import all_noted


@contextmanager
def served() -> Iterator[str]:
    """Yield the address of the window of this process's database."""
    server = uvicorn.Server(
        uvicorn.Config(create_window(), host="127.0.0.1", port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
        all_noted()


def let_in(context: Any, address: str, visitor: Visitor) -> None:
    """Give a browser's context the cookie of a stay of ``visitor``."""
    cookie = {"name": STAY, "value": begin_stay(visitor, visitor.stay.seen), "url": address}
    context.add_cookies([cookie])
