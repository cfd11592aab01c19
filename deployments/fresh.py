"""Keep the pages true: made anew within seconds of whatever changed, whoever changed it, and at midnight.

The tables are asked, not the doers: a form, a command, a file taken in and a restored copy all leave
a trace there, and nothing that writes has to think of the pages.
"""

import asyncio
import logging
import time

from flows import clock
from flows.publish import publish_board, publish_outlook
from tasks.pages import pages_mark, pages_of

LOOK_EVERY = 1.0  # seconds
REST = 2  # times what the pages took to make: a province's are not made all the time

SAID = logging.getLogger("shifan.pages")


async def keep_fresh() -> None:
    """Look for changes until told to end; what goes wrong is tried again and stops nothing else."""
    shown, fault = "", ""
    while True:
        began = time.monotonic()
        try:
            shown, fault = await asyncio.to_thread(refresh, shown), ""
        except Exception as error:
            if str(error) != fault:  # once, not every second
                SAID.warning("pages not refreshed: %s", error)
            fault = str(error)
        await asyncio.sleep(max(LOOK_EVERY, REST * (time.monotonic() - began)))


def refresh(shown: str = "") -> str:
    """Publish every page where the tables are not as in ``shown``; return how they stand now.

    May run at the same time as a patrol, which publishes what it saw: its own entries and notices let
    the pages be made once more, so the last word is never an older one.
    """
    today = clock.today()
    if pages_mark(today) == shown:
        return shown
    pages = pages_of(today)
    publish_board(pages.board)
    publish_outlook(pages.outlook)
    return pages.mark
