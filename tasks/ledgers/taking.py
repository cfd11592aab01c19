"""Take ledgers in: good rows at once, bad ones back in a marked copy, disagreements side by side."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from models.audit.chain import NewEntry, record_all
from models.campaign.campaign import begins_on, require_open, writing_to
from models.errors import CampaignError
from models.evidence.ledgers.conflicts import NewConflict, store_conflicts
from models.evidence.ledgers.files import CameBack, known_keys, store_received
from models.evidence.ledgers.issues import LedgerPart, every_part
from models.evidence.listing import evidence_lines
from models.evidence.vault.keeping import keep
from models.keys import key_of
from models.loading.progress import Change, store_changes
from models.rules.calendar.moment import Moment
from models.rules.words import Level
from models.units.succession import units_gone
from tasks.intake.arrived import Arrived, TakenIn
from tasks.ledgers.guessing.whose import name_by_rows
from tasks.ledgers.handing import hand_pieces
from tasks.ledgers.holders import Holders
from tasks.ledgers.identifying import identify, open_ledgers, require_same_campaign
from tasks.ledgers.marking import marked_copy
from tasks.ledgers.numbers.rows import numbers_kept
from tasks.ledgers.numbers.taking import read_numbers, store_numbers
from tasks.ledgers.outcome import LedgerOutcome, taken_in
from tasks.ledgers.piece_rows import (
    FindFile,
    PieceRows,
    by_plain_name,
    nothing_waits,
    plain_file,
)
from tasks.ledgers.rows import AtOdds, LedgerRows
from tasks.ledgers.sheets import OVERVIEW
from tasks.lists.taking import without_pauses

KEPT_AT_ONCE = 8


def take_ledger(
    slug: str | None,
    file: Arrived,
    beside: Sequence[Arrived],
    moment: Moment,
    *,
    received_id: int | None = None,
) -> TakenIn:
    """Take one ledger in, as `take_ledgers` does; ``beside`` are the files that came along with it."""
    return take_ledgers(slug, [LedgerBack(file, beside, received_id)], moment)[0]


@dataclass(frozen=True, slots=True)
class LedgerBack:
    """A ledger that came back, the files beside it, and the row of the arrival where there is one.

    ``waiting`` finds by its name what came before the ledger; asked only for what is not beside it.
    ``begun``: an earlier run took it in and did not come to its end; what it registered stands.
    """

    file: Arrived
    beside: Sequence[Arrived] = ()
    received_id: int | None = None
    waiting: FindFile = nothing_waits
    begun: bool = False


def take_ledgers(slug: str | None, returned: Sequence[LedgerBack], moment: Moment) -> list[TakenIn]:
    """Take ledgers in, in their order, and return what became of each; never raises for what is in one.

    What good rows say is registered in one transaction for all of a campaign; rows with a fault are
    named by sheet, row and column and go back in a marked copy. A field that was registered otherwise
    since the ledger went out is not touched: both stand side by side. Evidence is handed in afterwards.
    The same files again change nothing; killed midway, the same call takes the rest.
    """
    with without_pauses():
        return _take_all(slug, returned, moment)


def _take_all(slug: str | None, returned: Sequence[LedgerBack], moment: Moment) -> list[TakenIn]:
    outcomes = [
        LedgerOutcome(b.file, b.beside, b.received_id, b.waiting, begun=b.begun) for b in returned
    ]
    open_ledgers(outcomes)
    name_by_rows(slug, outcomes)
    by_campaign: dict[str, list[LedgerOutcome]] = {}
    for one in outcomes:
        if one.name and not one.refused:
            by_campaign.setdefault(one.name.slug, []).append(one)
    for named, own in by_campaign.items():
        try:
            _take(slug, named, own, moment)
        except CampaignError as error:
            for one in own:
                one.refused = [str(error)]
    for one in outcomes:
        if not one.refused:
            hand_pieces(one, moment)
    return [taken_in(one, marked_copy(one)) for one in outcomes]


def _take(slug: str | None, named: str, own: Sequence[LedgerOutcome], moment: Moment) -> None:
    """Take the ledgers of one campaign in, in one transaction."""
    with writing_to(slug) if slug else writing_to(named) as (session, campaign):
        require_same_campaign(session, campaign, named)
        require_open(campaign)
        campaign_id = key_of(campaign)
        known = known_keys(session, [one.file.key for one in own])
        for one in own:
            one.repeated = one.received_id is None and one.file.key in known
        identify(session, campaign, own, moment.today)
        readable = [one for one in own if not one.refused]
        parts = {part.id: part for part in every_part(session, campaign_id)}
        holders = Holders(parts, units_gone(session, campaign_id))
        begins = begins_on(session, campaign_id)
        handed, numbers = _handed(session, campaign_id), numbers_kept(session, campaign_id)
        changes: list[Change] = []
        for one in readable:
            _read(one, holders, handed, moment.today, begins)
            read_numbers(one, numbers, holders, moment.today)
            one.refused = list(one.opened.faults.loose)
            if not one.refused:
                changes += _changes(one, parts)
        taken = [one for one in readable if not one.refused]
        _receive(session, campaign_id, taken, known)
        store_changes(session, campaign_id, changes, moment=moment)
        store_numbers(session, campaign_id, taken, moment)
        _keep_disagreements(session, campaign_id, taken, moment)
        _record(session, campaign_id, taken, moment)


def _handed(session: Session, campaign_id: int) -> dict[str, set[tuple[str, str]]]:
    """Return by unit the titles and file names of what it handed in."""
    found: dict[str, set[tuple[str, str]]] = {}
    for line in evidence_lines(session, campaign_id):
        found.setdefault(line.unit, set()).add((line.title, plain_file(line.file_name)))
    return found


def _read(
    one: LedgerOutcome,
    holders: Holders,
    handed: Mapping[str, Collection[tuple[str, str]]],
    today: date,
    begins: date | None,
) -> None:
    book, of = one.opened, one.sent_to
    rows, pieces = LedgerRows(book, of, holders, today, begins), PieceRows(book, of, holders)
    book.fields(OVERVIEW)
    beside = by_plain_name(one.beside)

    def find(name: str) -> Sequence[Arrived]:
        return beside.get(plain_file(name)) or one.waiting(name, one.unit, one.campaign_id)

    if holders.ownerless(one.sent_to.unit_id):
        book.note(
            f"{one.unit}已停用，还没有写明由谁接手，先按{one.unit}的收下；"
            "由谁接手请告诉创建办，由创建办写明"
        )
    one.said = rows.answers()
    one.pieces = pieces.pieces(find, handed)
    one.rows = rows.rows + pieces.rows


def _changes(one: LedgerOutcome, parts: dict[int, LedgerPart]) -> list[Change]:
    """Return what a ledger changes; the next one of the same call finds it registered."""
    found = []
    for said in one.said:
        answer = said.weighed.answer
        old = parts[said.part.id]
        if answer == old.answer:
            continue
        by_post = f"{old.unit}{Level.LIAISON.chinese}"
        new = replace(
            old, state=answer.state, done_on=answer.done_on, note=answer.note, by_post=by_post
        )
        parts[old.id] = new
        found.append(Change(old.line, new.line))
    one.changes = len(found) + len(one.numbers.figures) + len(one.numbers.scores)
    return found


def _receive(
    session: Session, campaign_id: int, taken: Sequence[LedgerOutcome], known: dict[str, int]
) -> None:
    """Keep the files that nobody kept before."""
    new = (one for one in taken if one.received_id is None and one.file.key not in known)
    fresh = {one.file.key: one for one in new}
    files = {}
    # Several at once: each waits for the disk, which brings what lies together to it in one go.
    with ThreadPoolExecutor(KEPT_AT_ONCE) as pool:
        list(pool.map(keep, [one.file.content for one in fresh.values()]))
    for key, one in fresh.items():
        file = one.file
        came = CameBack(key, file.name, file.content, file.sender, file.via, file.received_at)
        files[key] = (came, one.unit_id, one.issue.version if one.issue else None)
    ids = known | store_received(session, campaign_id, files)
    for one in taken:
        one.received_id = one.received_id or ids[one.file.key]


def _keep_disagreements(
    session: Session, campaign_id: int, taken: Sequence[LedgerOutcome], moment: Moment
) -> None:
    for one in taken:
        of_parts = [
            AtOdds(said.part.id, said.place, each)
            for said in one.said
            for each in said.weighed.disagreements
        ]
        one.disagreements = [*of_parts, *one.numbers.odds]
    new = [
        NewConflict(each.part_id, each.said, one.received_id or 0)
        for one in taken
        for each in one.disagreements
    ]
    store_conflicts(session, campaign_id, new, moment)


def _of_others(one: LedgerOutcome) -> dict[str, list[str]]:
    """Return for which other units something was taken, as after a merger."""
    units = sorted({said.part.unit for said in one.said} - {one.unit})
    return {"to": units} if units else {}


def _record(
    session: Session, campaign_id: int, taken: Sequence[LedgerOutcome], moment: Moment
) -> None:
    said = [
        NewEntry(
            f"{one.unit}{Level.LIAISON.chinese}",
            "ledger-taken",
            one.unit,
            {
                "version": one.issue.version if one.issue else 0,
                "file": one.file.name,
                "changes": one.changes,
                "rows": one.rows,
                **_of_others(one),
            },
        )
        for one in taken
        if not one.repeated
    ]
    record_all(session, campaign_id, moment, said)
