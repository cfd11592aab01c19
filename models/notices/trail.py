"""What is known of every notice about a subject: its way, in facts that a person can check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models.database import as_day, run

_TRAIL = """
    SELECT n.id, n.rule, n.level, n.meant_for, n.day, n.state, n.reason, n.hold_until, n.told_on,
           CASE WHEN n.hold_until > n.created_at THEN 'off-hours' ELSE '' END AS later,
           n.message_id, p.tag, coalesce(u.name, '') AS unit, p.title AS post,
           d.target_kind, d.state AS delivery, d.code, d.answer, d.attempts, d.delivered_at,
           d.next_try_at,
           s.id AS silence, s.author, s.reason AS why, s.until, s.scope,
           k.by_post, k.at AS acknowledged_at, k.runs_out,
           t.name AS stage
    FROM notice n
    JOIN post p ON p.id = n.post_id
    LEFT JOIN unit u ON u.id = p.unit_id
    LEFT JOIN delivery d ON d.message_id = n.message_id AND d.id = (
        SELECT x.id FROM delivery x WHERE x.message_id = n.message_id
        ORDER BY CASE x.state WHEN 'delivered' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END, x.id LIMIT 1)
    LEFT JOIN silence s ON n.state = 'silenced' AND n.reason = 'silence:' || s.id
    LEFT JOIN acknowledgement k ON n.state = 'acknowledged' AND n.reason = 'acknowledgement:' || k.id
    LEFT JOIN stage t ON n.state = 'inhibited' AND n.reason = 'stage:' || t.id
    WHERE n.campaign_id = :campaign AND n.subject_kind = :kind AND n.subject_id IN ({ids})
      AND n.day <= :day
    ORDER BY n.level, n.id"""


@dataclass(frozen=True, slots=True)
class Trail:
    """One notice with whatever became of it; ``answer`` is the stable word for that."""

    rule: str
    day: date
    tag: str
    answer: str
    facts: dict[str, Any]


def trails(
    session: Session, campaign_id: int, rows: Sequence[tuple[str, int]], day: date
) -> list[Trail]:
    """Return the way of every notice about ``rows`` written up to ``day``, lower levels first."""
    found = []
    for kind in dict.fromkeys(kind for kind, _ in rows):
        ids = {f"id{i}": id for i, (k, id) in enumerate(rows) if k == kind}
        sql = _TRAIL.format(ids=", ".join(f":{name}" for name in ids))
        values: dict[str, Any] = {"campaign": campaign_id, "kind": kind, "day": day, **ids}
        found += [_trail(row) for row in run(session, sql, values)]
    return found


def _trail(row: Any) -> Trail:
    facts: dict[str, Any] = {
        "to": row.tag,
        "post": f"{row.unit}{row.post}",
        "rule": row.rule,
        "written_on": _iso(as_day(row.day)),
        "stands_in_for_level": row.meant_for,
    }
    answer, more = _answer(row)
    kept = {name: value for name, value in (facts | more).items() if value not in (None, "")}
    return Trail(row.rule, as_day(row.day) or date.min, row.tag, answer, kept)


def _answer(row: Any) -> tuple[str, dict[str, Any]]:
    sent = {"message": row.message_id, "channel": row.target_kind}
    if row.state == "sent":
        return "delivered", sent | {"at": _iso(row.delivered_at), "code": row.code}
    if row.state == "dead" or (row.state == "posted" and row.code):
        again = _iso(row.next_try_at) if row.delivery == "waiting" else None
        refused = {"code": row.code, "text": row.answer, "tries": row.attempts, "next_try": again}
        return "refused", sent | refused
    if row.state == "posted":
        return "merged", sent
    if row.state == "silenced":
        return "silenced", {
            "silence": row.silence,
            "author": row.author,
            "reason": row.why,
            "scope": row.scope,
            "until": _iso(as_day(row.until)),
        }
    if row.state == "acknowledged":
        return "acknowledged", {
            "by": row.by_post,
            "at": _iso(row.acknowledged_at),
            "runs_out": _iso(as_day(row.runs_out)),
        }
    if row.state == "inhibited":
        return "inhibited", {"stage": row.stage}
    if row.state == "unsendable":
        return "no-channel", {"reason": row.reason}
    if row.state == "dropped":
        return "not-due", {"reason": row.reason}
    return "held", {"until": _iso(row.hold_until), "reason": row.reason or row.later or row.state}


def _iso(value: datetime | date | str | None) -> str | None:
    """Return a moment as ISO text; SQLite hands instants back as text already, in UTC."""
    if value is None:
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.isoformat()
