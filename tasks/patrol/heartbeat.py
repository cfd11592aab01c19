"""The heartbeat: a file that says when the last complete patrol was, for a watchdog without database."""

import json
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.calendar.calendar import work_calendar
from models.database import open_session, sqlite_file
from models.doctor.signs import DELIVERY, leave_sign
from models.errors import DatabaseError
from models.files.home import home
from models.files.whole_file import write_whole
from models.rules.calendar.moment import Moment
from models.settings import settings
from tasks.patrol.view import CampaignView

FILE, DELIVERY_FILE = "heartbeat.json", "heartbeat.delivery.json"  # in the home
DAYS_AHEAD = 60


def beat(
    moment: Moment, campaign: str | None, views: Sequence[CampaignView], run: str = ""
) -> None:
    """Say that every campaign was patrolled on ``today`` by a ``run``, and which days to expect the next on.

    A patrol of one ``campaign``, a preview and one that is held back say nothing. Written whole or not
    at all.
    """
    if campaign or any(view.preview or view.held for view in views):
        return
    with open_session(read_only=True) as session:
        calendar = work_calendar(session)
    days = [moment.today + timedelta(days=n) for n in range(DAYS_AHEAD)]
    said = {
        "at": moment.now.isoformat(),
        "day": moment.today.isoformat(),
        "campaigns": len(views),
        "run": run,
        "time_zone": settings().time_zone,
        "working_days": [day.isoformat() for day in days if calendar.is_workday(day)],
    }
    _write(FILE, said)


def beat_after_delivery(now: datetime) -> None:
    """Say that a round of delivery ended at ``now``: a patrol alone tells nobody anything.

    Where several machines share a database it stands there too, as well as can be.
    """
    _write(DELIVERY_FILE, {"at": now.isoformat()})
    if sqlite_file() is None:
        with suppress(DatabaseError), open_session() as session:
            leave_sign(session, DELIVERY, socket.gethostname(), now)


@dataclass(frozen=True, slots=True)
class Beat:
    """The last complete patrol: when it ended, of which day it was, of how many campaigns, and which run."""

    at: datetime
    day: date
    campaigns: int
    run: str = ""


def last_beat() -> Beat | None:
    """Return the last complete patrol; None before the first, or where the file is no heartbeat."""
    try:
        said = json.loads((home() / FILE).read_bytes())
        at, day = datetime.fromisoformat(said["at"]), date.fromisoformat(said["day"])
        return Beat(at, day, int(said["campaigns"]), str(said.get("run", "")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(name: str, said: dict[str, object]) -> None:
    write_whole(home() / name, json.dumps(said).encode(), lasting=False)
