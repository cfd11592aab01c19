"""Ask again what Prefect was too busy to do, and make changes in turn: nobody has to press a button twice."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from deployments.door.refused import BUSY, UNSURE, Refused
from deployments.door.transport import Answered, Message, Send

# Prefect's word for it, as its own client takes it; mostly its database was locked.
ASK_AGAIN = 503
PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds before each further try
LONGEST = 5.0  # seconds; who clicked has looked away by then, and a lock may last a minute
CEILING = 30.0  # seconds for one change with all its tries; Prefect's own waits end far before

Ask = Callable[[Send], Awaitable[None]]


async def patiently(
    ask: Ask,
    send: Send,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Let ``ask`` answer to ``send``; as long as it is too busy, ask again, for ``LONGEST`` at most.

    One answer goes out, the last one, whatever it is. What is asked must bear being asked again:
    Prefect's SQLite did nothing when it was locked, but a PostgreSQL may be lost after it did.
    """
    began = clock()
    for seconds in (*PAUSES, None):
        kept: list[Message] = []
        failed = None
        try:
            await ask(_holding(send, kept))
        except Exception as error:  # what ends in a 503 is raised once more when the answer is out
            if not kept:
                raise
            failed = error
        if not kept:
            return
        if seconds is None or clock() - began + seconds > LONGEST:
            for message in kept:
                await send(message)
            if failed:
                raise failed
            return
        await pause(seconds)


def _holding(send: Send, kept: list[Message]) -> Send:
    """Return a `send` that puts a busy answer into ``kept`` and hands every other on."""

    async def hold(message: Message) -> None:
        busy = message["type"] == "http.response.start" and message["status"] == ASK_AGAIN
        if busy or kept:
            kept.append(message)
        else:
            await send(message)

    return hold


class Turns:
    """Let one change into Prefect at a time: several at once lock each other out of its SQLite."""

    def __init__(self) -> None:
        """Begin with nobody inside."""
        self._lock = asyncio.Lock()

    async def take(self, ask: Ask, answered: Answered) -> None:
        """Let ``ask`` answer when its turn comes; raises Refused when that takes too long.

        Whoever does not get a turn within ``LONGEST`` did nothing. What hangs in Prefect is given up
        after ``CEILING``, so that the next gets in; whether it was done nobody knows.
        """
        try:
            async with asyncio.timeout(LONGEST):
                await self._lock.acquire()
        except TimeoutError:
            raise Refused(BUSY) from None
        try:
            async with asyncio.timeout(CEILING) as ceiling:
                await patiently(ask, answered)
        except TimeoutError:
            if ceiling.expired() and not answered.begun:
                raise Refused(UNSURE) from None
            raise
        finally:
            self._lock.release()
