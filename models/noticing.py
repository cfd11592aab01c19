"""Write the notices of a day: one statement for all items, whatever their number.

Who hears of an assignment of a work item: its unit (liaison, head). Of the work item itself, of an
indicator's assignment and of every other milestone: the unit that owns it, then office and leaders.
What no unit owns is the office's. Vacant posts, and those no channel reaches, are passed over to
the next level up. What is red for the group's head waits for no morning.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models.database import as_day, run
from models.routing import SEATS
from models.rules.ladder import Bracket

COLUMNS = """campaign_id, subject_kind, subject_id, rule, level, occurrence, post_id,
              day, created_at, hold_until, state, reason, words, meant_for, urgent"""

# Each unfinished item joins the rung its due day stands on; `low` to `high` are the levels it climbs.
_DUE = """
    INSERT INTO notice ({columns})
    WITH rung (rule, level, first, last) AS ({rungs}),
    item AS (
        SELECT 'assignment' AS kind, id, unit_id, due, 1 AS low,
               CASE WHEN work_item_id IS NULL THEN 5 ELSE 2 END AS high
        FROM assignment
        WHERE campaign_id = :campaign AND state IN ('open', 'started') AND NOT withdrawn
          AND due BETWEEN :first AND :last
        UNION ALL
        SELECT 'milestone', id, unit_id, due, CASE WHEN kind = 'work_item' THEN 3 ELSE 1 END, 5
        FROM milestone
        WHERE campaign_id = :campaign AND state IN ('open', 'started') AND NOT withdrawn
          AND due BETWEEN :first AND :last
    ),
    raised AS (
        SELECT item.kind, item.id, coalesce(item.unit_id, 0) AS unit_id, item.due, rung.rule,
               CASE WHEN item.unit_id IS NULL AND rung.level < 3 THEN 3 ELSE rung.level END AS level
        FROM item JOIN rung ON item.due BETWEEN rung.first AND rung.last
                           AND rung.level BETWEEN item.low AND item.high
    ),
    {seats}
    SELECT :campaign, r.kind, r.id, r.rule, s.post_level, CAST(r.due AS VARCHAR(10)), s.post_id,
           :today, :now, CASE WHEN {urgent} THEN :soon ELSE :hold END, 'waiting', '', '',
           NULLIF(MIN(r.level), s.post_level), {urgent}
    FROM raised r JOIN seat s ON s.unit_id = r.unit_id AND s.level = r.level
    WHERE true
    GROUP BY r.kind, r.id, r.rule, r.due, s.post_id, s.post_level
    ON CONFLICT DO NOTHING"""
_URGENT = "(s.post_level = 5 AND r.rule LIKE 'overdue%')"

_OPENED = """
    INSERT INTO notice ({columns})
    SELECT :campaign, 'stage', stage.id, 'stage_opened', post.level,
           CAST(stage.opened_on AS VARCHAR(10)), post.id, :today, :now, :hold, 'waiting', '', '',
           NULL, false
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
        "soon": min(now, hold_until),
        "first": min(b.first for b in brackets),
        "last": max(b.last for b in brackets),
    }
    rungs = []
    for i, bracket in enumerate(brackets):
        values |= {
            f"rule{i}": bracket.rung.rule,
            f"first{i}": bracket.first,
            f"last{i}": bracket.last,
        }
        rungs += [
            f"SELECT :rule{i}, {int(level)}, :first{i}, :last{i}" for level in bracket.rung.levels
        ]
    sql = _DUE.format(rungs=" UNION ALL ".join(rungs), columns=COLUMNS, seats=SEATS, urgent=_URGENT)
    return run(session, sql, values).rowcount


def write_opening_notices(
    session: Session, campaign_id: int, *, today: date, now: datetime, hold_until: datetime
) -> int:
    """Tell office and leaders of each stage that opened today; return how many notices are new."""
    values = {"campaign": campaign_id, "today": today, "now": now, "hold": hold_until}
    return run(session, _OPENED.format(columns=COLUMNS), values).rowcount


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
    sql = """SELECT post.tag, count(*) AS unsent FROM notice JOIN post ON post.id = notice.post_id
             WHERE notice.campaign_id = :campaign AND notice.state IN ('waiting', 'unsendable')
             GROUP BY post.tag ORDER BY post.tag"""
    rows = run(session, sql, {"campaign": campaign_id})
    return {row.tag: row.unsent for row in rows}


def dead_letters(session: Session, campaign_id: int) -> int:
    """Return how many messages of a campaign reached nobody and still need a hand."""
    sql = """SELECT count(DISTINCT d.message_id) AS dead FROM delivery d
             JOIN message g ON g.id = d.message_id
             WHERE g.campaign_id = :campaign AND d.state = 'dead'"""
    return int(run(session, sql, {"campaign": campaign_id}).scalar_one())
