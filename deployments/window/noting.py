"""What is written into the audit behind an answer: who was refused, and who came by a link; no page waits for it.

A database that is locked keeps nobody from reading, and a flood of calls makes few rows.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from deployments.door.callers.counting import Tally
from models.errors import CampaignError
from models.rules.calendar.moment import Moment
from tasks.office.refusals import keep_refusal
from tasks.window.entering import keep_entry
from tasks.window.visitors import Visitor

_TALLY = Tally()
# Of its own: a flood of refusals hides nobody who came in, and on a morning everybody comes by a link.
_COMING = Tally(most=20_000)
_LATER = ThreadPoolExecutor(1, "noting")


def note_refusal(address: str, reason: str, called: str, moment: Moment) -> None:
    """Write down that a call from ``address`` was refused; ``called`` holds no token and nothing typed.

    Returns at once. The first of an address and reason is written, the others of ten minutes with the next.
    """
    times = _TALLY.count(address, reason, monotonic())
    if times is not None:
        _LATER.submit(_written, lambda: keep_refusal(address, reason, called, times, moment))


def note_link(visitor: Visitor, address: str, moment: Moment) -> None:
    """Write down that a post came by its link; returns at once. Opened again and again, once in ten minutes."""
    if _COMING.count(address, f"in by {visitor.kind} {visitor.number}", monotonic()) is not None:
        _LATER.submit(_written, lambda: keep_entry(visitor, address, "本人链接", moment))


def _written(act: Callable[[], None]) -> None:
    try:
        act()
    except CampaignError as error:  # locked or full: the answer stands all the same
        logging.getLogger("shifan.window").warning("not noted: %s", error)
