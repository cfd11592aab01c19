"""What was done in a year and in the one before, row by row: two statements whatever the size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from models.campaign.about import ASSIGNED_CODE
from models.database import found_as

_PARTS = """
    FROM assignment a JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn"""
_NAMED = f"{ASSIGNED_CODE}, coalesce(w.title, i.title), u.name"
_TRAINING = " OR ".join(
    f"coalesce(w.title, i.title) LIKE '%{word}%'"
    for word in ("培训", "轮训", "学习", "学法", "宣讲")
)

# Words of our own only, no value of anybody's.
_DATED = f"""
    SELECT 'done' AS key, {ASSIGNED_CODE} AS code, coalesce(w.title, i.title) AS title, u.name AS unit,
           a.done_on AS day {_PARTS} AND a.state = 'done' AND a.done_on BETWEEN :first AND :last
    UNION ALL
    SELECT 'training', {_NAMED}, a.done_on {_PARTS} AND a.state = 'done' AND ({_TRAINING})
      AND a.done_on BETWEEN :first AND :last
    UNION ALL
    SELECT 'training', 'T' || t.number, '法律知识测试，' || count(c.id) || ' 人参加', '', t.held_on
    FROM law_test t JOIN law_candidate c ON c.test_id = t.id AND c.mark IS NOT NULL AND NOT c.withdrawn
    WHERE t.campaign_id = :campaign AND t.held_on BETWEEN :first AND :last
    GROUP BY t.id, t.number, t.held_on
    UNION ALL
    SELECT 'late', {_NAMED}, a.due {_PARTS} AND a.due BETWEEN :first AND :until
      AND (a.state IN ('open', 'started')
           OR a.state = 'done' AND a.done_on > CASE WHEN a.due <= :before THEN :before ELSE :by END)
    UNION ALL
    SELECT m.kind, m.code, m.title, coalesce(u.name, ''), m.done_on
    FROM milestone m LEFT JOIN unit u ON u.id = m.unit_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn AND m.state = 'done'
      AND m.kind IN ('visit', 'finding', 'complaint', 'submission', 'duty', 'document', 'drill')
      AND m.done_on BETWEEN :first AND :last
    UNION ALL
    SELECT 'stage', '', s.name, '', s.closed_on FROM stage s
    WHERE s.campaign_id = :campaign AND s.closed_on BETWEEN :first AND :last
    UNION ALL
    SELECT 'briefing', CAST(b.number AS VARCHAR), '简报', '', b.issued_on FROM briefing b
    WHERE b.campaign_id = :campaign AND b.state = 'issued' AND b.issued_on BETWEEN :first AND :last
    UNION ALL
    SELECT 'decision', CAST(d.id AS VARCHAR), coalesce(s.name, ''), coalesce(d.answered_by, ''), d.closed_on
    FROM decision d LEFT JOIN stage s ON s.id = d.stage_id
    WHERE d.campaign_id = :campaign AND d.answer IS NOT NULL AND d.answer <> ''
      AND d.closed_on BETWEEN :first AND :last
    ORDER BY key, day, code, unit"""  # noqa: S608

_INSTANTS = """
    SELECT e.number, e.title, coalesce(u.name, '') AS unit, r.number AS revision, r.received_at,
           CASE WHEN r.state = 'accepted' THEN r.state_at END AS accepted_at
    FROM evidence_revision r JOIN evidence e ON e.id = r.evidence_id
    LEFT JOIN unit u ON u.id = e.provider_id
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND r.state <> 'draft'
      AND (r.received_at >= :begins AND r.received_at < :ends
           OR r.state_at >= :begins AND r.state_at < :ends)
    ORDER BY e.number, r.number"""


@dataclass(frozen=True, slots=True)
class YearRow:
    """One thing that counts for a figure: its code, what it is, whose, and on which day."""

    key: str
    code: str
    title: str
    unit: str
    day: date


@dataclass(frozen=True, slots=True)
class _Revision:
    number: int
    title: str
    unit: str
    revision: int
    received_at: datetime
    accepted_at: datetime | None


def year_rows(
    session: Session,
    campaign_id: int,
    year: int,
    today: date,
    instants: tuple[datetime, datetime],
) -> Sequence[YearRow]:
    """Return what counts for the figures of ``year`` and of the year before, by figure and day.

    ``instants`` are the beginning of the year before and the end of ``year``. Late is what was not done when its
    year ended, or until ``today`` where that is earlier.
    """
    first, last = date(year - 1, 1, 1), date(year, 12, 31)
    values = {
        "campaign": campaign_id,
        "first": first,
        "last": last,
        "before": date(year - 1, 12, 31),
        "until": min(last, today - timedelta(days=1)),  # due today is not late
        "by": min(last, today),  # and what was done today is done
    }
    rows = found_as(session, YearRow, _DATED, values)
    begins, ends = instants
    revisions = found_as(
        session, _Revision, _INSTANTS, {"campaign": campaign_id, "begins": begins, "ends": ends}
    )
    return [*rows, *_of_evidence(revisions, instants)]


def _of_evidence(
    revisions: Iterable[_Revision], instants: tuple[datetime, datetime]
) -> Iterable[YearRow]:
    begins, ends = instants
    for one in revisions:
        code, title = f"E{one.number:04d}", f"{one.title}（第 {one.revision} 版）"
        for key, at in (("handed", one.received_at), ("accepted", one.accepted_at)):
            if at and begins <= at < ends:
                yield YearRow(key, code, title, one.unit, at.astimezone(begins.tzinfo).date())
