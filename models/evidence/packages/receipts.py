"""Receipts: what of the evidence was put into the application system, for which indicator, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert
from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.database import found_as, run
from models.evidence.packages.package import UploadReceipt
from models.rules.calendar.moment import Moment

_LINES = """
    SELECT DISTINCT i.id AS indicator_id, i.code AS indicator_code, i.title AS indicator,
           e.number, e.title, r.id AS revision_id, r.number AS revision, r.sha256,
           c.uploaded_on, coalesce(c.uploaded_by, '') AS uploaded_by, coalesce(c.note, '') AS note,
           c.id AS receipt_id
    FROM evidence_use u
    LEFT JOIN demand d ON d.id = u.demand_id
    LEFT JOIN assignment a ON a.id = u.assignment_id
    JOIN indicator i ON i.id = coalesce(d.indicator_id, a.indicator_id) AND NOT i.withdrawn
    JOIN evidence e ON e.id = u.evidence_id AND e.campaign_id = :campaign AND NOT e.withdrawn
    JOIN evidence_revision r ON r.evidence_id = e.id
    LEFT JOIN upload_receipt c ON c.revision_id = r.id AND c.indicator_id = i.id
    WHERE NOT u.withdrawn AND (c.id IS NOT NULL OR r.number = (
        SELECT max(o.number) FROM evidence_revision o
        WHERE o.evidence_id = e.id AND o.state = 'accepted'))
    ORDER BY i.id, e.number, r.number"""

_UPDATE = """
    UPDATE upload_receipt SET uploaded_on = :day, uploaded_by = :by, note = :note WHERE id = :id"""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """An accepted revision that an indicator needs uploaded, or one that was; a day where it was."""

    indicator_id: int
    indicator_code: str
    indicator: str
    number: int
    title: str
    revision_id: int
    revision: int
    sha256: str
    uploaded_on: date | None
    uploaded_by: str
    note: str
    receipt_id: int | None

    @property
    def code(self) -> str:
        """Return what the piece is called: E0003."""
        return f"E{self.number:04d}"

    @property
    def said(self) -> tuple[date | None, str, str]:
        """Return what makes one receipt different from another."""
        return self.uploaded_on, self.uploaded_by, self.note


def receipt_lines(session: Session, campaign_id: int) -> list[ReceiptLine]:
    """Return every accepted revision to be uploaded, and every one that was, indicator by indicator.

    A revision that was uploaded and has a successor stands beside it: the system holds the old one.
    """
    return found_as(session, ReceiptLine, _LINES, {"campaign": campaign_id})


def store_receipts(
    session: Session, campaign_id: int, lines: Sequence[ReceiptLine], moment: Moment, by: str
) -> int:
    """Write receipts that are new or were corrected; return how many. A day is never taken away."""
    new = [line for line in lines if line.receipt_id is None and line.uploaded_on]
    rows = [
        {
            "campaign_id": campaign_id,
            "revision_id": line.revision_id,
            "indicator_id": line.indicator_id,
            "uploaded_on": line.uploaded_on,
            "uploaded_by": line.uploaded_by,
            "note": line.note,
        }
        for line in new
    ]
    if rows:
        session.connection().execute(insert(UploadReceipt), rows)
    old = [line for line in lines if line.receipt_id is not None]
    for line in old:
        values = {"day": line.uploaded_on, "by": line.uploaded_by, "note": line.note}
        run(session, _UPDATE, values | {"id": line.receipt_id})
    if lines:
        facts = {"added": len(new), "changed": len(old)}
        record(session, campaign_id, moment, NewEntry(by, "upload-registered", "", facts))
    return len(lines)
