"""Lights over sets: one statement each for the whole campaign, its units and its work items.

The rule is that of `models.rules.lights.light`, spelled in SQL twice: as a case for one row, as
counts for a group. Tests hold the three together.
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


def _counts(t: str) -> str:
    """Return the four numbers of a group in the order of `Light`, in one pass over its rows."""
    open_ = f"{t}.state IN ('open', 'started')"
    red = f"count(*) FILTER (WHERE {open_} AND {t}.due < :today)"
    behind = f"{t}.state = 'open' AND {t}.due >= :today AND {t}.begin_by < :today"
    yellow = f"count(*) FILTER (WHERE {behind})"
    near = f"{open_} AND {t}.due BETWEEN :today AND :near_until"
    on_time = f"({t}.state <> 'open' OR {t}.begin_by IS NULL OR {t}.begin_by >= :today)"
    blue = f"count(*) FILTER (WHERE {near} AND {on_time})"
    return f"count(*) AS items, {blue} AS blue, {yellow} AS yellow, {red} AS red"


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
    SELECT {_counts("m")} FROM milestone m
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn"""  # noqa: S608

# Counted first, named after: sixty names are looked up, not six thousand.
_BY_UNIT = f"""
    SELECT u.name, lit.assigned, lit.items, lit.blue, lit.yellow, lit.red FROM (
        SELECT a.unit_id, 1 AS assigned, {_counts("a")} FROM assignment a
        WHERE a.campaign_id = :campaign AND NOT a.withdrawn GROUP BY a.unit_id
        UNION ALL
        SELECT m.unit_id, 0, {_counts("m")} FROM milestone m
        WHERE m.campaign_id = :campaign AND NOT m.withdrawn
          AND m.unit_id IS NOT NULL AND m.kind <> 'work_item' GROUP BY m.unit_id) AS lit
    JOIN unit u ON u.id = lit.unit_id ORDER BY u.id"""  # noqa: S608

_BY_WORK_ITEM = f"""
    SELECT w.ordinal, w.title, lit.items, lit.blue, lit.yellow, lit.red FROM (
        SELECT a.work_item_id, {_counts("a")} FROM assignment a
        WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.work_item_id IS NOT NULL
        GROUP BY a.work_item_id
        UNION ALL
        SELECT m.work_item_id, {_counts("m")} FROM milestone m
        WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND m.work_item_id IS NOT NULL
        GROUP BY m.work_item_id) AS lit
    JOIN work_item w ON w.id = lit.work_item_id ORDER BY w.ordinal"""  # noqa: S608


def _lights(items: int, blue: int, yellow: int, red: int) -> Lights:
    return Lights(items - blue - yellow - red, blue, yellow, red)


def board(session: Session, campaign_id: int, days: LightDays) -> Board:
    """Return every light of the campaign on ``days.today``; three statements at any size."""
    values = _values(campaign_id, days)
    units: dict[str, Lights] = {}
    assignments = Lights()
    for name, assigned, *counts in run(session, _BY_UNIT, values):
        units[name] = units.get(name, Lights()) + _lights(*counts)
        assignments += _lights(*counts) if assigned else Lights()
    [milestones] = [_lights(*counts) for counts in run(session, _MILESTONES, values)]
    work_items: dict[str, Lights] = {}
    for ordinal, title, *counts in run(session, _BY_WORK_ITEM, values):
        name = f"W{ordinal} {title}"
        work_items[name] = work_items.get(name, Lights()) + _lights(*counts)
    return Board(milestones, assignments, units, work_items)
