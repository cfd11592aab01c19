"""The points of a report as rows: indicators or work items, how far their parts are, what units said of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session

from models.database import run

MOST_SAID = 3  # units whose own words stand at a point, those that lead first

# What the report goes through: indicators of the third level, or work items.
_INDICATORS = """
    SELECT i.id, i.code, i.title, '指标表' AS source, i.op, i.value, i.unit_of_value,
           p.title AS section, coalesce(g.title, p.title, '') AS chapter
    FROM indicator i
    LEFT JOIN indicator p ON p.id = i.parent_id
    LEFT JOIN indicator g ON g.id = p.parent_id
    WHERE i.campaign_id = :campaign AND i.level = 3 AND NOT i.withdrawn ORDER BY i.id"""

_WORKS = """
    SELECT w.id, 'W' || w.ordinal AS code, w.title, '实施方案' AS source,
           '' AS op, NULL AS value, '' AS unit_of_value, '' AS section, w.section AS chapter
    FROM work_item w WHERE w.campaign_id = :campaign AND NOT w.withdrawn ORDER BY w.ordinal"""

_PARTS = """
    SELECT {point} AS point, count(*) AS parts,
           count(CASE WHEN state = 'done' THEN 1 END) AS done,
           count(CASE WHEN state = 'started' THEN 1 END) AS started,
           count(CASE WHEN state = 'open' THEN 1 END) AS waiting,
           count(CASE WHEN state = 'dropped' THEN 1 END) AS dropped,
           count(CASE WHEN state IN ('open', 'started') AND due < :today THEN 1 END) AS late,
           count(CASE WHEN note <> '' THEN 1 END) AS notes,
           min(CASE WHEN state IN ('open', 'started') THEN due END) AS due
    FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn AND {point} IS NOT NULL
    GROUP BY {point}"""

_SAID = """
    SELECT point, unit, role, state, note FROM (
        SELECT a.{point} AS point, u.name AS unit, a.role, a.state, a.note,
               row_number() OVER (PARTITION BY a.{point}, a.note = ''
                                  ORDER BY CASE a.role WHEN 'lead' THEN 0 ELSE 1 END, u.id) AS place
        FROM assignment a JOIN unit u ON u.id = a.unit_id
        WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.{point} IS NOT NULL) AS ranked
    WHERE role = 'lead' OR (note <> '' AND place <= :most) ORDER BY point, place"""


class PointParts(NamedTuple):
    """How far the parts of one point are."""

    point: int
    parts: int = 0
    done: int = 0
    started: int = 0
    waiting: int = 0
    dropped: int = 0
    late: int = 0
    notes: int = 0
    due: Any = None


def points_of_report(
    session: Session, campaign_id: int, today: date, *, by_indicator: bool
) -> tuple[Sequence[Any], Mapping[int, PointParts], Mapping[int, Sequence[Any]]]:
    """Return the points in their order, and by point the state of its parts and what its units said."""
    point = "indicator_id" if by_indicator else "work_item_id"
    one = {"campaign": campaign_id, "today": today, "most": MOST_SAID}
    rows = list(run(session, _INDICATORS if by_indicator else _WORKS, one))
    parts = {row[0]: PointParts(*row) for row in run(session, _PARTS.format(point=point), one)}
    said: dict[int, list[Any]] = defaultdict(list)
    for row in run(session, _SAID.format(point=point), one):
        said[row.point].append(row)
    return rows, parts, said
