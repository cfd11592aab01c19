"""Public-opinion incidents: found, told to office, leaders and the responsible unit, taken step by step to their end."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import writing_to
from models.campaign.own_milestones import (
    HowFar,
    OwnMilestone,
    lay_milestones,
    settle_milestones,
)
from models.errors import ProgressError
from models.keys import key_of
from models.notices.writing import Word
from models.publicity.duties import names_in_order
from models.publicity.incident import (
    Incident,
    IncidentDeed,
    NewIncident,
    add_deed,
    add_incident,
    incident_numbered,
    tell_of_incident,
)
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import page_fault
from models.rules.notices.rule_words import INCIDENT
from models.rules.publicity.incident import next_due, step_fault
from models.rules.publicity.words import IncidentStep
from models.rules.words import Level, MilestoneKind, Progress, post_fault
from models.settings import local_day, local_minute
from tasks.figures.figures_list import unit_meant
from tasks.publicity.incident_hours import aware, next_hour_in_words, step_hours

STEPS = {one.chinese: one for one in IncidentStep}


@dataclass(frozen=True, slots=True)
class SeenIncident:
    """What somebody saw: what, where, when (now without), whose it is, and whether it is about an emergency."""

    title: str
    by: str
    place: str = ""
    url: str = ""
    at: datetime | None = None
    unit: str = ""
    major: bool = False


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step that was taken of an incident: which, when (now without), by which post, and what was done."""

    number: int
    step: str
    by: str
    at: datetime | None = None
    note: str = ""


def register_incident(slug: str | None, seen: SeenIncident, moment: Moment) -> str:
    """Register an incident and tell office, leaders and the responsible unit at once; return it in one line.

    谁引发、谁负责: its handling is a milestone of that unit, of the office while nobody is named, due on the
    day of the next step's hour. Repeatable: the same title and hour is the same incident.
    """
    found_at = aware(seen.at, moment)
    _require(seen, found_at, moment.now)
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id = unit_meant(session, campaign_id, seen.unit) if seen.unit else None
        new = NewIncident(
            seen.title.strip(),
            seen.place.strip(),
            seen.url.strip(),
            seen.major,
            found_at,
            unit_id,
            seen.by.strip(),
        )
        incident, is_new = add_incident(session, campaign_id, new)
        name = _named(session, incident)
        line = f"第 {incident.number} 号舆情“{incident.title}”，责任单位：{name}；{next_hour_in_words(session, incident, moment)}"
        if not is_new:
            return f"{line}（此前已登记）"
        lay_incident(session, incident, moment)
        facts = {"title": new.title, "unit": name, "place": new.place, "major": new.major}
        entry = NewEntry(new.by_post, "incident-found", f"第 {incident.number} 号舆情", facts)
        record(session, campaign_id, moment, entry)
        tell_now(session, incident, who_hears(incident), line, moment)
    return line


def register_step(slug: str | None, taken: TakenStep, moment: Moment) -> str:
    """Register a step of an incident (报告, 处置, 回应, 结束), whether it was in time; return it in one line.

    Office and leader hear of the answer and of the end. Raises NotFoundError for a number that is none,
    ProgressError for a step that cannot follow, an hour to come or a post that is none. The same step
    again is refused, for its hour would move.
    """
    step = STEPS.get(taken.step.strip())
    at = aware(taken.at, moment)
    faults = [fault] if (fault := post_fault(taken.by, "登记")) else []
    if step is None:
        faults.append(f"写的是“{shown(taken.step)}”，应为{'、'.join(STEPS)}")
    if at > moment.now:
        faults.append(f"时间 {local_minute(at)} 还没有到")
    if faults or step is None:
        raise ProgressError("；".join(faults))
    with writing_to(slug) as (session, campaign):
        incident = incident_numbered(session, key_of(campaign), taken.number)
        if at < incident.found_at:
            raise ProgressError(f"早于发现的时间（{local_minute(incident.found_at)}）")
        if fault := step_fault(IncidentStep(incident.step), step, taken.note):
            raise ProgressError(f"第 {incident.number} 号舆情{fault}")
        by, note = taken.by.strip(), taken.note.strip()
        due = step_hours(session, incident, moment)[step]
        deed = IncidentDeed(
            incident_id=key_of(incident), step=step.value, at=at, by_post=by, note=note
        )
        add_deed(session, incident, deed)
        lay_incident(session, incident, moment)
        word = (
            ""
            if due is None
            else "，在期限内"
            if at <= due
            else f"，超过期限（{local_minute(due)}）"
        )
        line = f"第 {incident.number} 号舆情“{incident.title}”：{local_minute(at)} {step.chinese}{word}"
        if step is IncidentStep.ENDED:
            on = local_day(at)
            settle_milestones(
                session,
                incident.campaign_id,
                {f"Y{incident.number}": HowFar(Progress.DONE, on, by, note)},
            )
        facts = {"step": step.chinese, "note": note, "at": local_minute(at)}
        entry = NewEntry(by, "incident-step", f"第 {incident.number} 号舆情", facts)
        record(session, campaign.id, moment, entry)
        if step in (IncidentStep.ANSWERED, IncidentStep.ENDED):
            tell_now(session, incident, [Level.OFFICE, Level.LEADER], line, moment)
        return f"{line}；{next_hour_in_words(session, incident, moment)}"


def name_responsible(slug: str | None, number: int, unit: str, by: str, moment: Moment) -> str:
    """Say which unit caused an incident and answers for it; it is told at once. Repeatable."""
    if fault := post_fault(by, "登记"):
        raise ProgressError(fault)
    with writing_to(slug) as (session, campaign):
        incident = incident_numbered(session, key_of(campaign), number)
        unit_id = unit_meant(session, key_of(campaign), unit)
        if incident.step == IncidentStep.ENDED:
            raise ProgressError(f"第 {number} 号舆情已经结束")
        news = incident.unit_id != unit_id
        incident.unit_id = unit_id
        name = _named(session, incident)
        line = f"第 {number} 号舆情“{incident.title}”，责任单位：{name}；{next_hour_in_words(session, incident, moment)}"
        if news:
            lay_incident(session, incident, moment)
            entry = NewEntry(by.strip(), "incident-step", f"第 {number} 号舆情", {"unit": name})
            record(session, campaign.id, moment, entry)
            tell_now(session, incident, [], line, moment)
    return line


def _require(seen: SeenIncident, found_at: datetime, now: datetime) -> None:
    faults = [fault] if (fault := post_fault(seen.by, "登记")) else []
    if found_at > now:
        faults.append(f"发现的时间 {local_minute(found_at)} 还没有到")
    if seen.url and (fault := page_fault(seen.url)):
        faults.append(f"网址{fault}")
    if faults:
        raise ProgressError("；".join(faults))


def lay_incident(session: Session, incident: Incident, moment: Moment) -> None:
    """Make the incident's milestone, due on the day of the next step's hour; the last one's stays."""
    found = next_due(step_hours(session, incident, moment), IncidentStep(incident.step))
    if found is None:
        return
    step, due = found
    day = local_day(due)
    wanted = OwnMilestone(
        MilestoneKind.INCIDENT,
        f"Y{incident.number}",
        f"舆情处置（{step.chinese}）：{incident.title}",
        day,
        incident.unit_id,
        local_day(incident.found_at),
    )
    lay_milestones(session, incident.campaign_id, [wanted])


def _named(session: Session, incident: Incident) -> str:
    return names_in_order(session, incident.campaign_id).get(incident.unit_id or 0, "待明确")


def who_hears(incident: Incident) -> list[Level]:
    """Return which levels of the campaign hear of an incident beside the unit whose it is."""
    return [Level.OFFICE, Level.LEADER] + ([Level.GROUP_HEAD] if incident.major else [])


def tell_now(
    session: Session, incident: Incident, levels: list[Level], line: str, moment: Moment
) -> None:
    """Tell levels and the responsible unit at once, whatever the hour, of what was registered at ``moment``."""
    occurrence = f"{incident.number}.{incident.step}.{moment.now.isoformat()}"
    word = Word("campaign", incident.campaign_id, INCIDENT, occurrence, line, urgent=True)
    tell_of_incident(session, incident, levels, word, replace(moment, calendar=None))
