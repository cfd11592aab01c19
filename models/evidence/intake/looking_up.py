"""What came in, looked up: each file with its outcome, what waits for its ledger, which ledgers are back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.database import found_as

# Evidence that came in as the file `f`, and that no ledger and nobody has registered; of no campaign: nowhere.
# What was sent for the briefing and stands among its items waits for nothing.
WAITS = """(f.kind = 'evidence' AND f.outcome = 'taken' AND NOT EXISTS (
               SELECT 1 FROM submission_receipt o WHERE o.received_id = f.id AND NOT o.withdrawn
               UNION ALL
               SELECT 1 FROM evidence_revision r JOIN evidence e ON e.id = r.evidence_id
               WHERE r.sha256 = f.sha256
                 AND (f.campaign_id IS NULL OR e.campaign_id = f.campaign_id))
           AND NOT EXISTS (SELECT 1 FROM briefing_item g
               WHERE g.campaign_id = f.campaign_id AND g.file_sha256 = f.sha256))"""
_RECEIVED = f"""
    SELECT f.id, f.received_at, f.via, f.sender, coalesce(u.name, '') AS unit, f.name, f.kind, f.version,
           f.outcome, f.detail, f.returned_sha256, f.sha256,
           {WAITS} AS waits
    FROM received_file f LEFT JOIN unit u ON u.id = f.unit_id
    WHERE {{whose}} {{which}}
    ORDER BY f.received_at, f.id"""  # noqa: S608

_OUT = """
    SELECT u.name AS unit, l.version, l.issued_at,
           EXISTS (SELECT 1 FROM received_file f
                   WHERE f.campaign_id = l.campaign_id AND f.unit_id = l.unit_id
                     AND f.kind = 'ledger' AND f.version = l.version
                     AND f.outcome IN ('taken', 'partly', 'older', 'repeated')) AS back
    FROM ledger_issue l JOIN unit u ON u.id = l.unit_id
    WHERE l.campaign_id = :campaign AND NOT u.retired {which}
      AND l.version = (SELECT max(o.version) FROM ledger_issue o
                       WHERE o.campaign_id = l.campaign_id AND o.unit_id = l.unit_id)
    ORDER BY u.id"""


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """A file that came in; ``waits``: evidence that no ledger and nobody has registered yet.

    ``detail`` is what its sender was told; ``returned_sha256`` the marked copy that went back.
    """

    id: int
    received_at: datetime  # UTC
    via: str
    sender: str
    unit: str
    name: str
    kind: str
    version: int | None
    outcome: str
    detail: str
    returned_sha256: str
    sha256: str
    waits: bool


@dataclass(frozen=True, slots=True)
class LedgerOut:
    """The ledger that went out last to a unit; ``back`` once the unit answered that version."""

    unit: str
    version: int
    issued_at: datetime  # UTC
    back: bool


def received_lines(
    session: Session,
    campaign_id: int | None,
    *,
    since: datetime | None = None,
    before: datetime | None = None,
    unit_id: int | None = None,
    waiting: bool = False,
) -> list[ReceivedLine]:
    """Return what came in, in the order it came; one statement. Of no campaign: without what is secret.

    From the instant ``since`` on, ``before`` another, of one unit, and only the evidence that no ledger
    and nobody has registered (``waiting``), where these are asked for.
    """
    asked = (
        ("since", "f.received_at >= :since", since),
        ("before", "f.received_at < :before", before),
        ("unit", "f.unit_id = :unit", unit_id),
    )
    which = "".join(f" AND {words}" for _, words, value in asked if value is not None)
    which += f" AND {WAITS}" if waiting else ""
    values = {name: value for name, _, value in asked if value is not None}
    whose = "f.campaign_id IS NULL AND f.outcome <> 'secret'"
    if campaign_id is not None:
        whose, values = "f.campaign_id = :campaign", values | {"campaign": campaign_id}
    return found_as(session, ReceivedLine, _RECEIVED.format(whose=whose, which=which), values)


def ledgers_out(
    session: Session, campaign_id: int, *, unit_id: int | None = None
) -> list[LedgerOut]:
    """Return the newest ledger of each unit that has one and still exists, in the units' fixed order."""
    which = "" if unit_id is None else "AND l.unit_id = :unit"
    values = {"campaign": campaign_id, **({} if unit_id is None else {"unit": unit_id})}
    return found_as(session, LedgerOut, _OUT.format(which=which), values)
