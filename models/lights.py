"""Lights over sets: one statement each for the whole campaign, its units and its work items.

The rule is that of `models.rules.lights.light`, spelled in SQL; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from models.database import run
from models.rules.lights import LightDays
from models.rules.words import Light

LIGHT_CASE = """CASE
    WHEN {t}.state IN ('done', 'dropped') OR {t}.due IS NULL THEN 'green'
    WHEN {t}.due < :today THEN 'red'
    WHEN {t}.state = 'open' AND {t}.begin_by < :today THEN 'yellow'
    WHEN {t}.due <= :near_until THEN 'blue'
    ELSE 'green' END"""

_COUNTS = ", ".join(
    f"count(*) FILTER (WHERE light = '{light.value}') AS {light.value}" for light in Light
)


@dataclass(frozen=True, slots=True)
class Lights:
    """How many items stand in each light."""

    green: int = 0
    blue: int = 0
    yellow: int = 0
    red: int = 0

    @property
    def total(self) -> int:
        """Return how many items there are."""
        return self.green + self.blue + self.yellow + self.red

    @property
    def worst(self) -> Light:
        """Return the most urgent light that any item has."""
        for light in (Light.RED, Light.YELLOW, Light.BLUE):
            if getattr(self, light.value):
                return light
        return Light.GREEN

    def __add__(self, other: "Lights") -> "Lights":
        return Lights(
            self.green + other.green,
            self.blue + other.blue,
            self.yellow + other.yellow,
            self.red + other.red,
        )

    def as_dict(self) -> dict[str, int]:
        """Return the four numbers by colour, as commands print them."""
        return {light.value: getattr(self, light.value) for light in Light}


@dataclass(frozen=True, slots=True)
class Board:
    """Every light of a campaign on a day.

    ``milestones`` and ``assignments`` are totals; ``units`` the assignments and own milestones of
    each unit (by name, in the plan's order); ``work_items`` those of each work item (by its code).
    """

    milestones: Lights = Lights()
    assignments: Lights = Lights()
    units: Mapping[str, Lights] = field(default_factory=dict)
    work_items: Mapping[str, Lights] = field(default_factory=dict)

    @property
    def all(self) -> Lights:
        """Return milestones and assignments together: everything that has a light."""
        return self.milestones + self.assignments


def _values(campaign_id: int, days: LightDays) -> dict[str, int | date]:
    return {"campaign": campaign_id, "today": days.today, "near_until": days.near_until}


_MILESTONES = f"""
    SELECT {_COUNTS} FROM (
        SELECT {LIGHT_CASE.format(t="milestone")} AS light FROM milestone
        WHERE campaign_id = :campaign AND NOT withdrawn) AS lit"""  # noqa: S608

_BY_UNIT = f"""
    SELECT u.name, lit.assigned, {_COUNTS} FROM (
        SELECT unit_id, 1 AS assigned, {LIGHT_CASE.format(t="a")} AS light FROM assignment a
        WHERE campaign_id = :campaign AND NOT withdrawn
        UNION ALL
        SELECT unit_id, 0, {LIGHT_CASE.format(t="m")} FROM milestone m
        WHERE campaign_id = :campaign AND NOT withdrawn
          AND unit_id IS NOT NULL AND kind <> 'work_item') AS lit
    JOIN unit u ON u.id = lit.unit_id GROUP BY u.id, u.name, lit.assigned ORDER BY u.id"""  # noqa: S608

_BY_WORK_ITEM = f"""
    SELECT w.ordinal, w.title, {_COUNTS} FROM (
        SELECT work_item_id, {LIGHT_CASE.format(t="a")} AS light FROM assignment a
        WHERE campaign_id = :campaign AND NOT withdrawn AND work_item_id IS NOT NULL
        UNION ALL
        SELECT work_item_id, {LIGHT_CASE.format(t="m")} AS light FROM milestone m
        WHERE campaign_id = :campaign AND NOT withdrawn AND work_item_id IS NOT NULL) AS lit
    JOIN work_item w ON w.id = lit.work_item_id
    GROUP BY w.id, w.ordinal, w.title ORDER BY w.ordinal"""  # noqa: S608


def board(session: Session, campaign_id: int, days: LightDays) -> Board:
    """Return every light of the campaign on ``days.today``; three statements at any size."""
    values = _values(campaign_id, days)
    units: dict[str, Lights] = {}
    assignments = Lights()
    for name, assigned, *counts in run(session, _BY_UNIT, values):
        units[name] = units.get(name, Lights()) + Lights(*counts)
        assignments += Lights(*counts) if assigned else Lights()
    [milestones] = [Lights(*counts) for counts in run(session, _MILESTONES, values)]
    work_items = {
        f"W{ordinal} {title}": Lights(*counts)
        for ordinal, title, *counts in run(session, _BY_WORK_ITEM, values)
    }
    return Board(milestones, assignments, units, work_items)
