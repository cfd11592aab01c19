"""What units reported for a number of the plan goes over to the indicator that asks for the same number.

As long as no indicators are loaded, the plan's own numbers are measured (`models.evidence.demands.goals`). A unit
that reported one then is not asked for it again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlmodel import Session

from models.database import found_as, run
from models.evidence.demands.keeping import DemandLine
from models.figures.measurement import Measurement
from models.loading.merge import write_rows
from models.rules.evidence.demands import same_number

_ORPHANS = """
    SELECT m.id, m.demand_id, m.unit_id, m.period, u.name AS unit
    FROM measurement m JOIN demand d ON d.id = m.demand_id JOIN unit u ON u.id = m.unit_id
    JOIN work_item w ON w.id = d.work_item_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND d.withdrawn AND NOT w.withdrawn
    ORDER BY m.id"""
_TAKEN = "SELECT demand_id, unit_id, period FROM measurement WHERE campaign_id = :campaign"


@dataclass(frozen=True, slots=True)
class _Orphan:
    id: int
    demand_id: int
    unit_id: int
    period: str
    unit: str


@dataclass(frozen=True, slots=True)
class Carried:
    """How many figures went over, and those that no indicator asks for, as W5#2 市司法局 2026."""

    amount: int
    left: list[str]


def carry_figures(session: Session, campaign_id: int, lines: Iterable[DemandLine]) -> Carried:
    """Hang the figures of the plan's own numbers on the one demand of an indicator that asks for the same.

    ``lines`` are all demands of the campaign. A figure keeps who reported it and when. It stays where it is when
    none or several ask for its number, when that one counts otherwise (another period, with or without a
    whole), or when the unit has a figure there; those of an item that the plan dropped stay with it, unsaid.
    Repeatable; three statements at most.
    """
    orphans = found_as(session, _Orphan, _ORPHANS, {"campaign": campaign_id})
    if not orphans:
        return Carried(0, [])
    of_id = {line.id: line for line in lines}
    heirs = {one: _heir(of_id[one], of_id.values()) for one in {o.demand_id for o in orphans}}
    taken = {tuple(row) for row in run(session, _TAKEN, {"campaign": campaign_id})}
    moved: list[dict[str, object]] = []
    left: list[str] = []
    for one in orphans:
        heir = heirs[one.demand_id]
        if heir is None or (heir.id, one.unit_id, one.period) in taken:
            left.append(" ".join(filter(None, (of_id[one.demand_id].name, one.unit, one.period))))
            continue
        taken.add((heir.id, one.unit_id, one.period))
        moved.append({"row": one.id, "demand_id": heir.id})
    write_rows(session, Measurement, moved)
    return Carried(len(moved), left)


def _heir(goal: DemandLine, lines: Iterable[DemandLine]) -> DemandLine | None:
    found = list(_asking_the_same(goal, lines))
    return found[0] if len(found) == 1 else None


def _asking_the_same(goal: DemandLine, lines: Iterable[DemandLine]) -> Iterator[DemandLine]:
    for line in lines:
        counts_alike = (line.per, bool(line.out_of)) == (goal.per, bool(goal.out_of))
        if line.indicator_id and not line.withdrawn and counts_alike and same_number(goal, line):
            yield line
