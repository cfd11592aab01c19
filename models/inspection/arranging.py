"""Bring teams, their absences and rounds in line with what the office says."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from models.campaign.campaign import Campaign
from models.inspection.team import (
    SEPARATOR,
    InspectionTeam,
    TeamAbsence,
    TeamEntry,
    TeamUnit,
    team_rows,
    team_units,
)
from models.inspection.visit_round import (
    InspectionSetting,
    VisitRound,
    inspection_setting,
    rounds_of,
)
from models.keys import key_of
from models.loading.changes import Changes
from models.rules.visits.words import TeamRole


def store_teams(
    session: Session, campaign_id: int, entries: Sequence[TeamEntry], changes: Changes
) -> None:
    """Add and change teams and what they are made of; teams not listed stay as they are."""
    rows = {row.name: row for row in team_rows(session, campaign_id)}
    there = set(rows)
    touched = set()
    for one in entries:
        row = rows.get(one.name)
        if row is None:
            row = InspectionTeam(campaign_id=campaign_id, name=one.name)
            changes.add("added", one.name)
        elif (row.areas, row.withdrawn) != (SEPARATOR.join(one.areas), one.withdrawn):
            touched.add(one.name)
        row.areas, row.withdrawn = SEPARATOR.join(one.areas), one.withdrawn
        session.add(row)
        rows[one.name] = row
    session.flush()
    known = {(each.team_id, each.unit_id): each for each in team_units(session, campaign_id)}
    for one in entries:
        if _store_units(session, key_of(rows[one.name]), one, known):
            touched.add(one.name)
    for name in sorted(touched & there):
        changes.add("changed", name)
    session.flush()


def _store_units(
    session: Session, team_id: int, one: TeamEntry, known: dict[tuple[int, int], TeamUnit]
) -> int:
    wanted = dict.fromkeys(one.avoids, TeamRole.AVOIDS) | dict.fromkeys(one.bodies, TeamRole.BODY)
    count = 0
    for (team, unit), row in known.items():
        if team == team_id and unit not in wanted:
            session.delete(row)
            count += 1
    for unit, role in wanted.items():
        row = known.get((team_id, unit)) or TeamUnit(team_id=team_id, unit_id=unit, role="")
        count += row.role != role
        row.role = role
        session.add(row)
    return count


def store_round(session: Session, campaign: Campaign, wanted: VisitRound) -> bool:
    """Add a round, or bring the one of its number in line; say whether anything changed."""
    inspection_setting(session, campaign)
    there = {one.number: one for one in rounds_of(session, key_of(campaign))}
    row = there.get(wanted.number)
    if row is None:
        session.add(wanted)
        session.flush()
        return True
    new = (wanted.first, wanted.last, wanted.most)
    if new == (row.first, row.last, row.most):
        return False
    row.first, row.last, row.most = new
    session.flush()
    return True


def round_faults(there: Sequence[VisitRound], wanted: VisitRound) -> list[str]:
    """Return what is wrong with a round beside those there are: rounds follow one another."""
    faults = []
    if wanted.last < wanted.first:
        faults.append(f"第 {wanted.number} 轮的结束日期 {wanted.last} 早于开始日期 {wanted.first}")
    numbers = {one.number for one in there} | {wanted.number}
    if missing := [n for n in range(1, wanted.number) if n not in numbers]:
        faults.append(f"先设第 {missing[0]} 轮，再设第 {wanted.number} 轮")
    for one in there:
        if one.number < wanted.number and one.last >= wanted.first:
            faults.append(f"第 {wanted.number} 轮应在第 {one.number} 轮结束（{one.last}）以后开始")
        if one.number > wanted.number and one.first <= wanted.last:
            faults.append(f"第 {wanted.number} 轮应在第 {one.number} 轮开始（{one.first}）以前结束")
    return faults


def set_rounds_wanted(session: Session, campaign: Campaign, count: int) -> bool:
    """Keep how many rounds there must be; say whether that is new."""
    row: InspectionSetting = inspection_setting(session, campaign)
    if row.rounds == count:
        return False
    row.rounds, row.source = count, ""
    session.flush()
    return True


def set_absences(
    session: Session, team_id: int, days: Sequence[date], said: tuple[str, str], *, back: bool
) -> list[date]:
    """Keep the days on which a team is away (``said``: by which post, why), or drop them; return which are new."""
    query = select(TeamAbsence).where(TeamAbsence.team_id == team_id)
    known = {row.day: row for row in session.exec(query.order_by(col(TeamAbsence.day)))}
    new = [day for day in days if (day in known) == back]
    for day in new:
        if back:
            session.delete(known[day])
        else:
            session.add(TeamAbsence(team_id=team_id, day=day, by_post=said[0], reason=said[1]))
    session.flush()
    return new
