"""What of its own each unit has ready when a campaign is launched; one statement."""

from dataclasses import dataclass

from sqlmodel import Session

from models.database import found_as

# A plan of its own is loaded under this one (plan load --parent), or known by the name of what was handed
# in: 本单位创建方案.
_READY = """
    SELECT u.name,
           EXISTS (SELECT 1 FROM evidence e WHERE e.provider_id = u.id AND NOT e.withdrawn
                     AND e.title LIKE '%方案%')
             OR EXISTS (SELECT 1 FROM campaign c WHERE c.parent_unit_id = u.id
                          AND c.parent_id = :campaign AND c.state <> 'removed') AS plan,
           EXISTS (SELECT 1 FROM ledger_issue l WHERE l.unit_id = u.id) AS ledger_out,
           EXISTS (SELECT 1 FROM received_file f WHERE f.unit_id = u.id AND f.kind = 'ledger'
                     AND f.outcome IN ('taken', 'partly', 'older')) AS ledger_back,
           EXISTS (SELECT 1 FROM post p WHERE p.unit_id = u.id AND p.level = 1 AND NOT p.vacant) AS liaison
    FROM unit u
    WHERE u.campaign_id = :campaign AND NOT u.retired
      AND (EXISTS (SELECT 1 FROM assignment a WHERE a.unit_id = u.id AND NOT a.withdrawn)
        OR NOT EXISTS (SELECT 1 FROM assignment a WHERE a.campaign_id = :campaign AND NOT a.withdrawn))
    ORDER BY u.id"""


@dataclass(frozen=True, slots=True)
class UnitReadiness:
    """What a unit has: a plan of its own handed in, its ledger out and back, a liaison."""

    name: str
    plan: bool
    ledger_out: bool
    ledger_back: bool
    liaison: bool


def units_readiness(session: Session, campaign_id: int) -> list[UnitReadiness]:
    """Return every unit that has a part in the work, every one of the roster while none has; in the plan's order."""
    return found_as(session, UnitReadiness, _READY, {"campaign": campaign_id})
