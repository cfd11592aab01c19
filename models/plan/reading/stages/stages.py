"""Stages: the items of the chapter that lays the work out in time, with their dates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.plan.doubt import Doubt
from models.plan.reading.dates.ends import Period
from models.plan.reading.dates.lists import read_as_range
from models.plan.reading.dates.periods import read_period
from models.plan.reading.dates.points import Context
from models.plan.reading.dates.words import read_year
from models.plan.reading.dates.years import read_stage_period
from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.stages.dates import (
    LABEL,
    LEAD_ALONE,
    StageDate,
    find_stage_date,
    is_only_a_date,
)
from models.plan.reading.stages.doubts import (
    HALF_A_YEAR,
    Front,
    long_before,
    other_stages,
    unsure_stage,
    what_is_left,
)
from models.plan.reading.stages.nodes import (
    StageNode,
    in_front_of,
    name_of,
    other_days,
    stages_of_chapter,
    stages_of_table,
)
from models.plan.reading.tables.heads import Table
from models.plan.reading.text.numerals import written
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.reading.whole.chapters import Role
from models.plan.schema import PlanStage
from models.plan.stage_kinds import stage_kind
from models.plan.vocabulary import Vocabulary

# A stage of which only the end is known began some time before: no year passed to one that begins then.
NEXT_YEAR = r"次年|翌年|来年"

NO_DATE = "没有读到日期"


@dataclass(frozen=True, slots=True)
class ReadStage:
    """A stage as read, its texts without its date, and all the passages that are part of it."""

    stage: PlanStage
    texts: list[Passage] = field(default_factory=list)
    places: list[Passage] = field(default_factory=list)


class StageReader:
    """Reads the stages of one chapter one after the other: a date leans on the dates before it."""

    def __init__(self, issued: date | None, year: int | None, words: Vocabulary) -> None:
        self.issued, self.year, self.words = issued, year, words
        self.says_a_year = False  # the chapter did, in its introduction or by an earlier stage
        self.before: date | None = None  # the start of the preceding stage, or a guess of it
        self.front = Front()
        self.counted_from: int | None = None  # the year from which 次年 was counted before
        self.ends: dict[str, date | None] = {}
        self.doubts: list[tuple[int, str]] = []
        self.guessed = 0  # names that are only the words behind a date: 6月：组织宣传周

    def introduce(self, text: str) -> None:
        """Take the year from the sentence that introduces the stages (从2024年3月开始，…)."""
        if found := pattern(r"(?<![\d〔（([])({某年})度?{某月}").search(text):
            self.year = read_year(found[1].removesuffix("年"))
            self.says_a_year = True

    def read(self, nodes: Sequence[StageNode]) -> list[ReadStage]:
        """Return the stages with exact dates; ``doubts`` then names (ordinal, reason)."""
        stages = [self._read(node, index + 1) for index, node in enumerate(nodes)]
        if len(nodes) == 1 and (more := other_days(nodes[0].head, stages[0].raw or "")):
            self.doubts.append((1, f"只读出这一个阶段，其中的{quoted(more)}没有读成阶段，请核对"))
        bare = [stage for stage in stages if stage.name == f"第{written(stage.ordinal)}阶段"]
        if self.guessed and bare and self.guessed + len(bare) == len(stages):
            for stage in stages:  # not all have such words: then none is named by them
                stage.name = f"第{written(stage.ordinal)}阶段"
        for index, stage in enumerate(stages):
            stage.kind = stage_kind(stage.name, index, len(stages), self.words)
        return [
            ReadStage(stage, [_without_date(text, stage.raw) for text in node.texts], node.passages)
            for node, stage in zip(nodes, stages, strict=True)
        ]

    def _read(self, node: StageNode, ordinal: int) -> PlanStage:
        if node.when is not None:
            stage = self._stage(ordinal, node.name, self._of_cell(node.when), node.steps, node.head)
            for when, row in node.further:
                self._go_on(stage, when, row)
            return stage
        found = find_stage_date(node, self._context(node.head.text[:120]), self._period)
        self.guessed += found.guessed
        name = name_of(found.head, found.phrase) or f"第{written(ordinal)}阶段"
        self.doubts += [(ordinal, why) for why in other_stages(node)]
        return self._stage(ordinal, name, found, node.steps, node.head)

    def _of_cell(self, when: str) -> StageDate:
        """Read the time of a row."""
        words = pattern(rf"^(?:{LABEL})").sub("", when.strip("（）()"))
        period = self._period(words, self._context(when)) if words else None
        return StageDate("", when or None, period, when)

    def _go_on(self, stage: PlanStage, when: str, row: Passage) -> None:
        """Add the days of a further row of a stage where it has others."""
        if not when or when == stage.raw:
            return
        if stage.raw is None:
            self.doubts = [doubt for doubt in self.doubts if doubt != (stage.ordinal, NO_DATE)]
        more = self._stage(stage.ordinal, stage.name, self._of_cell(when), [], row)
        starts = [day for day in (stage.start, more.start) if day]
        ends = [day for day in (stage.end, more.end) if day]
        stage.start, stage.end = min(starts, default=None), max(ends, default=None)
        stage.open_ended = stage.open_ended or more.open_ended
        stage.raw = "；".join(words for words in (stage.raw, more.raw) if words)

    def _context(self, text: str) -> Context:
        again = self.counted_from and pattern(NEXT_YEAR).search(text)
        year = self.counted_from if again else self.year
        return Context(self.issued, year, self.before, self.ends)

    def _period(self, text: str, context: Context, at: int = 0) -> Period | None:
        read = read_period if self.says_a_year else read_stage_period
        lead = pattern(LEAD_ALONE).match(text, at)
        at = lead.end() if lead else at
        return read_as_range(read, text, context, at) or read(text, context, at)

    def _stage(
        self,
        ordinal: int,
        name: str,
        said: StageDate,
        steps: list[str],
        source: Passage,
    ) -> PlanStage:
        said, why = what_is_left(said, self.front)
        period, phrase = said.period, said.phrase
        start, end = (period.start, period.end) if period else (None, None)
        if start and end and end < start:
            self.doubts.append((ordinal, "结束日期早于开始日期"))
        if period and period.fuzzy:
            self.doubts.append((ordinal, period.fuzzy))
        if period is None:
            self.doubts.append((ordinal, NO_DATE))
        self.doubts += [(ordinal, each) for each in (*why, *unsure_stage(said, self.front))]
        if self.issued and (why_old := long_before(said, self.issued)):
            self.doubts.append((ordinal, why_old))
        self.front = Front(start or self.front.start, end or self.front.end)
        begun = start or (end and end - HALF_A_YEAR)
        self.before = start or max((d for d in (begun, self.before) if d), default=None)
        latest = end or start
        self.year = latest.year if latest else self.year
        self.says_a_year = self.says_a_year or latest is not None
        if latest and pattern(NEXT_YEAR).search(phrase or ""):
            self.counted_from = latest.year - 1
        self.ends[name.removesuffix("阶段")] = end
        self.ends[f"第{written(ordinal)}"] = end
        return PlanStage(
            ordinal=ordinal,
            name=name,
            start=start,
            end=end,
            open_ended=bool(period and period.open_ended),
            raw=phrase,
            steps=[step for step in steps if not is_only_a_date(step, said)],
            source=source.source(),
        )


def _without_date(passage: Passage, raw: str | None) -> Passage:
    """Take the words of a stage's date out, so that they are no target (15日内)."""
    if raw and (at := passage.text.find(raw)) >= 0 and at < 80:
        return passage.cut(at + len(raw))
    return passage


@dataclass(frozen=True, slots=True)
class ReadStages:
    """The stages as read, what stands between them under which heading, and what is doubtful of them."""

    stages: list[ReadStage] = field(default_factory=list)
    between: list[Passage] = field(default_factory=list)
    heading: str = ""
    doubts: list[Doubt] = field(default_factory=list)


def read_stages(
    chapters: Sequence[tuple[Node, Role]], tables: Sequence[Table], reader: StageReader
) -> ReadStages:
    """Return the stages of a plan: those of its first chapter of stages that has any, else those of a table.

    A table that names none counts where its schedule stands in a chapter of stages.
    """
    own = [chapter for chapter, role in chapters if role is Role.STAGES]
    for chapter in own:
        if nodes := stages_of_chapter(chapter):
            for passage in in_front_of(nodes, chapter):
                reader.introduce(passage.text)
            taken = {mark for node in nodes for p in node.passages for mark in p.marks[:1]}
            rest = [p for p in chapter.passages[1:] if not p.cells and p.marks[0] not in taken]
            stages = reader.read(nodes)
            return ReadStages(stages, rest, heading_of(chapter), _doubts(reader, stages))
    timed = {mark[1] for chapter in own for p in chapter.all_passages() for mark in p.marks}
    for table in tables:
        scheduled = table.is_schedule and table.rows and table.rows[0].place(0)[0] in timed
        if table.is_stage_table or scheduled:
            stages = reader.read(stages_of_table(table))
            return ReadStages(stages, doubts=_doubts(reader, stages))
    return ReadStages()


def _doubts(reader: StageReader, read: Sequence[ReadStage]) -> list[Doubt]:
    told = {each.stage.ordinal: each.stage.source for each in read}
    sentences = {at: source.sentence for at, source in told.items() if source}
    return [Doubt("stage", at, why, sentences.get(at, "")) for at, why in reader.doubts]
