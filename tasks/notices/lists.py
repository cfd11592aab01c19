"""Lists for the operator: what was said to whom, and what died on the way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from models.campaign.campaign import looking_at, open_campaign
from models.database import as_day, open_session, run
from models.keys import key_of
from models.notices.outcomes import revive
from models.settings import local_minute
from notifications.letter import rule_in_words

STATES = {
    "waiting": "等待发送",
    "posted": "正在发送",
    "sent": "已送达",
    "dead": "没有送达（死信）",
    "unsendable": "没有通道",
    "dropped": "不必再发",
    "silenced": "被静默",
    "acknowledged": "已签收",
    "inhibited": "被阶段预警覆盖",
    "over-budget": "等领导同意",
}
_LIST = """
    SELECT n.id, n.day, n.rule, n.state, n.reason, n.hold_until, n.words, p.tag, n.message_id,
           coalesce(m.code, 'W' || w.ordinal, i.code, 'S' || s.ordinal, '') AS code,
           coalesce(um.name, ua.name, '') AS unit
    FROM notice n JOIN post p ON p.id = n.post_id
    LEFT JOIN milestone m ON n.subject_kind = 'milestone' AND m.id = n.subject_id
    LEFT JOIN assignment a ON n.subject_kind = 'assignment' AND a.id = n.subject_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN stage s ON n.subject_kind = 'stage' AND s.id = n.subject_id
    LEFT JOIN unit um ON um.id = m.unit_id
    LEFT JOIN unit ua ON ua.id = a.unit_id
    WHERE n.campaign_id = :campaign AND (:state = '' OR n.state = :state)
    ORDER BY n.id DESC LIMIT :most"""
_DEAD = """
    SELECT g.id, g.tag, g.subject, d.target_kind, d.code, d.answer, d.attempts
    FROM delivery d JOIN message g ON g.id = d.message_id
    WHERE d.state = 'dead' AND (g.campaign_id = :campaign OR EXISTS (SELECT 1 FROM notice n
        WHERE n.message_id = g.id AND n.campaign_id = :campaign)) ORDER BY d.id DESC"""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as it is listed."""

    id: int
    day: date
    to: str
    subject: str
    rule: str
    state: str
    reason: str
    message: int | None

    def cells(self) -> list[str]:
        """Return the row an operator reads."""
        state = STATES.get(self.state, self.state)
        return [self.day.isoformat(), self.to, self.subject, rule_in_words(self.rule), state]

    def as_json(self) -> dict[str, Any]:
        """Return the row other programs read."""
        return {
            "id": self.id,
            "day": self.day.isoformat(),
            "to": self.to,
            "subject": self.subject,
            "rule": self.rule,
            "state": self.state,
            "reason": self.reason,
            "message": self.message,
        }


def list_notices(slug: str | None, state: str, most: int) -> list[NoticeView]:
    """Return the newest notices of a campaign, those of one ``state`` if it is not empty."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        values = {"campaign": campaign_id, "state": state, "most": most}
        return [
            NoticeView(
                row.id,
                as_day(row.day) or date.min,
                row.tag,
                row.words or (f"{row.code}/{row.unit}" if row.unit else row.code),
                row.rule,
                row.state,
                row.reason,
                row.message_id,
            )
            for row in run(session, _LIST, values)
        ]


def list_dead(slug: str | None) -> list[dict[str, Any]]:
    """Return every dead delivery with the provider's own words, the newest first."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        rows = run(session, _DEAD, {"campaign": campaign_id})
        return [
            {
                "message": row.id,
                "to": row.tag,
                "subject": row.subject,
                "channel": row.target_kind,
                "code": row.code,
                "text": row.answer,
                "tries": row.attempts,
            }
            for row in rows
        ]


def retry_dead(slug: str | None, now: datetime) -> int:
    """Let every dead delivery be tried afresh; return how many."""
    with open_session() as session:
        campaign_id = open_campaign(session, slug).id if slug else None
        return revive(session, campaign_id, now)


def in_words(instant: datetime | None) -> str:
    """Return an instant as the office reads it, 从未 when there is none."""
    if instant is None:
        return "从未"
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return local_minute(aware)
