"""Lights over sets: one statement each for the whole campaign, its units and its work items.

The rule is that of `models.rules.lights.light`, spelled in SQL twice: as a case for one row, as
counts for a group. Tests hold the three together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    red = f"count(CASE WHEN {open_} AND {t}.due < :today THEN 1 END)"
    behind = f"{t}.state = 'open' AND {t}.due >= :today AND {t}.begin_by < :today"
    yellow = f"count(CASE WHEN {behind} THEN 1 END)"
    near = f"{open_} AND {t}.due BETWEEN :today AND :near_until"
    on_time = f"({t}.state <> 'open' OR {t}.begin_by IS NULL OR {t}.begin_by >= :today)"
    blue = f"count(CASE WHEN {near} AND {on_time} THEN 1 END)"
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
        return Lights(*(getattr(self, one) + getattr(other, one) for one in Light))


def lights_in_words(lights: Lights) -> str:
    """Return the four lights in words: 红(逾期)3、黄(滞后)0 ..."""
    return "、".join(f"{light.chinese}{getattr(lights, light.value)}" for light in reversed(Light))


@dataclass(frozen=True, slots=True)
class Board:
    """Every light of a campaign on a day: the one set that every shown number is taken from.

    An item is a milestone or an assignment, and is counted for one body: ``units`` hold the
    assignments and own milestones of each unit (by name, in the plan's order), ``office`` what no
    unit owns, ``whole`` the work items that a unit leads, each as one item beside its parts. The other
    two are views of the same set: ``work_items`` a work item with its parts (by its code and title),
    ``stages`` what the units and what the office has in each stage (by its number). ``unit_ids`` finds the
    page of each unit.
    """

    milestones: Lights = Lights()
    assignments: Lights = Lights()
    units: Mapping[str, Lights] = field(default_factory=dict)
    office: Lights = Lights()
    whole: Lights = Lights()
    work_items: Mapping[str, Lights] = field(default_factory=dict)
    stages: Mapping[int, tuple[Lights, Lights]] = field(default_factory=dict)
    unit_ids: Mapping[str, int] = field(default_factory=dict)

    @property
    def all(self) -> Lights:
        """Return milestones and assignments together: everything that has a light."""
        return self.milestones + self.assignments


_MILESTONES = f"""
    SELECT coalesce(s.ordinal, 0) AS stage, CASE WHEN m.unit_id IS NULL THEN 'office'
               WHEN m.kind = 'work_item' THEN 'whole' ELSE 'unit' END AS owner, {_counts("m")}
    FROM milestone m LEFT JOIN stage s ON s.id = m.stage_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn GROUP BY 1, 2"""  # noqa: S608

# Counted first, named after: sixty names are looked up, not six thousand.
_BY_UNIT = f"""
    SELECT u.id, u.name, lit.assigned, lit.items, lit.blue, lit.yellow, lit.red FROM (
        SELECT a.unit_id, 1 AS assigned, {_counts("a")} FROM assignment a
        WHERE a.campaign_id = :campaign AND NOT a.withdrawn GROUP BY a.unit_id
        UNION ALL
        SELECT m.unit_id, 0, {_counts("m")} FROM milestone m
        WHERE m.campaign_id = :campaign AND NOT m.withdrawn
          AND m.unit_id IS NOT NULL AND m.kind <> 'work_item' GROUP BY m.unit_id) AS lit
    JOIN unit u ON u.id = lit.unit_id ORDER BY u.id"""  # noqa: S608

# A work item's parts stand in the stage that the work item itself stands in.
_BY_WORK_ITEM = f"""
    SELECT w.ordinal, w.title, coalesce(s.ordinal, 0) AS stage, lit.assigned,
           lit.items, lit.blue, lit.yellow, lit.red FROM (
        SELECT a.work_item_id, 1 AS assigned, {_counts("a")} FROM assignment a
        WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.work_item_id IS NOT NULL
        GROUP BY a.work_item_id
        UNION ALL
        SELECT m.work_item_id, 0, {_counts("m")} FROM milestone m
        WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND m.work_item_id IS NOT NULL
        GROUP BY m.work_item_id) AS lit
    JOIN work_item w ON w.id = lit.work_item_id
    LEFT JOIN milestone whole ON whole.work_item_id = w.id AND whole.kind = 'work_item'
    LEFT JOIN stage s ON s.id = whole.stage_id ORDER BY w.ordinal"""  # noqa: S608


def _lights(items: int, blue: int, yellow: int, red: int) -> Lights:
    return Lights(items - blue - yellow - red, blue, yellow, red)


def board(session: Session, campaign_id: int, days: LightDays) -> Board:
    """Return every light of the campaign on ``days.today``; three statements at any size."""
    values = {"campaign": campaign_id, "today": days.today, "near_until": days.near_until}
    none = Lights()
    units: dict[str, Lights] = {}
    unit_ids: dict[str, int] = {}
    assignments = milestones = none
    for unit_id, name, assigned, *counts in run(session, _BY_UNIT, values):
        unit_ids[name] = unit_id
        units[name] = units.get(name, none) + _lights(*counts)
        assignments += _lights(*counts) if assigned else none
    stages: dict[int, tuple[Lights, Lights]] = {}
    owned = {"office": none, "whole": none, "unit": none}
    for stage, owner, *counts in run(session, _MILESTONES, values):
        lit = _lights(*counts)
        milestones += lit
        owned[owner] += lit
        theirs, ours = stages.get(stage, (none, none))
        stages[stage] = (theirs, ours + lit) if owner == "office" else (theirs + lit, ours)
    work_items: dict[str, Lights] = {}
    for ordinal, title, stage, assigned, *counts in run(session, _BY_WORK_ITEM, values):
        lit, name = _lights(*counts), f"W{ordinal} {title}"
        work_items[name] = work_items.get(name, none) + lit
        if assigned:
            theirs, ours = stages.get(stage, (none, none))
            stages[stage] = (theirs + lit, ours)
    return Board(
        milestones,
        assignments,
        units,
        owned["office"],
        owned["whole"],
        work_items,
        stages,
        unit_ids,
    )
