"""What became of files is written down, under the campaign and the unit that each is known to be of."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from models.evidence.intake.late import place_files
from models.evidence.intake.placing import OF_NONE_BEGINS, Placed, place_registered
from models.evidence.intake.receiving import FileOutcome, KnownFile, settle_received
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception
from models.settings import local_day
from models.units.unit import unit_names
from tasks.intake.arrived import TakenIn
from tasks.intake.belonging.campaigns import WAITS, campaigns_by_part, place_known
from tasks.intake.belonging.whose import whose_files
from tasks.intake.parts import OF_UNITS, ReceivedPart
from tasks.publicity.arriving import CameIn, take_named_files

OF_NONE = (
    f"{OF_NONE_BEGINS}，不知道是哪一个的，没有记到任何一个；"
    "请把台账与它一并发来，或告诉创建办它是哪一个的，由创建办归入"
)


def settle_files(
    session: Session,
    certain: int | None,
    came: Sequence[tuple[ReceivedPart, TakenIn]],
    rows: Mapping[str, KnownFile],
    moment: Moment,
) -> list[TakenIn]:
    """Write down what became of each file and return it, each waiting one with the unit it is known to be of.

    A file of which the campaign was not known and is now, or whose content is registered as evidence of
    one campaign alone, is given it. Statements grow with the campaigns
    that the files are of, not with the files.
    """
    parts, done = [part for part, _ in came], [one for _, one in came]
    of = campaigns_by_part(parts, done, certain)
    place_known(session, {rows[p.file.key].id: c for p, c in zip(parts, of, strict=True)}, moment)
    placed: dict[int, int] = {}
    outcomes: list[FileOutcome] = []
    for campaign_id in sorted(set(of), key=lambda one: one or 0):
        at = [n for n, one in enumerate(of) if one == campaign_id]
        units = unit_names(session, campaign_id) if campaign_id else {}
        pairs = [(parts[n], done[n]) for n in at]
        own = (
            _owed(session, campaign_id, _whose(session, campaign_id, pairs), moment)
            if campaign_id
            else [_of_none(one) for _, one in pairs]
        )
        outcomes += [_outcome(one, units) for one in own]
        for n, one in zip(at, own, strict=True):
            done[n] = replace(one, campaign_id=campaign_id)
            row = rows[parts[n].file.key]
            if parts[n].kind == "evidence" and one.unit in units and row.outcome:
                placed[row.id] = units[one.unit]  # came before, and is known only now
    settle_received(session, outcomes)
    place_files(session, placed)
    place_registered(session, Placed(moment, WAITS))
    return done


def _owed(
    session: Session,
    campaign_id: int,
    pairs: Sequence[tuple[ReceivedPart, TakenIn]],
    moment: Moment,
) -> list[TakenIn]:
    """Return what became of files; what is named for a duty its unit owes is registered for it."""
    units = unit_names(session, campaign_id) if pairs else {}
    came = [
        CameIn(
            one.received_id,
            units[one.unit],
            f"{part.file.subject}/{part.file.name}",
            local_day(part.file.received_at),
        )
        for part, one in pairs
        if one.received_id and one.unit in units and one.lines[:1] == (WAITS,)
    ]
    counted = take_named_files(session, campaign_id, came, moment)
    found = []
    for _, one in pairs:
        if for_it := counted.get(one.received_id or 0):
            lines = (for_it.line, *one.lines[1:])
            one = replace(one, lines=lines, unsure=one.unsure or for_it.unsure)
        found.append(one)
    return found


def _whose(
    session: Session, campaign_id: int, pairs: Sequence[tuple[ReceivedPart, TakenIn]]
) -> list[tuple[ReceivedPart, TakenIn]]:
    """Return files and what became of each, with the unit of each that waits for a ledger, where it is known."""
    files = [part.file for part, one in pairs if _waits(one)]
    if not files:
        return list(pairs)
    ledgers = [(part.file, one) for part, one in pairs if part.kind in OF_UNITS]
    known = whose_files(session, campaign_id, files, ledgers)
    found = []
    for part, one in pairs:
        if _waits(one):
            whose = known.of(part.file)
            lines = (*one.lines, *([whose.line] if whose.line else []))
            one = replace(one, lines=lines, unit=whose.unit, unsure=whose.unsure)
        found.append((part, one))
    return found


def _of_none(one: TakenIn) -> TakenIn:
    """Return what is said of a file that waits where nobody knows for which campaign."""
    return replace(one, lines=(OF_NONE,), unsure=True) if _waits(one) else one


def _waits(one: TakenIn) -> bool:
    return one.lines == (WAITS,)


def _outcome(one: TakenIn, units: Mapping[str, int]) -> FileOutcome:
    word = Reception.TAKEN if one.reception is Reception.REPEATED else one.reception
    back = hashlib.sha256(one.marked).hexdigest() if one.marked is not None else ""
    words = "\n".join(one.lines)
    unit = units.get(one.unit)
    return FileOutcome(one.received_id or 0, word, words, unit, back, one.version)
