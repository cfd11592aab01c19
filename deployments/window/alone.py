"""The window without Prefect: `python -m deployments.window.alone HOST PORT`, behind the same door.

For the hour in which Prefect does not start, and for an office whose Prefect is a server of its own:
reading, acknowledging, registering and deciding work; what waits in Prefect is looked after by the next
patrol.
"""

import sys

from starlette.responses import HTMLResponse

from deployments.door.app import guarded, noting
from deployments.door.callers.counting import Tally
from deployments.door.guard import Hands
from deployments.door.transport import App, Receive, Scope, Send
from deployments.service.entrances import external
from flows.running import clock

PAGE = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>示范</title><p>{}</p>"
NOT_RUNNING = "运行界面没有启动：现在只开着窗口。请管这台电脑的同事启动示范。"
ELSEWHERE = "运行界面不在窗口里：它在本单位另建的 Prefect 服务上，由管这个服务的同事从它自己的网址打开。请退回上一页。"


async def _no_prefect(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer what would be Prefect's; take part in the start and the end."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1013})
        return
    away = external() is not None
    line, status = (ELSEWHERE, 404) if away else (NOT_RUNNING, 503)
    await HTMLResponse(PAGE.format(line), status)(scope, receive, send)


async def _as_it_is(_path: str, _query: str) -> str | None:
    return None


def create_alone() -> App:
    """Return the window behind the door, with nothing of Prefect."""
    hands = Hands(fillings={}, keepings={}, note=noting(Tally()), now=clock.now, fuller=_as_it_is)
    return guarded(_no_prefect, hands)


def serve_alone(host: str, port: int) -> None:
    """Serve until told to end."""
    import uvicorn

    uvicorn.run(
        create_alone(),
        host=host,
        port=port,
        log_level="warning",
        ws="none",  # nothing of the window's; the library would be held all the same
        proxy_headers=False,
        server_header=False,
    )


if __name__ == "__main__":
    serve_alone(sys.argv[1], int(sys.argv[2]))
