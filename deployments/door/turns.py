"""What changes something is done in turn, and nobody's turn lasts for ever."""

import asyncio

from deployments.door.patience import LONGEST, Ask, patiently
from deployments.door.refused import BUSY, UNSURE, Refused
from deployments.door.transport import Answered

CEILING = 30.0  # seconds for one change with all its tries; Prefect's own waits end far before


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
