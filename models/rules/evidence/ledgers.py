"""What a ledger says of a unit's parts, and how what came back is set against what is registered.

A cell that still says what was sent out says nothing. One that was changed is taken where nothing else
was registered meanwhile; where something was, both stand side by side until a person decides.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from models.rules.words import Progress, Worded

LEDGER_TITLE = "单位台账"
STATE, NOTE = "状态", "说明"  # the fields on which versions can disagree


class Side(Worded):
    """Which of two versions counts."""

    STANDING = "standing", "已登记"
    OFFERED = "offered", "另一份"


class PartSaid(NamedTuple):
    """What a unit can say of its part: how far it is, the day it was done, a note."""

    state: str
    done_on: date | None
    note: str

    @property
    def progress(self) -> tuple[str, date | None]:
        """Return state and day, which stand and fall together."""
        return self.state, self.done_on


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field that says one thing in the tables and another in a returned ledger."""

    field: str
    standing: str
    offered: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a returned row comes to: what is to be registered, and what disagrees."""

    answer: PartSaid
    disagreements: tuple[Disagreement, ...] = ()


def weigh(sent: PartSaid, standing: PartSaid, said: PartSaid) -> Weighed:
    """Return what a row comes to that was ``sent`` out so, is registered as ``standing`` and ``said`` so.

    Never merges in silence: a field that the unit and somebody else changed since it was sent, to two
    different things, stays as it stands and is a disagreement.
    """
    found: list[Disagreement] = []
    progress, note = standing.progress, standing.note
    if said.progress != sent.progress and said.progress != progress:
        if progress == sent.progress:
            progress = said.progress
        else:
            found.append(Disagreement(STATE, in_a_cell(progress), in_a_cell(said.progress)))
    if said.note not in (sent.note, note):
        if note == sent.note:
            note = said.note
        else:
            found.append(Disagreement(NOTE, note, said.note))
    return Weighed(PartSaid(*progress, note), tuple(found))


def in_a_cell(progress: tuple[str, date | None]) -> str:
    """Return state and day as one text, as it is kept and shown: 已完成 2025-07-01."""
    state, day = progress
    return f"{Progress(state).chinese} {day or ''}".strip()


def out_of_a_cell(text: str) -> tuple[str, date | None]:
    """Return the state and day that `in_a_cell` wrote."""
    word, _, day = text.partition(" ")
    state = next(one for one in Progress if one.chinese == word)
    return state.value, date.fromisoformat(day) if day else None


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row as it went out: of which part (its row's number), and what it said."""

    part_id: int
    answer: PartSaid


@dataclass(frozen=True, slots=True)
class SentLedger:
    """What a version said when it went out: its rows by code and role, and the digest of all it showed."""

    rows: Mapping[tuple[str, str], SentRow]
    digest: str = ""
    figures: Mapping[tuple[str, str], tuple[float | None, float | None]] = field(
        default_factory=dict
    )


def sent_to_json(sent: SentLedger) -> str:
    """Return it as it is kept."""
    rows = [
        [code, role, row.part_id, row.answer.state, str(row.answer.done_on or ""), row.answer.note]
        for (code, role), row in sent.rows.items()
    ]
    figures = [[*key, *numbers] for key, numbers in sent.figures.items()]
    facts = {"rows": rows, "digest": sent.digest, "figures": figures}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def sent_from_json(facts: str) -> SentLedger:
    """Return what `sent_to_json` kept."""
    read = json.loads(facts)
    rows = {
        (code, role): SentRow(part, PartSaid(state, date.fromisoformat(day) if day else None, note))
        for code, role, part, state, day, note in read["rows"]
    }
    figures = {(name, period): (above, below) for name, period, above, below in read["figures"]}
    return SentLedger(rows, read["digest"], figures)
