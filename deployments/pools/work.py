"""One worker of a pool: takes runs, starts each as a fork, and ends with them. With a limit of 0 it only cares.

Started by `shifan worker`; ends on SIGTERM and takes its runs along, by force too.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from prefect.workers.process import ProcessWorker

from deployments.pools.caretaker import take_care
from deployments.service.forked_runs import Origin
from flows.running.tether import SERVICE

ALIVE = "alive"  # folder in the home
LOOK_EVERY = 5.0  # seconds
ASKED_WITHIN = 60.0  # seconds; Prefect's own answer is of thirty times what it is given
AGAIN = 10.0  # seconds after which what stopped beside the runs is begun again
HEARTBEAT = 10  # seconds; three missed, and its runs are closed as lost

SAID = logging.getLogger("shifan.worker")


async def work(home: Path, pool: str, name: str, limit: int) -> None:
    """Work for ``pool`` until told to end; never makes the pool itself.

    Each start is called otherwise: what stands under the name of one that fell is nobody's.
    """
    _end_on_sigterm()
    worker = ProcessWorker(
        work_pool_name=pool,
        name=f"{name}-{uuid4().hex[:8]}",
        limit=limit,
        create_pool_if_not_found=False,
        heartbeat_interval_seconds=HEARTBEAT,
    )

    def asks() -> bool:
        return worker.is_setup and worker.is_worker_still_polling(ASKED_WITHIN / 30)

    beside = [asyncio.create_task(one) for one in _beside(home, pool, name, asks)]
    try:
        await worker.start()
    finally:
        for one in beside:
            one.cancel()


async def care_alone(home: Path, pool: str, name: str) -> None:
    """Take care of a ``pool`` that other workers run for, until told to end."""
    _end_on_sigterm()
    await asyncio.gather(*_beside(home, pool, name, lambda: True))


def _end_on_sigterm() -> None:
    me = asyncio.current_task()
    if me:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, me.cancel)


def _beside(
    home: Path, pool: str, name: str, asks: Callable[[], bool]
) -> list[Coroutine[Any, Any, None]]:
    file = home / ALIVE / f"worker-{name}"
    return [
        kept_up("看护运行", lambda: take_care(home, pool)),
        kept_up("标明还在工作", lambda: show_alive(file, asks)),
    ]


async def kept_up(what: str, begin: Callable[[], Awaitable[None]]) -> None:
    """Do what never ends, and begin it again whenever a fault ends it (a full disk, a folder that is read-only).

    Each fault is said once, not every time; nobody waits for this task, so it would end in silence.
    """
    fault = ""
    while True:
        try:
            await begin()
        except Exception as error:
            if repr(error) != fault:
                SAID.warning("%s没有做成（%s），每 %d 秒再试", what, error, AGAIN, exc_info=error)
            fault = repr(error)
        await asyncio.sleep(AGAIN)


async def show_alive(file: Path, asks: Callable[[], bool]) -> None:
    """Touch ``file`` as long as the worker ``asks`` for runs: whoever watches a container looks there."""
    file.parent.mkdir(exist_ok=True)
    while True:
        if asks():
            file.touch()
        await asyncio.sleep(LOOK_EVERY)


if __name__ == "__main__":
    folder, of_pool, called, most = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    if most:
        os.environ[SERVICE] = str(os.getpid())  # its runs end with it
        Origin().serve()  # first of all: now there are neither threads nor a loop
        for_ever = work(folder, of_pool, called, most)
    else:
        for_ever = care_alone(folder, of_pool, called)
    with suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(for_ever)
