"""Hand the evidence in that a ledger names; what is refused becomes a fault of its row."""

from dataclasses import replace

from models.errors import CampaignError
from models.rules.calendar.moment import Moment
from models.rules.words import Level
from tasks.evidence.handing_in import hand_in
from tasks.ledgers.outcome import LedgerOutcome


def hand_pieces(one: LedgerOutcome, moment: Moment) -> None:
    """Hand in the pieces of one ledger under its unit's liaison; the same again changes nothing."""
    if not one.pieces or one.name is None:
        return
    new = [replace(said.new, received_id=one.received_id) for said in one.pieces]
    by_post = f"{one.unit}{Level.LIAISON.chinese}"
    try:
        taken = hand_in(one.name.slug, new, by_post, one.file.via, moment)
    except CampaignError as error:
        one.pieces[0].row.fault("材料名称", str(error))
        return
    one.taken_pieces = taken
    for said, piece in zip(one.pieces, taken, strict=True):
        if piece.refused:
            said.row.fault("材料名称", piece.refused)
        for note in piece.notes:
            one.opened.note(f"{said.new.place}：{note}")
    one.bad_rows = len({(each.sheet, each.row) for each in one.opened.faults.places})
