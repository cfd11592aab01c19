"""What is due on which day: an item once, together with the units' parts of it that are due that day.

A work item given to sixty units is one line of a calendar, not sixty; how many items of
the lights stand behind a line is counted with it, so that lines and lights add up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.campaign.lights import LIGHT_CASE, Lights
from models.campaign.work import parts_in
from models.database import as_day, run
from models.rules.lights import LightDays
from models.rules.words import OFFICE, Light, MilestoneKind, Progress


@dataclass(frozen=True, slots=True)
class DueDay:
    """An item on one day that it, or some units' parts of it, are due.

    ``subject`` is the same for all days of one item. ``whole`` says that the item's own milestone is due
    that day, ``part`` is the first assignment that is (0 for none) and ``parts`` how many are; of these
    ``units`` and ``unit`` tell whose they are: how many, and the first in the plan's order. ``states``
    counts what stands behind the line in the order of `Progress`.
    """

    subject: str
    code: str
    title: str
    kind: MilestoneKind
    due: date
    whole: bool
    part: int
    parts: int
    unit_id: int | None
    unit: str
    units: int
    lights: Lights
    states: tuple[int, ...]
    deadline: str = ""  # of a deadline in parts: a line for each day and what is due then

    @property
    def light(self) -> Light:
        """Return the most urgent light of what is due."""
        return self.lights.worst

    @property
    def state(self) -> Progress:
        """Return how far all of it is together: what does not apply to some units holds nothing up."""
        opened, started, done, dropped = self.states
        if not opened and not started:
            return Progress.DONE if done or not dropped else Progress.DROPPED
        return Progress.STARTED if started or done else Progress.OPEN

    @property
    def whose(self) -> str:
        """Return whose it is: a unit, several of them by their number, or the office."""
        return f"{self.unit}等 {self.units} 个单位" if self.units > 1 else self.unit


_OF_UNIT = "AND {t}.unit_id = :unit"
_OF_OFFICE = "AND {t}.unit_id IS NULL"


def _sql(only: str) -> str:
    """Return the statement over the rows that ``only`` leaves, counted first and named after."""
    of_m, of_a = only.format(t="m"), only.format(t="a")
    lit = ", ".join(
        f"count(CASE WHEN light = '{one}' THEN 1 END) AS {one}"
        for one in (Light.BLUE, Light.YELLOW)
    )
    states = ", ".join(f"count(CASE WHEN state = '{one}' THEN 1 END) AS {one}_" for one in Progress)
    return f"""
    WITH one AS (
        SELECT CASE WHEN m.kind = 'work_item' AND m.work_item_id IS NOT NULL
                    THEN 'w' || m.work_item_id ELSE 'm' || m.id END AS subject,
               m.due AS due, m.id AS whole, NULL AS part, m.unit_id AS unit_id, m.state AS state,
               {LIGHT_CASE.format(t="m")} AS light
        FROM milestone m
        WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND m.due IS NOT NULL {of_m}
        UNION ALL
        SELECT coalesce('w' || a.work_item_id, 'i' || a.indicator_id), a.due, NULL, a.id, a.unit_id,
               a.state, {LIGHT_CASE.format(t="a")}
        FROM assignment a
        WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.due IS NOT NULL {of_a}),
    day AS (
        SELECT subject, due, max(whole) AS whole, min(part) AS part, count(part) AS parts,
               coalesce(min(CASE WHEN part IS NOT NULL THEN unit_id END), min(unit_id)) AS unit_id,
               count(DISTINCT unit_id) AS units, count(*) AS items, {lit},
               count(CASE WHEN light = 'red' THEN 1 END) AS red, {states}
        FROM one GROUP BY subject, due)
    SELECT d.subject, coalesce(m.code, 'W' || w.ordinal, i.code), coalesce(m.title, w.title, i.title),
           coalesce(m.kind, 'work_item'), d.due, d.whole, d.part, d.parts, d.unit_id,
           coalesce(u.name, '{OFFICE}'), d.units, d.items, d.blue, d.yellow, d.red,
           d.open_, d.started_, d.done_, d.dropped_, w.deadline_raw
    FROM day d
    LEFT JOIN assignment a ON a.id = d.part
    LEFT JOIN milestone m ON m.id = d.whole
    LEFT JOIN work_item w ON w.id = coalesce(a.work_item_id, m.work_item_id)
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN unit u ON u.id = d.unit_id
    ORDER BY d.due, coalesce(w.ordinal, 0), coalesce(m.position, 0), 2, d.subject"""  # noqa: S608


def due_days(session: Session, campaign_id: int, days: LightDays) -> list[DueDay]:
    """Return every day on which something of the campaign is due, done or not, by day; one statement."""
    return list(_days(_found(session, _sql(""), campaign_id, days)))


def due_days_of_unit(
    session: Session, campaign_id: int, unit_id: int, days: LightDays
) -> list[DueDay]:
    """Return the same of what one unit has to do."""
    return list(_days(_found(session, _sql(_OF_UNIT), campaign_id, days, unit=unit_id)))


def due_days_of_office(session: Session, campaign_id: int, days: LightDays) -> list[DueDay]:
    """Return the same of what no unit has to do: the office's own."""
    return list(_days(_found(session, _sql(_OF_OFFICE), campaign_id, days)))


def undated(session: Session, campaign_id: int) -> int:
    """Return how many unfinished items have no day: no calendar can hold them."""
    [row] = run(session, _UNDATED, {"campaign": campaign_id})
    return int(row[0])


_UNDATED = """
    SELECT (SELECT count(*) FROM milestone WHERE campaign_id = :campaign AND NOT withdrawn
                AND due IS NULL AND state IN ('open', 'started'))
         + (SELECT count(*) FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn
                AND due IS NULL AND state IN ('open', 'started'))"""


def _found(session: Session, sql: str, campaign_id: int, days: LightDays, **more: int) -> list[Any]:
    values = {"campaign": campaign_id, "today": days.today, "near_until": days.near_until}
    return list(run(session, sql, values | more))


def _days(rows: list[Any]) -> Iterator[DueDay]:
    for row in rows:
        subject, code, title, kind, due, whole, part, parts, unit_id, unit, units, *more = row
        items, blue, yellow, red, opened, started, done, dropped, deadline = more
        yield DueDay(
            subject,
            code,
            title,
            MilestoneKind(kind),
            as_day(due) or date.max,
            whole is not None,
            part or 0,
            parts,
            unit_id,
            unit,
            units,
            Lights(items - blue - yellow - red, blue, yellow, red),
            (opened, started, done, dropped),
            parts_in(deadline),
        )
