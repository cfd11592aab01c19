"""Inspection teams: of which bodies, whom they keep away from, which areas they prefer, when they are away."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.errors import NotFoundError
from models.keys import key_of
from models.rules.visits.round_frame import VisitTeam
from models.rules.visits.words import TeamRole
from models.units.succession import successors
from models.units.unit import Unit

SEPARATOR = "、"


class InspectionTeam(SQLModel, table=True):
    """A team that visits units; ``areas`` are those it prefers, one after another with 、."""

    __tablename__ = "inspection_team"
    __table_args__ = (UniqueConstraint("campaign_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    name: str
    areas: str = ""
    withdrawn: bool = False


class TeamUnit(SQLModel, table=True):
    """A unit that a team is made of, or keeps away from: it visits neither."""

    __tablename__ = "inspection_team_unit"
    __table_args__ = (UniqueConstraint("team_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="inspection_team.id")
    unit_id: int = Field(foreign_key="unit.id")
    role: str


class TeamAbsence(SQLModel, table=True):
    """A day on which a team makes no visit."""

    __tablename__ = "inspection_absence"
    __table_args__ = (UniqueConstraint("team_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    team_id: int = Field(foreign_key="inspection_team.id")
    day: date
    by_post: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TeamEntry:
    """A team as the office lists it, units by their ids."""

    name: str
    bodies: tuple[int, ...]
    avoids: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()
    withdrawn: bool = False


def team_rows(session: Session, campaign_id: int) -> list[InspectionTeam]:
    """Return every team there is or was, in the order they were made."""
    query = select(InspectionTeam).where(InspectionTeam.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(InspectionTeam.id))))


def team_units(session: Session, campaign_id: int) -> list[TeamUnit]:
    """Return what each unit is to each team of a campaign."""
    query = select(TeamUnit).join(InspectionTeam).where(InspectionTeam.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(TeamUnit.id))))


def barred_from_teams(session: Session, campaign_id: int) -> dict[str, set[str]]:
    """Return by a team's name the units that it is made of or keeps away from; one statement."""
    query = (
        select(InspectionTeam.name, Unit.name)
        .join(TeamUnit, col(TeamUnit.team_id) == InspectionTeam.id)
        .join(Unit, col(Unit.id) == TeamUnit.unit_id)
        .where(InspectionTeam.campaign_id == campaign_id)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for team, unit in session.exec(query):
        found[team].add(unit)
    return found


def absences(session: Session, campaign_id: int) -> list[TeamAbsence]:
    """Return the days on which teams are away, in order."""
    query = select(TeamAbsence).join(InspectionTeam)
    query = query.where(InspectionTeam.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(TeamAbsence.day), col(TeamAbsence.team_id))))


def teams_under_way(session: Session, campaign_id: int) -> tuple[VisitTeam, ...]:
    """Return the teams that make visits, as the rules of planning want them; four statements.

    Who took over a unit that a team keeps away from has that unit's people: the team keeps away from it, too.
    """
    heirs = successors(session, campaign_id)
    barred: dict[int, set[int]] = defaultdict(set)
    for one in team_units(session, campaign_id):
        barred[one.team_id] |= {one.unit_id, heirs.get(one.unit_id, one.unit_id)}
    away: dict[int, set[date]] = defaultdict(set)
    for each in absences(session, campaign_id):
        away[each.team_id].add(each.day)
    return tuple(
        VisitTeam(
            key_of(team),
            team.name,
            frozenset(barred[key_of(team)]),
            frozenset(filter(None, team.areas.split(SEPARATOR))),
            frozenset(away[key_of(team)]),
        )
        for team in team_rows(session, campaign_id)
        if not team.withdrawn
    )


def team_named(session: Session, campaign_id: int, name: str) -> InspectionTeam:
    """Return the team of that name that makes visits; raises NotFoundError with those there are."""
    there = [one for one in team_rows(session, campaign_id) if not one.withdrawn]
    for one in there:
        if one.name == name.strip():
            return one
    known = (
        SEPARATOR.join(one.name for one in there)
        or "还没有，请用 shifan inspection teams load 装入"
    )
    raise NotFoundError(f"没有名为 {name} 的督导组；现有：{known}")


def unit_roles(roles: Sequence[TeamUnit]) -> Mapping[int, Mapping[TeamRole, list[int]]]:
    """Return the units of each team by what they are to it."""
    found: dict[int, dict[TeamRole, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in roles:
        found[one.team_id][TeamRole(one.role)].append(one.unit_id)
    return found
