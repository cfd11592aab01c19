"""Lights over sets: one statement each for the whole campaign, its units and its work items.

The rule is that of `models.rules.lights.light`, spelled in SQL twice: as a case for one row, as
counts for a group. Tests hold the three together.
"""

from collections.abc import Mapping, Sequence
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
        return Lights(
            self.green + other.green,
            self.blue + other.blue,
            self.yellow + other.yellow,
            self.red + other.red,
        )


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
    SELECT m.campaign_id, coalesce(s.ordinal, 0) AS stage, CASE WHEN m.unit_id IS NULL THEN 'office'
               WHEN m.kind = 'work_item' THEN 'whole' ELSE 'unit' END AS owner, {_counts("m")}
    FROM milestone m LEFT JOIN stage s ON s.id = m.stage_id
    WHERE m.campaign_id IN :these AND NOT m.withdrawn GROUP BY 1, 2, 3"""  # noqa: S608

# Counted first, named after: sixty names are looked up, not six thousand.
_BY_UNIT = f"""
    SELECT u.campaign_id, u.id, u.name, lit.assigned, lit.items, lit.blue, lit.yellow, lit.red FROM (
        SELECT a.unit_id, 1 AS assigned, {_counts("a")} FROM assignment a
        WHERE a.campaign_id IN :these AND NOT a.withdrawn GROUP BY a.campaign_id, a.unit_id
        UNION ALL
        SELECT m.unit_id, 0, {_counts("m")} FROM milestone m
        WHERE m.campaign_id IN :these AND NOT m.withdrawn
          AND m.unit_id IS NOT NULL AND m.kind <> 'work_item' GROUP BY m.unit_id) AS lit
    JOIN unit u ON u.id = lit.unit_id ORDER BY u.id"""  # noqa: S608

# A work item's parts stand in the stage that the work item itself stands in.
_BY_WORK_ITEM = f"""
    SELECT w.campaign_id, w.ordinal, w.title, coalesce(s.ordinal, 0) AS stage, lit.assigned,
           lit.items, lit.blue, lit.yellow, lit.red FROM (
        SELECT a.work_item_id, 1 AS assigned, {_counts("a")} FROM assignment a
        WHERE a.campaign_id IN :these AND NOT a.withdrawn AND a.work_item_id IS NOT NULL
        GROUP BY a.work_item_id
        UNION ALL
        SELECT m.work_item_id, 0, {_counts("m")} FROM milestone m
        WHERE m.campaign_id IN :these AND NOT m.withdrawn AND m.work_item_id IS NOT NULL
        GROUP BY m.work_item_id) AS lit
    JOIN work_item w ON w.id = lit.work_item_id
    LEFT JOIN (SELECT work_item_id, max(stage_id) AS stage_id FROM milestone
               WHERE campaign_id IN :these AND kind = 'work_item' GROUP BY work_item_id) AS whole
      ON whole.work_item_id = w.id
    LEFT JOIN stage s ON s.id = whole.stage_id ORDER BY w.ordinal"""  # noqa: S608


@dataclass(slots=True)
class _Count:
    """The lights of a campaign while they are added up."""

    milestones: Lights = Lights()
    assignments: Lights = Lights()
    units: dict[str, Lights] = field(default_factory=dict)
    unit_ids: dict[str, int] = field(default_factory=dict)
    owned: dict[str, Lights] = field(default_factory=dict)
    work_items: dict[str, Lights] = field(default_factory=dict)
    stages: dict[int, tuple[Lights, Lights]] = field(default_factory=dict)

    def add_unit(self, unit_id: int, name: str, assigned: bool, lit: Lights) -> None:
        self.unit_ids[name] = unit_id
        self.units[name] = self.units.get(name, _NONE) + lit
        if assigned:
            self.assignments += lit

    def add_milestones(self, stage: int, owner: str, lit: Lights) -> None:
        self.milestones += lit
        self.owned[owner] = self.owned.get(owner, _NONE) + lit
        theirs, ours = self.stages.get(stage, (_NONE, _NONE))
        self.stages[stage] = (theirs, ours + lit) if owner == "office" else (theirs + lit, ours)

    def add_work_item(self, name: str, stage: int, assigned: bool, lit: Lights) -> None:
        self.work_items[name] = self.work_items.get(name, _NONE) + lit
        if assigned:
            theirs, ours = self.stages.get(stage, (_NONE, _NONE))
            self.stages[stage] = (theirs + lit, ours)

    def board(self) -> Board:
        office, whole = self.owned.get("office", _NONE), self.owned.get("whole", _NONE)
        sides = (self.milestones, self.assignments, self.units, office, whole)
        return Board(*sides, self.work_items, self.stages, self.unit_ids)


_NONE = Lights()


def _lights(items: int, blue: int, yellow: int, red: int) -> Lights:
    return Lights(items - blue - yellow - red, blue, yellow, red)


def board(session: Session, campaign_id: int, days: LightDays) -> Board:
    """Return every light of the campaign on ``days.today``; three statements at any size."""
    return boards(session, [campaign_id], days)[campaign_id]


def boards(session: Session, campaign_ids: Sequence[int], days: LightDays) -> dict[int, Board]:
    """Return every light of each campaign on ``days.today``; three statements for all of them."""
    these = tuple(campaign_ids)
    values = {"these": these, "today": days.today, "near_until": days.near_until}
    found = {one: _Count() for one in campaign_ids}
    for one, unit_id, name, assigned, *counts in run(session, _BY_UNIT, values):
        found[one].add_unit(unit_id, name, bool(assigned), _lights(*counts))
    for one, stage, owner, *counts in run(session, _MILESTONES, values):
        found[one].add_milestones(stage, owner, _lights(*counts))
    for one, ordinal, title, stage, assigned, *counts in run(session, _BY_WORK_ITEM, values):
        found[one].add_work_item(f"W{ordinal} {title}", stage, bool(assigned), _lights(*counts))
    return {one: count.board() for one, count in found.items()}
