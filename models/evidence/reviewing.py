"""Which demands have evidence that was accepted and still holds, and which have not, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.database import run
from models.evidence.covering import with_evidence
from models.evidence.evidence import Evidence, EvidenceRevision
from models.rules.evidence.pieces import number_of
from models.rules.evidence.words import EvidenceState

# A piece proves a demand when it names it, or when it proves a unit's part in an item that has no other
# demand: of several it does not say which. An item that is 不适用 for everyone asks for nothing.
_UNREVIEWED = """
    WITH item AS (
        SELECT d.id, coalesce(i.code, 'W' || w.ordinal) AS code, d.ordinal, d.text,
               d.indicator_id, d.work_item_id, w.ordinal AS work, i.id AS place,
               d.campaign_id,
               count(*) OVER (PARTITION BY d.indicator_id, d.work_item_id) AS demands
        FROM demand d
        LEFT JOIN indicator i ON i.id = d.indicator_id
        LEFT JOIN work_item w ON w.id = d.work_item_id
        WHERE d.campaign_id IN :these AND NOT d.withdrawn AND d.needs_evidence
          AND NOT coalesce(i.withdrawn, w.withdrawn)),
    piece AS (
        SELECT x.demand_id, x.assignment_id, r.state,
               CASE WHEN e.expires_on < :today THEN 1 ELSE 0 END AS expired
        FROM evidence_use x
        JOIN evidence e ON e.id = x.evidence_id AND NOT e.withdrawn
        JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
        WHERE e.campaign_id IN :these AND NOT x.withdrawn),
    proof AS (
        SELECT demand_id, state, expired FROM piece WHERE demand_id IS NOT NULL
        UNION ALL
        SELECT item.id, piece.state, piece.expired
        FROM piece
        JOIN assignment a ON a.id = piece.assignment_id AND NOT a.withdrawn
        JOIN item ON item.demands = 1 AND item.indicator_id = a.indicator_id
        UNION ALL
        SELECT item.id, piece.state, piece.expired
        FROM piece
        JOIN assignment a ON a.id = piece.assignment_id AND NOT a.withdrawn
        JOIN item ON item.demands = 1 AND item.work_item_id = a.work_item_id),
    had AS (
        SELECT demand_id,
               sum(CASE WHEN state = 'accepted' AND expired = 0 THEN 1 ELSE 0 END) AS accepted,
               sum(CASE WHEN state = 'accepted' AND expired = 1 THEN 1 ELSE 0 END) AS expired,
               sum(CASE WHEN state = 'submitted' THEN 1 ELSE 0 END) AS waiting,
               sum(CASE WHEN state = 'returned' THEN 1 ELSE 0 END) AS returned
        FROM proof GROUP BY demand_id)
    SELECT item.code, item.ordinal, item.text, coalesce(had.expired, 0) AS expired,
           coalesce(had.waiting, 0) AS waiting, coalesce(had.returned, 0) AS returned,
           item.campaign_id
    FROM item LEFT JOIN had ON had.demand_id = item.id
    WHERE coalesce(had.accepted, 0) = 0
      AND (NOT EXISTS (SELECT 1 FROM assignment a WHERE NOT a.withdrawn
               AND (a.indicator_id = item.indicator_id OR a.work_item_id = item.work_item_id))
           OR EXISTS (SELECT 1 FROM assignment a WHERE NOT a.withdrawn AND a.state <> 'dropped'
               AND (a.indicator_id = item.indicator_id OR a.work_item_id = item.work_item_id)))
    ORDER BY item.work, item.place, item.ordinal"""


@dataclass(frozen=True, slots=True)
class UnreviewedDemand:
    """A demand that needs evidence and has none that was accepted and still holds; what there is instead."""

    code: str
    ordinal: int
    text: str
    expired: int
    waiting: int
    returned: int

    @property
    def name(self) -> str:
        """Return what it is called: 1.1.3#2."""
        return f"{self.code}#{self.ordinal}"

    @property
    def why(self) -> str:
        """Return what there is instead, in words."""
        found = [
            f"{count} 份{words}"
            for count, words in (
                (self.waiting, "已报，等待审核"),
                (self.returned, "已退回"),
                (self.expired, "已通过而有效期已过"),
            )
            if count
        ]
        return "；".join(found) or "没有材料"


def unreviewed_demands(
    session: Session, campaign_id: int, today: date
) -> list[UnreviewedDemand] | None:
    """Return the demands that still wait for a piece to be accepted, in the plan's order; two statements.

    None before the first piece of the campaign came in, as `unproved_parts`.
    """
    return all_unreviewed_demands(session, [campaign_id], today).get(campaign_id)


def all_unreviewed_demands(
    session: Session, campaign_ids: Sequence[int], today: date
) -> dict[int, list[UnreviewedDemand]]:
    """Return what `unreviewed_demands` does of each campaign; two statements for all of them."""
    found: dict[int, list[UnreviewedDemand]] = {
        one: [] for one in with_evidence(session, campaign_ids)
    }
    if found:
        values = {"these": tuple(found), "today": today}
        for *said, one in run(session, _UNREVIEWED, values):
            found[one].append(UnreviewedDemand(*said))
    return found


def drafts_among(session: Session, campaign_id: int, codes: Sequence[str]) -> list[str]:
    """Return which of ``codes`` are drafts, in their order; one statement."""
    query = (
        select(Evidence)
        .join(EvidenceRevision, col(EvidenceRevision.evidence_id) == Evidence.id)
        .where(
            Evidence.campaign_id == campaign_id,
            col(Evidence.number).in_({number_of(code) or 0 for code in codes}),
            col(EvidenceRevision.number) == Evidence.latest,
            EvidenceRevision.state == EvidenceState.DRAFT,
        )
        .order_by(col(Evidence.number))
    )
    return [one.code for one in session.exec(query)]
