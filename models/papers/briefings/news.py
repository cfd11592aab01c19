"""What was done and is in no issue yet: items, evidence, visits, findings, stages; one statement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.campaign.about import ASSIGNED_CODE
from models.database import found_as, run

FINDING = "finding"
# By the kind of what was done, the more telling first: what is said of it, and what it is counted in.
DEEDS = (
    ("visit", "开展督导检查", "次"),
    (FINDING, "整改销号问题", "个"),
    ("complaint", "办结投诉建议", "件"),
    ("submission", "收到单位报送", "份"),
    ("duty", "完成定期报送", "次"),
    ("document", "形成方案文件", "份"),
    ("drill", "完成模拟评估", "次"),
)
DONE, ACCEPTED, OPENED, CLOSED = "done", "accepted", "stage-opened", "stage-closed"
_KINDS = ", ".join(f"'{kind}'" for kind, _, _ in DEEDS)

_NEWS = f"""
    SELECT 'done' AS what, a.id AS row_id, {ASSIGNED_CODE} AS code, coalesce(w.title, i.title) AS title,
           u.name AS unit, a.done_on AS day
    FROM assignment a JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.state = 'done'
      AND a.done_on BETWEEN :since AND :last
    UNION ALL
    SELECT m.kind, m.id, m.code, m.title, coalesce(u.name, ''), m.done_on
    FROM milestone m LEFT JOIN unit u ON u.id = m.unit_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND m.state = 'done' AND m.kind IN ({_KINDS})
      AND m.done_on BETWEEN :since AND :last
    UNION ALL
    SELECT 'accepted', r.id, CAST(e.number AS VARCHAR), e.title, coalesce(u.name, ''), NULL
    FROM evidence_revision r JOIN evidence e ON e.id = r.evidence_id
    LEFT JOIN unit u ON u.id = e.provider_id
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND r.state = 'accepted'
      AND r.state_at >= :begins AND r.state_at < :ends
    UNION ALL
    SELECT 'stage-opened', s.id, '', s.name, '', s.opened_on FROM stage s
    WHERE s.campaign_id = :campaign AND s.opened_on BETWEEN :since AND :last
    UNION ALL
    SELECT 'stage-closed', s.id, '', s.name, '', s.closed_on FROM stage s
    WHERE s.campaign_id = :campaign AND s.closed_on BETWEEN :since AND :last
    ORDER BY day, what, row_id"""  # noqa: S608

_COMING = """
    SELECT count(*) FROM assignment
    WHERE campaign_id = :campaign AND NOT withdrawn AND state IN ('open', 'started')
      AND due > :last AND due <= :ahead"""

_BEGUN = "SELECT min(first), max(CASE WHEN state = 'issued' THEN last END) FROM briefing WHERE campaign_id = :campaign AND state <> 'draft'"


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One thing that was done: what it is, by which row, whose and when."""

    what: str
    row_id: int
    code: str
    title: str
    unit: str
    day: date | None

    @property
    def key(self) -> str:
        """Return what an issue that tells it keeps: a day that is corrected makes no other thing of it.

        A finding that came back is closed again, which is another thing.
        """
        said = f"{self.what}:{self.row_id}"
        return f"{said}:{self.day}" if self.what == FINDING else said

    def is_told(self, claimed: Collection[str]) -> bool:
        """Say whether one of the keys ``claimed`` is its own, or that of an earlier version, which had the day in it."""
        return self.key in claimed or f"{self.what}:{self.row_id}:{self.day or ''}" in claimed


def news_rows(
    session: Session, campaign_id: int, days: tuple[date, date], instants: tuple[datetime, datetime]
) -> Sequence[NewsRow]:
    """Return what was done on ``days`` (both in), of what has an instant between ``instants``, by day."""
    since, last = days
    begins, ends = instants
    values = {
        "campaign": campaign_id,
        "since": since,
        "last": last,
        "begins": begins,
        "ends": ends,
    }
    return found_as(session, NewsRow, _NEWS, values)


def coming_parts(session: Session, campaign_id: int, last: date, ahead: date) -> int:
    """Return how many parts are due after ``last`` until ``ahead`` and not finished."""
    values = {"campaign": campaign_id, "last": last, "ahead": ahead}
    return int(run(session, _COMING, values).scalar_one())


def issued_days(session: Session, campaign_id: int) -> tuple[str | date | None, str | date | None]:
    """Return the first day of the first issue, and the last day of the newest that counts; None before any."""
    first, last = run(session, _BEGUN, {"campaign": campaign_id}).one()
    return first, last
