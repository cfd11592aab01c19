"""What every part of a unit is asked to show, what was handed in for it, and what became of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.database import found_as
from models.evidence.shown.proof import PROOF
from models.rules.evidence.asked import AskedDemand, AskedPiece, PartAsked

# A row for each demand of a part; one row where its item has none.
_PARTS = f"""
    WITH {PROOF}
    SELECT a.id, u.name AS unit, coalesce('W' || w.ordinal, i.code) AS code,
           coalesce(w.title, i.title) AS title, a.state, n.id IS NOT NULL AS needs,
           CASE WHEN a.state = 'started' THEN a.done_on END AS reported_on,
           coalesce(d.ordinal, 0) AS ordinal, coalesce(d.text, '') AS text,
           coalesce(d.needs_evidence, false) AS shown
    FROM assignment a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN needing n ON n.id = a.id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN demand d ON NOT d.withdrawn AND d.campaign_id = :campaign
         AND (d.indicator_id = a.indicator_id OR d.work_item_id = a.work_item_id)
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND EXISTS (SELECT 1 FROM piece) {{which}}
    ORDER BY u.id, coalesce(w.ordinal, 1000000), i.id, a.id, d.ordinal"""  # noqa: S608

# A row for each use that a piece has for a part; 0 where it proves the part as a whole.
_PIECES = f"""
    WITH {PROOF}
    SELECT v.part, e.number, e.title, v.state, r.reason, e.promised_on, e.expires_on,
           coalesce(d.ordinal, 0) AS demand
    FROM proof v
    JOIN assignment a ON a.id = v.part AND NOT a.withdrawn
    JOIN evidence e ON e.id = v.piece
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    JOIN evidence_use x ON x.evidence_id = e.id AND NOT x.withdrawn
    LEFT JOIN demand d ON d.id = x.demand_id
    WHERE (x.assignment_id = v.part OR d.indicator_id = a.indicator_id
           OR d.work_item_id = a.work_item_id) {{which}}
    ORDER BY v.part, e.number, demand"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class _PartRow:
    id: int
    unit: str
    code: str
    title: str
    state: str
    needs: bool
    reported_on: date | None
    ordinal: int
    text: str
    shown: bool


@dataclass(frozen=True, slots=True)
class _PieceRow:
    part: int
    number: int
    title: str
    state: str
    reason: str
    promised_on: date | None
    expires_on: date | None
    demand: int


def parts_asked(
    session: Session,
    campaign_id: int,
    today: date,
    *,
    unit_id: int | None = None,
    parts: Sequence[int] | None = None,
) -> dict[int, PartAsked]:
    """Return every part with what is asked and what was handed in, as it stands on ``today``, by its id.

    They come in the plan's order: of one unit where it is given, or of those ``parts``. Empty before the
    first piece of the campaign came in. Two statements at any size.
    """
    which, known = "", {"campaign": campaign_id, "unit": unit_id, "today": today}
    values = known | {"these": (campaign_id,)}
    if unit_id is not None:
        which += " AND a.unit_id = :unit"
    if parts is not None:
        which += f" AND a.id IN ({', '.join(str(int(one)) for one in parts) or 'NULL'})"
    rows = found_as(session, _PartRow, _PARTS.format(which=which), values)
    pieces = _pieces(found_as(session, _PieceRow, _PIECES.format(which=which), values))
    demands: dict[int, list[AskedDemand]] = {}
    for row in rows:
        if row.ordinal:
            demands.setdefault(row.id, []).append(AskedDemand(row.ordinal, row.text, row.shown))
    return {
        row.id: PartAsked(
            row.unit,
            row.code,
            row.title,
            row.state,
            row.needs,
            row.reported_on,
            tuple(demands.get(row.id, ())),
            tuple(pieces.get(row.id, {}).values()),
        )
        for row in rows
    }


def _pieces(rows: Sequence[_PieceRow]) -> Mapping[int, dict[int, AskedPiece]]:
    found: dict[int, dict[int, AskedPiece]] = {}
    for row in rows:
        mine = found.setdefault(row.part, {})
        known = mine.get(row.number)
        mine[row.number] = AskedPiece(
            row.number,
            row.title,
            row.state,
            row.reason,
            row.promised_on,
            row.expires_on,
            (*(known.demands if known else ()), row.demand),
        )
    return found
