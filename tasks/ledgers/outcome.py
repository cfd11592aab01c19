"""What came of one ledger, while it is taken in and in words for whoever sent it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.evidence.ledgers.issues import Issued
from models.rules.evidence.findings import CHECKS
from models.rules.evidence.pieces import PieceTaken
from models.rules.evidence.words import Reception
from tasks.intake.arrived import Arrived, TakenIn
from tasks.ledgers.belonging import LedgerName
from tasks.ledgers.numbers.rows import NumbersSaid
from tasks.ledgers.piece_rows import FindFile, PieceSaid, nothing_waits
from tasks.ledgers.rows import AtOdds, Said, SentTo, bad_rows
from tasks.workbook.reading import Book
from tasks.workbook.rows import MOST_FAULTS


@dataclass(slots=True)
class LedgerOutcome:
    """A ledger on its way in: its file, whose it is, what its rows say, and what was made of them."""

    file: Arrived
    beside: Sequence[Arrived] = ()
    received_id: int | None = None
    waiting: FindFile = nothing_waits
    begun: bool = False  # by a run that did not come to its end
    book: Book | None = None
    name: LedgerName | None = None
    guessed: str = ""  # in words how it was told whose it is
    campaign_id: int | None = None
    unit_id: int | None = None
    unit: str = ""
    issue: Issued | None = None
    of: SentTo | None = None
    newest: int = 0  # version that went out last
    repeated: bool = False
    refused: list[str] = field(default_factory=list)
    rows: int = 0
    bad_rows: int = 0
    said: list[Said] = field(default_factory=list)
    pieces: list[PieceSaid] = field(default_factory=list)
    changes: int = 0
    numbers: NumbersSaid = field(default_factory=NumbersSaid)
    disagreements: list[AtOdds] = field(default_factory=list)
    taken_pieces: list[PieceTaken] = field(default_factory=list)

    @property
    def opened(self) -> Book:
        """Return the workbook of one that could be opened."""
        assert self.book is not None
        return self.book

    @property
    def sent_to(self) -> SentTo:
        """Return what went out, of one that is known."""
        assert self.of is not None
        return self.of


def taken_in(one: LedgerOutcome, marked: bytes | None) -> TakenIn:
    """Return what became of a ledger, in words."""
    if one.refused:
        lines = _bounded(one.refused)
        return TakenIn(
            one.file.name,
            Reception.REFUSED,
            lines,
            unit=one.unit,
            received_id=one.received_id,
            campaign_id=one.campaign_id,
        )
    faults = one.opened.faults.lines
    lines = (
        _summary(one),
        *_bounded(faults),
        *map(_side_by_side, one.disagreements),
        *_marks(one.taken_pieces, before=one.begun),
        *([f"请核对：{one.guessed}"] if one.guessed else []),
        *(f"请核对：{line}；不对的请改好再报" for line in one.opened.doubts.lines()),
        *(f"注意：{line}" for line in one.sent_to.moved.lines(bad_rows(one.opened))),
        *(f"注意：{note}" for note in one.opened.notes()),
    )
    return TakenIn(
        one.file.name,
        _reception(one, bool(faults)),
        lines,
        marked,
        one.unit,
        one.received_id,
        one.issue.version if one.issue else None,
        _pieces(one),
        unsure=bool(one.guessed or one.opened.doubts.lines() or one.opened.left.renamed),
        campaign_id=one.campaign_id,
    )


def _pieces(one: LedgerOutcome) -> dict[str, str]:
    """Return the code of each file that was handed in, by its SHA-256."""
    return {
        hashlib.sha256(said.new.content).hexdigest(): piece.code
        for said, piece in zip(one.pieces, one.taken_pieces, strict=False)
        if said.new.content is not None and not piece.refused
    }


def _reception(one: LedgerOutcome, faulty: bool) -> Reception:
    if one.disagreements and one.issue and one.issue.version < one.newest:
        return Reception.OLDER
    if faulty or one.disagreements:
        return Reception.PARTLY
    nothing = not one.changes and not any(piece.changed for piece in one.taken_pieces)
    return Reception.REPEATED if one.repeated and nothing else Reception.TAKEN


def _summary(one: LedgerOutcome) -> str:
    version = one.issue.version if one.issue else 0
    new = sum(piece.changed and not piece.refused for piece in one.taken_pieces)
    again = "接着上次没有办完的（那时登记的都在），又" if one.begun else ""
    said = [f"读到 {one.rows} 行", f"{again}登记 {one.changes} 处变化", f"收下材料 {new} 份"]
    if one.bad_rows:
        said.append(f"退回 {one.bad_rows} 行，请改好后再报")
    if one.disagreements:
        said.append(f"{len(one.disagreements)} 处与已登记的不同，两种并存，由创建办认定")
    if version < one.newest:
        said.append(f"这是旧版，已发过第 {one.newest} 版，以后请用新版")
    return f"{one.unit}台账第 {version} 版：{'；'.join(said)}"


def _side_by_side(one: AtOdds) -> str:
    (sheet, number), each = one.place, one.said
    return (
        f"表“{sheet}”第 {number} 行“{each.field}”列：已登记的是“{each.standing}”，"
        f"这一份写的是“{each.offered}”，并存待定"
    )


def _marks(pieces: Sequence[PieceTaken], *, before: bool) -> list[str]:
    return [
        f"材料 {piece.code}：{finding.detail}；{CHECKS[finding.check].todo}"
        for piece in pieces
        for finding in piece.findings
        if (piece.changed or before) and finding.check in CHECKS
    ]


def _bounded(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - MOST_FAULTS
    return (*lines[:MOST_FAULTS], *([f"……另有 {more} 处，改正以上各处后再试"] if more > 0 else []))
