"""Hand the evidence in that a ledger names; what is refused becomes a fault of its row."""

from collections.abc import Sequence
from dataclasses import replace

from models.campaign.campaign import looking_at
from models.errors import CampaignError
from models.evidence.intake.standing import marks_not_judged
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import NewEvidence, PieceTaken, number_of
from models.rules.evidence.words import Via
from models.rules.words import Level
from tasks.evidence.handing_in import hand_in
from tasks.ledgers.outcome import LedgerOutcome
from tasks.ledgers.rows import bad_rows


def hand_in_by_unit(
    slug: str, new: Sequence[NewEvidence], via: Via, moment: Moment
) -> list[PieceTaken | CampaignError]:
    """Hand pieces in, each under the liaison of the unit that provides it; return what came of each.

    Where a unit's could not be taken at all, each of them has the error. The same again changes nothing.
    """
    found: dict[int, PieceTaken | CampaignError] = {}
    for unit in dict.fromkeys(one.provider for one in new):
        own = [number for number, one in enumerate(new) if one.provider == unit]
        by_post = f"{unit}{Level.LIAISON.chinese}"
        try:
            came = hand_in(slug, [new[number] for number in own], by_post, via, moment)
        except CampaignError as error:
            found |= dict.fromkeys(own, error)
        else:
            found |= dict(zip(own, came, strict=True))
    return [found[number] for number in range(len(new))]


def _with_marks(slug: str, pieces: Sequence[PieceTaken]) -> list[PieceTaken]:
    """Return ``pieces``, those that were taken before with the marks that stand."""
    before = {number for one in pieces if not one.changed and (number := number_of(one.code))}
    if not before:
        return list(pieces)
    with looking_at(slug) as (session, campaign):
        marks = marks_not_judged(session, key_of(campaign), before)
    return [
        one if one.changed else replace(one, findings=marks.get(number_of(one.code) or 0, ()))
        for one in pieces
    ]


def hand_pieces(one: LedgerOutcome, moment: Moment) -> None:
    """Hand in the pieces of one ledger for its unit, or the unit that holds their items by now."""
    if not one.pieces or one.name is None:
        return
    new = [replace(said.new, received_id=one.received_id) for said in one.pieces]
    came = hand_in_by_unit(one.name.slug, new, one.file.via, moment)
    told, taken = set[CampaignError](), []
    for said, piece in zip(one.pieces, came, strict=True):
        if isinstance(piece, CampaignError):
            if piece not in told:
                said.row.fault("材料名称", str(piece))
            told.add(piece)
            continue
        taken.append((said, piece))
        if piece.refused:
            said.row.fault("材料名称", piece.refused)
        for note in piece.notes:
            one.opened.note(f"{said.new.place}：{note}")
    one.pieces = [said for said, _ in taken]
    one.taken_pieces = [piece for _, piece in taken]
    if one.begun:
        one.taken_pieces = _with_marks(one.name.slug, one.taken_pieces)
    one.bad_rows = len(bad_rows(one.opened))
