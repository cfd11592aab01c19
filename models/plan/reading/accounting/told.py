"""Doubts and mentions as values for programs and for the review workbook: where, line, words, reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.plan.doubt import Doubt
from models.plan.reading.accounting.account import Settled
from models.plan.reading.accounting.ground import Ground
from models.plan.schema import Plan, Source

LISTS = {"stage": "stages", "task": "tasks", "duty": "recurring", "group": "groups"}


@dataclass(frozen=True, slots=True)
class DoubtTold:
    """A doubt: the place in the plan (``tasks[3].lead_units``, empty for the whole), line, words, why.

    ``proposal`` is what a yes would add to the list at that place, or put there; None where a person
    must say it.
    """

    where: str
    line: int | None
    text: str
    reason: str
    proposal: Any = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that are none of the plan's facts, and what makes them none: basis, history, quotation …"""

    line: int | None
    text: str
    kind: str


def doubts_told(plan: Plan, doubts: Iterable[Doubt], grounds: Sequence[Ground]) -> list[DoubtTold]:
    """Return the doubts with their places, in the order of the text; those about the whole plan first."""
    told = [_told(plan, doubt, grounds) for doubt in doubts]
    return sorted(told, key=lambda each: each.line or 0)


def mentions(settled: Iterable[Settled]) -> Iterator[Mention]:
    """Yield every mark that is neither in a fact nor in a doubt, in the order of the text."""
    for each in settled:
        if each.weighed and not each.weighed.doubted:
            yield Mention(each.line, each.mark.text, each.weighed.kind)


def _told(plan: Plan, doubt: Doubt, grounds: Sequence[Ground]) -> DoubtTold:
    at = _position(plan, doubt)
    where = f"{LISTS[doubt.about]}[{at}]" if at is not None else ""
    if doubt.field:
        where = f"{where}.{doubt.field}" if where else doubt.field
    line = doubt.line
    if line is None and at is not None:
        source: Source | None = getattr(plan, LISTS[doubt.about])[at].source
        line = source.line if source else None
    if line is None and doubt.sentence:
        line = _line_of(doubt.sentence, grounds)
    return DoubtTold(where, line, doubt.sentence, doubt.reason, doubt.proposal)


def _position(plan: Plan, doubt: Doubt) -> int | None:
    """Return which item of its list a doubt is about; None where it is about none."""
    if doubt.about not in LISTS or not doubt.ordinal:
        return None
    if doubt.about in {"duty", "group"}:
        at = doubt.ordinal - 1
        return at if at < len(getattr(plan, LISTS[doubt.about])) else None
    stages, tasks = plan.stages, plan.tasks
    ordinals = [each.ordinal for each in (stages if doubt.about == "stage" else tasks)]
    return ordinals.index(doubt.ordinal) if doubt.ordinal in ordinals else None


def _line_of(sentence: str, grounds: Sequence[Ground]) -> int | None:
    """Return the line on which the first words of ``sentence`` stand."""
    words = sentence.split("…")[0][:40]
    for ground in grounds:
        if (at := ground.passage.text.find(words)) >= 0:
            return ground.passage.place(at)[0]
    return None
