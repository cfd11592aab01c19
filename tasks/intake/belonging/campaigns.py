"""Of which campaign files are where several are under way: as their ledgers, or somebody, made certain."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session

from models.campaign.campaign import campaigns
from models.evidence.intake.looking_up import received_lines
from models.evidence.intake.placing import Placed, place_in_campaigns
from models.keys import key_of
from models.rules.calendar.moment import Moment
from tasks.intake.arrived import TakenIn
from tasks.intake.belonging.addresses import units_at
from tasks.intake.belonging.waiting import Waits, WaitsInOne
from tasks.intake.parts import ReceivedPart

WAITS = "已留存；请在台账“证明材料”表里写上这个文件名，把台账一并发来，或由创建办登记"


def campaigns_meant(session: Session, certain: int | None) -> list[int]:
    """Return the campaign that is ``certain``, or all that are under way."""
    return [certain] if certain else [key_of(one) for one in campaigns(session)]


def waits_for(
    session: Session, certain: int | None, senders: Collection[str], earlier: Collection[int]
) -> Waits:
    """Return what ledgers of ``senders`` may name; a few statements for each campaign that may be meant."""
    by_campaign: dict[int | None, WaitsInOne] = {
        id_: WaitsInOne(received_lines(session, id_, waiting=True), units_at(session, id_, senders))
        for id_ in campaigns_meant(session, certain)
    }
    return Waits(by_campaign, earlier, received_lines(session, None, waiting=True))


def campaigns_by_part(
    parts: Sequence[ReceivedPart], results: Sequence[TakenIn], certain: int | None
) -> list[int | None]:
    """Return the campaign of each file: as its ledger says, or the ledgers of its batch, which must agree."""
    if certain:
        return [certain] * len(parts)
    by_batch: dict[str, set[int]] = {}
    of_piece: dict[str, set[int]] = {}
    for part, one in zip(parts, results, strict=True):
        if one.campaign_id:
            by_batch.setdefault(part.file.batch, set()).add(one.campaign_id)
            for sha256 in one.pieces:
                of_piece.setdefault(sha256, set()).add(one.campaign_id)
    by_batch.pop("", None)  # came alone
    return [
        one.campaign_id
        or _only(of_piece.get(part.sha256, ()))
        or _only(by_batch.get(part.file.batch, ()))
        for part, one in zip(parts, results, strict=True)
    ]


def place_known(session: Session, of: Mapping[int, int | None], moment: Moment) -> int:
    """Write down the campaigns of files, by their ids, that had none; return how many."""
    known = {row: campaign_id for row, campaign_id in of.items() if campaign_id}
    return place_in_campaigns(session, known, Placed(moment, WAITS))


def _only(found: Collection[int]) -> int | None:
    return next(iter(found)) if len(found) == 1 else None
