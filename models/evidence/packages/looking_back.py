"""What changed since an instant in what was handed on: evidence, links, figures, scores, uploads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.database import found_as

# Each answers with the same columns: what it is about, its code, its words, what happened, when.
_REVISIONS = """
    SELECT 'revision' AS about, e.number AS number, '' AS code, e.title AS words, r.state AS what,
           r.number AS amount, coalesce(r.state_at, r.received_at) AS at
    FROM evidence e JOIN evidence_revision r ON r.evidence_id = e.id
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn
      AND coalesce(r.state_at, r.received_at) > :since
    ORDER BY e.number, r.number"""
_WITHDRAWN = """
    SELECT 'withdrawn' AS about, NULL AS number, a.subject AS code, '' AS words, '' AS what,
           0 AS amount, a.at AS at
    FROM audit_entry a
    WHERE a.campaign_id = :campaign AND a.what = 'evidence-withdrawn' AND a.at > :since
    ORDER BY a.id"""
_EXPIRED = """
    SELECT 'expired' AS about, e.number AS number, '' AS code, e.title AS words,
           CAST(e.expires_on AS text) AS what, 0 AS amount, NULL AS at
    FROM evidence e
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND e.expires_on < :today
      AND e.expires_on >= :day
    ORDER BY e.number"""
_LINKS = """
    SELECT 'link' AS about, e.number AS number, '' AS code, e.title AS words, c.outcome AS what,
           0 AS amount, c.checked_at AS at
    FROM link_check c
    JOIN evidence_revision r ON r.id = c.revision_id
    JOIN evidence e ON e.id = r.evidence_id AND r.number = e.latest
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND c.checked_at > :since
      AND c.outcome <> 'same'
      AND c.id = (SELECT max(o.id) FROM link_check o WHERE o.revision_id = c.revision_id)
    ORDER BY e.number"""
_MEASURED = """
    SELECT 'measured' AS about, NULL AS number, coalesce(i.code, 'W' || w.ordinal) AS code,
           u.name AS words, m.period AS what, 0 AS amount, m.at AS at
    FROM measurement m
    JOIN demand d ON d.id = m.demand_id JOIN unit u ON u.id = m.unit_id
    LEFT JOIN indicator i ON i.id = d.indicator_id LEFT JOIN work_item w ON w.id = d.work_item_id
    WHERE m.campaign_id = :campaign AND m.at > :since
    ORDER BY d.id, u.id, m.period"""
_SCORED = """
    SELECT 'scored' AS about, NULL AS number, i.code AS code, i.title AS words, s.kind AS what,
           0 AS amount, s.at AS at
    FROM score s JOIN indicator i ON i.id = s.indicator_id
    WHERE s.campaign_id = :campaign AND s.at > :since
    ORDER BY i.id, s.kind"""
_OUTDATED = """
    SELECT 'outdated' AS about, e.number AS number, i.code AS code, e.title AS words, '' AS what,
           r.number AS amount, NULL AS at
    FROM upload_receipt c
    JOIN evidence_revision r ON r.id = c.revision_id
    JOIN evidence e ON e.id = r.evidence_id
    JOIN indicator i ON i.id = c.indicator_id
    WHERE c.campaign_id = :campaign AND (e.withdrawn OR r.number < (
        SELECT max(o.number) FROM evidence_revision o
        WHERE o.evidence_id = e.id AND o.state = 'accepted'))
      AND NOT EXISTS (SELECT 1 FROM upload_receipt l JOIN evidence_revision lr ON lr.id = l.revision_id
          WHERE l.indicator_id = c.indicator_id AND lr.evidence_id = e.id AND lr.number > r.number)
    ORDER BY i.id, e.number"""


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that changed: what it is about, its piece or code, and what happened; ``at`` is UTC."""

    about: str
    number: int | None
    code: str
    words: str
    what: str
    amount: int
    at: datetime | None

    @property
    def name(self) -> str:
        """Return what it is called: a piece's code, else an item's."""
        return f"E{self.number:04d}" if self.number is not None else self.code


def changed_since(
    session: Session, campaign_id: int, since: datetime, day: date, today: date
) -> Iterator[Changed]:
    """Yield what changed after ``since`` (UTC, on the local ``day``): a fixed number of statements.

    What was uploaded and is not the newest any more is always named, whenever that came to be.
    """
    values = {"campaign": campaign_id, "since": since, "day": day, "today": today}
    for sql in (_REVISIONS, _WITHDRAWN, _EXPIRED, _LINKS, _MEASURED, _SCORED, _OUTDATED):
        yield from found_as(session, Changed, sql, values)
