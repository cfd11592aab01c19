"""The matrix of units and venues: what each unit shows where, and what was done there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.milestone import Milestone
from models.evidence.evidence import Evidence
from models.plan import breakdown
from models.plan.schema import Plan
from models.rules.words import MilestoneKind, Progress
from models.units.succession import successors
from models.units.unit import Unit, unit_names


class Venue(SQLModel, table=True):
    """A place where a unit does publicity: 沿街交通安全宣传显示屏 of 市公安局.

    ``milestone_id`` is the plan's measure it belongs to, None for one that the office added.
    """

    __table_args__ = (UniqueConstraint("campaign_id", "unit_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    unit_id: int = Field(foreign_key="unit.id")
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    name: str
    deed: str = ""  # what is done there
    state: str = Progress.OPEN
    done_on: date | None = None
    evidence_id: int | None = Field(default=None, foreign_key="evidence.id")
    note: str = ""
    by_post: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class VenueLine:
    """One venue as a list shows it; ``code`` is of the plan's measure, ``evidence`` of what proves it."""

    id: int
    code: str
    unit: str
    name: str
    deed: str
    state: Progress
    done_on: date | None
    evidence: int | None
    note: str
    withdrawn: bool


def follow_measures(session: Session, campaign_id: int, plan: Plan) -> int:
    """Bring the venues in line with the measures of ``plan``; return how many rows changed. Repeatable.

    A venue that left the plan is withdrawn unless something was done there; what the office added stays.
    """
    ids, heirs = unit_names(session, campaign_id), successors(session, campaign_id)
    full = breakdown.canonical_names(plan)
    measures = {
        one.code: one.id
        for one in session.exec(
            select(Milestone).where(
                Milestone.campaign_id == campaign_id, Milestone.kind == MilestoneKind.MEASURE
            )
        )
    }
    known = {(one.unit_id, one.name): one for one in venues_kept(session, campaign_id)}
    wanted: dict[tuple[int, str], int | None] = {}
    for task in plan.tasks:
        for n, measure in enumerate(task.measures, 1):
            unit = ids[full.get(measure.unit, measure.unit)]
            for name in measure.venues:
                place = unit if (unit, name) in known else heirs.get(unit, unit)
                wanted.setdefault((place, name), measures.get(f"M{task.ordinal}.{n}"))
    return _brought_in_line(session, campaign_id, known, wanted)


def _brought_in_line(
    session: Session,
    campaign_id: int,
    known: dict[tuple[int, str], Venue],
    wanted: dict[tuple[int, str], int | None],
) -> int:
    changes = 0
    for (unit_id, name), milestone_id in wanted.items():
        row = known.get((unit_id, name))
        if row is None:
            row = Venue(campaign_id=campaign_id, unit_id=unit_id, name=name)
        elif (row.milestone_id, row.withdrawn) == (milestone_id, False):
            continue
        row.milestone_id, row.withdrawn = milestone_id, False
        session.add(row)
        changes += 1
    for key, row in known.items():
        left = row.milestone_id is not None and key not in wanted and not row.withdrawn
        if left and row.state == Progress.OPEN:
            row.withdrawn = True
            changes += 1
    session.flush()
    return changes


def venues_kept(session: Session, campaign_id: int) -> list[Venue]:
    """Return every venue, withdrawn ones too, in the fixed order of units and then as they came."""
    query = select(Venue).where(Venue.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(Venue.unit_id), col(Venue.id))))


def venue_lines(session: Session, campaign_id: int) -> list[VenueLine]:
    """Return the venues that stand, in the fixed order of units; one statement."""
    query = (
        select(Venue, Unit.name, Milestone.code, Evidence.number)
        .join(Unit, col(Unit.id) == Venue.unit_id)
        .outerjoin(Milestone, col(Milestone.id) == Venue.milestone_id)
        .outerjoin(Evidence, col(Evidence.id) == Venue.evidence_id)
        .where(Venue.campaign_id == campaign_id, col(Venue.withdrawn).is_(False))
        .order_by(col(Venue.unit_id), col(Venue.id))
    )
    return [
        VenueLine(
            one.id or 0,
            code or "",
            unit,
            one.name,
            one.deed,
            Progress(one.state),
            one.done_on,
            number,
            one.note,
            one.withdrawn,
        )
        for one, unit, code, number in session.exec(query)
    ]


@dataclass(frozen=True, slots=True)
class NewVenue:
    """What a list says of a venue."""

    unit_id: int
    name: str
    deed: str
    state: Progress
    done_on: date | None
    evidence_id: int | None
    note: str
    withdraw: bool = False


def store_venues(
    session: Session, campaign_id: int, said: Sequence[NewVenue], by_post: str
) -> list[str]:
    """Write what a list says of venues; return the names of those that changed. Repeatable."""
    known = {(one.unit_id, one.name): one for one in venues_kept(session, campaign_id)}
    changed: list[str] = []
    for new in said:
        row = known.get((new.unit_id, new.name))
        if row is None:
            row = Venue(campaign_id=campaign_id, unit_id=new.unit_id, name=new.name)
        values = {
            "deed": new.deed,
            "state": new.state.value,
            "done_on": new.done_on,
            "evidence_id": new.evidence_id,
            "note": new.note,
            "withdrawn": new.withdraw,
        }
        if row.id and all(getattr(row, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(row, name, value)
        row.by_post = by_post
        session.add(row)
        changed.append(new.name)
    session.flush()
    return changed


def measures_by_venues(
    session: Session, campaign_id: int
) -> dict[str, tuple[Progress, date | None]]:
    """Return how far each measure of the plan is by its venues: done when all are, on the last day of one."""
    by_code: dict[str, list[VenueLine]] = {}
    for one in venue_lines(session, campaign_id):
        if one.code:
            by_code.setdefault(one.code, []).append(one)
    return {code: _together(lines) for code, lines in by_code.items()}


def _together(lines: Sequence[VenueLine]) -> tuple[Progress, date | None]:
    states = {one.state for one in lines}
    if all(state.is_over for state in states):
        days = [one.done_on for one in lines if one.done_on]
        return (Progress.DONE, max(days)) if days else (Progress.DROPPED, None)
    return (Progress.OPEN if states == {Progress.OPEN} else Progress.STARTED), None
