"""Evidence that came after its ledger: it is attached to the row that lacks it, once it is known whose it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.audit.chain import lock_chain
from models.database import open_session
from models.evidence.intake.late import (
    LackingLedger,
    lacking_ledgers,
    note_attached,
)
from models.evidence.intake.looking_up import ReceivedLine, received_lines
from models.evidence.intake.placing import campaigns_of_senders
from models.evidence.vault.keeping import is_kept, read_kept
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.evidence.ledger_words import LACKS
from models.rules.evidence.words import Via
from models.settings import local_day
from tasks.intake.arrived import Arrived
from tasks.intake.belonging.addresses import units_at
from tasks.intake.belonging.campaigns import place_known
from tasks.intake.belonging.waiting import LARGEST, kept_file
from tasks.ledgers.late import LateFile, LatePiece, take_late
from tasks.ledgers.piece_rows import plain_file

_NAMED = re.compile(f"{LACKS}(.+?)”")


@dataclass(frozen=True, slots=True)
class Late:
    """What became of a file that waited: the unit whose ledger named it, and a line for its sender."""

    unit: str
    unit_id: int
    line: str
    attached: bool = True


def attach_late(campaign_id: int, moment: Moment) -> dict[int, Late]:
    """Attach what waits to the rows of returned ledgers that lack it; return by arrival what came of each.

    Only where the name agrees and the file is known to be of the ledger's unit, or came from the address
    that sent the ledger; a file of no campaign only where that address sent ledgers of this one alone,
    and it is of this one then. Several files of one name are told, and none is taken. Whatever was noted before
    counts, so of two at once the later sees both; killed anywhere, the next call takes the rest, and the
    same again changes nothing. Nothing is opened where no name agrees.
    """
    with open_session(read_only=True) as session:
        of_none = received_lines(session, None, waiting=True)
        waits = [*received_lines(session, campaign_id, waiting=True), *of_none]
        lacking = lacking_ledgers(session, campaign_id) if waits else []
        if lacking and of_none:
            by_sender = campaigns_of_senders(session, {one.sender for one in of_none})
            others = {one.id for one in of_none if by_sender.get(one.sender) != {campaign_id}}
            waits = [one for one in waits if one.id not in others]
        senders = {one.sender for one in waits if one.sender and not one.unit} if lacking else set()
        sent = units_at(session, campaign_id, senders) if senders else {}
    found: dict[int, Late] = {}
    for ledger in lacking:
        own = [one for one in waits if one.id not in found and _belongs(one, ledger, sent)]
        if own and is_kept(ledger.sha256):
            found |= _attached(ledger, own, moment)
    words = {id_: (late.line, late.unit_id) for id_, late in found.items() if late.attached}
    if words:
        with open_session() as session:
            lock_chain(session)
            place_known(session, dict.fromkeys(words, campaign_id), moment)
            note_attached(session, words)
    return found


def lacking_in(ledger: LackingLedger) -> set[str]:
    """Return the plain names of the files that a returned ledger named and that had not come."""
    return {plain_file(name) for name in _NAMED.findall(ledger.detail)}


def told_as(name: str) -> str:
    """Return a file's plain name as the lines of a ledger show it."""
    return plain_file(shown(plain_file(name)))


def _belongs(one: ReceivedLine, ledger: LackingLedger, sent: Mapping[str, Sequence[str]]) -> bool:
    if told_as(one.name) not in lacking_in(ledger):
        return False
    if one.unit:
        return one.unit == ledger.unit
    # An address of several units says nothing of whose a file is.
    return one.sender == ledger.sender and list(sent.get(one.sender, ())) == [ledger.unit]


def _attached(
    ledger: LackingLedger, own: Sequence[ReceivedLine], moment: Moment
) -> dict[int, Late]:
    day = f"{local_day(ledger.received_at):%m-%d}"
    book = f"{ledger.unit} {day} 交来的台账第 {ledger.version or 0} 版"
    by_name: dict[str, dict[str, ReceivedLine]] = {}
    for one in own:
        by_name.setdefault(plain_file(one.name), {}).setdefault(one.sha256, one)
    found: dict[int, Late] = {}
    for same in by_name.values():
        if len(same) > 1:
            line = (
                f"{book}在等这个文件，但收到 {len(same)} 个内容不同的同名文件，不知道是哪一个，都没有挂上；"
                "请改成不同的名字，连同台账再报"
            )
            found |= {one.id: Late(ledger.unit, ledger.unit_id, line, attached=False) for one in same.values()}  # fmt: skip
    single = [next(iter(same.values())) for same in by_name.values() if len(same) == 1]
    files = [LateFile(one.id, one.sha256, kept_file(one)) for one in single if is_kept(one.sha256)]
    content = read_kept(ledger.sha256, LARGEST)
    file = Arrived(ledger.name, content, "", Via.COMMAND, ledger.received_at, ledger.sha256)
    taken = take_late(file, files, moment, newest=ledger.newest) if files else {}
    return found | {id_: _said(ledger, book, piece) for id_, piece in taken.items()}


def _said(ledger: LackingLedger, book: str, piece: LatePiece) -> Late:
    if piece.taken.refused:
        line = f"{book}{piece.place}写到它，但没有收：{piece.taken.refused}"
        return Late(ledger.unit, ledger.unit_id, line, attached=False)
    line = f"已按{book}{piece.place}收为证明材料 {piece.taken.code}，台账不用再报"
    return Late(ledger.unit, ledger.unit_id, line)
