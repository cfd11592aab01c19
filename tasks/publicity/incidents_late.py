"""The clock of incidents: what is said when the hours of a step are over; looked at before each round of delivery."""

from dataclasses import replace

from sqlmodel import Session

from models.notices.writing import Word
from models.publicity.duties import names_in_order
from models.publicity.incident import Incident, incidents_open, tell_of_incident
from models.rules.calendar.moment import Moment
from models.rules.notices.rule_words import INCIDENT_LATE
from models.rules.publicity.incident import steps_late
from models.rules.publicity.words import IncidentStep
from models.settings import local_minute
from tasks.publicity.incident_hours import step_hours
from tasks.publicity.incidents import who_hears


def tell_of_late_incidents(session: Session, at: Moment) -> int:
    """Tell who hears of an incident of each step that is out of its hours; return how many notices are new.

    At once, whatever the hour, and each post once for each step; a unit that is named later hears then.
    Repeatable. One statement where no incident is open; a few for each that is late.
    """
    return sum(_told(session, one, at) for one in incidents_open(session))


def _told(session: Session, incident: Incident, at: Moment) -> int:
    late = steps_late(step_hours(session, incident, at), IncidentStep(incident.step), at.now)
    if not late:
        return 0
    name = names_in_order(session, incident.campaign_id).get(incident.unit_id or 0, "待明确")
    told = 0
    for step, due in late:
        words = (
            f"第 {incident.number} 号舆情“{incident.title}”应在 {local_minute(due)} 前{step.chinese}，"
            f"还没有登记；责任单位：{name}。已经{step.chinese}的请登记："
            f"shifan publicity incident step {incident.number} --step {step.chinese}"
        )
        occurrence = f"{incident.number}.{step}"
        word = Word("campaign", incident.campaign_id, INCIDENT_LATE, occurrence, words, urgent=True)
        told += tell_of_incident(
            session, incident, who_hears(incident), word, replace(at, calendar=None)
        )
    return told
