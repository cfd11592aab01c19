"""Take files in that came after the ledger that names them: by its own row, without the ledger again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from models.campaign.campaign import Campaign, looking_at
from models.errors import CampaignError
from models.evidence.ledgers.issues import every_part
from models.evidence.listing import EvidenceLine, evidence_lines
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import NewEvidence, PieceTaken
from models.units.succession import units_gone
from tasks.intake.arrived import Arrived
from tasks.ledgers.guessing.whose import name_by_rows
from tasks.ledgers.handing import hand_in_by_unit
from tasks.ledgers.holders import Holders
from tasks.ledgers.identifying import identify, open_ledgers
from tasks.ledgers.outcome import LedgerOutcome
from tasks.ledgers.piece_rows import PieceRows, by_plain_name, plain_file


@dataclass(frozen=True, slots=True)
class LateFile:
    """A file that came late, by the id of its arrival."""

    received_id: int
    sha256: str
    file: Arrived


@dataclass(frozen=True, slots=True)
class LatePiece:
    """What came of a file that came late; ``place`` is the row of the ledger that names it."""

    place: str
    taken: PieceTaken


def take_late(
    ledger: Arrived, files: Sequence[LateFile], moment: Moment, *, newest: bool
) -> dict[int, LatePiece]:
    """Hand in those of ``files`` that a row of ``ledger`` names, by the ids of their arrivals.

    Nothing else of the ledger is taken again. A row that was met by another file meanwhile is left alone,
    and one that revises a piece counts only in the ``newest`` ledger of its unit. The same again changes
    nothing. A ledger that cannot be read, or a closed campaign, takes nothing in.
    """
    one = LedgerOutcome(ledger)
    open_ledgers([one])
    name_by_rows(None, [one])
    if one.refused or one.name is None:
        return {}
    try:
        with looking_at(one.name.slug) as (session, campaign):
            new = _named(session, campaign, one, files, moment)
            lines = evidence_lines(session, key_of(campaign))
        wanted = [
            (late, piece) for late, piece in new if _still_lacks(piece, late, lines, newest=newest)
        ]
        if not wanted:
            return {}
        pieces = [replace(piece, received_id=late.received_id) for late, piece in wanted]
        taken = hand_in_by_unit(one.name.slug, pieces, files[0].file.via, moment)
    except CampaignError:
        return {}
    return {
        late.received_id: LatePiece(piece.place, came)
        for (late, piece), came in zip(wanted, taken, strict=True)
        if not isinstance(came, CampaignError)
    }


def _named(
    session: Session,
    campaign: Campaign,
    one: LedgerOutcome,
    files: Sequence[LateFile],
    moment: Moment,
) -> list[tuple[LateFile, NewEvidence]]:
    campaign_id = key_of(campaign)
    identify(session, campaign, [one], moment.today)
    if one.refused:
        return []
    parts = {part.id: part for part in every_part(session, campaign_id)}
    holders = Holders(parts, units_gone(session, campaign_id))
    rows = PieceRows(one.opened, one.sent_to, holders)
    came = by_plain_name([late.file for late in files])
    said = rows.pieces(lambda name: came.get(plain_file(name), []), {})
    own: Mapping[str, LateFile] = {plain_file(late.file.name): late for late in files}
    return [
        (own[plain_file(each.new.file_name)], each.new)
        for each in said
        if each.new.content is not None
    ]


def _still_lacks(
    piece: NewEvidence, late: LateFile, lines: Sequence[EvidenceLine], *, newest: bool
) -> bool:
    if piece.code:
        return newest
    met = {
        line.sha256 for line in lines if line.title == piece.title and line.unit == piece.provider
    }
    return not met - {"", late.sha256}
