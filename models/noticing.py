"""Write the notices of a day: one statement for all items, whatever their number.

Who hears of an assignment of a work item: its unit (liaison, head). Of the work item itself, of an
indicator's assignment and of every other milestone: the unit that owns it, then office and leaders.
What no unit owns is the office's. Vacant posts are passed over.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models.database import as_day, run
from models.rules.ladder import Bracket
from models.rules.words import Level

_COLUMNS = """campaign_id, subject_kind, subject_id, rule, level, occurrence, post_id,
              day, created_at, hold_until, state, reason"""

# One rung of the ladder as one SELECT per kind of item: the partial indexes find the few items whose
# due day stands on it, and a rung nobody stands on costs nothing. `unit_levels` are told through the
# posts of the unit that owns the item, `top_levels` through the campaign's own posts.
_TOLD = "'{rule}', post.level, CAST(item.due AS VARCHAR(10)), post.id, :today, :now, :hold, 'waiting', ''"
_DUE = """item.campaign_id = :campaign AND item.state IN ('open', 'started') AND NOT item.withdrawn
    AND item.due BETWEEN :first{n} AND :last{n} AND NOT post.vacant"""
_TO_UNIT = """
    SELECT :campaign, '{table}', item.id, {told}
    FROM {table} item JOIN post ON post.unit_id = item.unit_id AND post.level IN ({levels})
    WHERE {due} AND {which}"""
_TO_TOP = """
    SELECT :campaign, '{table}', item.id, {told}
    FROM {table} item JOIN post ON post.campaign_id = :campaign AND post.unit_id IS NULL
                               AND post.level IN ({levels})
    WHERE {due} AND {which}"""


def _selects(n: int, bracket: Bracket) -> list[str]:
    """Return the SELECTs that find who must hear of what stands on one rung."""
    unit_levels = [int(level) for level in bracket.rung.levels if level <= Level.UNIT_HEAD]
    top_levels = [int(level) for level in bracket.rung.levels if level > Level.UNIT_HEAD]
    office = sorted({max(int(level), int(Level.OFFICE)) for level in bracket.rung.levels})
    wanted = [
        (_TO_UNIT, "assignment", "true", unit_levels),
        (_TO_UNIT, "milestone", "item.kind <> 'work_item'", unit_levels),
        (_TO_TOP, "assignment", "item.work_item_id IS NULL", top_levels),
        (_TO_TOP, "milestone", "item.unit_id IS NOT NULL", top_levels),
        (_TO_TOP, "milestone", "item.unit_id IS NULL", office),
    ]
    told = _TOLD.format(rule=bracket.rung.rule)
    return [
        form.format(
            table=table,
            told=told,
            due=_DUE.format(n=n),
            which=which,
            levels=", ".join(map(str, levels)),
        )
        for form, table, which, levels in wanted
        if levels
    ]


_OPENED = """
    INSERT INTO notice ({columns})
    SELECT :campaign, 'stage', stage.id, 'stage_opened', post.level,
           CAST(stage.opened_on AS VARCHAR(10)), post.id, :today, :now, :hold, 'waiting', ''
    FROM stage JOIN post ON post.campaign_id = stage.campaign_id AND post.unit_id IS NULL
    WHERE stage.campaign_id = :campaign AND stage.opened_on = :today AND NOT post.vacant
    ON CONFLICT DO NOTHING"""


def write_due_notices(
    session: Session,
    campaign_id: int,
    brackets: list[Bracket],
    *,
    today: date,
    now: datetime,
    hold_until: datetime,
) -> int:
    """Write a notice for each item on a rung and each post that must hear; return how many are new.

    One per item, rung, post and due day, ever: the table refuses a second.
    """
    if not brackets:
        return 0
    values: dict[str, Any] = {
        "campaign": campaign_id,
        "today": today,
        "now": now,
        "hold": hold_until,
    }
    selects: list[str] = []
    for n, bracket in enumerate(brackets):
        values |= {f"first{n}": bracket.first, f"last{n}": bracket.last}
        selects += _selects(n, bracket)
    sql = f"INSERT INTO notice ({_COLUMNS}) {' UNION ALL '.join(selects)} ON CONFLICT DO NOTHING"
    return run(session, sql, values).rowcount


def write_opening_notices(
    session: Session, campaign_id: int, *, today: date, now: datetime, hold_until: datetime
) -> int:
    """Tell office and leaders of each stage that opened today; return how many notices are new."""
    values = {"campaign": campaign_id, "today": today, "now": now, "hold": hold_until}
    return run(session, _OPENED.format(columns=_COLUMNS), values).rowcount


@dataclass(frozen=True, slots=True)
class Slip:
    """A milestone that was found past due for the first time."""

    code: str
    title: str
    due: date


def newly_slipped(session: Session, campaign_id: int, now: datetime) -> list[Slip]:
    """Return the milestones whose first overdue notice was written at ``now``, oldest first."""
    sql = """
        SELECT DISTINCT m.code, m.title, m.due FROM notice n
        JOIN milestone m ON m.id = n.subject_id
        WHERE n.campaign_id = :campaign AND n.subject_kind = 'milestone'
          AND n.created_at = :now AND n.rule LIKE 'overdue%'
          AND NOT EXISTS (SELECT 1 FROM notice e WHERE e.campaign_id = :campaign
              AND e.subject_kind = 'milestone' AND e.subject_id = n.subject_id
              AND e.occurrence = n.occurrence AND e.rule LIKE 'overdue%' AND e.created_at < :now)
        ORDER BY m.due, m.code"""
    rows = run(session, sql, {"campaign": campaign_id, "now": now})
    return [Slip(row.code, row.title, as_day(row.due) or now.date()) for row in rows]


def unsent_by_tag(session: Session, campaign_id: int) -> dict[str, int]:
    """Return how many notices nobody has received yet, by channel tag."""
    sql = """
        SELECT post.tag, sum(waiting.n) AS unsent FROM (
            SELECT post_id, count(*) AS n FROM notice
            WHERE campaign_id = :campaign AND state IN ('waiting', 'unsendable')
            GROUP BY post_id) AS waiting
        JOIN post ON post.id = waiting.post_id GROUP BY post.tag ORDER BY post.tag"""
    rows = run(session, sql, {"campaign": campaign_id})
    return {row.tag: int(row.unsent) for row in rows}
