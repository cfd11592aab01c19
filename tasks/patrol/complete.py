"""When everybody was last patrolled: one rule for the pages, the doctor and the metrics of every machine."""

from dataclasses import dataclass
from datetime import date, datetime

from models.campaign.rounds import Patrols
from tasks.patrol.heartbeat import last_beat


@dataclass(frozen=True, slots=True)
class CompletePatrol:
    """The last complete patrol: of which ``day``, ``at`` which instant, of how many ``campaigns``.

    ``run`` is where in Prefect it ran, empty where this machine does not know. ``by_beat`` says that only
    this machine's heartbeat was there to go by.
    """

    day: date
    at: datetime
    campaigns: int
    run: str = ""
    by_beat: bool = False


def complete_patrol(found: Patrols | None) -> CompletePatrol | None:
    """Return the last complete patrol as the table has ``found`` it, whichever machine did it; None before the first.

    Where the table has none, or was not to be read, the heartbeat of this machine says it. A second patrol of
    the day adds nothing to the table: of that one the machine that made it knows the later time.
    """
    beat = last_beat()
    if found is None or found.day is None or found.at is None:
        return CompletePatrol(beat.day, beat.at, beat.campaigns, beat.run, True) if beat else None
    if beat is None or beat.day != found.day:
        return CompletePatrol(found.day, found.at, found.campaigns)
    return CompletePatrol(found.day, max(found.at, beat.at), found.campaigns, beat.run)
