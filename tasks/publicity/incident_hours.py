"""Where incidents stand: the next step that has an hour, and whether the hour is over."""

from datetime import UTC, datetime

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import looking_at
from models.keys import key_of
from models.publicity.duties import names_in_order
from models.publicity.incident import Incident, IncidentDeed, deeds_of, incidents_kept
from models.rules.calendar.moment import Moment
from models.rules.publicity.incident import IncidentFound, next_due, step_due
from models.rules.publicity.words import IncidentStep
from models.settings import local_minute, settings

INCIDENT_HEAD = ("编号", "舆情", "责任单位", "发现", "到哪一步", "下一步和期限")


def aware(at: datetime | None, moment: Moment) -> datetime:
    """Return an instant (UTC) that was typed on the office's clock; now where none was."""
    if at is None:
        return moment.now
    return (at if at.tzinfo else at.replace(tzinfo=moment.zone)).astimezone(UTC)


def step_hours(
    session: Session, incident: Incident, moment: Moment
) -> dict[IncidentStep, datetime | None]:
    """Return by which instant each step of an incident must be done, as the office has set it."""
    found = IncidentFound(incident.found_at, incident.major)
    calendar = moment.calendar or work_calendar(session)
    return {step: step_due(found, step, settings(), calendar, moment.zone) for step in IncidentStep}


def next_hour_in_words(session: Session, incident: Incident, moment: Moment) -> str:
    """Return the next step that has an hour, and whether the hour is over, in words."""
    found = next_due(step_hours(session, incident, moment), IncidentStep(incident.step))
    if found is None:
        return "已结束"
    step, due = found
    return f"{step.chinese}期限 {local_minute(due)}{'，已超过' if due < moment.now else ''}"


def incidents_list(slug: str | None, moment: Moment) -> list[tuple[str, ...]]:
    """Return every incident, the oldest first, row by row under `INCIDENT_HEAD`, with steps out of time said."""
    with looking_at(slug) as (session, campaign):
        kept = incidents_kept(session, key_of(campaign))
        names = names_in_order(session, key_of(campaign))
        done: dict[int, list[IncidentDeed]] = {}
        for deed in deeds_of(session, kept):
            done.setdefault(deed.incident_id, []).append(deed)
        return [
            (
                str(one.number),
                f"{one.title}{'（重大）' if one.major else ''}",
                names.get(one.unit_id or 0, "待明确"),
                local_minute(one.found_at),
                "；".join(
                    f"{IncidentStep(deed.step).chinese} {local_minute(deed.at)}"
                    for deed in done.get(key_of(one), ())
                ),
                next_hour_in_words(session, one, moment),
            )
            for one in kept
        ]
