"""Lay out the workbook of one unit from what is registered, without a word to the database."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from models.evidence.demands.keeping import DemandLine
from models.evidence.ledgers.issues import LedgerPart
from models.evidence.listing import EvidenceLine
from models.figures.goals import Counted
from models.rules.evidence.ledger_words import (
    PartShown,
    PieceShown,
    what_is_done,
    what_is_missing,
    what_to_do,
)
from models.rules.evidence.ledgers import SentLedger, SentRow
from models.rules.evidence.words import EvidenceState
from models.rules.words import Progress, Role, words_of
from tasks.ledgers.belonging import LedgerName, kept_text
from tasks.ledgers.numbers.sheets import OWN_FIGURES, OWN_SCORES, Numbers
from tasks.ledgers.sheets import HANDED, INSTRUCTIONS, KEPT, LEDGER, OVERVIEW, PIECES
from tasks.workbook.declaring import FilledForm, Kept, Part, Sheet
from tasks.workbook.writing import workbook_bytes

LONGEST_ITEM = 3_000  # characters of an item with its demands; the rest is in the plan
SHOWN_PIECES = 6  # of one item, in its cell; all stand in a sheet of their own

_ROLES, _STATES = words_of(Role), {state.value: state for state in Progress}

Cells = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is registered of one unit when its ledger goes out."""

    unit_id: int
    unit: str
    parts: Sequence[LedgerPart]
    pieces: Sequence[EvidenceLine]
    asked: Mapping[str, "ItemAsked"] = field(default_factory=dict)
    numbers: Numbers = field(default_factory=Numbers)


@dataclass(frozen=True, slots=True)
class ItemAsked:
    """What an item asks of every unit that has a part in it, as two cells show it."""

    what: str
    targets: str


def item_asked(
    part: LedgerPart, demands: Sequence[DemandLine] = (), goals: Sequence[Counted] = ()
) -> ItemAsked:
    """Return what the item of ``part`` asks, with its ``demands`` and their targets."""
    what = [part.title]
    if len(demands) > 1 or (demands and demands[0].text != part.title):
        what += [f"（{one.ordinal}）{one.text}" for one in demands]
    for called, lines in (("测评方法", part.methods), ("要求的材料", part.proofs)):
        if lines:
            what.append(f"{called}：{'；'.join(lines.splitlines())}")
    if "\n" in part.deadline_raw:
        what.append(f"分段时限：{part.deadline_raw}")
    several = len(demands) > 1
    targets = [f"（{one.ordinal}）{one.goal.bare}" if several else one.goal.bare for one in goals]
    return ItemAsked("\n".join(what)[:LONGEST_ITEM], "\n".join(targets))


@dataclass(frozen=True, slots=True)
class Draft:
    """A ledger that is laid out: the rows of its sheets, the values of its first page, what it says."""

    facts: UnitFacts
    rows: Cells
    handed: Cells
    overview: tuple[str, ...]
    sent: SentLedger


def lay_out(facts: UnitFacts, today: date) -> Draft:
    """Return what the ledger of a unit shows on ``today``."""
    of_item: dict[str, list[EvidenceLine]] = {}
    for piece in facts.pieces:
        for code in piece.items:
            of_item.setdefault(code, []).append(piece)
    rows = [_row(part, facts, of_item) for part in facts.parts]
    handed = [_handed(piece) for piece in facts.pieces]
    overview = (facts.unit, *_overview(facts, of_item, today))
    numbers = facts.numbers.figures, facts.numbers.scores
    shown = (rows, handed, overview, *(sheet for sheet in numbers if sheet))
    digest = hashlib.sha256(repr(shown).encode()).hexdigest()
    sent = {(part.code, _ROLES[part.role]): SentRow(part.id, part.answer) for part in facts.parts}
    return Draft(facts, rows, handed, overview, SentLedger(sent, digest))


def ledger_bytes(draft: Draft, name: LedgerName, issued_at: datetime, titled: str) -> bytes:
    """Return the workbook of ``draft``; the same bytes for the same draft, name and instant.

    ``titled`` stands in brackets behind each title: for whom, which version, from which day.
    """
    values, lines, numbers = draft.overview, list(INSTRUCTIONS), draft.facts.numbers
    first = FilledForm(OVERVIEW, values, lines, f"{name.label}：{LEDGER.title}{titled}")
    sheets: tuple[tuple[Sheet, Cells | Sequence[tuple[Any, ...]]], ...] = (
        (LEDGER, draft.rows),
        (OWN_FIGURES, numbers.figures),
        (OWN_SCORES, numbers.scores),
        (PIECES, []),
        (HANDED, draft.handed),
    )
    parts: list[Part] = [
        sheet.filled(rows, f"{name.label}：{sheet.title}{titled}")
        for sheet, rows in sheets
        if rows or sheet is PIECES
    ]
    return workbook_bytes([first, *parts, Kept(KEPT, kept_text(name))], issued_at)


def _row(
    part: LedgerPart, facts: UnitFacts, of_item: Mapping[str, Sequence[EvidenceLine]]
) -> tuple[Any, ...]:
    asked = facts.asked[part.code]
    return (
        part.code,
        _ROLES[part.role],
        asked.what,
        asked.targets,
        part.due,
        _became(of_item[part.code]) if part.code in of_item else "",
        _STATES[part.state].chinese,
        part.done_on,
        part.note,
    )


def _became(pieces: Sequence[EvidenceLine]) -> str:
    shown = [f"{one.code} {one.title[:20]}：{one.state_in_words}" for one in pieces[:SHOWN_PIECES]]
    if len(pieces) > SHOWN_PIECES:
        shown.append(f"等 {len(pieces)} 份，见“{HANDED.name}”")
    return "\n".join(shown)


def _handed(piece: EvidenceLine) -> tuple[Any, ...]:
    said = [piece.reason] if piece.reason else []
    if piece.marks:
        said.append(f"有 {piece.marks} 处核查标记待认定")
    if piece.upheld:
        said.append(f"有 {piece.upheld} 处核查标记属实")
    if not piece.sha256 and not piece.url:
        said.append(
            f"还没有文件，承诺 {piece.promised_on} 报来" if piece.promised_on else "还没有文件"
        )
    return (
        piece.code,
        piece.title,
        "、".join(piece.uses),
        piece.revision,
        piece.fact_on,
        piece.state_in_words,
        "；".join(said),
    )


def _overview(
    facts: UnitFacts, of_item: Mapping[str, Sequence[EvidenceLine]], today: date
) -> tuple[str, str, str]:
    proved = {code for code, pieces in of_item.items() if any(piece.stands for piece in pieces)}
    parts = [
        PartShown(
            part.code,
            part.role,
            part.title,
            part.due,
            _STATES[part.state],
            part.code in proved,
            part.reopened,
        )
        for part in facts.parts
    ]
    pieces = [
        PieceShown(
            one.code, one.title, one.state_in_words, one.state == EvidenceState.RETURNED, one.reason
        )
        for one in facts.pieces
    ]
    missing = what_is_missing(parts, pieces, today, owed=facts.numbers.owed)
    return what_to_do(parts), what_is_done(parts, pieces), missing
