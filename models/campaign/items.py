"""Items: everything with a light, row by row, for checklists, tables and forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.campaign.about import ASSIGNED_CODE
from models.campaign.lights import LIGHT_CASE
from models.campaign.work import parts_in
from models.database import as_day, run
from models.rules.lights import LightDays
from models.rules.words import OFFICE, Light, MilestoneKind, Progress, Role

# By what the tables say: thousands of rows a morning are too many for the enums' own look-up.
ROLES = {role.value: role for role in Role}
KINDS = {kind.value: kind for kind in MilestoneKind}
STATES = {state.value: state for state in Progress}
LIGHTS = {light.value: light for light in Light}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a unit (or the office) has to do; ``role`` is empty for its own milestones."""

    unit: str
    code: str
    title: str
    section: str
    role: Role | None
    kind: MilestoneKind
    stage: int | None
    due: date | None
    state: Progress
    light: Light
    done_on: date | None = None
    note: str = ""
    parts: str = ""  # of a deadline in parts: a line for each day and what is due then


_ASSIGNED = f"""
    SELECT u.name AS unit, {ASSIGNED_CODE} AS code,
           coalesce(w.title, i.title) AS title, coalesce(w.section, p.title, '') AS section,
           a.role AS role, 'work_item' AS kind, NULL AS stage, a.due AS due, a.state AS state,
           {LIGHT_CASE.format(t="a")} AS light, a.done_on AS done_on, a.note AS note,
           w.deadline_raw AS parts
    FROM assignment a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN indicator p ON p.id = i.parent_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn
    ORDER BY u.id, a.role, coalesce(w.ordinal, 0), i.code"""  # noqa: S608

_MILESTONES = f"""
    SELECT coalesce(u.name, '{OFFICE}') AS unit, m.code AS code, m.title AS title,
           coalesce(w.section, '') AS section, NULL AS role, m.kind AS kind, s.ordinal AS stage,
           m.due AS due, m.state AS state, {LIGHT_CASE.format(t="m")} AS light,
           m.done_on AS done_on, m.note AS note, w.deadline_raw AS parts
    FROM milestone m
    LEFT JOIN unit u ON u.id = m.unit_id
    LEFT JOIN stage s ON s.id = m.stage_id
    LEFT JOIN work_item w ON w.id = m.work_item_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn
    ORDER BY m.position, m.due IS NOT NULL, m.due, m.code"""  # noqa: S608


# Found and counted first, named after: the partial indexes hold what is unfinished, by due day.
_LATE = """late AS (
        SELECT campaign_id, 1 AS assigned, id, due FROM assignment
        WHERE campaign_id IN :these AND state IN ('open', 'started') AND NOT withdrawn
          AND due <= :until
        UNION ALL
        SELECT campaign_id, 0, id, due FROM milestone
        WHERE campaign_id IN :these AND state IN ('open', 'started') AND NOT withdrawn
          AND due <= :until)"""
_DUE_COUNTED = f"WITH {_LATE} SELECT campaign_id, count(*) FROM late GROUP BY campaign_id"  # noqa: S608
_DUE = f"""
    WITH {_LATE},
    shown AS (SELECT campaign_id, assigned, id, row_number() OVER (
                  PARTITION BY campaign_id ORDER BY due, assigned, id) AS place FROM late)
    SELECT shown.campaign_id, shown.place, coalesce(ua.name, um.name, '{OFFICE}') AS unit,
           coalesce(m.code, {ASSIGNED_CODE}) AS code,
           coalesce(m.title, w.title, i.title) AS title, '' AS section, a.role AS role,
           coalesce(m.kind, 'work_item') AS kind, NULL AS stage, coalesce(m.due, a.due) AS due,
           coalesce(m.state, a.state) AS state,
           CASE WHEN m.id IS NULL THEN {LIGHT_CASE.format(t="a")}
                ELSE {LIGHT_CASE.format(t="m")} END AS light,
           NULL AS done_on, coalesce(m.note, a.note) AS note, w.deadline_raw AS parts
    FROM shown
    LEFT JOIN assignment a ON shown.assigned = 1 AND a.id = shown.id
    LEFT JOIN milestone m ON shown.assigned = 0 AND m.id = shown.id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN unit ua ON ua.id = a.unit_id
    LEFT JOIN unit um ON um.id = m.unit_id
    WHERE shown.place <= :most
    ORDER BY due, shown.assigned, code, coalesce(ua.id, um.id, 0)"""  # noqa: S608


def assigned_items(session: Session, campaign_id: int, days: LightDays) -> list[Item]:
    """Return every assignment with its light, by unit, what it leads first."""
    return _items(session, _ASSIGNED, campaign_id, days)


def milestone_items(session: Session, campaign_id: int, days: LightDays) -> list[Item]:
    """Return every milestone with its light, in the plan's order."""
    return _items(session, _MILESTONES, campaign_id, days)


def due_items(
    session: Session, campaign_ids: Sequence[int], days: LightDays, until: date, most: int
) -> dict[int, tuple[list[Item], int]]:
    """Return what is unfinished and due by ``until`` in each campaign, overdue first, and how many of these there are.

    At most ``most`` are returned in all, those of the first campaigns; the numbers count them all. Two statements.
    """
    values = {"until": until, "today": days.today, "near_until": days.near_until}
    counted = run(session, _DUE_COUNTED, values | {"these": tuple(campaign_ids)})
    totals = {one: int(count) for one, count in counted}
    found: dict[int, tuple[list[Item], int]] = {}
    rooms: dict[int, int] = {}
    for one in campaign_ids:
        found[one] = ([], totals.get(one, 0))
        if room := min(totals.get(one, 0), most - sum(rooms.values())):
            rooms[one] = room
    if rooms:
        asked = values | {"these": tuple(rooms), "most": max(rooms.values())}
        for one, place, *row in run(session, _DUE, asked):
            if place <= rooms[one]:
                found[one][0].append(_item(row))
    return found


def _items(session: Session, sql: str, campaign_id: int, days: LightDays) -> list[Item]:
    values = {"campaign": campaign_id, "today": days.today, "near_until": days.near_until}
    return [_item(row) for row in run(session, sql, values)]


def _item(row: Sequence[Any]) -> Item:
    # By place: a row's names are looked up too slowly for the thousands of a morning.
    unit, code, title, section, role, kind, stage, due, state, light, done_on, note, parts = row
    return Item(
        unit,
        code,
        title,
        section,
        ROLES.get(role),
        KINDS[kind],
        stage,
        as_day(due),
        STATES[state],
        LIGHTS[light],
        as_day(done_on),
        note,
        parts_in(parts),
    )


def by_unit(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Return the items of each unit, units in the order they come."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.unit, []).append(item)
    return found
