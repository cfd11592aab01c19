"""Who hears in whose place: the SQL that finds the seat for a level, and which posts are out of reach."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.database import as_day, run
from models.rules.words import Level
from models.units.unit import Post

TAGS_AT_ONCE = 10_000  # in one statement; SQLite takes 32,766 values

USABLE = "NOT p.vacant AND NOT p.unreachable"

# Posts that nobody holds any more: vacant, or of a unit that was retired. `of` says of which campaign.
GONE = """SELECT p.id FROM post p LEFT JOIN unit u ON u.id = p.unit_id
          WHERE {of} AND (p.vacant OR coalesce(u.retired, false))"""

# Units that nobody answers for: retired, or with no post that is held.
GONE_UNITS = """SELECT u.campaign_id, u.id, u.name, u.retired FROM unit u WHERE u.campaign_id IN :these
    AND (u.retired OR NOT EXISTS (SELECT 1 FROM post p WHERE p.unit_id = u.id AND NOT p.vacant))"""

_OPEN_THERE = """SELECT unit_id, count(*) AS n FROM {table}
    WHERE campaign_id IN :these AND NOT withdrawn AND state IN ('open', 'started')
      AND unit_id IN (SELECT id FROM ({gone}) AS g) GROUP BY unit_id"""

# What is open there: (campaign_id, unit_id, name, retired, items), counted as the lights count it.
LEFT_BEHIND = f"""
    SELECT g.campaign_id, g.id AS unit_id, g.name, g.retired, sum(o.n) AS items
    FROM ({GONE_UNITS}) AS g
    JOIN ({_OPEN_THERE.format(table="assignment", gone=GONE_UNITS)} UNION ALL
          {_OPEN_THERE.format(table="milestone", gone=GONE_UNITS)}) AS o ON o.unit_id = g.id
    GROUP BY g.campaign_id, g.id, g.name, g.retired"""  # noqa: S608

# seat (campaign_id, unit_id, level, post_id, post_level): who hears what is meant for a level of a unit
# (0: of no unit). A vacant post or one without a channel is passed over to the next level up that has a usable
# one; where nobody above is usable, those who are not vacant keep it and it shows as unsendable. What
# is meant for a retired unit goes to the office and up.
SEATS = f"""
    route (campaign_id, unit_id, level, retired, target) AS (
        SELECT u.campaign_id, u.unit_id, l.level, u.retired, coalesce(
            CASE WHEN l.level <= 2 AND NOT u.retired THEN (SELECT min(p.level) FROM post p
                WHERE p.unit_id = u.unit_id AND p.level >= l.level AND {USABLE}) END,
            (SELECT min(p.level) FROM post p WHERE p.campaign_id = u.campaign_id
                AND p.unit_id IS NULL AND p.level >= l.level AND {USABLE}),
            CASE WHEN u.retired AND l.level < 3 THEN 3 END)
        FROM (SELECT campaign_id, id AS unit_id, retired FROM unit WHERE campaign_id IN :these
              UNION ALL SELECT id, 0, false FROM campaign WHERE id IN :these) AS u
        CROSS JOIN (SELECT 1 AS level UNION ALL SELECT 2 UNION ALL SELECT 3
                    UNION ALL SELECT 4 UNION ALL SELECT 5) AS l
    ),
    seat (campaign_id, unit_id, level, post_id, post_level) AS MATERIALIZED (
        SELECT r.campaign_id, r.unit_id, r.level, p.id, p.level
        FROM route r JOIN post p ON p.unit_id = r.unit_id AND p.level = coalesce(r.target, r.level)
        WHERE NOT p.vacant AND NOT r.retired AND (r.target IS NULL OR NOT p.unreachable)
        UNION ALL
        SELECT r.campaign_id, r.unit_id, r.level, p.id, p.level
        FROM route r JOIN post p ON p.campaign_id = r.campaign_id AND p.unit_id IS NULL
                                AND p.level = coalesce(r.target, r.level)
        WHERE NOT p.vacant AND (r.target IS NULL OR r.retired OR NOT p.unreachable)
    )"""  # noqa: S608


def of_the_office(campaign: str) -> str:
    """Return the join of the posts of a campaign's office, or of the next above where the office cannot hear."""
    # The campaigns are said twice: SQLite would else read the posts of all that there are.
    return f"""post p ON p.campaign_id IN :these AND p.campaign_id = {campaign} AND p.unit_id IS NULL
        AND NOT p.vacant
        AND p.level = coalesce((SELECT min(p.level) FROM post p WHERE p.campaign_id = {campaign}
            AND p.unit_id IS NULL AND p.level >= {int(Level.OFFICE)} AND {USABLE}), {int(Level.OFFICE)})"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class PassedOver:
    """How many posts of a campaign cannot hear, so that the next level up does.

    ``ownerless`` counts the open items of the units nobody answers for (retired, or every post
    vacant), ``gone_units`` those units; ``last_due`` is the last day on which something is due.
    """

    vacant: int = 0
    unreachable: int = 0
    ownerless: int = 0
    gone_units: int = 0
    last_due: date | None = None


def mark_reachable(
    session: Session, campaign_ids: Sequence[int], has: Callable[[str], bool] | None
) -> None:
    """Keep on every post of the campaigns whether a channel takes its tag; only what is another now is written.

    ``has`` None: no channels are configured at all, so none is passed over for that.
    """
    if not campaign_ids:
        return
    theirs = col(Post.campaign_id).in_(campaign_ids)
    if has is None:
        session.connection().execute(
            update(Post).where(theirs, col(Post.unreachable)).values(unreachable=False)
        )
        return
    asked = session.exec(select(Post.tag, Post.unreachable).where(theirs).distinct()).all()
    changed = [(tag, silent) for tag, was in asked if (silent := not has(tag)) != was]
    for silent in (False, True):
        tags = [tag for tag, now in changed if now == silent]
        for first in range(0, len(tags), TAGS_AT_ONCE):
            of = col(Post.tag).in_(tags[first : first + TAGS_AT_ONCE])
            statement = update(Post).where(theirs, of).values(unreachable=silent)
            session.connection().execute(statement)


_UNTIL = """(SELECT max(due) FROM {table} WHERE campaign_id = c.id
    AND state IN ('open', 'started') AND NOT withdrawn)"""
_PASSED_OVER = f"""
    SELECT c.id, coalesce(p.vacant, 0) AS vacant, coalesce(p.unreachable, 0) AS unreachable,
           coalesce(gone.units, 0) AS units, coalesce(gone.items, 0) AS items,
           {_UNTIL.format(table="milestone")} AS milestones_until,
           {_UNTIL.format(table="assignment")} AS assignments_until
    FROM campaign c
    LEFT JOIN (SELECT campaign_id, count(CASE WHEN vacant THEN 1 END) AS vacant,
                      count(CASE WHEN NOT vacant AND unreachable THEN 1 END) AS unreachable
               FROM post WHERE campaign_id IN :these GROUP BY campaign_id) AS p
           ON p.campaign_id = c.id
    LEFT JOIN (SELECT campaign_id, count(*) AS units, sum(items) AS items
               FROM ({LEFT_BEHIND}) AS l GROUP BY campaign_id) AS gone ON gone.campaign_id = c.id
    WHERE c.id IN :these"""  # noqa: S608


def passed_over(session: Session, campaign_id: int) -> PassedOver:
    """Return how many posts cannot hear, what nobody answers for, and until when there is work."""
    return all_passed_over(session, [campaign_id])[campaign_id]


def all_passed_over(session: Session, campaign_ids: Sequence[int]) -> dict[int, PassedOver]:
    """Return what `passed_over` does of each campaign; one statement for all of them."""
    return {
        row.id: PassedOver(row.vacant, row.unreachable, int(row.items), row.units, _last(row))
        for row in run(session, _PASSED_OVER, {"these": tuple(campaign_ids)})
    }


def _last(row: Any) -> date | None:
    until = [as_day(row.milestones_until), as_day(row.assignments_until)]
    return max(filter(None, until), default=None)


def left_behind(session: Session, campaign_id: int) -> list[tuple[str, int]]:
    """Return the units that nobody answers for with how many items are open there, in the plan's order."""
    rows = run(session, f"{LEFT_BEHIND} ORDER BY g.id", {"these": (campaign_id,)})
    return [(row.name, int(row.items)) for row in rows]
