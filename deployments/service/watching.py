"""Watch over children: start again what dies, and end when somebody asks for it."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from deployments.say import say
from deployments.service.children import Child
from flows.running import clock
from models.errors import ServerError
from models.files.logs import turn_over

WATCH_SECONDS = 2
GIVE_UP_AFTER = 5  # restarts of one child within ten minutes
RESTART_WINDOW = 600
TURN_OVER_SECONDS = 600  # between two looks at the logs


class EndRequested(Exception):
    """Somebody pressed Ctrl-C, or the system asked us to end."""


@contextmanager
def ended_by_signal() -> Iterator[None]:
    """Raise EndRequested inside at the first signal to end, and come back quietly from it."""

    def end(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # once is enough; the end takes its time
        raise EndRequested

    before = {n: signal.signal(n, end) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except EndRequested:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def watch(children: list[Child]) -> None:
    """Start again what dies; give up on a child that keeps dying, so that somebody looks.

    Their logs are turned over meanwhile: what runs for a year must not fill the disk with one file.
    """
    restarts: dict[str, list[float]] = {}
    turned = float("-inf")
    while True:
        if time.monotonic() - turned > TURN_OVER_SECONDS:
            turned = time.monotonic()
            for child in children:
                turn_over(child.log, clock.now())
        time.sleep(WATCH_SECONDS)
        for child in children:
            if child.alive:
                continue
            recent = [
                t for t in restarts.get(child.name, []) if t > time.monotonic() - RESTART_WINDOW
            ]
            if len(recent) >= GIVE_UP_AFTER:
                raise ServerError(f"{child.name}反复退出，已停止；原因见 {child.log} 的末尾")
            restarts[child.name] = [*recent, time.monotonic()]
            say(f"{child.name}意外退出，正在重新启动（日志 {child.log}）")
            child.restart()
