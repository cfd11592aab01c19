"""The heartbeat: a file that says when the last complete patrol was, for a watchdog without database."""

import json
from datetime import datetime, timedelta

from models.calendar.calendar import work_calendar
from models.database import open_session
from models.files.home import home
from models.files.whole_file import write_whole
from models.rules.calendar.moment import Moment
from models.settings import settings

FILE, DELIVERY_FILE = "heartbeat.json", "heartbeat.delivery.json"  # in the home
DAYS_AHEAD = 60


def beat(moment: Moment, campaigns: int) -> None:
    """Say that every campaign was patrolled on ``today``, and which days to expect the next on.

    Written whole or not at all. Call it only after a complete patrol of the real day.
    """
    with open_session(read_only=True) as session:
        calendar = work_calendar(session)
    days = [moment.today + timedelta(days=n) for n in range(DAYS_AHEAD)]
    said = {
        "at": moment.now.isoformat(),
        "day": moment.today.isoformat(),
        "campaigns": campaigns,
        "time_zone": settings().time_zone,
        "working_days": [day.isoformat() for day in days if calendar.is_workday(day)],
    }
    _write(FILE, said)


def beat_after_delivery(now: datetime) -> None:
    """Say that a round of delivery ended at ``now``: a patrol alone tells nobody anything."""
    _write(DELIVERY_FILE, {"at": now.isoformat()})


def _write(name: str, said: dict[str, object]) -> None:
    write_whole(home() / name, json.dumps(said).encode(), lasting=False)
