"""What is open and due on a day of the walk, and what is registered elsewhere than as progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.database import found_as, run
from models.rules.words import REGISTERED_BY

_OWN = ", ".join(f"'{kind}'" for kind in REGISTERED_BY)
_OPEN = "{t}.campaign_id = :campaign AND NOT {t}.withdrawn AND {t}.state IN ('open', 'started')"

_DUE = f"""
    SELECT m.id, 0 AS part, m.code, coalesce(u.name, '') AS unit, m.due, m.kind IN ({_OWN}) AS elsewhere
    FROM milestone m LEFT JOIN unit u ON u.id = m.unit_id
    WHERE {_OPEN.format(t="m")} AND m.due <= :until AND m.kind <> 'stage_end'
    UNION ALL
    SELECT a.id, 1, coalesce('W' || w.ordinal, i.code), u.name, a.due, false
    FROM assignment a JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE {_OPEN.format(t="a")} AND a.due <= :until
    ORDER BY 2, 5, 1"""  # noqa: S608 - texts of ours

_FINISH = """
    UPDATE milestone SET state = 'done', done_on = :day, by_post = :by
    WHERE id IN :these AND state IN ('open', 'started')"""

_ACKNOWLEDGED = """
    SELECT count(DISTINCT g.id) AS messages,
           count(DISTINCT CASE WHEN k.id IS NOT NULL THEN g.id END) AS known
    FROM message g JOIN notice n ON n.message_id = g.id
    LEFT JOIN acknowledgement k ON k.campaign_id = n.campaign_id AND k.subject_kind = n.subject_kind
        AND k.subject_id = n.subject_id
    WHERE n.campaign_id = :campaign AND n.state = 'sent' AND n.subject_kind IN ('milestone', 'assignment')"""

_ANSWERS = """
    SELECT asked_on, due, closed_on, status FROM decision
    WHERE campaign_id = :campaign AND status <> 'overtaken' ORDER BY id"""

_DONE = """
    SELECT coalesce(u.name, '') AS unit, x.due, x.done_on FROM (
        SELECT unit_id, due, done_on, state, withdrawn FROM milestone WHERE campaign_id = :campaign
        UNION ALL
        SELECT unit_id, due, done_on, state, withdrawn FROM assignment WHERE campaign_id = :campaign) AS x
    LEFT JOIN unit u ON u.id = x.unit_id
    WHERE NOT x.withdrawn AND x.due IS NOT NULL
      AND ((x.state = 'done' AND x.done_on IS NOT NULL) OR (x.state IN ('open', 'started') AND x.due < :today))
    ORDER BY 1, 2, 3"""


@dataclass(frozen=True, slots=True)
class DueItem:
    """One open item with a day; ``part`` tells a unit's part from a milestone, ``elsewhere`` what has a life of its own."""

    id: int
    part: bool
    code: str
    unit: str
    due: date
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """A question of the campaign's past: when it was asked, due and closed."""

    asked_on: date
    due: date
    closed_on: date | None
    status: str


@dataclass(frozen=True, slots=True)
class PastItem:
    """An item that was done, or is overdue and not: whose, due when, done when."""

    unit: str
    due: date
    done_on: date | None


def open_until(session: Session, campaign_id: int, until: date) -> Sequence[DueItem]:
    """Return what is open and due by ``until``, milestones first, the earliest due first; the ends of stages aside."""
    return found_as(session, DueItem, _DUE, {"campaign": campaign_id, "until": until})


def finish_elsewhere(session: Session, ids: Sequence[int], day: date, by: str) -> None:
    """Let milestones with a life of their own (visits, findings, submissions) be done on ``day``."""
    if ids:
        run(session, _FINISH, {"these": tuple(ids), "day": day, "by": by})


def share_acknowledged(session: Session, campaign_id: int) -> float | None:
    """Return which share of the messages with something to acknowledge was acknowledged; None without any."""
    [found] = run(session, _ACKNOWLEDGED, {"campaign": campaign_id})
    return found.known / found.messages if found.messages else None


def past_answers(session: Session, campaign_id: int) -> Sequence[PastAnswer]:
    """Return the campaign's questions so far, in their order."""
    return found_as(session, PastAnswer, _ANSWERS, {"campaign": campaign_id})


def past_items(session: Session, campaign_id: int, today: date) -> Sequence[PastItem]:
    """Return what was done so far, and what is overdue on ``today``."""
    return found_as(session, PastItem, _DONE, {"campaign": campaign_id, "today": today})


_NEXT = """
    SELECT min(at) AS at FROM (
        SELECT min(hold_until) AS at FROM notice WHERE state = 'waiting' AND message_id IS NULL
        UNION ALL SELECT min(next_try_at) FROM delivery WHERE state = 'waiting'
        UNION ALL SELECT min(made_at) FROM message WHERE NOT settled
            AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = message.id AND d.state = 'waiting')) AS x"""


@dataclass(frozen=True, slots=True)
class _Next:
    at: datetime | None


def next_going(session: Session) -> datetime | None:
    """Return from when on a round of delivery has anything to do; None while nothing waits to go or to be settled."""
    [found] = found_as(session, _Next, _NEXT, {})
    return found.at
