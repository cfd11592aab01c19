"""Items: everything with a light, row by row, for checklists, tables and forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.database import as_day, run
from models.lights import LIGHT_CASE
from models.rules.lights import LightDays
from models.rules.words import Light, MilestoneKind, Progress, Role

OFFICE = "创建办"


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


_ASSIGNED = f"""
    SELECT u.name AS unit, coalesce('W' || w.ordinal, i.code) AS code,
           coalesce(w.title, i.title) AS title, coalesce(w.section, p.title, '') AS section,
           a.role AS role, 'work_item' AS kind, NULL AS stage, a.due AS due, a.state AS state,
           {LIGHT_CASE.format(t="a")} AS light, a.done_on AS done_on, a.note AS note
    FROM assignment a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN indicator p ON p.id = i.parent_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn
    ORDER BY u.id, a.role, w.ordinal, i.code"""  # noqa: S608

_MILESTONES = f"""
    SELECT coalesce(u.name, '{OFFICE}') AS unit, m.code AS code, m.title AS title,
           coalesce(w.section, '') AS section, NULL AS role, m.kind AS kind, s.ordinal AS stage,
           m.due AS due, m.state AS state, {LIGHT_CASE.format(t="m")} AS light,
           m.done_on AS done_on, m.note AS note
    FROM milestone m
    LEFT JOIN unit u ON u.id = m.unit_id
    LEFT JOIN stage s ON s.id = m.stage_id
    LEFT JOIN work_item w ON w.id = m.work_item_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn
    ORDER BY m.position, m.due, m.code"""  # noqa: S608


def assigned_items(session: Session, campaign_id: int, days: LightDays) -> list[Item]:
    """Return every assignment with its light, by unit, what it leads first."""
    return _items(session, _ASSIGNED, campaign_id, days)


def milestone_items(session: Session, campaign_id: int, days: LightDays) -> list[Item]:
    """Return every milestone with its light, in the plan's order."""
    return _items(session, _MILESTONES, campaign_id, days)


def _items(session: Session, sql: str, campaign_id: int, days: LightDays) -> list[Item]:
    values = {"campaign": campaign_id, "today": days.today, "near_until": days.near_until}
    return [
        Item(
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
        )
        for unit, code, title, section, role, kind, stage, due, state, light, done_on, note in run(
            session, sql, values
        )
    ]


def by_unit(items: Sequence[Item]) -> dict[str, list[Item]]:
    """Return the items of each unit, units in the order they come."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.unit, []).append(item)
    return found
