"""Evidence that came after its ledger: which ledgers still lack a file, and whose a file may be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from models.database import found_as, run
from models.evidence.intake.received import ReceivedFile
from models.rules.evidence.ledger_words import LACKS
from models.units.unit import Unit

_LACKING = f"""
    SELECT f.id, f.received_at, f.sender, u.name AS unit, f.unit_id, f.name, f.version, f.detail, f.sha256,
           NOT EXISTS (SELECT 1 FROM received_file o
               WHERE o.campaign_id = f.campaign_id AND o.unit_id = f.unit_id AND o.kind = 'ledger'
                 AND o.outcome IN ('taken', 'partly', 'older') AND o.id > f.id) AS newest
    FROM received_file f JOIN unit u ON u.id = f.unit_id
    WHERE f.campaign_id = :campaign AND f.kind = 'ledger' AND f.outcome IN ('partly', 'older')
      AND f.detail LIKE '%{LACKS}%'
    ORDER BY f.id DESC"""  # noqa: S608

_PROVIDED = """
    SELECT DISTINCT u.name, r.file_name
    FROM evidence e JOIN evidence_revision r ON r.evidence_id = e.id JOIN unit u ON u.id = e.provider_id
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND r.file_name <> ''"""


@dataclass(frozen=True, slots=True)
class LackingLedger:
    """A ledger that came back and named a file that had not come; ``newest`` of its unit's.

    ``detail`` is what its sender was told, the names of what lacks among it.
    """

    id: int
    received_at: datetime  # UTC
    sender: str
    unit: str
    unit_id: int
    name: str
    version: int | None
    detail: str
    sha256: str
    newest: bool


def lacking_ledgers(session: Session, campaign_id: int) -> list[LackingLedger]:
    """Return the ledgers of a campaign that named a file that was not there, the newest first."""
    return found_as(session, LackingLedger, _LACKING, {"campaign": campaign_id})


def units_of_senders(
    session: Session, campaign_id: int, senders: Collection[str]
) -> dict[str, list[str]]:
    """Return the names of the units whose ledgers each of ``senders`` handed in; one statement."""
    query = (
        select(col(ReceivedFile.sender), col(Unit.name))
        .join(Unit, col(Unit.id) == col(ReceivedFile.unit_id))
        .where(
            col(ReceivedFile.campaign_id) == campaign_id,
            col(ReceivedFile.kind) == "ledger",
            col(ReceivedFile.outcome).in_(("taken", "partly", "older")),
            col(ReceivedFile.sender).in_([one for one in senders if one]),
        )
        .distinct()
        .order_by(col(ReceivedFile.sender), col(Unit.name))
    )
    found: dict[str, list[str]] = {}
    for sender, unit in session.connection().execute(query):
        found.setdefault(sender, []).append(unit)
    return found


def place_files(session: Session, units: Mapping[int, int]) -> None:
    """Write down whose files are that came before, by their ids; what is known of one stands."""
    if units:
        statement = (
            update(ReceivedFile)
            .where(col(ReceivedFile.id) == bindparam("row"), col(ReceivedFile.unit_id).is_(None))
            .values(unit_id=bindparam("of"))
        )
        rows = [{"row": id_, "of": unit_id} for id_, unit_id in units.items()]
        session.connection().execute(statement, rows)


def note_attached(session: Session, words: Mapping[int, tuple[str, int]]) -> None:
    """Write down that files were taken by a ledger that had come before: the words and the unit, by id."""
    if words:
        statement = (
            update(ReceivedFile)
            .where(col(ReceivedFile.id) == bindparam("row"))
            .values(detail=bindparam("said"), unit_id=bindparam("of"))
        )
        rows = [{"row": id_, "said": said, "of": unit} for id_, (said, unit) in words.items()]
        session.connection().execute(statement, rows)


def files_of_units(session: Session, campaign_id: int) -> list[tuple[str, str]]:
    """Return the names of the files that units provided, each with its unit; one statement."""
    return [(unit, name) for unit, name in run(session, _PROVIDED, {"campaign": campaign_id})]
