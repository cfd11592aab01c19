"""Lay the visits of a round: the frame from the tables, the plan from the rules, the visits as milestones.

A visit keeps its number, and so its code, wherever it is moved. One that was held, one whose day was
settled, and one whose day has come (its result is still on its way) never move by themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from sqlmodel import Session

from models.campaign.own_milestones import OwnMilestone, lay_milestones, withdraw_milestones
from models.database import insert_rows
from models.inspection.area import visited_units
from models.inspection.team import teams_under_way
from models.inspection.visit import Visit, visit_rows
from models.inspection.visit_round import VisitRound
from models.keys import key_of
from models.rules.calendar.workdays import WorkCalendar
from models.rules.visits.planning import planned
from models.rules.visits.round_frame import RoundFrame, Slot, VisitedUnit, VisitTeam, Wish
from models.rules.visits.words import VisitState, visit_code
from models.rules.words import MilestoneKind

NO_WISHES: Mapping[int, Wish] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LaidRound:
    """What planning a round came to; without a plan ``why`` says what stands against it."""

    number: int
    visits: int = 0
    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    why: tuple[str, ...] = ()

    @property
    def changes(self) -> int:
        """Return how many visits were added, moved or dropped."""
        return len(self.added) + len(self.moved) + len(self.dropped)


def lay_round(
    session: Session,
    one: VisitRound,
    calendar: WorkCalendar,
    today: date,
    wishes: Mapping[int, Wish] = NO_WISHES,
) -> LaidRound:
    """Plan a round as it stands on ``today``, the fewest visits changed; ``wishes`` by unit are settled.

    Repeatable: where nothing stands against the plan that is there, nothing changes. Without a plan
    nothing is written. The caller says in the chain why.
    """
    rows = visit_rows(session, key_of(one))
    frame = _frame(session, one, rows, (calendar, today), wishes)
    found = planned(frame)
    if found.why:
        return LaidRound(one.number, why=found.why)
    outcome = _stored(session, one, rows, found.slots)
    for row in visit_rows(session, key_of(one)) if wishes else ():
        row.settled = row.settled or row.unit_id in wishes
    _as_milestones(session, one, frame)
    return outcome


def round_days(one: VisitRound, calendar: WorkCalendar, today: date) -> tuple[date, ...]:
    """Return the working days of a round on which visits may still be laid: from tomorrow on."""
    first = max(one.first, today + timedelta(days=1))
    span = range(max(0, (one.last - first).days + 1))
    days = (first + timedelta(days=n) for n in span)
    return tuple(day for day in days if calendar.is_workday(day))


def _frame(
    session: Session,
    one: VisitRound,
    rows: Sequence[Visit],
    when: tuple[WorkCalendar, date],
    wishes: Mapping[int, Wish],
) -> RoundFrame:
    calendar, today = when
    teams = teams_under_way(session, one.campaign_id)
    units = visited_units(session, one.campaign_id)
    wanted = {unit.id for unit in units}
    held = {row.unit_id: row for row in rows if row.state == VisitState.HELD}
    # Who was visited and left the list since still counts, for the visit was made.
    gone = tuple(VisitedUnit(unit, "") for unit in held if unit not in wanted)
    placed = {
        row.unit_id: Slot(row.team_id, row.day)
        for row in rows
        if row.state != VisitState.WITHDRAWN and row.unit_id in wanted | held.keys()
    }
    settled = frozenset(
        row.unit_id
        for row in rows
        if row.settled and row.unit_id in placed.keys() - held.keys() - wishes.keys()
    )
    stays = {row.unit_id for row in rows if _has_come(row, today, teams)} - wishes.keys()
    fixed = {unit: slot for unit, slot in placed.items() if unit in held.keys() | settled | stays}
    return RoundFrame(
        (*units, *gone),
        teams,
        round_days(one, calendar, today),
        one.most,
        fixed=fixed,
        before={unit: slot for unit, slot in placed.items() if unit not in fixed},
        wishes={unit: wish for unit, wish in wishes.items() if unit not in held},
        settled=settled - stays,
    )


def _has_come(row: Visit, today: date, teams: Sequence[VisitTeam]) -> bool:
    """Say whether a visit's day is here or past, and its team was there."""
    away = any(team.id == row.team_id and row.day in team.away for team in teams)
    return row.state == VisitState.PLANNED and row.day <= today and not away


def _stored(
    session: Session, one: VisitRound, rows: list[Visit], slots: Mapping[int, Slot]
) -> LaidRound:
    """Bring the visits in line with ``slots``; new ones are numbered on, by day and team."""
    known = {row.unit_id: row for row in rows}
    number = max((row.number for row in rows), default=0)
    fresh: list[Visit] = []
    added, moved = [], []
    for unit_id, slot in sorted(slots.items(), key=lambda each: (*_day_first(each[1]), each[0])):
        row = known.get(unit_id)
        if row is None:
            number += 1
            row = _new_visit(one, number, unit_id, slot)
            fresh.append(row)
            added.append(row.number)
        elif row.state == VisitState.WITHDRAWN:
            row.state, row.settled, row.reason = VisitState.PLANNED, False, ""
            added.append(row.number)
        elif (row.team_id, row.day) != slot:
            moved.append(row.number)
        row.team_id, row.day = slot
    dropped = _dropped(rows, slots)
    session.flush()
    insert_rows(session, Visit, fresh)
    codes = [tuple(visit_code(one.number, n) for n in own) for own in (added, moved, dropped)]
    return LaidRound(one.number, len(slots), *codes)


def _day_first(slot: Slot) -> tuple[date, int]:
    return slot.day, slot.team


def _new_visit(one: VisitRound, number: int, unit_id: int, slot: Slot) -> Visit:
    return Visit(
        campaign_id=one.campaign_id,
        round_id=key_of(one),
        number=number,
        unit_id=unit_id,
        team_id=slot.team,
        day=slot.day,
    )


def _dropped(rows: Sequence[Visit], slots: Mapping[int, Slot]) -> list[int]:
    """Withdraw the planned visits of units that are visited no more; return their numbers."""
    gone = [row for row in rows if row.unit_id not in slots and row.state == VisitState.PLANNED]
    for row in gone:
        row.state = VisitState.WITHDRAWN
    return [row.number for row in gone]


def _as_milestones(session: Session, one: VisitRound, frame: RoundFrame) -> None:
    """Let each visit be due on its day; the office owns it, for it is the team that goes."""
    names = {unit.id: unit.name for unit in frame.units}
    teams = {team.id: team.name for team in frame.teams}
    rows = visit_rows(session, key_of(one))
    planned_ones = [row for row in rows if row.state == VisitState.PLANNED]
    wanted = [
        _milestone(one, row, names[row.unit_id], teams.get(row.team_id, "")) for row in planned_ones
    ]
    lay_milestones(session, one.campaign_id, wanted)
    gone = [visit_code(one.number, row.number) for row in rows if row.state == VisitState.WITHDRAWN]
    withdraw_milestones(session, one.campaign_id, gone)


def _milestone(one: VisitRound, row: Visit, unit: str, team: str) -> OwnMilestone:
    code = visit_code(one.number, row.number)
    title = f"第 {one.number} 轮督导：{team}到{unit}"
    return OwnMilestone(MilestoneKind.VISIT, code, title, row.day)


def open_rounds(rounds: Sequence[VisitRound], today: date) -> Iterator[VisitRound]:
    """Yield the rounds that are not over, in their order."""
    yield from (one for one in rounds if one.last > today)
