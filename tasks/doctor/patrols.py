"""Whether every campaign was patrolled when it was due: by our own table, whichever machine did it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.calendar.calendar import work_calendar
from models.campaign.rounds import patrols_until, without_round
from models.database import open_session, sqlite_file
from models.errors import CampaignError
from models.settings import office_time, settings
from tasks.patrol.complete import complete_patrol
from tasks.patrol.heartbeat import FILE

ENDS = time(9, 30)  # by then the patrol that begins in the MORNING is complete
NAMED = 3


@dataclass(frozen=True, slots=True)
class LastPatrol:
    """The last complete patrol: of which ``day``, begun or ended ``at``, of how many ``campaigns``.

    ``due`` is the last working day whose patrol should be complete, ``late`` how many such days have none.
    By the table, ``missed`` campaigns were not patrolled since, some of them ``named``. ``by_beat`` says that
    only this machine's heartbeat was there to go by.
    """

    day: date
    at: datetime
    campaigns: int
    due: date
    late: int
    missed: int = 0
    named: Sequence[str] = ()
    by_beat: bool = False


def last_patrol(now: datetime) -> LastPatrol | None:
    """Return the last complete patrol by the table; by the heartbeat where that cannot be read or has no round.

    None before the first. Two statements, three where one is missing.
    """
    try:
        found = _by_table(now)
    except CampaignError:  # the database is ill, which has a line of its own
        found = None
    return found or patrol_by_heartbeat(now)


def _by_table(now: datetime) -> LastPatrol | None:
    if (path := sqlite_file()) and not path.exists():
        return None
    with open_session(read_only=True) as session:
        calendar, local = work_calendar(session), office_time(now)
        over = local.date() if local.time() >= ENDS else local.date() - timedelta(days=1)
        due = calendar.last_workday(over)
        found = patrols_until(session, due)
        last = complete_patrol(found)
        if last is None or last.by_beat:
            return None
        names = without_round(session, due, NAMED) if found.missed else ()
        late = max(1, calendar.count(last.day, due)) if found.missed else 0
    labels = [one.label for one in names]
    return LastPatrol(last.day, last.at, last.campaigns, due, late, found.missed, labels)


def patrol_by_heartbeat(now: datetime) -> LastPatrol | None:
    """Return what this machine's file says, by its own calendar, which reaches two months."""
    beat = complete_patrol(None)
    if beat is None:
        return None
    local, days = office_time(now), _working_days()
    over = [d for d in days if d < local.date() or (d == local.date() and local.time() >= ENDS)]
    late = sum(day > beat.day for day in over)
    due = over[-1] if over else beat.day
    return LastPatrol(beat.day, beat.at, beat.campaigns, due, late, by_beat=True)


def _working_days() -> list[date]:
    said = json.loads((settings().home / FILE).read_bytes())
    return [date.fromisoformat(day) for day in said["working_days"]]
