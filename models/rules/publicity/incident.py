"""Public-opinion incidents: whose they are (谁引发、谁负责), their steps, and the clock of each.

焦作市方案三（二）: who causes a crisis answers for it and handles it at once by law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from models.rules.calendar.workdays import WorkCalendar
from models.rules.publicity.incident_clock import IncidentClock
from models.rules.publicity.words import IncidentStep

LAST_MINUTE = time(23, 59)  # of the day on which an incident must have ended


@dataclass(frozen=True, slots=True)
class IncidentFound:
    """When an incident was found (UTC), and whether it is about a grave emergency."""

    at: datetime
    major: bool = False


def step_due(
    found: IncidentFound,
    step: IncidentStep,
    clock: IncidentClock,
    calendar: WorkCalendar,
    zone: tzinfo,
) -> datetime | None:
    """Return the instant (UTC) by which ``step`` must be done; None for one without an hour of its own."""
    if step is IncidentStep.REPORTED:
        return found.at + timedelta(hours=clock.incident_report_hours)
    if step is IncidentStep.ANSWERED:
        return found.at + timedelta(
            hours=clock.incident_major_hours if found.major else clock.incident_answer_hours
        )
    if step is IncidentStep.ENDED:
        day = calendar.due_within(found.at.astimezone(zone).date(), clock.incident_end_workdays)
        last = datetime.combine(day, LAST_MINUTE, tzinfo=zone)
        return last.astimezone(found.at.tzinfo)
    return None


def next_due(
    dues: Mapping[IncidentStep, datetime | None], at: IncidentStep
) -> tuple[IncidentStep, datetime] | None:
    """Return the next step after ``at`` that has an hour, and the hour; None once it has ended."""
    for step in IncidentStep:
        due = dues.get(step)
        if step.place > at.place and due is not None:
            return step, due
    return None


def steps_late(
    dues: Mapping[IncidentStep, datetime | None], at: IncidentStep, now: datetime
) -> list[tuple[IncidentStep, datetime]]:
    """Return the steps counted in hours that an incident ``at`` a step should have taken by ``now``, in order.

    The end, counted in working days, climbs the ladder of every milestone.
    """
    return [
        (step, due)
        for step in (IncidentStep.REPORTED, IncidentStep.ANSWERED)
        if step.place > at.place and (due := dues.get(step)) is not None and due < now
    ]


def step_fault(at: IncidentStep, wanted: IncidentStep, note: str) -> str:
    """Return why an incident that is ``at`` a step cannot go to ``wanted``; empty when it can.

    Steps go forward only; 处置 may be passed over, an answer only with a reason.
    """
    if wanted.place <= at.place:
        return f"已经登记到“{at.chinese}”，不能再登记“{wanted.chinese}”"
    if wanted is not IncidentStep.REPORTED and at is IncidentStep.FOUND:
        return "还没有登记“报告”"
    if wanted is IncidentStep.ENDED and at is not IncidentStep.ANSWERED and not note.strip():
        return "还没有登记“回应”；不需要公开回应的，请在说明里写明理由"
    return ""
