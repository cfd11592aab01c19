"""When a link is looked at again, and when it counts as dead; pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from models.rules.words import UNDER_WAY, StageKind

DEAD_AFTER_DAYS = 3  # on that many days in a row: a site that is moved or cleaned is back by then
NEAR_DAYS = 14  # before the assessment begins, whose first step is the search of the net
# How long a look holds; the first that applies counts. A little less than the day and the week that are
# meant: a round begins at the same hour and takes a while.
TRIED_AGAIN = timedelta(hours=20)  # what did not open, until it counts as dead
NEAR_ASSESSMENT = timedelta(days=3, hours=-4)
WEEKLY = timedelta(days=7, hours=-4)


def look_is_due(looked_at: datetime | None, *, trying: bool, near: bool, now: datetime) -> bool:
    """Say whether a link is looked at now: at once where nobody did, else weekly, oftener when it matters.

    ``trying``: it did not open, and does not count as dead yet. ``near``: the assessment is under way or near.
    """
    if looked_at is None:
        return True
    lasts = TRIED_AGAIN if trying else NEAR_ASSESSMENT if near else WEEKLY
    return now - looked_at >= lasts


def assessment_is_near(stages: Iterable[tuple[str, str, date | None]], today: date) -> bool:
    """Say whether the assessment is under way or begins soon; stages are (kind, status, planned start)."""
    return any(
        status in UNDER_WAY or (start is not None and 0 <= (start - today).days <= NEAR_DAYS)
        for kind, status, start in stages
        if kind == StageKind.ACCEPTANCE
    )
