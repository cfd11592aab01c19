"""Whether a clock can be believed: what it shows beside the last instant at which it was believed."""

from datetime import datetime, timedelta

from models.rules.calendar.workdays import WorkCalendar
from models.rules.words import Worded

# A clock that is set right by the net, or an hour wrong, changes no day; eight hours (a zone taken for
# another) and every date that somebody mistyped do.
BACK = timedelta(hours=3)
# Working days without a sign of life. The longest holidays count for none, and where a year's are not
# published for seven at most; a machine that stood still for longer looks like a clock set forward.
AHEAD_WORKDAYS = 7
FAR = timedelta(days=60)  # further ahead no calendar need be asked


class Jump(Worded):
    """How a clock is not to be believed."""

    AHEAD = "ahead", "走快，或停了很久"
    BACK = "back", "走慢"


def jump(seen: datetime, now: datetime, calendar: WorkCalendar) -> Jump | None:
    """Return how ``now`` cannot follow ``seen``; None while it can. Both in the office's zone.

    Back: on an earlier day, by more than three hours. Ahead: more than seven working days later.
    """
    if seen - now > BACK and now.date() < seen.date():
        return Jump.BACK
    if now - seen > FAR or calendar.count(seen.date(), now.date()) > AHEAD_WORKDAYS:
        return Jump.AHEAD
    return None
