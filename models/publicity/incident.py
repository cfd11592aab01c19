"""Public-opinion incidents: what happened where, whose it is, which steps were taken when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.campaign import Campaign
from models.errors import NotFoundError
from models.notices.writing import Word, say_to, write_notices
from models.rules.calendar.moment import Moment
from models.rules.publicity.words import IncidentStep
from models.rules.words import CampaignState, Level


class Incident(SQLModel, table=True):
    """One incident; ``unit_id`` is the unit that caused it and answers for it, None while that is open."""

    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    number: int
    title: str
    place: str = ""  # where it was seen
    url: str = ""
    major: bool = False  # about a grave emergency
    found_at: datetime  # UTC
    step: str = IncidentStep.FOUND
    by_post: str


class IncidentDeed(SQLModel, table=True):
    """A step that was taken, when, by which post; ``withdrawn`` where that was taken back."""

    __tablename__ = "incident_deed"
    __table_args__ = (UniqueConstraint("incident_id", "step"),)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incident.id")
    step: str
    at: datetime  # UTC
    by_post: str
    note: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class NewIncident:
    """What somebody found."""

    title: str
    place: str
    url: str
    major: bool
    found_at: datetime
    unit_id: int | None
    by_post: str


# A unit's own posts, or who hears in their place.
_TO_UNIT = f"""
    SELECT :kind, :subject, :rule, s.post_level, :occurrence, s.post_id,
           NULLIF(s.level, s.post_level), true, :words, :detail, s.campaign_id
    FROM seat s WHERE s.unit_id = :unit
      AND s.level IN ({int(Level.LIAISON)}, {int(Level.UNIT_HEAD)})"""  # noqa: S608


def add_incident(session: Session, campaign_id: int, new: NewIncident) -> tuple[Incident, bool]:
    """Register an incident and return it, and whether it is new: the same title and hour is the same one."""
    same = select(Incident).where(
        Incident.campaign_id == campaign_id,
        Incident.title == new.title,
        Incident.found_at == new.found_at,
    )
    if there := session.exec(same).first():
        return there, False
    last = select(func.max(Incident.number)).where(Incident.campaign_id == campaign_id)
    row = Incident(
        campaign_id=campaign_id,
        unit_id=new.unit_id,
        number=(session.exec(last).one() or 0) + 1,
        title=new.title,
        place=new.place,
        url=new.url,
        major=new.major,
        found_at=new.found_at,
        by_post=new.by_post,
    )
    session.add(row)
    session.flush()
    session.add(
        IncidentDeed(
            incident_id=row.id or 0,
            step=IncidentStep.FOUND,
            at=new.found_at,
            by_post=new.by_post,
        )
    )
    return row, True


def add_deed(session: Session, incident: Incident, deed: IncidentDeed) -> None:
    """Write down a step that was taken; the incident stands there now. One that was taken back is said anew."""
    query = select(IncidentDeed).where(
        IncidentDeed.incident_id == deed.incident_id, IncidentDeed.step == deed.step
    )
    row = session.exec(query).first() or deed
    row.at, row.by_post, row.note, row.withdrawn = deed.at, deed.by_post, deed.note, False
    session.add(row)
    incident.step = deed.step
    session.add(incident)
    session.flush()


def incident_numbered(session: Session, campaign_id: int, number: int) -> Incident:
    """Return the incident of that number; raises NotFoundError where there is none."""
    query = select(Incident).where(Incident.campaign_id == campaign_id, Incident.number == number)
    found = session.exec(query).first()
    if found is None:
        raise NotFoundError(f"没有第 {number} 号舆情，编号见 shifan publicity incident list")
    return found


def incidents_kept(session: Session, campaign_id: int) -> list[Incident]:
    """Return every incident of a campaign, the oldest first."""
    query = select(Incident).where(Incident.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(Incident.number))))


def incidents_open(session: Session) -> list[Incident]:
    """Return the incidents of campaigns under way that have not ended, the oldest first."""
    query = select(Incident).join(Campaign, col(Campaign.id) == Incident.campaign_id)
    query = query.where(Campaign.state == CampaignState.OPEN, Incident.step != IncidentStep.ENDED)
    return list(session.exec(query.order_by(col(Incident.id))))


def deeds_of(session: Session, incidents: Sequence[Incident]) -> list[IncidentDeed]:
    """Return the steps that were taken of ``incidents`` and stand, in their order; one statement."""
    ids = [one.id for one in incidents]
    query = select(IncidentDeed).where(
        col(IncidentDeed.incident_id).in_(ids), col(IncidentDeed.withdrawn).is_(False)
    )
    return sorted(session.exec(query), key=lambda one: IncidentStep(one.step).place)


def withdraw_deed(session: Session, incident: Incident) -> IncidentStep | None:
    """Take back the last step that was taken of an incident and return it; None where it was only found."""
    *before, last = deeds_of(session, [incident])
    if not before:
        return None
    last.withdrawn = True
    incident.step = before[-1].step
    session.add_all([last, incident])
    session.flush()
    return IncidentStep(last.step)


def tell_of_incident(
    session: Session, incident: Incident, levels: Sequence[Level], word: Word, at_once: Moment
) -> int:
    """Tell ``levels`` of the campaign, and the responsible unit's posts; return how many notices are new."""
    told = sum(say_to(session, incident.campaign_id, one, word, at_once) for one in levels)
    if incident.unit_id is None:
        return told
    values = word.bound() | {"unit": incident.unit_id, "soon": at_once.now}
    return told + write_notices(session, incident.campaign_id, _TO_UNIT, at_once, **values)
