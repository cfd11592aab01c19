"""The law of conservation: every mark of a document ends in exactly one fact, doubt or mention."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.plan.reading.accounting.facts import Fact, Facts, facts_of
from models.plan.reading.accounting.ground import Ground, Place
from models.plan.reading.accounting.marks import Mark, MarkKind, find_marks
from models.plan.reading.accounting.seen_marks import Seen
from models.plan.reading.accounting.weighing import Weighed, weigh
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import (
    clause_end,
    clause_start,
    sentence_around,
    sentence_end,
    sentence_start,
)
from models.plan.schema import Plan

CLAUSE, LEAD_IN = (
    60,
    200,
)  # characters of a clause on either side, and of a sentence, that are looked at
ITEMS = {Place.TASKS, Place.STAGES}  # whose text is theirs alone


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a mark: the field that holds it, else a weighed guess (a doubt, or a mention)."""

    mark: Mark
    ground: Ground
    sentence: str
    where: str = ""  # of the fact
    weighed: Weighed | None = None

    @property
    def line(self) -> int | None:
        """Return the line on which the mark begins."""
        return self.ground.passage.place(self.mark.start)[0]


@dataclass(frozen=True)
class Marked:
    """A document's passages with their places and marks: all that is looked at before a plan is."""

    grounds: tuple[Ground, ...]
    marks: tuple[tuple[Mark, ...], ...]  # of each ground

    @classmethod
    def of(cls, grounds: Sequence[Ground], grammar: Grammar) -> "Marked":
        """Find the marks of every passage."""
        found = (
            tuple(find_marks(each.passage.text, each.passage.cells, grammar)) for each in grounds
        )
        return cls(tuple(grounds), tuple(found))


def settle(marked: Marked, plan: Plan) -> list[Settled]:
    """Return every mark once, in the order of the text, with what became of it in ``plan``.

    Same document, same plan: same account. A fact that is taken out of the plan leaves its marks open.
    """
    return settle_with(marked, facts_of(plan))


def settle_with(marked: Marked, facts: Facts) -> list[Settled]:
    """Return what became of every mark where ``facts`` is all that was read."""
    return [
        one
        for ground, marks in zip(marked.grounds, marked.marks, strict=True)
        for one in _of_passage(ground, marks, facts)
    ]


@dataclass
class _Spans:
    """Where the words of facts stand in one passage."""

    text: str
    spans: list[tuple[int, int, Fact]] = field(default_factory=list)
    known: set[tuple[str, bool, frozenset[MarkKind]]] = field(default_factory=set)

    def add(self, facts: Iterable[Fact]) -> None:
        """Find the words of facts; of several with the same words the first holds them all."""
        for fact in facts:
            words, at = fact.words, -1
            if len(words) < 2 or (words, fact.loose, fact.kinds) in self.known:
                continue
            self.known.add((words, fact.loose, fact.kinds))
            while (at := self.text.find(words, at + 1)) >= 0:
                self.spans.append((at, at + len(words), fact))

    def of(self, mark: Mark, *, loose: bool) -> str:
        """Return the field whose words hold the mark, or are held by it and stand first; empty where none does."""
        first, where = mark.end, ""
        for start, end, fact in self.spans:
            holds = start <= mark.start and mark.end <= end
            at = mark.start if holds else start
            if at >= first or not (holds or (mark.start <= start and end <= mark.end)):
                continue
            if fact.loose is loose and mark.kind in fact.kinds:
                first, where = at, fact.where
        return where

    def repeats(self, begin: int, end: int) -> bool:
        """Say whether a duty that was read stands between two offsets."""
        return any(
            begin <= start and finish <= end and not fact.loose and "recurring" in fact.where
            for start, finish, fact in self.spans
        )


def _of_passage(ground: Ground, marks: Sequence[Mark], facts: Facts) -> Iterator[Settled]:
    if not marks:
        return
    text = ground.passage.text
    spans = _Spans(text)
    own = [fact for at in ground.tasks for fact in facts.of_tasks.get(at, ())]
    spans.add(own)
    spans.add(fact for at in ground.stages for fact in facts.of_stages.get(at, ()))
    lines = dict.fromkeys(line for _, line, _ in ground.passage.marks)
    spans.add(fact for line in lines for fact in facts.of_lines.get(line, ()))
    if ground.place not in ITEMS and not ground.tasks:
        spans.add(facts.anywhere)
    names = {fact.words for fact in own if MarkKind.BODY in fact.kinds and not fact.loose}
    has_deadline = any(fact.where.endswith("deadline") for fact in own)
    for mark in marks:
        sentence = sentence_around(text, mark.start, mark.end)
        where = spans.of(mark, loose=False)
        if not where and mark.kind is MarkKind.ROLE:
            where = _beside_a_body(mark, spans)
        if where:
            yield Settled(mark, ground, sentence, where)
            continue
        weighed = weigh(_seen(mark, ground, sentence, spans, names, has_deadline))
        kept = "" if weighed.doubted else spans.of(mark, loose=True)
        yield Settled(mark, ground, sentence, kept, None if kept else weighed)


def _beside_a_body(mark: Mark, spans: _Spans) -> str:
    """Return the field of the body that a role word belongs to: it stands within the same sentence."""
    text = spans.text
    begin, end = sentence_start(text, mark.start), sentence_end(text, mark.end)
    for start, finish, fact in spans.spans:
        if not fact.loose and MarkKind.BODY in fact.kinds and begin <= start and finish <= end:
            return fact.where
    return ""


def _seen(
    mark: Mark,
    ground: Ground,
    sentence: str,
    spans: _Spans,
    names: Collection[str],
    has_deadline: bool,
) -> Seen:
    """Return the mark in its clause and cell; a colon behind it belongs to it."""
    text = ground.passage.text
    cell = text.rfind("|", 0, mark.start) + 1
    begin = max(clause_start(text, mark.start), cell, mark.start - CLAUSE)
    last = min(clause_end(text, mark.end), mark.end + CLAUSE)
    behind = pattern("[^：|]*：?").match(text, mark.end, last)
    end = behind.end() if behind else mark.end
    first = max(sentence_start(text, mark.start), mark.start - LEAD_IN)
    return Seen(
        mark,
        ground,
        text[begin : mark.start],
        text[mark.end : end],
        text[first : mark.start],
        sentence,
        has_units=bool(names),
        has_deadline=has_deadline,
        known=mark.kind is MarkKind.BODY and mark.text in names,
        repeats=spans.repeats(begin, end),
    )
