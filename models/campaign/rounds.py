"""Which campaign was patrolled on which day: ours to know, whatever Prefect says of its runs.

A round is written in the transaction of the patrol that it tells of. A second patrol of the day adds
nothing to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlmodel import Field, Session, SQLModel

from models.database import found_as
from models.rules.calendar.hours import MORNING
from models.rules.calendar.moment import Moment
from models.rules.campaign_names import label
from models.settings import office_zone


class PatrolRound(SQLModel, table=True):
    """A campaign's patrol of a day: when it looked, and how many notices were new."""

    __tablename__ = "patrol_round"

    campaign_id: int = Field(foreign_key="campaign.id", primary_key=True)
    day: date = Field(primary_key=True)
    at: datetime
    notices: int = 0


@dataclass(frozen=True, slots=True)
class Patrolled:
    """A campaign that is under way, and when its patrol of the day looked; None where none did."""

    slug: str
    is_demo: bool
    at: datetime | None
    notices: int | None

    @property
    def label(self) -> str:
        """Return what it is called."""
        return label(self.slug, self.is_demo)


@dataclass(frozen=True, slots=True)
class Patrols:
    """How far the patrols of all campaigns under way have come.

    ``campaigns`` of them were ever patrolled. ``day`` is the day of the oldest of their last rounds, ``at``
    its instant: since then each was looked at. ``missed`` have no round since the day that was asked for.
    """

    campaigns: int
    day: date | None
    at: datetime | None
    missed: int


# In this text a round that a day has is found by the key alone.
IS_PATROLLED = "EXISTS (SELECT 1 FROM patrol_round r WHERE r.campaign_id = {id} AND r.day = :today)"

_ROUNDS = """
    SELECT c.slug, c.is_demo, r.at, r.notices
    FROM campaign c LEFT JOIN patrol_round r ON r.campaign_id = c.id AND r.day = :today
    WHERE c.state = 'open' ORDER BY c.is_demo, c.loaded_at DESC, c.id DESC"""

# Of each campaign its last round, by the key.
_LAST = """
    SELECT c.slug, c.is_demo, c.loaded_at, r.day, r.at
    FROM campaign c LEFT JOIN patrol_round r ON r.campaign_id = c.id
        AND r.day = (SELECT max(l.day) FROM patrol_round l WHERE l.campaign_id = c.id)
    WHERE c.state = 'open'"""
# What was loaded after a patrol began was none of its.
_MISSED = "(seen.day IS NULL OR seen.day < :due) AND seen.loaded_at < :began"
# One row; both want `patrol_of`. That of one campaign asks nothing of the others, also within another statement.
_PATROLS = f"""
    SELECT count(seen.day) AS campaigns, min(seen.day) AS day, min(seen.at) AS at,
           count(CASE WHEN {_MISSED} THEN 1 END) AS missed
    FROM ({_LAST}) seen"""  # noqa: S608 - texts of ours
PATROL_OF_ONE = _PATROLS.replace(_LAST, f"{_LAST} AND c.slug = :slug")
_NAMES = f"""
    SELECT seen.slug, seen.is_demo, seen.at, NULL AS notices
    FROM ({_LAST}) seen WHERE {_MISSED} ORDER BY seen.is_demo, seen.slug LIMIT :most"""  # noqa: S608


def write_rounds(session: Session, notices: Mapping[int, int], moment: Moment) -> None:
    """Write that campaigns were patrolled on the moment's day, each with how many ``notices`` were new.

    One statement; only for those whose day has no round yet.
    """
    when = {"day": moment.today, "at": moment.now}
    rows = [{"campaign_id": one, "notices": new, **when} for one, new in notices.items()]
    if rows:
        session.connection().execute(insert(PatrolRound), rows)


def rounds_on(session: Session, day: date) -> Sequence[Patrolled]:
    """Return every campaign under way with its round of ``day``, real ones first; one statement."""
    return found_as(session, Patrolled, _ROUNDS, {"today": day})


def patrol_of(due: date) -> Mapping[str, object]:
    """Return what `PATROL_OF_ONE` is asked with, beside its slug, about the patrol of the day ``due``: that day, and when it began."""
    began = datetime.combine(due, MORNING, office_zone())
    return {"due": due, "began": began}


def patrols_until(session: Session, due: date, slug: str = "") -> Patrols:
    """Return how far the patrols of all have come, or of ``slug`` alone, the last due on ``due``; one statement."""
    asked = PATROL_OF_ONE if slug else _PATROLS
    [found] = found_as(session, Patrols, asked, {**patrol_of(due), "slug": slug})
    return found


def without_round(session: Session, due: date, most: int) -> Sequence[Patrolled]:
    """Return up to ``most`` campaigns that the patrol of ``due`` has missed, real ones first."""
    return found_as(session, Patrolled, _NAMES, {**patrol_of(due), "most": most})
