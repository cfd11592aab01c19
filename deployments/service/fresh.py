"""Keep the pages true: made anew within seconds of whatever changed, a province's within about a minute, and at midnight.

Whoever changed it: the tables are asked, not the doers: a form, a command, a file taken in and a restored copy all leave
a trace there, and nothing that writes has to think of the pages.
"""

import asyncio
import logging
import time

from flows.running import clock
from flows.running.publish import publish_board, publish_outlook
from tasks.patrol.pages import Pages, pages_mark, pages_of

LOOK_EVERY = 1.0  # seconds
LOOK_AT_LEAST_EVERY = 60.0  # seconds, however often it went wrong
REST = (
    9  # times what the pages took to make: a tenth of a core, until the longest rest cuts it short
)

SAID = logging.getLogger("shifan.pages")


async def keep_fresh() -> None:
    """Look for changes until told to end; what goes wrong is tried again and stops nothing else."""
    window, pause, fault = Window(), LOOK_EVERY, ""
    while True:
        began = time.monotonic()
        try:
            await asyncio.to_thread(window.refresh)
            pause, fault = LOOK_EVERY, ""
        except Exception as error:
            if repr(error) != fault:  # once, not every time; some have no words but their name
                SAID.warning("pages not refreshed: %r", error)
            pause, fault = longer(pause), repr(error)
        await asyncio.sleep(max(pause, rest_after(time.monotonic() - began)))


def rest_after(took: float) -> float:
    """Return for how long nobody looks after pages that ``took`` so many seconds: to make, or waiting for a lock."""
    return min(REST * took, LOOK_AT_LEAST_EVERY)


def longer(pause: float) -> float:
    """Return the pause after one more fault, in seconds."""
    return min(2 * pause, LOOK_AT_LEAST_EVERY)


class Window:
    """What the operator sees: ``shown`` is how the tables stood for it, ``made`` what is not shown yet."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self.shown = ""
        self.made: Pages | None = None

    def refresh(self) -> None:
        """Publish every page where the tables are not as shown; made once, however often it is tried.

        May run at the same time as a patrol, which publishes what it saw: its own entries and notices
        let the pages be made once more, so the last word is never an older one.
        """
        today = clock.today()
        mark = pages_mark(today)
        if mark == self.shown:
            return
        if self.made is None or self.made.mark != mark:
            self.made = pages_of(today)
        publish_board(self.made.board)
        publish_outlook(self.made.outlook, self.made.board.campaigns)
        self.shown, self.made = self.made.mark, None
