"""Refusals of the window, written into the audit: few rows of a flood, and no page waits for them."""

import logging
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from deployments.door.callers.counting import Tally
from models.errors import CampaignError
from models.rules.calendar.moment import Moment
from tasks.office.refusals import keep_refusal

_TALLY = Tally()
_LATER = ThreadPoolExecutor(1, "refusals")


def note_refusal(address: str, reason: str, called: str, moment: Moment) -> None:
    """Write down that a call from ``address`` was refused; ``called`` holds no token and nothing typed.

    Returns at once. The first of an address and reason is written, the others of ten minutes with the next.
    """
    times = _TALLY.count(address, reason, monotonic())
    if times is not None:
        _LATER.submit(_keep, address, reason, called, times, moment)


def _keep(address: str, reason: str, called: str, times: int, moment: Moment) -> None:
    try:
        keep_refusal(address, reason, called, times, moment)
    except CampaignError as error:  # locked or full: the call was refused all the same
        logging.getLogger("shifan.window").warning("refusal not kept: %s", error)
