"""Who acknowledged an item: what its page says beside its notices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.database import found_as
from models.notices.acknowledgement import SAID_BY

_ACKNOWLEDGED = f"""
    SELECT k.id, k.by_post, k.note, k.at, k.runs_out, coalesce(u.name, '') AS unit, {SAID_BY} AS audit_id,
           k.ended_at, k.ended_by
    FROM acknowledgement k
    LEFT JOIN assignment a ON k.subject_kind = 'assignment' AND a.id = k.subject_id
    LEFT JOIN unit u ON u.id = a.unit_id
    WHERE k.campaign_id = :campaign AND ({{which}})
    ORDER BY k.id DESC"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class AcknowledgedItem:
    """A post's word that it knows of an item, or of a unit's part; it counts up to ``runs_out``.

    ``audit_id`` is the entry that said it, None where none is known. Once withdrawn
    (``ended_at``, by ``ended_by``) it counts no more.
    """

    id: int
    by_post: str
    note: str
    at: datetime
    runs_out: date
    unit: str
    audit_id: int | None
    ended_at: datetime | None
    ended_by: str


def acknowledged_of(
    session: Session, campaign_id: int, rows: Sequence[tuple[str, int]]
) -> list[AcknowledgedItem]:
    """Return who acknowledged ``rows``, (kind, id) pairs, the newest first; one statement."""
    ids: dict[str, list[str]] = {}
    for kind, id_ in rows:
        ids.setdefault(kind, []).append(str(int(id_)))
    which = " OR ".join(
        f"k.subject_kind = :kind{n} AND k.subject_id IN ({', '.join(each)})"
        for n, each in enumerate(ids.values())
    )
    values = {f"kind{n}": kind for n, kind in enumerate(ids)}
    sql = _ACKNOWLEDGED.format(which=which or "1 = 0")
    return found_as(session, AcknowledgedItem, sql, {"campaign": campaign_id, **values})
