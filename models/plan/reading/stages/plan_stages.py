"""The stages of a plan: those of its first chapter of stages that has any, else those of a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.doubt import Doubt
from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.stages.stages import StageReader
from models.plan.reading.stages.table_stages import ReadStage, stages_of_table
from models.plan.reading.stages.texts import StageText, in_front_of, stages_of_chapter
from models.plan.reading.tables.heads import Table
from models.plan.reading.text.passages import Passage
from models.plan.reading.whole.chapters import Role


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
    """Return the stages of a plan; of a table that names none where its schedule stands in a chapter of stages."""
    own = [chapter for chapter, role in chapters if role is Role.STAGES]
    for chapter in own:
        if items := stages_of_chapter(chapter):
            return _of_chapter(chapter, items, reader)
    timed = {mark[1] for chapter in own for p in chapter.all_passages() for mark in p.marks}
    for table in tables:
        scheduled = table.is_schedule and table.rows and table.rows[0].place(0)[0] in timed
        if table.is_stage_table or scheduled:
            stages = stages_of_table(table, reader)
            return ReadStages(stages, doubts=_doubts(reader, stages))
    return ReadStages()


def _of_chapter(chapter: Node, items: Sequence[StageText], reader: StageReader) -> ReadStages:
    for passage in in_front_of(items, chapter):
        reader.introduce(passage.text)
    stages = [
        ReadStage(
            stage, [_without_date(p, stage.raw) for p in _texts(item.passages)], item.passages
        )
        for item, stage in zip(items, reader.read(items), strict=True)
    ]
    taken = {mark for item in items for p in item.passages for mark in p.marks[:1]}
    between = [p for p in _texts(chapter.passages[1:]) if p.marks[0] not in taken]
    return ReadStages(stages, between, heading_of(chapter), _doubts(reader, stages))


def _texts(passages: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in passages if not passage.cells]


def _without_date(passage: Passage, raw: str | None) -> Passage:
    """Take the words of a stage's date out, so that they are no target (15日内)."""
    if raw and (at := passage.text.find(raw)) >= 0 and at < 80:
        return passage.cut(at + len(raw))
    return passage


def _doubts(reader: StageReader, read: Sequence[ReadStage]) -> list[Doubt]:
    told = {each.stage.ordinal: each.stage.source for each in read}
    sentences = {at: source.sentence for at, source in told.items() if source}
    return [Doubt("stage", at, why, sentences.get(at, "")) for at, why in reader.doubts]
