"""Write the notices of a day: one statement for all items, whatever their number.

Who hears of an assignment of a work item: its unit (liaison, head). Of the work item itself, of an
indicator's assignment and of every other milestone: the unit that owns it, then office and leaders.
What no unit owns is the office's. Vacant posts, and those no channel reaches, are passed over to
the next level up. What is red for the group's head waits for no morning.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.database import as_day, run
from models.evidence.shown.fallen import REOPENED
from models.evidence.shown.telling import EVIDENCE_NEWS, RIDING, expires_until
from models.notices.writing import NOBODY_ELSE, write_notices_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.days import evidence_days
from models.rules.notices.ladder import Bracket
from models.rules.words import Level

# One rung of the ladder as one SELECT per kind of item: the partial indexes find the few items whose
# due day stands on it, and a rung nobody stands on costs nothing. `seat` says who hears in whose place.
_STANDING = """
    SELECT '{table}', item.id, :rule{n}, s.post_level, CAST(item.due AS VARCHAR(10)), s.post_id,
           NULLIF(s.level, s.post_level), {urgent}, '', {reopened}, item.campaign_id
    FROM {table} item
    JOIN {heard} AS s ON s.campaign_id = item.campaign_id AND s.unit_id = coalesce(item.unit_id, 0)
    WHERE item.campaign_id IN :these AND item.state IN ('open', 'started') AND NOT item.withdrawn
      AND item.due BETWEEN :first{n} AND :last{n} AND {which}
      AND NOT EXISTS (SELECT 1 FROM notice told WHERE told.campaign_id = item.campaign_id
          AND told.subject_kind = '{table}' AND told.subject_id = item.id AND told.rule = :rule{n}
          AND told.level = s.post_level AND told.occurrence = CAST(item.due AS VARCHAR(10))
          AND told.post_id = s.post_id)"""

# Who hears what is meant for some levels; found once, however many rungs and kinds of items ask.
_HEARD = """{heard} (campaign_id, unit_id, post_id, post_level, level) AS MATERIALIZED (
        SELECT campaign_id, unit_id, post_id, post_level, min(level) FROM seat
        WHERE level IN ({levels}) AND post_level <= :up_to
        GROUP BY campaign_id, unit_id, post_id, post_level)"""

# What is owed again and again is told of within its own period: the next one is not due before this one.
_OF_ITS_PERIOD = (
    " AND (item.kind NOT IN ('duty', 'submission') OR item.begin IS NULL OR item.begin <= :today)"
)


def _wanted(bracket: Bracket) -> list[tuple[str, str, list[int]]]:
    """Return the kinds of items that may stand on a rung: the table, which of it, and the levels that hear."""
    every = [int(level) for level in bracket.rung.levels]
    unit_levels = [level for level in every if level <= Level.UNIT_HEAD]
    top_levels = [level for level in every if level > Level.UNIT_HEAD]
    office = sorted({max(level, int(Level.OFFICE)) for level in every})
    return [
        ("assignment", "item.work_item_id IS NOT NULL", unit_levels),
        ("assignment", "item.work_item_id IS NULL", every),
        ("milestone", "item.unit_id IS NOT NULL AND item.kind = 'work_item'", top_levels),
        ("milestone", "item.unit_id IS NOT NULL AND item.kind <> 'work_item'", every),
        ("milestone", "item.unit_id IS NULL", office),
    ]


def _heard(levels: Sequence[int]) -> str:
    return f"heard_{'_'.join(map(str, levels))}"


def _selects(n: int, bracket: Bracket) -> list[str]:
    """Return the SELECTs that find who must hear of what stands on one rung."""
    late = bracket.rung.workdays > 0
    return [
        _STANDING.format(
            n=n,
            table=table,
            which=which + (_OF_ITS_PERIOD if table == "milestone" and not late else ""),
            heard=_heard(levels),
            urgent=f"s.post_level = {int(Level.GROUP_HEAD)}" if late else "false",
            reopened=REOPENED[table],
        )
        for table, which, levels in _wanted(bracket)
        if levels
    ]


_OPENED = f"""
    SELECT 'stage', s.id, 'stage_opened', p.level, CAST(s.opened_on AS VARCHAR(10)), p.id,
           {NOBODY_ELSE}, s.campaign_id
    FROM stage s JOIN post p ON p.campaign_id = s.campaign_id AND p.unit_id IS NULL
    WHERE s.campaign_id IN :these AND s.opened_on = :today AND NOT p.vacant"""  # noqa: S608


def write_due_notices(
    session: Session,
    campaign_ids: Sequence[int],
    brackets: list[Bracket],
    moment: Moment,
    up_to: Level = Level.GROUP_HEAD,
) -> Counter[int]:
    """Write a notice for each item on a rung and each post ``up_to`` a level; return how many are new in each campaign.

    One per item, rung, post and due day, ever: the table refuses a second.
    """
    if not brackets or not campaign_ids:
        return Counter()
    values: dict[str, Any] = {"up_to": int(up_to)}
    selects: list[str] = []
    for n, bracket in enumerate(brackets):
        values[f"rule{n}"] = bracket.rung.rule
        values |= {f"first{n}": bracket.first, f"last{n}": bracket.last}
        selects += _selects(n, bracket)
    every = {tuple(levels) for one in brackets for _, _, levels in _wanted(one) if levels}
    heard = ", ".join(
        _HEARD.format(heard=_heard(levels), levels=", ".join(map(str, levels)))
        for levels in sorted(every)
    )
    found = f"WITH {heard} {' UNION ALL '.join(selects)}"
    return write_notices_of(session, campaign_ids, found, moment, **values)


def write_news(session: Session, campaign_ids: Sequence[int], moment: Moment) -> Counter[int]:
    """Tell office and leaders of each stage that opened today, liaisons of what became of their evidence.

    Return how many notices are new in each campaign, of both; one statement.
    """
    found = f"{_OPENED} UNION ALL {EVIDENCE_NEWS}"
    days = evidence_days(moment.today, moment.calendar or work_calendar(session), moment.zone)
    more = {"until": expires_until(days.today), "sent_before": days.sent_before}
    return write_notices_of(session, campaign_ids, found, moment, **more)


@dataclass(frozen=True, slots=True)
class Slip:
    """A milestone that was found past due for the first time."""

    code: str
    title: str
    due: date


_SLIPPED = """
    SELECT DISTINCT n.campaign_id, m.code, m.title, m.due FROM notice n
    JOIN milestone m ON m.id = n.subject_id
    WHERE n.campaign_id IN :these AND n.subject_kind = 'milestone'
      AND n.created_at = :now AND n.rule LIKE 'overdue%'
      AND NOT EXISTS (SELECT 1 FROM notice e WHERE e.campaign_id = n.campaign_id
          AND e.subject_kind = 'milestone' AND e.subject_id = n.subject_id
          AND e.occurrence = n.occurrence AND e.rule LIKE 'overdue%' AND e.created_at < :now)
    ORDER BY m.due, m.code"""


def newly_slipped(
    session: Session, campaign_ids: Sequence[int], now: datetime
) -> dict[int, list[Slip]]:
    """Return the milestones whose first overdue notice was written at ``now`` by campaign, oldest first."""
    found: dict[int, list[Slip]] = {}
    if campaign_ids:
        values = {"these": tuple(campaign_ids), "now": now}
        for one, code, title, due in run(session, _SLIPPED, values):
            found.setdefault(one, []).append(Slip(code, title, as_day(due) or date.max))
    return found


# The few that died come first (SQLite keeps to the order of a CROSS JOIN): a campaign has said a hundred thousand things.
_UNDELIVERED = f"""
    SELECT waiting.campaign_id, post.tag, sum(waiting.n) AS unsent FROM (
        SELECT campaign_id, post_id, count(*) AS n FROM notice
        WHERE campaign_id IN :these AND state IN ('waiting', 'unsendable')
          AND rule NOT IN {RIDING}
        GROUP BY campaign_id, post_id) AS waiting
    JOIN post ON post.id = waiting.post_id GROUP BY waiting.campaign_id, post.tag
    UNION ALL
    SELECT died.campaign_id, NULL, count(DISTINCT died.message_id) FROM (
        SELECT g.campaign_id, d.message_id FROM delivery d JOIN message g ON g.id = d.message_id
        WHERE d.state = 'dead' AND g.campaign_id IN :these
        UNION ALL
        SELECT n.campaign_id, d.message_id FROM delivery d CROSS JOIN notice n
        WHERE d.state = 'dead' AND n.message_id = d.message_id AND n.campaign_id IN :these) AS died
    GROUP BY died.campaign_id
    ORDER BY 2"""  # noqa: S608


def all_undelivered(
    session: Session, campaign_ids: Sequence[int]
) -> dict[int, tuple[dict[str, int], int]]:
    """Return of each campaign how many notices nobody has received yet, by channel tag, and how many messages died.

    What only rides in a message that goes anyway is not missed.
    A dead message reached nobody and still needs a hand. One statement for all of them.
    """
    found: dict[int, dict[str | None, int]] = {one: {} for one in campaign_ids}
    for one, tag, count in run(session, _UNDELIVERED, {"these": tuple(campaign_ids)}):
        found[one][tag] = int(count)
    dead = {one: unsent.pop(None, 0) for one, unsent in found.items()}
    return {
        one: ({str(tag): n for tag, n in unsent.items()}, dead[one])
        for one, unsent in found.items()
    }
