"""What a Prometheus of the office reads: lights, queues, ages, sizes; numbers alone, and no person's name."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from models.calendar.calendar import work_calendar
from models.campaign.every import every_campaign
from models.database import open_session
from models.doctor.database import database_size
from models.doctor.queues import Queues, queues
from models.errors import CampaignError
from models.rules.lights import light_days
from models.rules.words import Light
from models.settings import local_day
from tasks.doctor.beats import last_delivery, last_delivery_here
from tasks.doctor.diagnosis import Health
from tasks.doctor.kept import KeptExamination, every_examination, last_examination
from tasks.doctor.patrols import LastPatrol, last_patrol, patrol_by_heartbeat


class Sample(NamedTuple):
    """One number: what it is called, what it tells, its value, and the labels it is told by."""

    name: str
    help: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


UP = "shifan_up", "1 while the database answers"
LIGHTS = "shifan_items", "Items of a campaign under way, by light"
NOTICES = "shifan_notices", "Notices by what became of them"
OLD_NOTICES = "shifan_notices_waiting_over_a_day", "Notices that may go out and wait for over a day"
DELIVERIES = (
    "shifan_deliveries",
    "Messages on their way to one channel: due, leased, lapsed, delivered, dead",
)
MAILS = "shifan_mails_open", "Mails of the units that are taken in or owe an answer"
SIZE = "shifan_database_bytes", "Size of the database"
PATROL = (
    "shifan_patrol_age_seconds",
    "Since the last complete patrol, of all campaigns, on any machine",
)
MISSED = (
    "shifan_patrol_workdays_missed",
    "Working days, by the office's calendar, whose patrol was due and is not complete",
)
ROUND = "shifan_delivery_age_seconds", "Since the last round of delivery, on any machine"
DOCTOR = "shifan_doctor_checks", "Checks of the last examination, of whichever machine, by health"
DOCTOR_AGE = "shifan_doctor_age_seconds", "Since the last examination, of any machine"
NAMES = tuple(
    one[0]
    for one in (
        UP,
        LIGHTS,
        NOTICES,
        OLD_NOTICES,
        DELIVERIES,
        MAILS,
        SIZE,
        PATROL,
        MISSED,
        ROUND,
        DOCTOR,
        DOCTOR_AGE,
    )
)


def samples(now: datetime) -> list[Sample]:
    """Return every number as it is at ``now`` (UTC); eight short statements at any size.

    Where the database does not answer, what does not stand in it is told all the same. What was never done
    has no age, and is not told: a rule asks for what is missing (`unless`), which NaN would hide.
    """
    try:
        found, done = list(_of_the_database(now)), _done(now)
    except CampaignError:
        return samples_of_the_home(now)
    return [Sample(*UP, 1), *found, *done]


def samples_of_the_home(now: datetime) -> list[Sample]:
    """Return what is known where the database does not answer; it is not asked."""
    patrol, delivery = patrol_by_heartbeat(now), last_delivery_here(now)
    return [Sample(*UP, 0), *_ages(now, patrol, delivery, last_examination())]


def _of_the_database(now: datetime) -> Iterator[Sample]:
    with open_session(read_only=True) as session:
        lines = every_campaign(session, light_days(local_day(now), work_calendar(session)))
        counted, size = queues(session, now), database_size(session)
    for line in lines:
        if line.is_open:
            for light in Light:
                labels = (("campaign", line.slug), ("light", light.value))
                yield Sample(*LIGHTS, getattr(line.lights, light.value), labels)
    yield from _of_queues(counted)
    yield Sample(*SIZE, size)


def _of_queues(found: Queues) -> Iterator[Sample]:
    for state in ("waiting", "unsendable", "sent", "dead"):
        yield Sample(*NOTICES, getattr(found, f"notices_{state}"), (("state", state),))
    yield Sample(*OLD_NOTICES, found.notices_old)
    for state in ("due", "leased", "lapsed", "delivered", "dead"):
        yield Sample(*DELIVERIES, getattr(found, state), (("state", state),))
    yield Sample(*MAILS, found.mails_open)


def _done(now: datetime) -> list[Sample]:
    newest = next(iter(every_examination(now)), None)
    return list(_ages(now, last_patrol(now), last_delivery(now), newest))


def _ages(
    now: datetime,
    patrol: LastPatrol | None,
    delivery: datetime | None,
    kept: KeptExamination | None,
) -> Iterator[Sample]:
    if patrol:
        yield Sample(*PATROL, (now - patrol.at).total_seconds())
        yield Sample(*MISSED, patrol.late)
    if delivery:
        yield Sample(*ROUND, (now - delivery).total_seconds())
    if kept:
        for health in Health:
            labels = (("health", health.value),)
            yield Sample(*DOCTOR, kept.examination.count(health), labels)
        yield Sample(*DOCTOR_AGE, (now - kept.examination.at).total_seconds())
