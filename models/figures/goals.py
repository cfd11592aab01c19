"""The demands that have a target, and the units whose figures they need."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session

from models.database import run
from models.rules.figures.targets import Goal, goal_of


@dataclass(frozen=True, slots=True)
class Counted:
    """A demand with its target, and the units that are to count for it, by id in their fixed order.

    ``units`` are those assigned: all where the target binds each of them, else those that lead (or
    all, where none does).
    """

    demand_id: int
    code: str
    ordinal: int
    text: str
    goal: Goal
    units: Mapping[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what a list calls it: 1.1.1#2."""
        return f"{self.code}#{self.ordinal}"


_DEMANDS = """
    SELECT d.id, coalesce('W' || w.ordinal, i.code) AS code, d.ordinal, d.text, d.op, d.value,
           d.unit_of_value, d.per, d.counted, d.out_of
    FROM demand d
    LEFT JOIN work_item w ON w.id = d.work_item_id
    LEFT JOIN indicator i ON i.id = d.indicator_id
    WHERE d.campaign_id = :campaign AND NOT d.withdrawn AND d.op <> '' AND d.value IS NOT NULL
      AND NOT coalesce(w.withdrawn, i.withdrawn)
    ORDER BY coalesce(w.ordinal, 1000000), i.id, d.ordinal"""

_UNITS = """
    SELECT d.id AS demand_id, u.id, u.name, max(CASE WHEN a.role = 'lead' THEN 1 ELSE 0 END) AS leads
    FROM demand d
    JOIN assignment a ON a.{item} = d.{item} AND NOT a.withdrawn
    JOIN unit u ON u.id = a.unit_id
    WHERE d.campaign_id = :campaign AND NOT d.withdrawn AND d.op <> ''
    GROUP BY d.id, u.id, u.name ORDER BY d.id, u.id"""


def counted_demands(session: Session, campaign_id: int) -> list[Counted]:
    """Return every demand with a target, work items first, in three statements whatever their number."""
    one = {"campaign": campaign_id}
    assigned: dict[int, list[tuple[int, str, bool]]] = {}
    for item in ("indicator_id", "work_item_id"):
        for demand, unit, name, leads in run(session, _UNITS.format(item=item), one):
            assigned.setdefault(demand, []).append((unit, name, bool(leads)))
    found = []
    for row in run(session, _DEMANDS, one):
        target = (row.op, row.value, row.unit_of_value)
        goal = goal_of(target, row.per, row.text, (row.counted, row.out_of))
        if goal is None:
            continue
        units = assigned.get(row.id, [])
        leading = [each for each in units if each[2]]
        bound = units if goal.each or not leading else leading
        named = {unit: name for unit, name, _ in bound}
        found.append(Counted(row.id, row.code, row.ordinal, row.text, goal, named))
    return found
