"""Who hears in whose place: the SQL that finds the seat for a level, and which posts are out of reach."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.database import as_day, run
from models.unit import Post

USABLE = "NOT p.vacant AND NOT p.unreachable"

# seat (unit_id, level, post_id, post_level): who hears what is meant for a level of a unit (0: of no
# unit). A vacant post or one without a channel is passed over to the next level up that has a usable
# one; where nobody above is usable, those who are not vacant keep it and it shows as unsendable.
SEATS = f"""
    route (unit_id, level, target) AS (
        SELECT u.unit_id, l.level, coalesce(
            CASE WHEN l.level <= 2 THEN (SELECT min(p.level) FROM post p
                WHERE p.unit_id = u.unit_id AND p.level >= l.level AND {USABLE}) END,
            (SELECT min(p.level) FROM post p WHERE p.campaign_id = :campaign
                AND p.unit_id IS NULL AND p.level >= l.level AND {USABLE}))
        FROM (SELECT id AS unit_id FROM unit WHERE campaign_id = :campaign
              UNION ALL SELECT 0) AS u
        CROSS JOIN (SELECT 1 AS level UNION ALL SELECT 2 UNION ALL SELECT 3
                    UNION ALL SELECT 4 UNION ALL SELECT 5) AS l
    ),
    seat (unit_id, level, post_id, post_level) AS MATERIALIZED (
        SELECT r.unit_id, r.level, p.id, p.level
        FROM route r JOIN post p ON p.unit_id = r.unit_id AND p.level = coalesce(r.target, r.level)
        WHERE NOT p.vacant AND (r.target IS NULL OR NOT p.unreachable)
        UNION ALL
        SELECT r.unit_id, r.level, p.id, p.level
        FROM route r JOIN post p ON p.campaign_id = :campaign AND p.unit_id IS NULL
                                AND p.level = coalesce(r.target, r.level)
        WHERE NOT p.vacant AND (r.target IS NULL OR NOT p.unreachable)
    )"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class PassedOver:
    """How many posts of a campaign cannot hear, so that the next level up does.

    ``last_due`` is the last day on which something unfinished is due.
    """

    vacant: int = 0
    unreachable: int = 0
    last_due: date | None = None


def mark_reachable(session: Session, campaign_id: int, has: Callable[[str], bool] | None) -> None:
    """Keep on every post of a campaign whether a channel takes its tag.

    ``has`` None: no channels are configured at all, so none is passed over for that.
    """
    silent: list[str] = []
    if has is not None:
        tags = session.exec(select(Post.tag).where(Post.campaign_id == campaign_id).distinct())
        silent = [tag for tag in tags if not has(tag)]
    unreachable = col(Post.tag).in_(silent)
    session.connection().execute(
        update(Post)
        .where(col(Post.campaign_id) == campaign_id, col(Post.unreachable) != unreachable)
        .values(unreachable=unreachable)
    )


_PASSED_OVER = """
    SELECT (SELECT count(*) FROM post WHERE campaign_id = :campaign AND vacant) AS vacant,
           (SELECT count(*) FROM post
            WHERE campaign_id = :campaign AND NOT vacant AND unreachable) AS unreachable,
           (SELECT max(due) FROM milestone WHERE campaign_id = :campaign
               AND state IN ('open', 'started') AND NOT withdrawn) AS milestones_until,
           (SELECT max(due) FROM assignment WHERE campaign_id = :campaign
               AND state IN ('open', 'started') AND NOT withdrawn) AS assignments_until"""


def passed_over(session: Session, campaign_id: int) -> PassedOver:
    """Return how many posts are vacant, how many others no channel reaches, and until when there is work."""
    [row] = run(session, _PASSED_OVER, {"campaign": campaign_id})
    until = [as_day(row.milestones_until), as_day(row.assignments_until)]
    return PassedOver(row.vacant, row.unreachable, max(filter(None, until), default=None))
