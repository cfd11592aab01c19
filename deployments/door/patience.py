"""Ask again what Prefect was too busy to do: nobody shall have to press a button twice."""

import asyncio
from collections.abc import Awaitable, Callable

from deployments.door.transport import Message, Send

BUSY = 503  # Prefect's word for "nothing was done, ask again"; its own client does so
PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds before each further try

Ask = Callable[[Send], Awaitable[None]]


async def patiently(
    ask: Ask, send: Send, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Let ``ask`` answer to ``send``; as long as it is too busy, a few seconds in all, ask again.

    Its database takes one writer at a time, and while a run begins it is locked for moments. The
    last answer goes out whatever it is, and each call is done once or not at all.
    """
    for seconds in PAUSES:
        held = _Held(send)
        try:
            await ask(held)
        except Exception:  # what ends in a 503 is raised once more when the answer is out
            if not held.busy:
                raise
        if not held.busy:
            return
        await pause(seconds)
    await ask(send)


class _Held:
    """A `send` that keeps a busy answer to itself."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.busy = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.busy = message["status"] == BUSY
        if not self.busy:
            await self._send(message)
