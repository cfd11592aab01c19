"""The whole text of a document, sentence by sentence, each with what became of it."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from models.plan.reading.accounting.account import Settled
from models.plan.reading.accounting.facts import Fact, Facts, facts_of
from models.plan.reading.accounting.ground import Ground, Place
from models.plan.reading.accounting.marks import MarkKind
from models.plan.reading.text.patterns import pattern
from models.plan.schema import Plan
from models.rules.text import squeeze

# A sentence goes to its stop, and takes what closes behind it: “……。”
SENTENCE = r"[^。；！？]*[。；！？][”’》）】]*|[^。；！？]+$"
# Where a mark is nothing to be done whatever it says, and so is a sentence without any.
OUTSIDE = {
    Place.TITLE: "title",
    Place.SALUTATION: "salutation",
    Place.PREAMBLE: "preamble",
    Place.SIGNATURE: "signature",
    Place.CONTACT: "contact",
    Place.ATTACHMENTS: "attachment",
    Place.SLOGANS: "slogan",
    Place.BACKGROUND: "history",
    Place.HEADER: "header",
    Place.NO_PLAN: "no_plan",
}
HEADING = "heading"
LONGEST_HEADING = 60  # characters


@dataclass(frozen=True)
class Became:
    """A sentence, or a row of a table: its place, and what of it is where in the plan.

    ``facts`` are places of the plan with the words of the text that are there, none for a text that was
    kept as it is; ``mentions`` kinds of mentions with their words, none where the whole sentence is one.
    ``doubted`` are words that somebody is asked about.
    """

    text: str
    line: int | None
    page: int | None
    ground: Ground
    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mentions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    doubted: Sequence[str] = ()


def became(grounds: Iterable[Ground], settled: Iterable[Settled], plan: Plan) -> Iterator[Became]:
    """Yield every sentence in the order of the text; a row of a table is one. Repeatable."""
    of_ground: dict[int, list[Settled]] = {}
    for each in settled:
        of_ground.setdefault(id(each.ground), []).append(each)
    facts = facts_of(plan)
    sections = {squeeze(task.section) for task in plan.tasks} - {""}
    for ground in sorted(grounds, key=lambda each: each.line or 0):
        yield from _of_ground(ground, of_ground.get(id(ground), ()), facts, sections)


def _of_ground(
    ground: Ground, settled: Sequence[Settled], facts: Facts, sections: Collection[str]
) -> Iterator[Became]:
    spans = _sentences(ground)
    starts = [start for start, _ in spans]
    kept = [_Kept() for _ in spans]
    for at, words, where in _loose(ground, facts):
        kept[max(0, bisect_right(starts, at) - 1)].keep(where, words)
    for each in settled:
        kept[max(0, bisect_right(starts, each.mark.start) - 1)].settle(each)
    for (start, end), one in zip(spans, kept, strict=True):
        text = ground.passage.text[start:end]
        line, page = ground.passage.place(start)
        yield Became(
            text, line, page, ground, one.facts, _kinds(ground, text, one, sections), one.doubted
        )


@dataclass
class _Kept:
    facts: dict[str, list[str]] = field(default_factory=dict)
    mentions: dict[str, list[str]] = field(default_factory=dict)
    doubted: list[str] = field(default_factory=list)

    def keep(self, where: str, words: str) -> None:
        said = self.facts.setdefault(where, [])
        if words and words not in said:
            said.append(words)

    def settle(self, one: Settled) -> None:
        words = "" if one.mark.kind is MarkKind.ROLE else one.mark.text
        if one.where:
            if words or one.where not in self.facts:
                self.keep(one.where, words)
        elif one.weighed and one.weighed.doubted:
            self.doubted.append(one.mark.text)
        elif one.mark.kind is MarkKind.ROLE:
            return  # a word that says nothing by itself
        elif one.weighed and one.mark.text not in self.mentions.get(one.weighed.kind, ()):
            self.mentions.setdefault(one.weighed.kind, []).append(one.mark.text)


def _sentences(ground: Ground) -> list[tuple[int, int]]:
    text = ground.passage.text
    if ground.passage.cells:
        return [(0, len(text))]
    return [found.span() for found in pattern(SENTENCE).finditer(text)] or [(0, len(text))]


def _loose(ground: Ground, facts: Facts) -> Iterator[tuple[int, str, str]]:
    """Yield where a text that the plan keeps as it is (a title, a step, a duty) stands in a passage."""
    found: list[Fact] = []
    for at in ground.tasks:
        found += facts.of_tasks.get(at, ())
    for at in ground.stages:
        found += facts.of_stages.get(at, ())
    for line in dict.fromkeys(line for _, line, _ in ground.passage.marks):
        found += facts.of_lines.get(line, ())
    if ground.place is not Place.TASKS:
        found += facts.anywhere
    text = ground.passage.text
    for fact in found:
        if fact.loose and len(fact.words) > 1:
            words = squeeze(fact.words)
            if (at := text.find(words[:30])) >= 0:
                yield at, "", fact.where


def _kinds(
    ground: Ground, text: str, kept: _Kept, sections: Collection[str]
) -> Mapping[str, Sequence[str]]:
    if kind := OUTSIDE.get(ground.place):
        return {kind: ()}
    if not kept.doubted and _is_heading(text.strip("|").rstrip("。："), ground, sections):
        return {HEADING: ()}
    return kept.mentions


def _is_heading(text: str, ground: Ground, sections: Collection[str]) -> bool:
    if len(text) > LONGEST_HEADING:
        return False
    own = squeeze(ground.heading).rstrip("。：")
    return bool(own and own in text) or any(text.endswith(each) for each in sections)
