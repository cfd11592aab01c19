"""A finding as whoever found it describes it, and what can be wrong with that."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.rules.bounds import LONGEST_NOTE, shown, text_fault
from models.rules.findings.complainants import without_complainant
from models.rules.findings.words import FindingKind, read_source
from models.rules.words import post_fault


@dataclass(frozen=True, slots=True)
class NewFinding:
    """Something that was found. With ``unit_id`` it is handed to that unit at once, due on ``due`` or the usual day.

    ``source`` says where it comes from: visit:V1.12, complaint:C5, drill:M3, self-check.
    """

    problem: str
    source: str
    found_on: date
    unit_id: int | None = None
    due: date | None = None
    advice: str = ""
    item: str = ""  # the code of a work item or an indicator
    kind: FindingKind = FindingKind.PROBLEM
    dated: bool = True  # somebody wrote ``found_on``: it was not taken for today for want of a day


@dataclass(frozen=True, slots=True)
class RaisedOutcome:
    """What came of one: its code and id; ``new`` when it was raised now, ``again`` when it came back.

    ``note`` says why one that is closed was not taken for come back.
    """

    code: str = ""
    id: int = 0
    new: bool = False
    again: bool = False
    faults: Sequence[str] = ()
    note: str = ""


def as_kept(new: NewFinding) -> NewFinding:
    """Return it as it is kept: nobody's name, one line, the code of its item as it is written everywhere."""
    return replace(
        new,
        problem=without_complainant(new.problem.strip()),
        source=new.source.strip(),
        advice=without_complainant(new.advice.strip()),
        item=new.item.strip().upper(),
    )


def same_words(problem: str) -> str:
    """Return by what two descriptions are the same: without blanks, width of letters and the last stop."""
    plain = unicodedata.normalize("NFKC", problem).casefold()
    return "".join(plain.split()).rstrip("。.;；!！,，")


def finding_faults(new: NewFinding, by_post: str, today: date, codes: Collection[str]) -> list[str]:
    """Return why it cannot be raised, a line each; ``codes`` are those of items there are."""
    faults = [fault] if (fault := post_fault(by_post, "提出")) else []
    if not new.problem:
        faults.append("没有写问题是什么")
    for what, text in (("问题", new.problem), ("建议", new.advice)):
        if fault := text_fault(text, LONGEST_NOTE, lines=True):
            faults.append(f"{what}{fault}")
    if not read_source(new.source):
        faults.append(f"没有“{shown(new.source)}”这种来源")
    if new.item and new.item not in codes:
        faults.append(f"没有编号为“{shown(new.item)}”的工作任务或指标")
    if new.found_on > today:
        faults.append(f"发现日期 {new.found_on} 在今天（{today}）之后")
    if new.due and new.due < new.found_on:
        faults.append(f"时限 {new.due} 早于发现日期 {new.found_on}")
    return faults
