"""What is known of every notice about a subject: its way, in facts that a person can check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models.campaign.about import ABOUT, CODE
from models.database import found_as

_TRAIL = """
    SELECT n.rule, n.meant_for, n.day, n.state, n.reason, n.hold_until,
           CASE WHEN n.hold_until > n.created_at THEN 'off-hours' ELSE '' END AS later,
           n.message_id, p.tag, coalesce(u.name, '') || p.title AS post,
           d.target_kind, d.state AS delivery, d.code, d.answer AS reply, d.attempts, d.delivered_at,
           d.next_try_at,
           s.id AS silence, s.author, s.reason AS why, s.until, s.scope,
           k.by_post, k.at AS acknowledged_at, k.runs_out,
           t.name AS stage, {over} AS over
    FROM notice n
    JOIN post p ON p.id = n.post_id
    LEFT JOIN unit u ON u.id = p.unit_id
    LEFT JOIN delivery d ON d.message_id = n.message_id AND d.id = (
        SELECT x.id FROM delivery x WHERE x.message_id = n.message_id
        ORDER BY CASE x.state WHEN 'delivered' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END, x.id LIMIT 1)
    LEFT JOIN silence s ON s.campaign_id = n.campaign_id AND n.state = 'silenced'
         AND n.reason = 'silence:' || s.id
    LEFT JOIN acknowledgement k ON k.campaign_id = n.campaign_id AND n.state = 'acknowledged'
         AND n.reason = 'acknowledgement:' || k.id
    LEFT JOIN stage t ON t.campaign_id = n.campaign_id AND n.state = 'inhibited'
         AND n.reason = 'stage:' || t.id
    WHERE n.campaign_id = :campaign AND n.subject_kind = :kind AND n.subject_id IN ({ids})
      AND n.day <= :day
    ORDER BY n.level, n.id"""


# What was done or withdrawn meanwhile is dropped before the next message goes, see `waiting_notices`.
_OVER = {
    kind: f"""coalesce((SELECT CASE WHEN o.withdrawn THEN 'withdrawn' ELSE o.state END FROM {kind} o
        WHERE o.id = n.subject_id AND (o.withdrawn OR o.state IN ('done', 'dropped'))), '')"""  # noqa: S608
    for kind in ("milestone", "assignment")
}
_LIST = f"""
    SELECT n.id, n.day, p.tag AS "to", n.rule, n.state, n.reason, n.message_id AS message,
           coalesce(nullif(n.words, ''), {CODE} || coalesce('/' || u.name, '')) AS subject
    FROM notice n JOIN post p ON p.id = n.post_id {ABOUT}
    WHERE n.campaign_id = :campaign AND (:state = '' OR n.state = :state)
    ORDER BY n.id DESC LIMIT :most"""  # noqa: S608
_DEAD = """
    SELECT g.id AS message, g.tag AS "to", g.subject, d.target_kind AS channel, d.code,
           d.answer AS text, d.attempts AS tries
    FROM delivery d JOIN message g ON g.id = d.message_id
    WHERE d.state = 'dead' AND (g.campaign_id = :campaign OR EXISTS (SELECT 1 FROM notice n
        WHERE n.message_id = g.id AND n.campaign_id = :campaign)) ORDER BY d.id DESC"""


@dataclass(frozen=True, slots=True)
class Trail:
    """One notice with whatever became of it: its message, its last try, what keeps it back.

    ``answer`` is the stable word for that. Instants are aware; those of a channel, a silence, an
    acknowledgement or a stage are empty where none is behind it.
    """

    rule: str
    meant_for: int | None
    day: date
    state: str
    reason: str
    hold_until: datetime | None
    later: str
    message_id: int | None
    tag: str
    post: str
    target_kind: str | None
    delivery: str | None
    code: str | None
    reply: str | None
    attempts: int | None
    delivered_at: datetime | None
    next_try_at: datetime | None
    silence: int | None
    author: str | None
    why: str | None
    until: date | None
    scope: str | None
    by_post: str | None
    acknowledged_at: datetime | None
    runs_out: date | None
    stage: str | None
    over: str  # what its item is by now: done, dropped or withdrawn; else empty

    @property
    def answer(self) -> str:
        """Return what became of it, in the word that ``--json`` prints."""
        if self.over and self.message_id is None and self.state in ("waiting", "unsendable"):
            return "not-due"
        if self.state == "posted":
            return "refused" if self.code else "merged"
        return ANSWER_OF.get(self.state, "held")


ANSWER_OF = {
    "sent": "delivered",
    "dead": "refused",
    "silenced": "silenced",
    "acknowledged": "acknowledged",
    "inhibited": "inhibited",
    "unsendable": "no-channel",
    "dropped": "not-due",
}


def trails(
    session: Session, campaign_id: int, rows: Sequence[tuple[str, int]], day: date
) -> list[Trail]:
    """Return the way of every notice about ``rows`` written up to ``day``, lower levels first."""
    found = []
    for kind in dict.fromkeys(kind for kind, _ in rows):
        ids = {f"id{i}": id for i, (k, id) in enumerate(rows) if k == kind}
        over = _OVER.get(kind, "''")
        sql = _TRAIL.format(ids=", ".join(f":{name}" for name in ids), over=over)
        values: dict[str, Any] = {"campaign": campaign_id, "kind": kind, "day": day, **ids}
        found += found_as(session, Trail, sql, values)
    return found


@dataclass(frozen=True, slots=True)
class ListedNotice:
    """A notice as it is listed; ``subject`` is its text, or the code and unit of what it is about."""

    id: int
    day: date
    to: str
    subject: str
    rule: str
    state: str
    reason: str
    message: int | None


@dataclass(frozen=True, slots=True)
class DeadDelivery:
    """A message that one channel refused for good, with the provider's own words."""

    message: int
    to: str
    subject: str
    channel: str
    code: str
    text: str
    tries: int


def listed_notices(session: Session, campaign_id: int, state: str, most: int) -> list[ListedNotice]:
    """Return the newest notices of a campaign, those of one ``state`` if it is not empty."""
    values = {"campaign": campaign_id, "state": state, "most": most}
    return found_as(session, ListedNotice, _LIST, values)


def dead_deliveries(session: Session, campaign_id: int) -> list[DeadDelivery]:
    """Return what no channel took for good, the newest first."""
    return found_as(session, DeadDelivery, _DEAD, {"campaign": campaign_id})
